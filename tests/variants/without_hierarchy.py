"""Heathland: a network without hierarchy.

Six small partners run themselves: self-managing nursing teams, a practice owned by those who work
there, a care co-operative, a land trust with a community kitchen, a parents' group and a group of
disabled people. Nobody is anybody's boss. Every decision is taken jointly, by consensus, in one
circle; who chairs changes with every meeting, as agreed. One person weaves the ties between them.

Untidy and in order: no post stands in a line, so no line of management is written down, and the
sheet is complete all the same; the co-operative is a federation of four and counts as many voices;
two share the weaver's post; the disabled people's group split from another about 2022; the lowland
circle is still in its shadow phase.
"""
import goodorder as good
from programme import Programme

CIRCLE = ["ada-nurse", "home-nurse", "doctor", "welcome", "coop-care", "coop-plan", "kitchen",
          "garden", "parent", "other-parent", "member", "other-member", "weaver"]


def build():
    p = Programme()
    p.add("programme", key="heathland", name="Heathland (invented)", integration="coordination",
          aim="Help that starts from your day, whoever brings it.", drive="bottom-up",
          settings="nursing at home, general practice, social care, community life",
          population="About 2,500 people in invented villages", country="Invented", stage="running",
          started="2023-05", planned_end="2031-12-31")
    p.table("organisations", """
        key     | name                               | sector                  | part       | speaks_for | counts_as   | since
        nurses  | Heath nurses                       | community care          | host       |            |             | 2018
        practice | Practice owned by its workers     | primary care            | partner    |            |             | about 2015
        coop    | Care co-operatives together        | social care             | federation | 4          | many voices | 2021
        land    | Land trust and community kitchen   | voluntary sector        | partner    |            |             |
        parents | Parents of the heath               | people who use services | partner    | 18         | one voice   | 2023
        disabled | Disabled people's group           | people who use services | partner    | 30         | one voice   | about 2022
        county-group | County disability forum       | people who use services | neighbour  | 400        | many voices |
        """)
    p.table("organisation_changes", """
        organisation | change     | successor | happened
        county-group | split into | disabled  | about 2022
        disabled     | began      |           | about 2022
        """)
    p.table("teams", """
        key     | name            | type                | level               | host   | parent | remit                                    | powers                   | chairing             | phase       | meets_every | since      | document
        circle  | Heath circle    | transformation team | transformation team | nurses |        | Decides together on all that is shared   | decides within its remit | rotates by agreement | established | 42          | 2023-05-09 | terms
        upland  | Upland helpers  | care team           | care team           | nurses | circle | Help in the upland villages              | decides within its remit | rotates by agreement | established |             | 2024-03-04 | terms
        lowland | Lowland helpers | care team           | care team           | coop   | circle | Help in the lowland villages             | decides within its remit | rotates by agreement | shadow      |             | 2026-02-02 | terms
        """)
    good.cast(p, """
        key        | name                                  | profession    | org      | title                  | tier             | function                | role            | days | share | next       | sits
        ada-nurse  | nurse who speaks for the nursing teams | nurse        | nurses   | Speaker of the nurses  | outside the line | clinical and management | representative  | 1    | 0.9   | home-nurse | circle alternating chair; upland alternating chair
        home-nurse | nurse in the upland                   | nurse         | nurses   | Nurse, upland          | outside the line | clinical                |                 | 2    | 0.8   |            | circle alternating chair; upland alternating chair
        low-nurse  | nurse in the lowland                  | nurse         | nurses   | Nurse, lowland         | outside the line | clinical                |                 | 2    | 0.8   |            | lowland alternating chair
        doctor     | general practitioner                  | doctor        | practice | Speaker of the practice | outside the line | clinical and management | representative | 1    | 0.8   | young-doctor | circle alternating chair
        young-doctor | general practitioner in the upland  | doctor        | practice | Doctor, upland         | outside the line | clinical                |                 | 1    | 0.6   |            | upland
        welcome    | welcomes people at the practice       | other         | practice | Welcome desk           | outside the line | management              |                 | 1    | 0.8   |            | circle; lowland
        coop-care  | care worker, speaks for the four      | care worker   | coop     | Speaker of the co-operatives | outside the line | clinical and management | representative | 1 | 1  | coop-plan  | circle alternating chair; lowland alternating chair
        coop-plan  | plans the rounds                      | social worker | coop     | Planner of rounds      | outside the line | management              |                 | 1    | 0.8   |            | circle; upland
        kitchen    | runs the kitchen                      | other         | land     | Kitchen                | outside the line | management              | representative  | 1    | 0.6   | garden     | circle alternating chair
        garden     | gardener and teacher                  | teacher       | land     | Garden                 | outside the line | other                   |                 | 1    | 0.5   |            | circle; lowland
        parent     | parent                                | none          | parents  |                        |                  | representation          |                 |      |       |            | circle alternating chair
        other-parent | second parent                       | none          | parents  |                        |                  | representation          |                 |      |       |            | circle
        member     | speaker of the disabled people's group | none         | disabled |                        |                  | representation          |                 |      |       |            | circle alternating chair
        other-member | second speaker of the disabled people's group | none | disabled |                        |                  | representation          |                 |      |       |            | circle
        weaver     | weaver of ties, first half            | allied health professional | nurses | Weaver         | outside the line | management              | network manager | 2.5  | 1     | garden     | circle
        second-weaver | weaver of ties, second half        | teacher       | coop     |                        |                  |                         |                 |      |       |            |
        clerk      | keeps accounts and minutes            | analyst       | land     | Clerk                  | outside the line | project support         | project support | 2    | 0.6   |            | circle
        """, since="2023-05-09")
    p.change("post_holders", {"post": "weaver", "person": "weaver"}, manner="job share", share=0.5)
    p.add("post_holders", post="weaver", person="second-weaver", manner="job share", share=0.5,
          days_set_aside=2.5, since="2023-05-09")
    p.add("team_members", team="circle", person="second-weaver", post="weaver", vote="no",
          capacity="organisation", note="The two weavers have one vote")
    p.change("team_members", {"team": "circle", "person": "parent"}, capacity="carer")
    p.table("decisions", """
        key     | title                                 | subject        | scale       | concerns                      | manner  | final_say | state       | raised     | due        | taken      | taken_by_team | carried_out | replaces
        first   | One helper for each household         | specification  | strategic   | nurses; practice; coop        | jointly | settled   | carried out | 2023-05-09 | 2024-01-31 | 2023-11-28 | circle        | 2024-03-04  |
        helper  | Two helpers for each household        | specification  | strategic   | nurses; practice; coop        | jointly | settled   | carried out | 2025-01-21 | 2025-06-30 | 2025-05-27 | circle        | 2025-09-01  | first
        lowland | Begin in the lowland                  | pilot          | operational | nurses; coop; land            | jointly | settled   | carried out | 2025-09-30 | 2026-01-31 | 2025-12-23 | circle        | 2026-02-02  |
        lunch   | A shared lunch in every village       | implementation | strategic   | land; coop; nurses            | jointly | settled   | open        | 2026-05-05 | 2026-11-30 |            |               |             |
        van     | Buy a van                             | money          | operational | land; coop                    | jointly | settled   | open        | 2026-04-28 | 2026-10-31 |            |               |             |
        """)
    for decision in ("first", "helper", "lowland", "lunch", "van"):
        p.add("decision_rights", decision=decision, right_held="decides", team="circle")
    for decision in ("first", "helper", "lunch"):
        p.add("decision_rights", decision=decision, right_held="is consulted", post="low-nurse")
        p.add("decision_rights", decision=decision, right_held="is consulted", post="young-doctor")
    good.tell(p, "circle", """
        org      | front      | all
        nurses   | home-nurse | ada-nurse
        practice | doctor     | welcome
        coop     | coop-plan  | coop-care
        land     |            | kitchen
        parents  |            | other-parent
        disabled |            | other-member
        """)
    good.foundations(p, "2023-06-20", "2031-12-31",
                     people=("parent", "member", "low-nurse", "young-doctor"))
    good.meet(p, "circle", "2023-05-09",
              ["ada-nurse", "doctor", "coop-care", "kitchen", "parent", "member", "home-nurse"],
              ["nurses", "practice", "coop", "land", "parents", "disabled"])
    good.promise(p, "circle", """
        title                                        | owner        | agreed | reported | due        | decision
        Ask each household who comes                 | parent       | 1      | 3        |            | first
        Bring the practice's figures                 | welcome      | 2      | 4        |            |
        Draw up the first rounds                     | coop-plan    | 4      | 6        |            | first
        Ask households how one helper works out      | member       | 13     | 15       |            | helper
        Look for second helpers                      | ada-nurse    | 16     | 18       |            | helper
        Ask lowland people what they want            | other-member | 18     | 20       |            | lowland
        Find kitchens in the lowland                 | kitchen      | 20     | 22       |            | lowland
        Learn from the lost key in January           | home-nurse   | 23     | 24       |            |
        Count what lunches cost                      | clerk        | 26     |          | 2026-08-31 | lunch
        Compare three vans                           | coop-care    | 26     |          | 2026-08-31 | van
        Ask the practice about lunch at the desk     | doctor       | 27     |          | 2026-09-30 | lunch
        """)
    p.table("milestones", """
        key    | title                                      | type         | part_of | needs_several | due        | reached    | celebrated
        know   | Everyone knows two people who would come   | main goal    |         | yes           | 2031-12-31 |            |
        upland | Helpers in the upland                      | pilot        | know    | yes           | 2024-03-31 | 2024-03-04 | 2024-03-19
        two    | Two helpers for each household             | small change | know    | yes           | 2025-09-30 | 2025-09-01 | 2025-09-14
        low    | Helpers in the lowland                     | small change | know    | yes           | 2026-02-28 | 2026-02-02 | 2026-02-15
        meal   | A hundred lunches eaten together           | win          | know    | yes           | 2026-06-30 | 2026-05-30 | 2026-06-06
        vans   | Lifts to lunch                             | small change | know    | yes           | 2026-12-31 |            |
        """)
    p.table("tensions", """
        key   | title                                  | subject | sides                                   | organisations  | dealt_with | since
        slow  | Consensus takes time                   | pace    | The practice wants to go faster, the parents want to be heard | practice; parents | yes | about 2024
        power | Who speaks when the county asks        | power   | Nurses and the disabled people's group  | nurses; disabled | yes      | 2025
        """)
    p.add("events", key="kitchen-rain", title="Rain came through the kitchen roof", type="crisis",
          happened="2025-11", organisation="land", planned="no", help_added="yes")
    good.surroundings(p, 90000, free="nurses; coop")
    good.share_records(p, "Heath notebook", since="2024")
    good.support(p, "clerk")
    good.visit(p, "circle", ["parent", "doctor", "home-nurse", "kitchen", "member", "coop-care"])
    good.settle(p)
    good.weave(p, each=3)
    for one, other in zip(CIRCLE, CIRCLE[4:] + CIRCLE[:4]):
        p.tie(one, "works with", other)
    return p
