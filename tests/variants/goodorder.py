"""What a programme in good order writes down as a matter of course, sheet after sheet.

Each function adds to the records what would be there: who sits where, meetings with everyone who
came, mentors and peers from elsewhere, figures from every partner. The variants tell their own
story and leave the plain, long rest to these.
"""
import functools

from programme import DAY, day_after, table_read

LEADS = {"programme lead", "network manager", "clinical lead", "management lead"}
SHEETS = """Programme Organisations People Posts Post_holders Teams Team_members Decisions
    Decision_rights Message_routes Coverage Meetings Attendance Actions Milestones Agreements
    Agreement_parties Resources Policies Provisions Events Visits Tensions Team_names
    Reporting_lines Organisation_changes Relationships Learning Record_systems Documents""".split()
LEVELS = ["system", "organisation", "transformation team", "care team", "individual"]


def cover(p):
    """Every sheet and every level is kept completely."""
    p.sheets["coverage"] = []
    for about in [sheet.replace("_", " ") for sheet in SHEETS] + LEVELS:
        p.add("coverage", about=about, state="complete")


def document(p, key, title, kind, dated, owner):
    p.add("documents", key=key, title=title, type=kind, dated=dated, owner=owner)
    return key


def cast(p, text, since):
    """People, with the post that each holds and the seats that go with it.

    Columns: key, name, profession, org, title, tier, function, role, days, share, line, beside,
    next, sits, paid. "line" is the post that manages theirs, "beside" the counterpart, "next" who is
    being prepared to follow (the post is then a key role), "sits" the teams, each with the role:
    "board chair; team". People without a title hold no post. The post is called like the person.
    Who has "volunteer" written in "paid" has no employer.
    """
    rows = table_read(text)
    for row in rows:
        lived = row.get("function") == "representation" and "title" not in row
        unpaid = lived or row.get("paid") == "volunteer"
        p.add("people", key=row["key"], name=row["name"], profession=row["profession"],
              employer="" if unpaid else row["org"])
        if "title" in row:
            post(p, row, since)
    for row in rows:
        for sits in filter(None, row.get("sits", "").split(";")):
            seat(p, row, *sits.strip().split(" ", 1))


def post(p, row, since):
    p.add("posts", key=row["key"], title=row["title"], organisation=row["org"],
          tier=row.get("tier"), function=row.get("function"), programme_role=row.get("role"),
          key_role="yes" if "next" in row else "", counterpart=row.get("beside"),
          whole_time=row.get("share"))
    p.add("post_holders", post=row["key"], person=row["key"], share=row.get("share"),
          days_set_aside=row.get("days"), since=since if row.get("role") in LEADS else "")
    if "next" in row:
        p.add("post_holders", post=row["key"], person=row["next"], manner="being prepared")
    if "line" in row:
        p.add("reporting_lines", post=row["key"], line="line management", reports_to=row["line"])


def seat(p, row, team, role="member"):
    function = row.get("function", "")
    support = function == "project support"
    capacity = {"clinical": "profession", "project support": "support"}.get(function,
                                                                            "organisation")
    if "title" not in row:
        capacity = "lived experience"
    p.add("team_members", team=team, person=row["key"],
          post=row["key"] if "title" in row else "",
          organisation="" if "title" in row else row["org"], capacity=capacity,
          role="secretary" if support and role == "member" else role, vote="no" if support else "yes")


def agree(p, key, title, kind, parties, on, **values):
    """A written agreement, and every party's yes."""
    p.add("agreements", key=key, title=title, type=kind, written="yes", since=on, document=key,
          **values)
    document(p, key, title, "other", on, p.partners()[0])
    organisations = {row["key"]: row for row in p.sheets["organisations"]}
    for party in parties:
        if party in organisations:
            users = organisations[party].get("sector") == "people who use services"
            p.add("agreement_parties", agreement=key, organisation=party, state="agreed",
                  capacity="people who use services" if users else "organisation", agreed_on=on)
        else:
            p.add("agreement_parties", agreement=key, person=party, state="agreed",
                  capacity=speaks_for(p, party), agreed_on=on)


def speaks_for(p, person):
    capacities = {row.get("capacity") for row in p.rows("team_members", person=person)}
    if "carer" in capacities:
        return "carers"
    return "people who use services" if "lived experience" in capacities else "staff"


def found_teams(p):
    """Terms of reference and the name of every team; a team that had no other name before."""
    for team in p.sheets["teams"]:
        key = team["key"]
        p.add("agreements", key=f"terms-{key}", title=f"Terms of reference: {team['name']}",
              type="terms of reference", written="yes", people_centred="yes", team=key,
              since=team.get("since"), document="terms")
        if not p.rows("team_names", team=key):
            p.add("team_names", team=key, position=1, name=team["name"], since=team.get("since"))
    document(p, "terms", "Terms of reference of every team", "terms of reference",
             p.sheets["programme"][0]["started"], p.partners()[0])


def meet(p, team, first, chairs, hosts, every=None):
    """Meetings from the first until today and one to come, each with everyone who came, and how
    long they spoke. Chairs, people or posts, and hosts take turns; now and then somebody sends
    apologies."""
    every = every or int(p.row("teams", key=team)["meets_every"])
    day, number = first, 0
    while day <= DAY:
        hold(p, team, day, number, chairs, hosts)
        day, number = day_after(day, every), number + 1
    hold(p, team, day, number, chairs, hosts)


def meet_until(p, team, first, last, chairs, hosts):
    """Meetings of a team that has ended."""
    day, number = first, 0
    while day <= last:
        hold(p, team, day, number, chairs, hosts)
        day, number = day_after(day, int(p.row("teams", key=team)["meets_every"])), number + 1


def hold(p, team, day, number, chairs, hosts):
    held = day <= DAY
    chair = chairs[number % len(chairs)]
    if chair not in p.sitting_on(team, day):
        chair = p.holders_on(chair, day)[0]
    key = f"{team}-{day}"
    p.add("meetings", key=key, team=team, held_on=day, state="held" if held else "planned",
          chair=chair, hosted_by=hosts[number % len(hosts)],
          actions_reviewed="yes" if held else "")
    if held:
        attend(p, team, key, day, number)


def attend(p, team, meeting, day, number):
    chair = p.row("meetings", key=meeting)["chair"]
    sitting = p.sitting_on(team, day)
    free = [person for person in sitting if person != chair]
    away = free[number * 5 % len(free)] if number % 2 and len(free) > 3 else ""
    for i, (person, who) in enumerate(sitting.items()):
        if person == away:
            p.add("attendance", meeting=meeting, person=person, presence="apologies")
            continue
        minutes = 4 + (i * 3 + number) % 5
        if who.get("capacity") in ("lived experience", "carer"):
            minutes = 8
        if who.get("capacity") == "support":
            minutes = 3
        p.add("attendance", meeting=meeting, person=person, presence="present",
              minutes_spoken=minutes)


def promise(p, team, text):
    """Actions: what, who, the meetings at which it was agreed and reported, counted from the first
    one held; without the second it is still to be done, by the day given."""
    held = [row for row in p.rows("meetings", team=team) if row["held_on"] <= DAY]
    for i, row in enumerate(table_read(text)):
        agreed = held[int(row["agreed"]) - 1]
        values = {"key": f"{team}-{i + 1}", "title": row["title"], "owner": row["owner"],
                  "team": team, "meeting": agreed["key"], "agreed": agreed["held_on"],
                  "decision": row.get("decision", "")}
        if "reported" in row:
            heard = held[int(row["reported"]) - 1]["held_on"]
            p.add("actions", **values, due=day_after(heard, -5), state="done",
                  done=day_after(heard, -7), reported_back=heard)
        else:
            p.add("actions", **values, due=row["due"], state="open")


def leaders(p):
    """People who lead: in a post with a part in the programme, or in the chair."""
    found = []
    for post_row in p.sheets["posts"]:
        if post_row.get("programme_role", "none") != "none" or post_row.get("key_role") == "yes":
            found += p.holders_on(post_row["key"], DAY)
    for member in p.sheets["team_members"]:
        if member.get("role", "member") not in ("member", "secretary", "in attendance", "observer"):
            found += [member["person"]] if "person" in member else []
    return list(dict.fromkeys(found))


def managers_of(p, person):
    posts = [row["post"] for row in p.rows("post_holders", person=person)]
    above = [
        row["reports_to"] for key in posts
        for row in p.rows("reporting_lines", post=key, line="line management")
    ]
    return {holder for key in above for holder in p.holders_on(key, DAY)}


class Places:
    """Where people work, as what and under whom, each looked up once: good for as long as nobody
    comes, goes or moves."""

    def __init__(self, p):
        self.organisation = functools.cache(p.organisation_of)
        self.profession = functools.cache(p.profession_of)
        self.managers = functools.cache(lambda person: managers_of(p, person))

    def elsewhere(self, person, people, shift):
        """Others who work in another organisation and are not the person's manager, first those of
        another profession; beginning at another place for each person, so that all take part."""
        others = [
            other for other in people
            if self.organisation(other) != self.organisation(person)
            and other not in self.managers(person) and person not in self.managers(other)
        ]
        others = others[shift % len(others):] + others[:shift % len(others)] if others else []
        own = self.profession(person)
        return sorted(others, key=lambda other: self.profession(other) == own)


def grow(p, since_month="2025-11"):
    """Every leader has a mentor and a peer elsewhere, a sponsor, a review, a plan, a peer group and
    time to think."""
    everyone, places = leaders(p), Places(p)
    for i, person in enumerate(everyone):
        others = places.elsewhere(person, everyone, i * 3 + 1)
        mentor = mentor_of(p, places, person, others)
        peer = [other for other in others if other != mentor][0]
        p.tie(person, "is mentored by", mentor)
        p.tie(person, "is a peer of", peer)
        p.tie(person, "is sponsored by", sponsor_of(p, places, person, everyone))
        p.add("learning", person=person, type="competence review", with_person=mentor,
              happened=f"{since_month}-{1 + i % 28:02d}")
        p.add("learning", person=person, type="development plan", with_person=mentor,
              happened=f"2026-01-{1 + i % 28:02d}")
        p.add("learning", person=person, type="peer group", happened="2026-05-14")
        p.add("learning", person=person, type="time to reflect", happened="2026-06")
        p.add("learning", person=person, type="leadership training",
              happened=f"2026-02-{1 + i % 28:02d}")


def mentor_of(p, places, person, others):
    """Somebody experienced, who has few to look after and is not looked after by this person."""
    mentoring = {}
    for row in p.rows("relationships", type="is mentored by"):
        mentoring.setdefault(row["other"], []).append(row["person"])
    helpers = {row["key"] for row in p.sheets["posts"]
               if row.get("programme_role", "project support") == "project support"}
    able = [other for other in others
            if other not in mentoring.get(person, []) and other not in helpers
            and places.profession(other) != "none"]
    return min(able, key=lambda other: len(mentoring.get(other, [])))


def sponsor_of(p, places, person, everyone):
    """Somebody with decision power: at home if there is one, else at a partner's."""
    executives = [
        holder for row in p.sheets["posts"]
        if row.get("tier") == "executive" or row.get("programme_role") == "sponsor"
        for holder in p.holders_on(row["key"], DAY) if holder != person
    ]
    home = [e for e in executives if places.organisation(e) == places.organisation(person)]
    return (home or places.elsewhere(person, executives or everyone, len(person)))[0]


def reflect(p):
    """Every team studied a case, looked at something that failed, and at how it is led."""
    for i, team in enumerate(p.sheets["teams"]):
        if "until" in team:
            continue
        for kind, month in (("case studied", "02"), ("review of a failure", "03"),
                            ("review of team leadership", "04")):
            p.add("learning", team=team["key"], type=kind, happened=f"2026-{month}-{2 + i % 26:02d}")


def weave(p, people=None, each=2):
    """People work with others elsewhere, of other professions first."""
    places, partners = Places(p), p.partners()
    people = people or [row["key"] for row in p.sheets["people"]
                        if "until" not in row and places.organisation(row["key"]) in partners]
    for i, person in enumerate(people):
        for other in places.elsewhere(person, people, i * 7 + 3)[:each]:
            p.tie(person, "works with", other)


def listen(p, voices, others):
    """Each who speaks for users or carers works with each of these."""
    for voice in voices:
        for other in others:
            p.tie(voice, "works with", other)


def figures(p):
    """Every partner brings its figures to the case for change."""
    for partner in p.partners():
        name = p.row("organisations", key=partner)["name"]
        p.add("resources", key=f"data-{partner}", title=f"Figures of {name}", type="data",
              purpose="making the case", state="secured", enough="yes", from_organisation=partner)


def strategies(p, since="2025"):
    for partner in p.partners():
        name = p.row("organisations", key=partner)["name"]
        p.add("policies", key=f"strategy-{partner}", title=f"Strategy of {name}", owner=partner,
              type="strategy", asks_for="Names this work as one of its aims",
              asks_for_integration="yes", since=since)


def tell(p, team, text):
    """Message routes: for each organisation who tells its senior and its middle managers."""
    for row in table_read(text):
        for tier in ("executive", "senior", "middle", "front"):
            if tier in row:
                name = {"senior": "senior manager", "middle": "middle manager",
                        "front": "front line"}.get(tier, tier)
                p.add("message_routes", from_team=team, to_organisation=row["org"], to_tier=name,
                      messenger=row[tier], state="works", every_days=30)
        if "all" in row:
            p.add("message_routes", from_team=team, to_organisation=row["org"],
                  messenger=row["all"], state="works", every_days=30)


def visit(p, team, visitors, first="2025-09-02"):
    """Each provider is visited, to listen, to help, to show what works; not by its own people."""
    care = [key for key in p.partners()
            if p.row("organisations", key=key)["sector"] not in
            ("commissioning", "people who use services", "government", "other")]
    reasons = ["hear views", "support", "share good practice", "hear views"]
    number = max(len(care), 6)
    for i in range(number):
        to = care[i % len(care)]
        by = [visitor for visitor in visitors if p.organisation_of(visitor) != to]
        p.add("visits", key=f"v{i + 1}", to_organisation=to,
              visited_on=day_after(first, i * 290 // number),
              reason=reasons[(i + i // len(care)) % 4], by_team=team, by_person=by[i % len(by)],
              face_to_face="yes")


def account(p, lead):
    """Whoever leads a side for an organisation answers for the results to the lead's post."""
    for row in p.sheets["posts"]:
        if row.get("programme_role") in LEADS and row["key"] != lead:
            p.add("reporting_lines", post=row["key"], line="programme accountability",
                  reports_to=lead)


def support(p, helper, *more):
    """Project support for every lead; several helpers share them out."""
    leads = [row["key"] for row in p.sheets["posts"] if row.get("programme_role") in LEADS]
    helpers = [helper, *more]
    for i, key in enumerate(helpers):
        p.change("posts", {"key": key}, supports="; ".join(leads[i::len(helpers)]))


def surroundings(p, sum_needed, free="", country_plan="about 2024"):
    """What the country and the region add: one payment, one reward, one measure, one inspection,
    money and guidance for all; freedom for those who buy."""
    p.table("organisations", """
        key          | name               | sector        | part
        ministry     | Ministry of Care   | government    | national body
        inspectorate | Inspectorate of Care | regulation  | regulator
        region       | Care Region        | commissioning | regional body
        """)
    p.table("people", """
        key            | name                                 | profession | employer
        region-adviser | adviser on joint work, care region   | manager    | region
        """)
    for key, title, owner, kind, asks, since in (
            ("national-plan", "National plan", "ministry", "mandate",
             "Services to work as one", country_plan),
            ("regional-plan", "Regional plan", "region", "plan", "One service in every district",
             "2025"),
            ("inspection-framework", "How we inspect joint services", "inspectorate", "guidance",
             "Services that work as one are looked at as one", "unknown")):
        p.add("policies", key=key, title=title, owner=owner, type=kind, asks_for=asks,
              asks_for_integration="yes", since=since)
    p.table("provisions", """
        key         | title                                  | type       | effect              | policy        | from_organisation
        one-measure | One measure for all                    | measure    | shared by all       | national-plan | ministry
        share-rule  | Partners share what they need for care | rule       | supports joint work | national-plan | ministry
        one-payment | One payment for the whole              | payment    | shared by all       | regional-plan | region
        one-reward  | One reward that all share              | incentive  | shared by all       | regional-plan | region
        change-fund | Money for changing over                | money      | supports joint work | regional-plan | region
        one-look    | One inspection of all together         | inspection | shared by all       | inspection-framework | inspectorate
        """)
    p.add("provisions", key="freedom", title="Freedom to pool budgets and to vary contracts",
          type="permission", effect="supports joint work", policy="national-plan",
          from_organisation="ministry", for_organisations=free)
    p.add("resources", key="budget", title="Shared budget", type="money", state="secured",
          purpose="the whole programme", enough="yes", offered_to="this programme",
          needed=sum_needed, promised=sum_needed, secured=sum_needed, frequency="each year",
          from_organisation=(free or p.partners()[0]).split(";")[0], needed_by="2026-01-01")
    p.table("resources", """
        key           | title                                | type                | purpose             | state   | enough | from_organisation | offered_to
        change-money  | Money for changing over              | money               | putting it in place | secured | yes    | region            | every site
        service-guide | Guide to building such a service     | service guidance    | the whole programme | secured | yes    | region            | every site
        leading-guide | Guide to leading between organisations | leadership guidance | running the project | secured | yes  | region            | every site
        training      | Training for those who lead          | training            | running the project | secured | yes    | region            | every site
        staff-time    | Time of staff                        | staff time          | putting it in place | secured | yes    |                   | this programme
        analyst       | An analyst one day a week            | analysis            | making the case     | secured | yes    |                   |
        """)
    p.add("relationships", person="region-adviser", type="works with",
          other=leaders(p)[0], mutual="yes")


def share_records(p, name, since="2025-09-01"):
    """One record that those who care write in and all others may read as far as they need."""
    care, others = [], []
    for key in p.partners():
        sector = p.row("organisations", key=key)["sector"]
        readers = ("commissioning", "people who use services", "government", "other")
        (others if sector in readers else care).append(key)
    p.add("record_systems", key="shared-record", name=name, used_by="; ".join(care),
          readable_by="; ".join(others), since=since)
    p.add("resources", key="record", title=name, type="technology", state="secured", enough="yes",
          purpose="putting it in place", offered_to="this programme")


def foundations(p, on, until, people=()):
    """Vision, plan, case, strategy for the change and data agreement, with every partner's yes."""
    partners = p.partners()
    agree(p, "vision", "What we want together", "vision", [*partners, *people], on,
          people_centred="yes")
    agree(p, "plan", "Our plan", "plan", partners, day_after(on, 28), people_centred="yes",
          until=until)
    agree(p, "case", "Case for change", "case for change", partners, day_after(on, 28),
          people_centred="yes")
    agree(p, "strategy", "How we bring people through the change, one step at a time",
          "change strategy", partners, day_after(on, 28), people_centred="yes")
    agree(p, "data", "Who may see which data", "data sharing", partners, day_after(on, 56))
    agree(p, "budget-agreement", "Shared budget", "pooled budget",
          [key for key in partners
           if p.row("organisations", key=key)["sector"] != "people who use services"],
          day_after(on, 120))


def settle(p, lead=None):
    """What is written last, when everyone and everything else is known."""
    if lead:
        account(p, lead)
    found_teams(p)
    figures(p)
    strategies(p)
    grow(p)
    reflect(p)
    cover(p)
