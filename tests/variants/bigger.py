"""Four Rivers: twenty-five partners, some two hundred people, four districts.

Older people with several illnesses, in a whole county. One board, in which every partner has a
vote; under it a team in each district that works things out and decides what is its own; under each
two care teams. It goes district by district, a year between them, and takes twelve years in all.

Untidy and in order: hospitals and trusts that serve several districts send somebody else to each;
one lead is a job share, one director an interim; one federation speaks with one voice, another for
many; two practices are members only; two charities merged about 2022; the western team is the
youngest, and changed its name once.
"""
import goodorder as good
from programme import Programme

DISTRICTS = {"north": "Northern", "south": "Southern", "east": "Eastern", "west": "Western"}
BEGAN = {"north": "2023-01-10", "south": "2024-01-09", "east": "2024-11-12", "west": "2025-09-09"}

# key, name, sector, districts served, profession of the clinical lead, of those who care
PARTNERS = """
    key | name | sector | serves | lead | care
    hill-hospital | Hill Hospital | hospital care | north west | doctor | nurse
    vale-hospital | Vale Hospital | hospital care | south east | allied health professional | doctor
    north-trust | Northern Community Trust | community care | north | nurse | nurse
    south-trust | Southern Community Trust | community care | south | allied health professional | nurse
    rivers-trust | Rivers Community Trust | community care | east west | nurse | allied health professional
    minds | Mental Health Trust | mental health care | north south east west | psychologist | nurse
    north-council | Northern Council | social care | north | social worker | social worker
    south-council | Southern Council | social care | south | social worker | social worker
    east-council | Eastern Council | social care | east | social worker | care worker
    west-council | Western Council | social care | west | social worker | social worker
    north-practices | Northern practices | primary care | north | doctor | doctor
    south-practices | Southern practices | primary care | south | doctor | nurse
    east-practices | Eastern practices | primary care | east | doctor | doctor
    west-practices | Western practices | primary care | west | pharmacist | doctor
    chemists | County pharmacies | primary care | south north | pharmacist | pharmacist
    neighbours | Good neighbours | voluntary sector | north | care worker | care worker
    company | Keeping company | voluntary sector | south | care worker | care worker
    wheels | Wheels for all | voluntary sector | east | other | care worker
    hearth | Hearth and home | voluntary sector | west | care worker | care worker
    homes | County Homes | housing | west east | other | other
    college | County College | education | north south | teacher | teacher
    buyers | County commissioners | commissioning | north south east west | commissioner | commissioner
    elders | Elders' council | people who use services | north east | none | none
    patients | Patients together | people who use services | south west | none | none
    carers | Carers' circle | people who use services | north south east west | none | none
    """
CARING = {"hospital care", "community care", "mental health care", "social care", "primary care"}
USERS = "people who use services"


def build():
    p = Programme()
    p.add("programme", key="four-rivers", name="Four Rivers (invented)", integration="coordination",
          aim="However many illnesses you have, you have one plan, and it is yours.", drive="both",
          settings="hospitals, community and mental health care, social care, general practice",
          population="About 70,000 people over 70 in an invented county", country="Invented",
          stage="implementation", started="2023-01-10", planned_end="2034-12-31")
    partners = good.table_read(PARTNERS)
    for partner in partners:
        part = {"hill-hospital": "partner", "north-trust": "host", "buyers": "commissioner"}.get(
            partner["key"], "federation" if "practices" in partner["key"] else "partner")
        p.add("organisations", key=partner["key"], name=partner["name"],
              sector=partner["sector"], part=part)
    untidy_organisations(p)
    teams(p)
    for partner in partners:
        (voices if partner["sector"] == USERS else staff)(p, partner)
    office(p)
    untidy_posts(p)
    decisions(p)
    routes(p, partners)
    good.foundations(p, "2023-03-07", "2034-12-31",
                     people=("north-trust-care-1", "east-council-care-1"))
    meetings(p)
    happenings(p)
    good.surroundings(p, 9000000, free="buyers")
    good.share_records(p, "County plan record", since="about 2024-02")
    good.support(p, "north-office", "south-office", "east-office", "west-office")
    good.visit(p, "board", ["elders-1", "minds-lead", "carers-2", "south-council-lead",
                            "vale-hospital-lead", "patients-1", "west-practices-lead"])
    good.settle(p, "programme-lead")
    good.weave(p)
    leads = [f"{key}-lead" for key in ("minds", "north-trust", "south-council", "east-practices",
                                       "hearth", "vale-hospital", "rivers-trust", "west-council")]
    for i, voice in enumerate(p.rows("people", profession="none")):
        for other in (leads[i % 8], leads[(i + 3) % 8], leads[(i + 5) % 8]):
            p.tie(voice["key"], "works with", other)
    return p


def untidy_organisations(p):
    for key, number, voice in (("north-practices", 21, "one voice"),
                               ("south-practices", 34, "many voices"),
                               ("east-practices", 17, "one voice"),
                               ("west-practices", 12, "one voice")):
        p.change("organisations", {"key": key}, speaks_for=number, counts_as=voice)
    for key, number in (("elders", 90), ("patients", 40), ("carers", 150)):
        p.change("organisations", {"key": key}, speaks_for=number, counts_as="one voice")
    p.change("organisations", {"key": "hearth"}, since="about 2022")
    p.change("organisations", {"key": "chemists"}, since="unknown")
    p.table("organisations", """
        key         | name                | sector           | part    | member_of       | until
        mill-practice | Mill Practice     | primary care     | member  | north-practices |
        quay-practice | Quay Practice     | primary care     | member  | west-practices  |
        old-hearth  | Warm hearths        | voluntary sector | partner |                 | 2022
        old-home    | Home again          | voluntary sector | partner |                 | about 2022
        """)
    p.table("organisation_changes", """
        organisation | change      | successor | happened
        old-hearth   | merged into | hearth    | about 2022
        old-home     | merged into | hearth    | about 2022
        """)


def teams(p):
    p.add("teams", key="board", name="Four Rivers board", type="board", host="north-trust",
          level="transformation team", phase="established", since="2023-01-10", meets_every=91,
          remit="Sets the course, agrees the shared money, answers for the whole",
          powers="decides within its remit", chairing="rotates by agreement", document="terms")
    for key, name in DISTRICTS.items():
        p.add("teams", key=key, name=f"{name} team", type="transformation team", parent="board",
              host=f"{key}-council", level="transformation team", since=BEGAN[key], meets_every=42,
              remit=f"Works the plan out for the {key} and puts it in place", chairing="settled",
              powers="decides within its remit", phase="established", document="terms")
        for number, word in ((1, "Upper"), (2, "Lower")):
            p.add("teams", key=f"{key}-care-{number}", name=f"{word} {name.lower()} care team",
                  type="care team", level="care team", parent=key, host=f"{key}-practices",
                  remit="Makes one plan with each person, and keeps to it",
                  powers="decides within its remit", chairing="settled", since=BEGAN[key],
                  phase="established" if key != "west" else "shadow", document="terms")
    p.table("team_names", """
        team | position | name                  | since      | until
        west | 1        | Western working party | 2025-09-09 | 2025-12-31
        west | 2        | Western team          | 2026-01-01 |
        """)


def person_add(p, key, name, profession, partner, title, tier, function, role="", days="",
               share="", line="", beside="", next_one="", since=""):
    p.add("people", key=key, name=f"{name}, {partner['name']}", profession=profession,
          employer=partner["key"])
    p.add("posts", key=key, title=title, organisation=partner["key"], tier=tier, function=function,
          programme_role=role, key_role="yes" if next_one else "", counterpart=beside,
          whole_time=share)
    p.add("post_holders", post=key, person=key, share=share, days_set_aside=days, since=since)
    if next_one:
        p.add("post_holders", post=key, person=next_one, manner="being prepared")
    if line:
        p.add("reporting_lines", post=key, line="line management", reports_to=line)


def staff(p, partner):
    """An executive, a lead for the care and one for the management, who follows, who cares."""
    key, served = partner["key"], partner["serves"].split()
    caring = partner["sector"] in CARING
    head, lead, run, follow = (f"{key}-{word}" for word in ("head", "lead", "run", "follow"))
    first = BEGAN[served[0]]
    person_add(p, head, "executive", "manager" if caring else partner["lead"], partner,
               "Executive director", "executive", "management", "sponsor", 0.5)
    person_add(p, lead, "lead for the care", partner["lead"], partner, "Lead for the care",
               "senior manager", "clinical" if caring else "management",
               "clinical lead" if caring else "representative", 1.5, 1, head,
               run if caring else "", follow, first)
    person_add(p, run, "service manager", "manager" if served[0] != "west" else partner["care"],
               partner, "Service manager", "middle manager", "management",
               "management lead" if caring else "representative", 1, 1, head,
               lead if caring else "", since=first)
    person_add(p, follow, "deputy lead", partner["care"], partner, "Deputy lead", "middle manager",
               "clinical" if caring else "other", "", 0.5, 1, lead)
    p.add("team_members", team="board", person=head, post=head, capacity="organisation",
          role="alternating chair" if key in ("minds", "south-council") else "member", vote="yes")
    for i, district in enumerate(served):
        sitting = [lead, run] if i == 0 else [follow] if i == 1 else []
        if len(served) == 4:
            sitting = [[lead], [run], [follow], [f"{key}-care-2"]][i]
        for seat in sitting:
            p.add("team_members", team=district, person=seat, post=seat, vote="yes",
                  capacity="profession" if seat in (lead, follow) and caring else "organisation",
                  role=chair_of(key, district, seat == lead))
    for i in range(1, 5):
        person_add(p, f"{key}-care-{i}", f"worker {i}", partner["care"], partner,
                   "In the care team", "front line", "clinical" if caring else "other",
                   days=3 if caring else 1, share=0.8, line=run)
        district = served[(i - 1) // 2 % len(served)] if len(served) < 4 else served[i - 1]
        team = f"{district}-care-{1 + i % 2}"
        p.add("team_members", team=team, person=f"{key}-care-{i}", post=f"{key}-care-{i}",
              vote="yes", capacity="profession",
              role="chair" if key == f"{district}-council" and i < 3 else "member")
    if key in ("north-trust", "east-council", "south-practices"):
        p.add("team_members", team="board", person=f"{key}-care-1", post=f"{key}-care-1",
              vote="yes", capacity="profession")


def chair_of(key, district, leads):
    chairs = {"north": "north-practices", "south": "south-trust", "east": "east-council",
              "west": "west-practices"}
    return "chair" if chairs[district] == key and leads else "member"


def voices(p, partner):
    """Those who use services or care for somebody: two in the board, one or two in a district."""
    key, served = partner["key"], partner["serves"].split()
    for i in range(1, 5):
        p.add("people", key=f"{key}-{i}", name=f"speaker {i}, {partner['name']}",
              profession="none")
        seats = (["board"] if i < 3 else []) + [served[(i - 1) % len(served)]]
        for team in seats:
            p.add("team_members", team=team, person=f"{key}-{i}", organisation=key, vote="yes",
                  capacity="carer" if key == "carers" else "lived experience")


def office(p):
    """Who leads the whole, and in each district a network manager and a project manager, employed
    by four partners."""
    trust = {"key": "north-trust", "name": "Northern Community Trust"}
    person_add(p, "programme-lead", "programme lead", "nurse", trust, "Programme lead",
               "senior manager", "management", "programme lead", 5, 1, "north-trust-head", "",
               "north-net", "2023-01-10")
    p.add("team_members", team="board", person="programme-lead", post="programme-lead", vote="no",
          capacity="support", role="secretary")
    homes = {"north": "north-trust", "south": "south-council", "east": "rivers-trust",
             "west": "west-practices"}
    professions = {"north": "allied health professional", "south": "social worker",
                   "east": "nurse", "west": "manager"}
    for district, home in homes.items():
        partner = {"key": home, "name": p.row("organisations", key=home)["name"]}
        net, office_post = f"{district}-net", f"{district}-office"
        person_add(p, net, f"network manager, {district}", professions[district], partner,
                   "Network manager", "middle manager", "management", "network manager", 5, 1,
                   f"{home}-head", "", office_post, BEGAN[district])
        person_add(p, office_post, f"project manager, {district}", "analyst", partner,
                   "Project manager", "outside the line", "project support", "project support", 5,
                   1, net)
        p.add("team_members", team=district, person=net, post=net, vote="yes",
              capacity="organisation")
        p.add("team_members", team=district, person=office_post, post=office_post, vote="no",
              capacity="support", role="secretary")


def untidy_posts(p):
    p.table("people", """
        key          | name                                        | profession                 | employer      | until      | leaving
        second-lead  | second half of the lead, Hill Hospital      | allied health professional | hill-hospital |            |
        former-head  | former executive, Southern Council          | social worker              | south-council | 2026-01-31 | planned
        """)
    p.change("post_holders", {"post": "hill-hospital-lead", "person": "hill-hospital-lead"},
             manner="job share", share=0.5, days_set_aside=1)
    p.add("post_holders", post="hill-hospital-lead", person="second-lead", manner="job share",
          share=0.5, days_set_aside=1, since="2023-01-10")
    p.add("team_members", team="west", person="second-lead", post="hill-hospital-lead",
          capacity="profession", vote="yes", organisation="hill-hospital")
    p.change("post_holders", {"post": "south-council-head", "person": "south-council-head"},
             manner="interim", since="2026-02-01")
    p.add("post_holders", post="south-council-head", person="former-head", days_set_aside=0.5,
          until="2026-01-31", ended="planned")
    p.change("team_members", {"team": "board", "person": "south-council-head"}, person=None)


def decisions(p):
    everyone = [row["key"] for row in p.sheets["organisations"]
                if row["part"] != "member" and "until" not in row
                and row["sector"] not in (USERS, "education")]
    p.add("decisions", key="model", title="What one plan for each person is", manner="one decides",
          subject="specification", scale="strategic", concerns="; ".join(everyone),
          final_say="settled", state="carried out", raised="2023-01-10", due="2023-12-31",
          taken="2023-10-10", taken_by_team="board", carried_out="2024-01-09", asked_of="north")
    p.add("decisions", key="west-on", title="Begin in the west", manner="one decides",
          subject="implementation", scale="strategic", raised="2025-01-07", due="2025-09-30",
          concerns="west-council; west-practices; rivers-trust; hill-hospital; hearth",
          final_say="settled", state="carried out", taken="2025-07-08", taken_by_team="board",
          carried_out="2025-09-09", asked_of="east")
    p.add("decisions", key="money-2027", title="Size of the shared budget for 2027",
          manner="each for itself", subject="money", scale="strategic", raised="2026-04-07",
          concerns="buyers; north-council; south-council; east-council; west-council",
          due="2026-12-15", final_say="settled", state="open")
    p.add("decisions", key="nights", title="Somebody to call at night in the whole county",
          manner="jointly", subject="scope", scale="strategic", raised="2026-04-07",
          concerns="north-trust; south-trust; rivers-trust; minds", due="2026-11-30",
          final_say="settled", state="proposed", asked_of="south")
    for decision, team, worker in (("model", "north", "north-trust-care-2"),
                                   ("west-on", "east", "west-council-care-1"),
                                   ("nights", "south", "south-trust-care-2"),
                                   ("money-2027", "north", "east-council-care-2")):
        p.add("decision_rights", decision=decision, right_held="recommends", team=team)
        p.add("decision_rights", decision=decision, right_held="is consulted", post=worker)
        p.add("decision_rights", decision=decision, right_held="is consulted", body="elders")
        if decision != "money-2027":
            p.add("decision_rights", decision=decision, right_held="decides", team="board")
    for key in ("buyers", "north-council", "south-council", "east-council", "west-council"):
        p.add("decision_rights", decision="money-2027", right_held="decides", post=f"{key}-head")
    for i, district in enumerate(DISTRICTS):
        concerns = f"{district}-council; {district}-practices"
        where = f"in the {district}"
        for key, title, subject, values in (
                ("start", f"Which practices begin {where}", "pilot",
                 {"state": "carried out", "due": "2026-03-31", "raised": BEGAN[district]}),
                ("rooms", f"Where the care teams meet {where}", "implementation",
                 {"state": "open", "raised": "2026-05-05", "due": f"2026-10-{10 + i}"})):
            p.add("decisions", key=f"{district}-{key}", title=title, subject=subject,
                  scale="operational", concerns=concerns, manner="one decides",
                  final_say="settled", **values)
            p.add("decision_rights", decision=f"{district}-{key}", right_held="decides",
                  team=district)
            p.add("decision_rights", decision=f"{district}-{key}", right_held="is told",
                  team="board")
        p.add("decision_rights", decision=f"{district}-rooms", right_held="decides",
              post=f"{district}-net", up_to=3000, delegated_by=f"{district}-council-head",
              since="2026-01-01", until="2027-12-31")


def routes(p, partners):
    for partner in partners:
        key, team = partner["key"], partner["serves"].split()[0]
        if partner["sector"] == USERS:
            p.add("message_routes", from_team=team, to_organisation=key, messenger=f"{key}-1",
                  state="works", every_days=42)
            continue
        for tier, who in (("executive", "lead"), ("senior manager", "lead"),
                          ("middle manager", "run"), ("front line", "run")):
            p.add("message_routes", from_team=team, to_organisation=key, to_tier=tier,
                  messenger=f"{key}-{who}", state="works", every_days=42)


def meetings(p):
    hosts = ["minds", "south-council", "vale-hospital", "north-trust", "buyers", "hearth",
             "east-practices", "college"]
    good.meet(p, "board", "2023-01-10", ["minds-head", "south-council-head"], hosts)
    for district, chair in (("north", "north-practices-lead"), ("south", "south-trust-lead"),
                            ("east", "east-council-lead"), ("west", "west-practices-lead")):
        good.meet(p, district, BEGAN[district], [chair],
                  [f"{district}-council", f"{district}-practices", "minds", "buyers"])
        took = p.rows("meetings", team=district)[3]["held_on"]
        p.change("decisions", {"key": f"{district}-start"}, taken=took, taken_by_team=district,
                 carried_out=p.rows("meetings", team=district)[4]["held_on"])
        promises(p, district)


def promises(p, district):
    """Ten promises in each district, by ten people."""
    things = ["Count who has more than three plans", "Ask twenty people what they would change",
              "Bring the figures of the practices", "Write one page that people understand",
              "Show the page to the care teams", "Agree who calls on a Monday",
              "Look again at a visit that failed"]
    open_things = ["Look for rooms", "Ask the care teams about rooms", "Plan the winter"]
    members = [person for person, seat in p.sitting_on(district, "2026-06-30").items()
               if seat.get("capacity") != "support"]
    held = [row for row in p.rows("meetings", team=district) if row["state"] == "held"]
    lines = ["title | owner | agreed | reported | due | decision"]
    for i, thing in enumerate(things):
        if i + 2 < len(held):
            lines.append(f"{thing} | {members[i * 2 % len(members)]} | {i + 1} | {i + 2} | |")
    for i, thing in enumerate(open_things):
        lines.append(f"{thing} | {members[(i * 2 + 1) % len(members)]} | {len(held)} | | "
                     f"2026-09-{10 + i} | {district}-rooms")
    good.promise(p, district, "\n".join(lines))


def happenings(p):
    p.table("milestones", """
        key     | title                                          | type         | part_of | needs_several | due        | reached    | celebrated
        plan    | Everyone with several illnesses has one plan   | main goal    |         | yes           | 2034-12-31 |            |
        page    | One page instead of four forms                 | small change | plan    | yes           | 2023-12-31 | 2023-12-05 | 2024-01-09
        north   | Every northern practice makes plans            | pilot        | plan    | yes           | 2024-12-31 | 2024-11-20 | 2025-01-07
        south   | Every southern practice makes plans            | small change | plan    | yes           | 2025-12-31 | 2025-11-18 | 2026-01-06
        phone   | One number for the east                        | small change | plan    | yes           | 2026-03-31 | 2026-03-10 | 2026-04-07
        thousand | Five thousand plans, each kept by its person  | win          | plan    | yes           | 2026-06-30 | 2026-05-26 | 2026-06-09
        east    | Every eastern practice makes plans             | small change | plan    | yes           | 2026-12-31 |            |
        west    | Every western practice makes plans             | small change | plan    | yes           | 2027-12-31 |            |
        night   | Somebody to call at night                      | small change | plan    | yes           | 2028-06-30 |            |
        """)
    p.table("events", """
        key      | title                                      | type           | happened   | organisation  | person      | planned | work_redone | help_added
        left     | The executive of Southern Council retired  | someone left   | 2026-01-31 | south-council | former-head | yes     |             |
        came     | An interim executive began                 | someone joined | 2026-02-01 | south-council | south-council-head | yes |          |
        storm    | Storm; two surgeries closed for a week     | crisis         | 2025-12    | west-practices |            | no      | no          | yes
        election | County elections                           | election       | 2025-05    |               |             | yes     |             |
        """)
    p.table("tensions", """
        key   | title                                       | subject | sides                                | organisations              | dealt_with | since
        pace  | One district a year, or all at once         | pace    | The commissioners want all, the councils one | buyers; east-council | yes        | 2024
        model | Plans at home or plans in the surgery       | model   | Practices and community trusts       | south-practices; south-trust | yes       | about 2024-06
        """)
