"""Harbour, had the hospital trust and the community trust merged on 1 October 2025.

Their boards had planned it for a year and helped it along. Each old trust ended the day before; its
posts ended with it, and everyone went over into a post of the new care trust. Partners asked the
new trust whether it stands by what the two had agreed to: it does. It has one vote where they had
two, and one last word on what either decided; the other director keeps a seat without a vote. The
same people tell its managers what the project team works out. Who now had a mentor in their own
trust found another elsewhere.

What the records must bear: partners that ended, posts and rights that ended on purpose, parties to
an agreement that are no more, and a new partner that agreed later than all others.
"""
import fuller
from programme import holds_on

LAST, FIRST = "2025-09-30", "2025-10-01"
OLD = ("hospital", "community")
NEW = "care-trust"


def build():
    p = fuller.harbour()
    fuller.follow(p)
    organisations(p)
    moved = posts(p)
    holders(p, moved)
    lines(p, moved)
    seats(p, moved)
    rights(p, moved)
    routes(p, moved)
    agreements(p)
    everything_else(p)
    mentors(p)
    fuller.finish(p)
    return p


def renamed(keys):
    """A list of organisations with the new trust in place of the old ones, once."""
    return "; ".join(dict.fromkeys(NEW if key.strip() in OLD else key.strip()
                                   for key in keys.split(";")))


def organisations(p):
    p.add("organisations", key=NEW, name="Ansel Bay Care Trust", sector="community care",
          part="host", since=FIRST, note="Hospital and community services in one trust")
    p.sheets["organisation_changes"] = []
    for old in OLD:
        p.change("organisations", {"key": old}, until=LAST, note=None)
        p.add("organisation_changes", organisation=old, change="merged into", successor=NEW,
              happened=FIRST)
        p.change("people", {"employer": old}, employer=NEW)
    p.add("organisation_changes", organisation=NEW, change="began", happened=FIRST)
    p.add("events", key="merger", title="Hospital trust and community trust became one",
          type="reorganisation", happened=FIRST, organisation=NEW, planned="yes",
          work_redone="no", help_added="yes")


def posts(p):
    """Each post of the old trusts ends, one of the new trust begins; from old key to new."""
    old = [row for row in p.sheets["posts"] if row.get("organisation") in OLD]
    moved = {row["key"]: f"trust-{row['key']}" for row in old}
    for row in old:
        p.add("posts", **{**row, "key": moved[row["key"]], "organisation": NEW, "since": FIRST,
                          "until": ""})
        row["until"] = LAST
    for row in p.sheets["posts"]:
        if row.get("until") == LAST:
            continue
        for column in ("counterpart", "supports"):
            if column in row:
                row[column] = "; ".join(moved.get(key.strip(), key.strip())
                                        for key in row[column].split(";"))
    p.change("posts", {"key": "trust-hospital-director"}, title="Chief executive, care trust")
    p.change("posts", {"key": "trust-community-director"}, title="Director of care at home")
    return moved


def split(p, sheet, moved, column, **over):
    """Rows about an old post end with it; the same goes on with the new post."""
    for row in list(p.sheets[sheet]):
        if row.get(column) not in moved:
            continue
        new = {**row, **over, column: moved[row[column]], "since": max(row.get("since", ""), FIRST)}
        if row.get("since", "") >= FIRST:
            row.clear()
            row.update(new)
        elif holds_on(row, FIRST):
            p.add(sheet, **new)
            row["until"] = LAST
            if sheet == "post_holders" and row.get("manner") != "being prepared":
                row["ended"] = "planned"


def holders(p, moved):
    split(p, "post_holders", moved, "post")


def lines(p, moved):
    """A line goes on in the new trust, at either end; the director of care at home now answers to
    the chief executive."""
    for row in list(p.sheets["reporting_lines"]):
        if row["post"] in moved or row["reports_to"] in moved:
            p.add("reporting_lines", **{**row, "post": moved.get(row["post"], row["post"]),
                                        "reports_to": moved.get(row["reports_to"],
                                                                row["reports_to"]),
                                        "since": FIRST})
            row["until"] = LAST
    p.add("reporting_lines", post="trust-community-director", line="line management",
          reports_to="trust-hospital-director", since=FIRST)


def seats(p, moved):
    split(p, "team_members", moved, "post")
    p.change("team_members", {"team": "board", "post": "trust-community-director"}, vote="no",
             note="One trust, one vote")
    for row in p.sheets["team_members"]:
        if row.get("organisation") in OLD:
            row["organisation"] = NEW


def rights(p, moved):
    """What the two decided, the chief executive decides; sums are handed down anew."""
    for decision in p.sheets["decisions"]:
        if decision.get("taken", "9999") >= FIRST and "concerns" in decision:
            decision["concerns"] = renamed(decision["concerns"])
    one = {**moved, "community-director": "trust-hospital-director",
           "hospital-medical-director": "trust-hospital-medical-director"}
    for row in list(p.sheets["decision_rights"]):
        if row.get("post") not in moved and row.get("delegated_by") not in moved:
            continue
        new = dict(row)
        for column in ("post", "delegated_by"):
            if column in new:
                new[column] = one.get(new[column], new[column])
        if p.row("decisions", key=row["decision"]).get("taken", "9999") < FIRST:
            continue
        if "since" in row:
            row["until"] = LAST
            p.add("decision_rights", **{**new, "since": FIRST})
        else:
            p.sheets["decision_rights"].remove(row)
            p.add("decision_rights", **new)
    # About people's own care plans the medical director has the last word for the whole trust.
    p.remove("decision_rights", decision="care-plan-view", right_held="decides",
             post="trust-hospital-director")


def routes(p, moved):
    for row in list(p.sheets["message_routes"]):
        if row["to_organisation"] in OLD:
            post = row.get("messenger_post", "")
            p.add("message_routes", **{**row, "to_organisation": NEW, "since": FIRST,
                                       "messenger_post": moved.get(post, post)})
            row["until"] = LAST


def agreements(p):
    for agreement in p.sheets["agreements"]:
        signed = [row for row in p.rows("agreement_parties", agreement=agreement["key"])
                  if row.get("organisation") in OLD]
        for row in signed:
            if row.get("agreed_on", "") >= FIRST:
                p.sheets["agreement_parties"].remove(row)
        if signed:
            p.add("agreement_parties", agreement=agreement["key"], organisation=NEW,
                  capacity="organisation", state="agreed",
                  agreed_on=max("2025-10-21", signed[0].get("agreed_on", "")),
                  asked_again="2026-02-24", note="Asked as successor of two parties")
            for row in signed:
                row.pop("asked_again", None)
    for old in OLD:
        p.change("policies", {"owner": old}, until=LAST)
    p.add("policies", key="trust-strategy", title="Strategy of the care trust", owner=NEW,
          type="strategy", asks_for="Names Harbour as the first thing done as one trust",
          asks_for_integration="yes", since=FIRST)


def everything_else(p):
    for row in p.sheets["teams"]:
        row["host"] = renamed(row.get("host", ""))
    for sheet, column, day in (("meetings", "hosted_by", "held_on"),
                               ("events", "organisation", "happened"),
                               ("visits", "to_organisation", "visited_on")):
        for row in p.sheets[sheet]:
            if row.get(column) in OLD and row[day] >= FIRST:
                row[column] = NEW
    for row in p.sheets["tensions"]:
        row["organisations"] = renamed(row["organisations"])
    for row in p.sheets["record_systems"]:
        row["used_by"] = renamed(row["used_by"])
    for row in p.sheets["resources"]:
        if row.get("from_organisation") in OLD and row["type"] != "data":
            row["from_organisation"] = NEW
        if row.get("for_organisation") in OLD:
            row["for_organisation"] = NEW
    p.add("resources", key="data-care-trust", title="The care trust's figures, ward to home",
          type="data", purpose="making the case", state="secured", enough="yes",
          from_organisation=NEW)


def mentors(p):
    """Nobody's mentor or reviewer works in their own trust."""
    elsewhere = ["director-council", "gp-chair", "voluntary-director", "director-commissioning"]
    for row in list(p.rows("relationships", type="is mentored by")):
        one, two = row["person"], row["other"]
        if p.organisation_of(one) == p.organisation_of(two) == NEW:
            row["until"] = LAST
            other = elsewhere[len(one) % len(elsewhere)]
            p.add("relationships", person=one, type="is mentored by", other=other, mutual="no",
                  since="2025-10")
            for learnt in p.rows("learning", person=one, with_person=two):
                learnt["with_person"] = other
