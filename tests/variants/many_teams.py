"""Harbour with many teams: thirteen, and one that is over.

The falls team of the east has been followed by teams in four more neighbourhoods, one every two
months; the last two still work in shadow form. Three working groups settle what teams need in
common, each with people of its own, so that nobody sits in all of them. Tide has a group of its own
that advises, leads meet as peers, and two executives sit in a committee in common for the money.

Untidy and in order: the working group on forms has ended, its work done; the one on volunteers
began under another name; one team's lead is lent by the hospital trust; of one nobody remembers the
day it began; a peer group meets without power, on purpose.
"""
import fuller
import goodorder as good

# key, name, began, phase
PLACES = [("quayside", "Quayside", "2026-01-12", "established"),
          ("hillfoot", "Hillfoot", "2026-03-09", "established"),
          ("westmarsh", "Westmarsh", "2026-05-11", "shadow"),
          ("northgate", "North Gate", "2026-06-22", "shadow")]
# role in the team's key, profession, employer, title, line
WORKERS = [("physio", "allied health professional", "community", "Physiotherapist",
            "community-management-lead"),
           ("social", "social worker", "council", "Social worker", "council-practice-lead"),
           ("nurse", "nurse", "gp-federation", "Practice nurse", "gp-management-lead"),
           ("helper", "care worker", "voluntary", "Volunteer helper", "voluntary-manager")]


def build():
    p = fuller.harbour()
    fuller.follow(p)
    for place in PLACES:
        neighbourhood(p, *place)
    groups(p)
    group_meetings(p)
    for key, title, part, reached, celebrated in (
            ("quayside", "The falls team works in Quayside", "small change", "2026-01-12",
             "2026-01-20"),
            ("hillfoot", "The falls team works in Hillfoot", "small change", "2026-03-09",
             "2026-03-17")):
        p.add("milestones", key=f"team-{key}", title=title, type=part, part_of="steady",
              needs_several="yes", due=reached, reached=reached, celebrated=celebrated)
    fuller.finish(p)
    return p


def neighbourhood(p, key, name, began, phase):
    """A falls team of four, each from another partner; its lead has a follower."""
    p.add("teams", key=key, name=f"{name} falls team", type="care team", level="care team",
          host="community", parent="project-team", powers="decides within its remit",
          remit=f"Comes the same day to people in {name} who have had a fall", chairing="settled",
          phase=phase, since=began, document="terms")
    p.add("team_names", team=key, position=1, name=f"{name} falls team", since=began)
    p.add("agreements", key=f"terms-{key}", title=f"Terms of reference of the {name} falls team",
          type="terms of reference", written="yes", people_centred="yes", team=key, since=began,
          document="terms")
    for role, profession, employer, title, line in WORKERS:
        person = f"{key}-{role}"
        p.add("people", key=person, name=f"{title.lower()}, {name}", profession=profession,
              employer=employer)
        p.add("posts", key=person, title=f"{title}, {name}", organisation=employer,
              tier="front line", function="clinical", whole_time=1,
              key_role="yes" if role == "physio" else "")
        p.add("post_holders", post=person, person=person, share=1, days_set_aside=4, since=began,
              manner="")
        p.add("reporting_lines", post=person, line="line management", reports_to=line)
        p.add("team_members", team=key, person=person, post=person, capacity="profession",
              role="chair" if role == "physio" else "member", vote="yes", since=began)
    p.add("post_holders", post=f"{key}-physio", person=f"{key}-nurse", manner="being prepared")
    if key == "hillfoot":
        p.change("people", {"key": "hillfoot-physio"}, employer="hospital")
        p.change("post_holders", {"post": "hillfoot-physio", "person": "hillfoot-physio"},
                 manner="secondment", note="Lent by the hospital trust")
    if key == "quayside":
        p.change("post_holders", {"post": "quayside-helper"}, since="about 2026-01")


def groups(p):
    p.table("teams", """
        key        | name                       | type                | level               | host    | parent       | remit                                      | powers                   | chairing             | phase       | meets_every | since      | until      | document
        forms      | Working group on forms     | working group       | transformation team | gp-federation | project-team | One referral form instead of five    | recommends               | settled              | ended       | 35          | 2025-07-22 | 2025-12-31 | terms
        figures    | Working group on figures   | working group       | transformation team | commissioner | project-team | The one measure, and how it is counted | recommends              | settled              | established | 49          | 2025-09-30 |            | terms
        helpers    | Working group on volunteers | working group      | transformation team | voluntary | project-team | Finds, teaches and thanks volunteers     | decides within its remit | settled              | established | 49          | 2025-10-14 |            | terms
        homes      | Working group on safe homes | working group      | transformation team | council | project-team | What makes a home safe, and who pays for it | decides within its remit | settled           | established | 49          | 2025-10-21 |            | terms
        tide-team  | Tide's falls circle        | advisory group      | transformation team | tide-group | board     | Tells board and teams what people say      | advises                  | rotates by agreement | established | 56          | unknown    |            | terms
        peers      | Leads among themselves     | peer group          | transformation team | hospital | board       | Leads help each other, without minutes     | none                     | rotates by agreement | established |             | 2025-06    |            | terms
        purse      | Committee for the shared money | committee in common | transformation team | council | board     | Watches the shared budget for both who pay | recommends               | settled              | established | 122         | 2026-01-13 |            | terms
        """)
    p.table("team_names", """
        team    | position | name                        | since      | until
        forms   | 1        | Working group on forms      | 2025-07-22 | 2025-12-31
        figures | 1        | Working group on figures    | 2025-09-30 |
        helpers | 1        | Friends of the falls team   | 2025-10-14 | 2026-01-31
        helpers | 2        | Working group on volunteers | 2026-02-01 |
        homes   | 1        | Working group on safe homes | 2025-10-21 |
        tide-team | 1      | Tide's falls circle         |            |
        peers   | 1        | Leads among themselves      | 2025-06    |
        purse   | 1        | Committee for the shared money | 2026-01-13 |
        """)
    for team in p.sheets["teams"]:
        if not p.rows("agreements", team=team["key"]):
            p.add("agreements", key=f"terms-{team['key']}", type="terms of reference",
                  title=f"Terms of reference: {team['name']}", written="yes",
                  people_centred="yes", team=team["key"], since=team["since"],
                  until=team.get("until"), document="terms")
    p.table("people", """
        key          | name                                       | profession     | employer
        analyst      | analyst, commissioning board               | analyst        | commissioner
        records-nurse | nurse for records, hospital trust         | nurse          | hospital
        matron       | community matron                           | nurse          | community
        carpenter    | carpenter, council's repair service        | other          | council
        practice-head | practice manager, two practices           | manager        | gp-federation
        tide-third   | third speaker of Tide                      | none           |
        tide-fourth  | fourth speaker of Tide                     | none           |
        tide-fifth   | fifth speaker of Tide, for carers          | none           |
        """)
    p.table("team_members", """
        team    | person           | post                | organisation  | capacity        | role              | vote | since      | until
        forms   | practice-head    |                     | gp-federation | organisation    | chair             | yes  | 2025-07-22 | 2025-12-31
        forms   | matron           |                     | community     | profession      | member            | yes  | 2025-07-22 | 2025-12-31
        forms   | tide-third       |                     | tide-group    | lived experience | member           | yes  | 2025-07-22 | 2025-12-31
        figures | analyst          |                     | commissioner  | organisation    | chair             | yes  | 2025-09-30 |
        figures | records-nurse    |                     | hospital      | profession      | member            | yes  | 2025-09-30 |
        figures | practice-doctor  |                     | gp-federation | profession      | member            | yes  | 2025-09-30 |
        figures | tide-third       |                     | tide-group    | lived experience | member           | yes  | 2025-09-30 |
        helpers | voluntary-manager | voluntary-manager  |               | organisation    | chair             | yes  | 2025-10-14 |
        helpers | matron           |                     | community     | profession      | member            | yes  | 2025-10-14 |
        helpers | tide-fourth      |                     | tide-group    | lived experience | member           | yes  | 2025-10-14 |
        homes   | social-worker    |                     | council       | profession      | chair             | yes  | 2025-10-21 |
        homes   | carpenter        |                     | council       | expert          | member            | yes  | 2025-10-21 |
        homes   | records-nurse    |                     | hospital      | profession      | member            | yes  | 2025-10-21 |
        homes   | practice-head    |                     | gp-federation | organisation    | member            | yes  | 2025-10-21 |
        homes   | tide-fifth       |                     | tide-group    | carer           | member            | yes  | 2025-10-21 |
        tide-team | tide-third     |                     | tide-group    | lived experience | alternating chair | yes |            |
        tide-team | tide-fourth    |                     | tide-group    | lived experience | alternating chair | yes |            |
        tide-team | tide-fifth     |                     | tide-group    | carer           | member            | yes  |            |
        tide-team | falls-lead     | falls-team-lead     |               | profession      | in attendance     | no   |            |
        purse   | director-council | council-director    |               | organisation    | chair             | yes  | 2026-01-13 |
        purse   | director-commissioning | commissioner-director |       | organisation    | member            | yes  | 2026-01-13 |
        purse   | service-user-voice |                   | tide-group    | lived experience | member           | yes  | 2026-01-13 |
        """)
    for person in ("geriatrician", "gp-lead", "nurse-consultant", "principal-social-worker",
                   "voluntary-manager", "network-manager"):
        p.add("team_members", team="peers", person=person, capacity="profession",
              role="alternating chair", vote="yes")


def group_meetings(p):
    for team, first, chairs, hosts in (
            ("figures", "2025-09-30", ["analyst"], ["commissioner", "hospital"]),
            ("helpers", "2025-10-14", ["voluntary-manager"], ["voluntary", "community"]),
            ("homes", "2025-10-21", ["social-worker"], ["council", "gp-federation"]),
            ("tide-team", "2025-09-09", ["tide-third", "tide-fourth"], ["tide-group"]),
            ("purse", "2026-01-13", ["director-council"], ["council", "commissioner"])):
        good.meet(p, team, first, chairs, hosts)
    good.meet_until(p, "forms", "2025-07-22", "2025-12-31", ["practice-head"], ["gp-federation"])
    good.promise(p, "figures", """
        title                                    | owner         | agreed | reported | due
        Count days at home the same way          | analyst       | 1      | 3        |
        Compare with the ward's own count        | records-nurse | 3      | 4        |
        Show the figures so that all can read them | tide-third  | 6      |          | 2026-08-31
        """)
    good.promise(p, "homes", """
        title                                    | owner         | agreed | reported | due
        List what makes people trip              | carpenter     | 1      | 2        |
        Ask ten people what they changed at home | tide-fifth    | 2      | 4        |
        Work out what rails cost                 | practice-head | 6      |          | 2026-08-15
        """)
    good.promise(p, "helpers", """
        title                                    | owner         | agreed | reported | due
        Teach the first ten volunteers           | matron        | 1      | 3        |
        A summer tea for all who helped          | tide-fourth   | 5      |          | 2026-07-31
        """)
