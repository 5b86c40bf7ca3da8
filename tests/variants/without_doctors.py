"""Lantern: no doctor takes part, and none is missing.

Young people who leave care at eighteen need a home, somebody to call, and work. Nurses and social
workers lead; housing, a college, a youth charity and young people who left care take part. What
doctors do for them goes on elsewhere, and the nurses know whom to ring.

Untidy and in order: a nurse and a social worker lead the programme as a job share; a teacher is
lent by the college; a post is suspended on purpose until the second house opens; the housing
association was renamed; the vision replaced an earlier one; the first agreement on data ended when
the new one began.
"""
import goodorder as good
from programme import Programme


def build():
    p = Programme()
    p.add("programme", key="lantern", name="Lantern (invented)", integration="coordination",
          aim="When you leave care, a light stays on.", drive="both", stage="running",
          settings="social care, nursing, housing, college, youth work", country="Invented",
          population="About 300 young people in an invented county", started="about 2023-09",
          planned_end="2031-08-31")
    p.table("organisations", """
        key     | name                          | sector                  | part         | speaks_for | counts_as   | since
        council | County council, young people  | social care             | host         |            |             |
        nursing | School and community nurses   | community care          | partner      |            |             |
        housing | Lamp Street Homes             | housing                 | partner      |            |             | 1998
        college | College of Further Education  | education               | partner      |            |             |
        youth   | Youth charity                 | voluntary sector        | partner      |            |             | about 2010
        leavers | Young people who left care    | people who use services | partner      | 22         | one voice   | 2023
        buyer   | Children's commissioning unit | commissioning           | commissioner |            |             |
        """)
    p.table("organisation_changes", """
        organisation | change  | earlier_name          | happened
        housing      | renamed | Lamp Street Trust     | 2025-01
        """)
    p.table("teams", """
        key    | name                | type                | level               | host    | parent | remit                                   | powers                   | chairing | phase       | meets_every | since      | document
        board  | Lantern board       | board               | transformation team | council |        | Sets the course, agrees the money       | decides within its remit | settled  | established | 84          | 2023-10-03 | terms
        makers | Lantern makers      | transformation team | transformation team | nursing | board  | Works it out with young people          | decides within its remit | settled  | established | 35          | 2023-09-12 | terms
        house  | House team          | care team           | care team           | housing | makers | Lives the day with those who moved in   | decides within its remit | settled  | established |             | 2024-09-02 | terms
        callers | Callers            | care team           | care team           | youth   | makers | Answers whenever somebody rings         | decides within its remit | settled  | established |             | 2025-09-01 | terms
        """)
    good.cast(p, """
        key        | name                                   | profession    | org     | title                     | tier           | function                | role            | days | share | line         | beside      | next        | sits
        children   | director for young people              | social worker | council | Director for young people | executive      | management              | sponsor         | 0.5  |       |              |             |             | board co-chair
        lead       | social worker who leads Lantern, half  | social worker | council | Lantern lead              | senior manager | management              | programme lead  | 2.5  | 0.5   | children     |             | caller-lead | makers co-chair; board
        leaving    | manager of the leaving-care service    | social worker | council | Service manager           | middle manager | management              | management lead | 1    | 1     | children     | adviser     |             | makers
        adviser    | personal adviser, senior               | social worker | council | Senior personal adviser   | senior manager | clinical                | clinical lead   | 2    | 1     | children     | leaving     | house-worker | makers
        house-worker | social worker in the house team      | social worker | council | Social worker             | front line     | clinical                |                 | 4    | 1     | leaving      |             |             | house; board
        nurse-head | head of nursing for young people       | nurse         | nursing | Head of nursing           | executive      | management              | sponsor         | 0.5  |       |              |             |             | board co-chair
        nurse      | nurse consultant for young people      | nurse         | nursing | Nurse consultant          | senior manager | clinical                | clinical lead   | 1.5  | 1     | nurse-head   | clinic      | house-nurse | makers co-chair
        clinic     | operations manager, nursing            | manager       | nursing | Operations manager        | middle manager | management              | management lead | 1    | 1     | nurse-head   | nurse       |             | makers
        house-nurse | nurse in the house team               | nurse         | nursing | House nurse               | front line     | clinical                |                 | 4    | 0.8   | clinic       |             | house-worker | house chair
        homes      | chief executive, Lamp Street Homes     | manager       | housing | Chief executive           | executive      | management              | sponsor         | 0.5  |       |              |             |             | board
        tenancy    | manager of tenancies                   | manager       | housing | Manager of tenancies      | middle manager | management              | representative  | 1    | 1     | homes        |             |             | makers
        porter     | keeper of the first house              | other         | housing | House keeper              | front line     | other                   |                 | 5    | 1     | tenancy      |             |             | house
        principal  | principal of the college               | teacher       | college | Principal                 | executive      | management              | sponsor         | 0.5  |       |              |             |             | board
        tutor      | head of student support                | teacher       | college | Head of student support   | middle manager | management              | representative  | 1    | 1     | principal    |             |             | makers
        charity    | director of the youth charity          | manager       | youth   | Director                  | executive      | management              | sponsor         | 0.5  | 1     |              |             |             | board
        caller-lead | leader of the callers                 | psychologist  | youth   | Leader of the callers     | middle manager | clinical                | representative  | 3    | 1     | charity      |             | caller      | callers chair; makers
        caller     | youth worker                           | other         | youth   | Caller                    | front line     | other                   |                 | 3    | 0.6   | caller-lead  |             |             | callers
        buyer-head | head of children's commissioning       | commissioner  | buyer   | Head of commissioning     | executive      | commissioning           | sponsor         | 0.5  |       |              |             |             | board
        buyer      | commissioner for care leavers          | commissioner  | buyer   | Commissioner              | senior manager | commissioning           | sponsor         | 1    | 1     | buyer-head   |             |             | makers
        project    | project manager, Lantern               | analyst       | council | Project manager           | outside the line | project support       | project support | 5    | 1     | lead         |             |             | makers; board
        speaker    | speaker of the young people            | none          | leavers |                           |                | representation          |                 |      |       |              |             |             | board; makers
        second-speaker | second speaker of the young people | none          | leavers |                           |                | representation          |                 |      |       |              |             |             | makers; board
        """, since="2023-09-12")
    # A nurse and a social worker share the lead; a teacher is lent to the callers.
    p.table("people", """
        key       | name                             | profession | employer
        nurse-lead | nurse who leads Lantern, half   | nurse      | nursing
        lent-tutor | teacher lent to the callers     | teacher    | college
        """)
    p.change("post_holders", {"post": "lead", "person": "lead"}, manner="job share")
    p.add("post_holders", post="lead", person="nurse-lead", manner="job share", share=0.5,
          days_set_aside=2.5, since="2023-09-12")
    p.add("team_members", team="makers", person="nurse-lead", post="lead", capacity="organisation",
          role="member", vote="no", note="The two leads have one vote")
    p.add("posts", key="second-caller", title="Teacher among the callers", organisation="youth",
          tier="front line", function="other", whole_time=0.4)
    p.add("post_holders", post="second-caller", person="lent-tutor", manner="secondment", share=0.4,
          days_set_aside=2, since="2025-09-01", until="2027-08-31", ended="planned")
    p.add("reporting_lines", post="second-caller", line="line management", reports_to="caller-lead")
    p.add("team_members", team="callers", person="lent-tutor", post="second-caller",
          capacity="profession", vote="yes")
    p.add("posts", key="second-keeper", title="Keeper of the second house", organisation="housing",
          tier="front line", function="other", state="suspended",
          note="Not filled until the second house opens")
    p.table("decisions", """
        key     | title                                   | subject        | scale       | concerns                                 | manner          | final_say | state       | raised     | due        | taken      | taken_by_team | carried_out | asked_of
        what    | What Lantern is                         | specification  | strategic   | council; nursing; housing; college; youth | one decides    | settled   | carried out | 2023-10-03 | 2024-06-30 | 2024-03-19 | board         | 2024-09-02  | makers
        callers | Somebody to ring, day and night         | scope          | strategic   | council; nursing; youth                  | jointly         | settled   | carried out | 2025-01-14 | 2025-07-31 | 2025-06-10 | board         | 2025-09-01  | makers
        judge   | How young people tell us whether it works | evaluation   | operational | council; nursing; housing; college; youth | jointly        | settled   | carried out | 2025-10-07 | 2026-03-31 | 2026-02-24 | makers        | 2026-03-31  |
        second  | A second house                          | scope          | strategic   | council; housing                         | each for itself | settled   | proposed    | 2026-02-24 | 2026-12-31 |            |               |             | makers
        rent    | Who pays when the rent is late          | money          | operational | council; housing                         | jointly         | settled   | open        | 2026-05-05 | 2026-10-31 |            |               |
        """)
    p.table("decision_rights", """
        decision | right_held   | post         | team   | body    | up_to | delegated_by
        what     | decides      |              | board  |         |       |
        what     | recommends   |              | makers |         |       |
        what     | is consulted |              |        | leavers |       |
        what     | is consulted | house-nurse  |        |         |       |
        callers  | decides      |              | board  |         |       |
        callers  | recommends   |              | makers |         |       |
        callers  | is consulted | caller       |        |         |       |
        judge    | decides      |              | makers |         |       |
        judge    | is consulted |              |        | leavers |       |
        second   | decides      | children     |        |         |       |
        second   | decides      | homes        |        |         |       |
        second   | recommends   |              | makers |         |       |
        second   | is consulted | porter       |        |         |       |
        second   | is consulted |              |        | leavers |       |
        rent     | decides      |              | makers |         |       |
        rent     | decides      | tenancy      |        |         | 300   | homes
        rent     | is consulted | house-worker |        |         |       |
        """)
    good.tell(p, "makers", """
        org     | executive | senior  | middle      | front
        council | lead      | adviser | leaving     | adviser
        nursing | nurse     | nurse   | clinic      | nurse
        housing | tenancy   | tenancy | tenancy     | tenancy
        college | tutor     | tutor   | tutor       |
        youth   | caller-lead | caller-lead | caller-lead | caller-lead
        buyer   | buyer     | buyer   | buyer       |
        """)
    good.tell(p, "makers", "org | all\nleavers | speaker")
    good.foundations(p, "2025-09-09", "2031-08-31", people=("house-nurse", "second-speaker"))
    # The foundations were written anew in 2025, when the callers began.
    p.add("agreements", key="first-vision", title="A light stays on: first version", type="vision",
          written="yes", people_centred="yes", since="about 2023-11", until="2025-09-08")
    p.add("agreements", key="first-data", title="First agreement on data", type="data sharing",
          written="yes", since="2023", until="2025-11-03")
    p.change("agreements", {"key": "vision"}, replaces="first-vision")
    p.change("agreements", {"key": "data"}, replaces="first-data")
    for key in ("first-vision", "first-data"):
        for partner in p.partners():
            p.add("agreement_parties", agreement=key, organisation=partner, state="agreed",
                  agreed_on="unknown")
    good.meet(p, "board", "2023-10-03", ["nurse-head", "children"], ["council", "nursing", "college", "housing"])
    good.meet(p, "makers", "2023-09-12", ["nurse", "lead"],
              ["nursing", "council", "leavers", "youth", "college", "housing"])
    good.promise(p, "makers", """
        title                                      | owner          | agreed | reported | due        | decision
        Ask thirty who left what they missed       | speaker        | 1      | 3        |            | what
        Bring the college's figures                | tutor          | 2      | 4        |            |
        Write the house rules with those who move in | tenancy      | 7      | 9        |            | what
        Find out when people ring                  | caller-lead    | 15     | 17       |            | callers
        Train the callers                          | nurse          | 19     | 21       |            | callers
        Try three questions with ten young people  | second-speaker | 23     | 25       |            | judge
        Look at rents of the last year             | clinic         | 26     | 27       |            | rent
        See two houses                             | leaving        | 27     |          | 2026-08-31 | second
        Ask the neighbours                         | adviser        | 28     |          | 2026-09-15 | second
        Draft a rule on late rent                  | buyer          | 28     |          | 2026-08-31 | rent
        """)
    p.table("milestones", """
        key     | title                                          | type         | part_of | needs_several | due        | reached    | celebrated
        light   | Everyone who left care has a home, a call, work | main goal   |         | yes           | 2031-08-31 |            |
        house   | The first house                                | pilot        | light   | yes           | 2024-09-30 | 2024-09-02 | 2024-09-20
        ring    | Somebody answers day and night                 | small change | light   | yes           | 2025-09-30 | 2025-09-01 | 2025-09-23
        passes  | One pass for college, bus and library          | small change | light   | yes           | 2026-01-31 | 2026-01-12 | 2026-01-20
        birthday | Nobody was alone on their birthday this spring | win         | light   | yes           | 2026-05-31 | 2026-05-31 | 2026-06-09
        second  | The second house                               | small change | light   | yes           | 2027-09-30 |            |
        """)
    p.table("events", """
        key    | title                                | type           | happened   | organisation | person     | planned
        lent   | A teacher was lent to the callers    | someone joined | 2025-09-01 | youth        | lent-tutor | yes
        flood  | The first house was flooded          | crisis         | 2025-12-27 | housing      |            | no
        """)
    p.change("events", {"key": "flood"}, help_added="yes")
    p.table("tensions", """
        key   | title                             | subject | sides                               | organisations    | dealt_with | since
        eighteen | How long to stay with somebody | aims    | The unit pays until 21, the charity stays until 25 | buyer; youth | yes | about 2024-06
        """)
    good.surroundings(p, 700000, free="buyer; council")
    good.share_records(p, "Lantern file, open to the young person", since="2025-11-04")
    good.support(p, "project")
    good.visit(p, "makers", ["speaker", "nurse", "adviser", "tutor", "caller-lead"])
    good.settle(p, "lead")
    good.weave(p)
    good.listen(p, ("speaker", "second-speaker"), ("nurse", "adviser", "caller-lead", "tutor"))
    return p
