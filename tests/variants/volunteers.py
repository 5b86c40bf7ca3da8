"""Kettle: mostly volunteers.

In a valley where many live alone, some fifty volunteers of four groups drive, cook, call and mend.
A small council office, one surgery and one community nursing team stand beside them. Volunteers
lead: they hold posts, have seats and votes, and set aside a day or less a week, which is what they
have. Nobody employs them, so the records name no employer; the post says for which group they come.

Untidy and in order: groups whose beginning nobody wrote down; a coordinator who divides her week
between two groups; two volunteers who moved away, with notice; a group that is a federation of
seven village halls; a treasurer whose post is planned to end.
"""
import goodorder as good
from programme import Programme

GROUPS = {"drivers": "Valley drivers", "cooks": "Shared table", "halls": "Village halls together",
          "menders": "Menders"}
VOLUNTEERS = 11  # in each group, beside those who lead it


def build():
    p = Programme()
    p.add("programme", key="kettle", name="Kettle (invented)", integration="linkage",
          aim="There is always a kettle on somewhere near you.", drive="bottom-up",
          settings="volunteers, social care, general practice, nursing at home", country="Invented",
          population="About 1,100 people who live alone", stage="running", started="2022",
          planned_end="2032-12-31")
    p.table("organisations", """
        key     | name                      | sector                  | part       | speaks_for | counts_as | since
        drivers | Valley drivers            | voluntary sector        | partner    |            |           | unknown
        cooks   | Shared table              | voluntary sector        | host       |            |           | 2019
        halls   | Village halls together    | voluntary sector        | federation | 7          | one voice | about 1995
        menders | Menders                   | voluntary sector        | partner    |            |           | 2021
        council | Valley council            | social care             | partner    |            |           |
        surgery | Valley surgery            | primary care            | partner    |            |           |
        nurses  | Nurses at home            | community care          | partner    |            |           |
        alone   | People who live alone     | people who use services | partner    | 40         | one voice | 2022
        """)
    p.table("teams", """
        key   | name              | type                | level               | host    | parent | remit                               | powers                   | chairing             | phase       | meets_every | since      | document
        table | Kettle table      | transformation team | transformation team | cooks   |        | Decides together on all that is shared | decides within its remit | rotates by agreement | established | 56        | 2022-03-08 | terms
        round | Kettle round      | working group       | transformation team | council | table  | Settles who does what this month    | decides within its remit | settled              | established | 28          | 2024-01-09 | terms
        """)
    for group, name in GROUPS.items():
        p.add("teams", key=f"{group}-team", name=f"{name}, helpers", type="care team",
              level="care team", host=group, parent="round", chairing="settled", document="terms",
              remit=f"What {name} do from week to week", powers="decides within its remit",
              phase="established", since="2022-06-01")
    good.cast(p, """
        key        | name                               | profession    | org     | title               | tier           | function                | role            | days | share | line    | beside   | next       | sits | paid
        drive-chair | chair of the drivers, volunteer   | teacher       | drivers | Chair               | executive      | management              | sponsor         | 0.5  | 0.2   |         |          |            | table alternating chair | volunteer
        drive-plan | plans the lifts, volunteer         | manager       | drivers | Planner of lifts    | middle manager | management              | representative  | 1    | 0.2   | drive-chair |      | drivers-1  | table; round; drivers-team chair | volunteer
        cook-chair | founder of the shared table, volunteer | other     | cooks   | Chair               | executive      | management              | sponsor         | 1    | 0.3   |         |          |            | table alternating chair | volunteer
        cook-plan  | plans the meals, volunteer         | care worker   | cooks   | Planner of meals    | middle manager | management              | representative  | 1    | 0.2   | cook-chair |       | cooks-1    | table; round; cooks-team chair | volunteer
        hall-chair | speaker of the halls, volunteer    | officer       | halls   | Speaker             | executive      | management              | sponsor         | 0.5  | 0.2   |         |          |            | table alternating chair | volunteer
        hall-plan  | keeps the calendar of the halls, volunteer | analyst | halls | Keeper of the calendar | middle manager | management            | representative  | 1    | 0.2   | hall-chair |       | halls-1    | round; table; halls-team chair | volunteer
        mend-chair | founder of the menders, volunteer  | other         | menders | Chair               | executive      | management              | sponsor         | 0.5  | 0.2   |         |          |            | table | volunteer
        mend-plan  | takes the menders' calls, volunteer | social worker | menders | Telephone          | middle manager | management              | representative  | 1    | 0.2   | mend-chair |       | menders-1  | round; table; menders-team chair | volunteer
        weaver     | coordinator of Kettle              | allied health professional | cooks | Coordinator  | senior manager | management              | network manager | 2.5  | 0.5   | cook-chair |       | helper     | table; round chair
        helper     | assistant of Kettle                | other         | cooks   | Assistant           | outside the line | project support       | project support | 3    | 0.6   | weaver  |          |            | table; round
        mayor      | head of adult services             | officer       | council | Head of adult services | executive   | management              | sponsor         | 0.5  |       |         |          |            | table
        social     | social worker for the valley       | social worker | council | Senior social worker | senior manager | clinical                | clinical lead   | 1    | 1     | mayor   | homes    | young-social | table; round
        homes      | manager of help at home            | manager       | council | Manager, help at home | middle manager | management            | management lead | 0.5  | 1     | mayor   | social   |            | round
        young-social | social worker                    | social worker | council | Social worker       | front line     | clinical                |                 | 0.5  | 1     | social  |          |            |
        doctor     | senior partner, surgery            | doctor        | surgery | Senior partner      | executive      | clinical and management | sponsor         | 0.5  | 0.8   |         |          |            | table
        desk       | practice manager                   | manager       | surgery | Practice manager    | middle manager | management              | management lead | 0.5  | 1     | doctor  | link     |            | round
        link       | nurse who links people to groups   | nurse         | surgery | Link nurse          | senior manager | clinical                | clinical lead   | 1    | 0.6   | doctor  | desk     | nurse      | table; round
        nurse-head | head of nurses at home             | nurse         | nurses  | Head of nurses      | executive      | management              | sponsor         | 0.5  |       |         |          |            | table
        nurse      | nurse at home, upper valley        | nurse         | nurses  | Nurse, upper valley | middle manager | clinical and management | management lead | 1    | 1     | nurse-head |       |            | round
        lone       | speaker of those who live alone    | none          | alone   |                     |                | representation          |                 |      |       |         |          |            | table alternating chair; round
        second-lone | second speaker of those who live alone | none     | alone   |                     |                | representation          |                 |      |       |         |          |            | table
        """, since="2022-03-08")
    volunteers(p)
    p.table("decisions", """
        key    | title                                   | subject        | scale       | concerns                         | manner          | final_say | state       | raised     | due        | taken      | taken_by_team | carried_out
        what   | What Kettle does and what it does not   | scope          | strategic   | drivers; cooks; halls; menders; council; surgery; nurses | jointly | settled | carried out | 2024-11-05 | 2025-06-30 | 2025-04-22 | table | 2025-06-02
        call   | One number to ring                      | implementation | operational | drivers; cooks; menders          | jointly         | settled   | carried out | 2025-08-12 | 2025-12-31 | 2025-11-18 | round         | 2026-01-05
        checks | How volunteers are checked and trained  | staffing       | strategic   | drivers; cooks; halls; menders   | jointly         | settled   | taken       | 2026-01-27 | 2026-07-31 | 2026-05-19 | table         |
        winter | Warm rooms in the winter                | implementation | strategic   | halls; cooks; council            | each for itself | settled   | open        | 2026-05-19 | 2026-10-15 |            |               |
        petrol | What drivers are paid for petrol        | money          | operational | drivers; council                 | jointly         | settled   | open        | 2026-05-05 | 2026-09-30 |            |               |
        """)
    p.table("decision_rights", """
        decision | right_held   | post        | team  | body  | up_to | delegated_by
        what     | decides      |             | table |       |       |
        what     | is consulted | young-social |      |       |       |
        call     | decides      |             | round |       |       |
        call     | is told      |             | table |       |       |
        call     | is consulted |             |       | alone |       |
        checks   | decides      |             | table |       |       |
        checks   | recommends   |             | round |       |       |
        checks   | is consulted | nurse       |       |       |       |
        winter   | decides      | hall-chair  |       |       |       |
        winter   | decides      | cook-chair  |       |       |       |
        winter   | decides      | mayor       |       |       |       |
        winter   | recommends   |             | round |       |       |
        winter   | is consulted | young-social |      |       |       |
        petrol   | decides      |             | round |       |       |
        petrol   | decides      | drive-plan  |       |       | 100   | drive-chair
        """)
    good.tell(p, "table", """
        org     | executive  | senior     | middle    | front
        drivers | drive-plan | drive-plan | drive-plan | drive-plan
        cooks   | cook-plan  | weaver     | cook-plan | cook-plan
        halls   | hall-plan  | hall-plan  | hall-plan |
        menders | mend-plan  | mend-plan  | mend-plan | mend-plan
        council | social     | social     | social    | social
        surgery | link       | link       | link      |
        nurses  | nurse-head | nurse-head | nurse-head | nurse-head
        """)
    good.tell(p, "table", "org | all\nalone | second-lone")
    good.foundations(p, "2025-05-13", "2032-12-31", people=("second-lone", "drivers-1"))
    good.meet(p, "table", "2024-11-05", ["drive-chair", "cook-chair", "hall-chair", "lone"],
              ["cooks", "halls", "drivers", "menders", "council", "surgery", "nurses"])
    good.meet(p, "round", "2024-11-12", ["weaver"], ["council", "halls", "surgery", "cooks"])
    good.promise(p, "round", """
        title                                     | owner      | agreed | reported | due        | decision
        Count the lifts of one month              | drive-plan | 1      | 3        |            | what
        Ask who eats alone on Sundays             | lone       | 2      | 4        |            |
        Bring the surgery's list of groups        | desk       | 4      | 6        |            | what
        Draw a calendar of all halls              | hall-plan  | 6      | 8        |            |
        Try one number for a month                | mend-plan  | 11     | 13       |            | call
        Tell everyone the number                  | link       | 14     | 16       |            | call
        Ask volunteers about checks               | cook-plan  | 18     | 20       |            | checks
        Learn from the lift that nobody drove     | nurse      | 17     | 18       |            |
        Look at what heating a hall costs         | homes      | 21     |          | 2026-08-31 | winter
        Ask drivers about petrol                  | social     | 21     |          | 2026-08-15 | petrol
        """)
    p.table("milestones", """
        key    | title                                 | type         | part_of | needs_several | due        | reached    | celebrated
        near   | Everyone alone knows somebody near    | main goal    |         | yes           | 2032-12-31 |            |
        list   | One calendar of all halls             | small change | near    | yes           | 2025-07-31 | 2025-07-08 | 2025-07-20
        number | One number to ring                    | small change | near    | yes           | 2026-01-31 | 2026-01-05 | 2026-01-17
        thousand | A thousand lifts since New Year     | win          | near    | yes           | 2026-06-30 | 2026-06-02 | 2026-06-14
        warm   | Three warm rooms                      | small change | near    | yes           | 2026-12-15 |            |
        """)
    p.table("tensions", """
        key   | title                              | subject | sides                                    | organisations   | dealt_with | since
        rules | Checks for all, or trust as before | model   | The council wants checks, drivers want trust | council; drivers | yes    | 2026-01
        """)
    good.surroundings(p, 120000, free="council")
    good.share_records(p, "Book of calls", since="2024")
    good.support(p, "helper")
    good.visit(p, "table", ["lone", "social", "drive-plan", "link", "hall-plan"])
    good.settle(p, "weaver")
    good.weave(p)
    good.listen(p, ("lone", "second-lone"), ("link", "social", "drive-plan", "cook-plan"))
    return p


def volunteers(p):
    """Those who drive, cook, open halls and mend; the coordinator's second half week; two who
    moved away and the post that will end."""
    professions = ["other", "care worker", "teacher", "nurse", "none", "manager"]
    for g, (group, name) in enumerate(GROUPS.items()):
        for i in range(1, VOLUNTEERS + 1):
            key = f"{group}-{i}"
            p.add("people", key=key, name=f"volunteer {i}, {name}",
                  profession=professions[(i + g) % len(professions)])
            p.add("team_members", team=f"{group}-team", person=key, organisation=group,
                  capacity="organisation", vote="yes")
    for group, when in (("drivers", "2026-01-31"), ("cooks", "2025-10")):
        key = f"{group}-former"
        p.add("people", key=key, name=f"former volunteer, {GROUPS[group]}", profession="other",
              until=when, leaving="planned")
        p.add("team_members", team=f"{group}-team", person=key, organisation=group,
              capacity="organisation", vote="yes", until=when)
        p.add("events", key=f"{group}-left", title="A volunteer moved away", type="someone left",
              happened=when, organisation=group, team=f"{group}-team", person=key, planned="yes")
    p.add("posts", key="weaver-halls", title="Coordinator for the halls", organisation="halls",
          tier="senior manager", function="management", programme_role="network manager",
          whole_time=0.5)
    p.add("post_holders", post="weaver-halls", person="weaver", manner="joint appointment",
          share=0.5, days_set_aside=2.5, since="2024-01-09", note="One person, two half weeks")
    p.add("posts", key="treasurer", title="Treasurer of the menders", organisation="menders",
          tier="outside the line", function="other", programme_role="none",
          state="planned to end", note="The four groups will keep one account from 2027")
    p.add("post_holders", post="treasurer", person="menders-2", share=0.05)
    p.add("people", key="next-valley", name="coordinator, next valley", profession="manager")
