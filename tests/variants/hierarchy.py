"""Northgate: a clear line, one board, few ties beside it.

The county has one authority for health and care. It hosts the programme, and its board decides.
Every post has one manager; every lead answers for the results to the programme director, and she
to the chief officer. People work along the line; there is little going on beside it, except what
the board set up on purpose: a mentor, a peer and a sponsor for each lead.

Untidy and in order: somebody acts for the head of wards; sums are delegated step by step, the
smallest to the lead of the stroke team; nurses answer for their profession to somebody who is not
their manager; a post was ended on purpose; the authority succeeded an earlier one; a reorganisation
of the county's offices was planned, explained and helped along.
"""
import goodorder as good
from programme import Programme


def build():
    p = Programme()
    p.add("programme", key="northgate", name="Northgate (invented)", integration="full integration",
          aim="After a stroke, one service from the ward to your own kitchen.", drive="top-down",
          settings="hospital, community therapy, social care, general practice", stage="pilot",
          population="About 1,200 people a year in an invented county", country="Invented",
          started="2024-11-04", planned_end="2031-03-31")
    p.table("organisations", """
        key       | name                              | sector                  | part         | since      | until
        authority | County health and care authority  | commissioning           | host         | 2021-04-01 |
        old       | County health office              | commissioning           | commissioner | unknown    | 2021-03-31
        hospital  | County hospital                   | hospital care           | partner      |            |
        therapy   | Community health services         | community care          | partner      |            |
        care      | County care services              | social care             | partner      |            |
        family    | County family doctors             | primary care            | lead provider | 2019      |
        council   | Stroke council                    | people who use services | partner      | before 2020 |
        """)
    p.row("organisations", key="council").update(speaks_for="50", counts_as="one voice")
    p.table("organisation_changes", """
        organisation | change       | successor | happened
        old          | succeeded by | authority | 2021-04-01
        """)
    p.table("teams", """
        key      | name                    | type                | level               | host      | parent   | remit                                     | powers                   | chairing | phase       | meets_every | since      | document
        board    | Northgate board         | board               | transformation team | authority |          | Decides on course, money and places       | decides within its remit | settled  | established | 63          | 2024-11-12 | terms
        stroke   | Stroke programme team   | transformation team | transformation team | authority | board    | Works out the service and puts it in place | decides within its remit | settled | established | 42          | 2024-11-19 | terms
        home     | Stroke team at home     | care team           | care team           | therapy   | stroke   | Therapy and care at home after a stroke   | decides within its remit | settled  | established |             | 2025-06-02 | terms
        """)
    good.cast(p, """
        key       | name                               | profession    | org       | title                       | tier           | function                | role            | days | share | line      | beside    | next      | sits
        chief     | chief officer of the authority     | manager       | authority | Chief officer               | executive      | management              | sponsor         | 0.5  |       |           |           |           | board chair
        director  | programme director                 | nurse         | authority | Programme director          | senior manager | management              | programme lead  | 5    | 1     | chief     |           | deputy    | board; stroke chair
        deputy    | deputy programme director          | allied health professional | authority | Deputy programme director | middle manager | management     | network manager | 5    | 1     | director  |           | project   | stroke deputy chair
        project   | project manager                    | analyst       | authority | Project manager             | outside the line | project support       | project support | 5    | 1     | director  |           |           | stroke
        second-project | assistant project manager     | analyst       | authority | Assistant project manager   | outside the line | project support       | project support | 5    | 1     | director  |           |           |
        buyer     | head of commissioning for stroke   | commissioner  | authority | Head of commissioning       | senior manager | commissioning           | sponsor         | 1    | 1     | chief     |           |           | board
        hospital-chief | chief executive of the hospital | manager      | hospital  | Chief executive             | executive      | management              | sponsor         | 0.5  |       |           |           |           | board
        consultant | stroke consultant                 | doctor        | hospital  | Clinical lead, hospital     | senior manager | clinical                | clinical lead   | 1.5  | 1     | hospital-chief | wards | ward-nurse | stroke
        wards     | acting head of wards               | nurse         | hospital  | Head of wards               | middle manager | management              | management lead | 1    | 1     | hospital-chief | consultant |     | stroke
        ward-nurse | senior nurse of the stroke ward   | nurse         | hospital  | Senior nurse                | front line     | clinical                |                 | 2    | 1     | wards     |           |           | home
        therapy-chief | director of community health services | manager  | therapy   | Director                    | executive      | management              | sponsor         | 0.5  |       |           |           |           | board
        therapist | head of stroke therapy             | allied health professional | therapy | Head of stroke therapy | senior manager | clinical            | clinical lead   | 1.5  | 1     | therapy-chief | rounds | home-lead | stroke; board
        rounds    | service manager, community         | manager       | therapy   | Service manager             | middle manager | management              | management lead | 1    | 1     | therapy-chief | therapist |      | stroke
        home-lead | lead of the stroke team at home    | allied health professional | therapy | Lead of the team at home | front line | clinical            |                 | 5    | 1     | rounds    |           | ward-nurse | home chair; board
        care-chief | director of county care services  | social worker | care      | Director                    | executive      | management              | sponsor         | 0.5  |       |           |           |           | board
        social    | principal social worker            | social worker | care      | Principal social worker     | senior manager | clinical                | clinical lead   | 1.5  | 1     | care-chief | helpers  | home-social | stroke; board
        helpers   | manager of home helps              | manager       | care      | Manager of home helps       | middle manager | management              | management lead | 1    | 1     | care-chief | social   |           | stroke
        home-social | social worker in the team at home | social worker | care     | Social worker               | front line     | clinical                |                 | 4    | 1     | social    |           |           | home
        family-chief | head of county family doctors   | doctor        | family    | Head of family doctors      | executive      | clinical and management | sponsor         | 0.5  | 1     |           |           |           | board
        doctor    | family doctor for stroke           | doctor        | family    | Clinical lead, family doctors | senior manager | clinical              | clinical lead   | 1    | 0.5   | family-chief | surgeries | home-doctor | stroke
        surgeries | manager of surgeries               | manager       | family    | Manager of surgeries        | middle manager | management              | management lead | 1    | 1     | family-chief | doctor |           | stroke
        home-doctor | family doctor in the team at home | doctor       | family    | Family doctor               | front line     | clinical                |                 | 1    | 0.5   | doctor    |           |           | home
        speaker   | speaker of the stroke council      | none          | council   |                             |                | representation          |                 |      |       |           |           |           | board; stroke
        carer     | speaker for those who care at home | none          | council   |                             |                | representation          |                 |      |       |           |           |           | stroke; board
        """, since="2024-11-04")
    p.change("team_members", {"person": "carer"}, capacity="carer")
    p.change("post_holders", {"post": "wards", "person": "wards"}, manner="acting",
             since="2026-04-01", note="While the head of wards is on leave")
    p.add("people", key="wards-away", name="head of wards, on leave", profession="manager",
          employer="hospital")
    p.add("post_holders", post="wards", person="wards-away", share=1, days_set_aside=1,
          since="2024-11-04", until="2026-03-31", ended="planned")
    p.change("team_members", {"team": "stroke", "person": "wards"}, person=None)
    p.add("posts", key="beds-post", title="Bed planner for stroke", organisation="hospital",
          tier="middle manager", function="management", programme_role="none",
          until="2025-12-31", note="Ended on purpose: one list of beds does the work")
    p.table("reporting_lines", """
        post       | line                        | reports_to
        ward-nurse | professional accountability | director
        home-lead  | professional accountability | therapist
        home-social | professional accountability | care-chief
        director   | programme accountability    | chief
        """)
    p.table("decisions", """
        key     | title                                  | subject        | scale       | concerns                          | manner      | final_say | state       | raised     | due        | taken      | taken_by_team | carried_out | asked_of
        service | What the stroke service is             | specification  | strategic   | hospital; therapy; care; family   | one decides | settled   | carried out | 2024-11-19 | 2025-04-30 | 2025-03-18 | board         | 2025-06-02  | stroke
        first   | Begin in the northern half             | pilot          | operational | hospital; therapy; care           | one decides | settled   | carried out | 2025-02-11 | 2025-06-30 | 2025-05-06 | stroke        | 2025-06-02  |
        judge   | How we judge it                        | evaluation     | operational | hospital; therapy; care; family   | one decides | settled   | carried out | 2025-06-17 | 2025-12-31 | 2025-10-21 | stroke        | 2025-11-18  |
        south   | Go on to the southern half             | implementation | strategic   | hospital; therapy; care; family   | one decides | settled   | taken       | 2025-12-02 | 2026-06-30 | 2026-04-07 | board         |             | stroke
        kit     | What equipment the team at home buys   | money          | operational | therapy; care                     | one decides | settled   | open        | 2026-04-20 | 2026-10-31 |            |               |             |
        winter  | Beds and places for the winter         | staffing       | strategic   | hospital; therapy; care           | one decides | settled   | proposed    | 2026-04-20 | 2026-09-30 |            |               |             | stroke
        """)
    p.table("decision_rights", """
        decision | right_held   | post        | team   | body    | up_to | delegated_by | since      | until      | for_organisation
        service  | decides      |             | board  |         |       |              |            |
        service  | recommends   |             | stroke |         |       |              |            |
        service  | is consulted |             |        | council |       |              |            |
        service  | is consulted | ward-nurse  |        |         |       |              |            |
        first    | decides      |             | stroke |         |       |              |            |
        first    | is told      |             | board  |         |       |              |            |
        judge    | decides      |             | stroke |         |       |              |            |
        judge    | is consulted |             |        | council |       |              |            |
        south    | decides      |             | board  |         |       |              |            |
        south    | recommends   |             | stroke |         |       |              |            |
        south    | is consulted | home-lead   |        |         |       |              |            |
        winter   | decides      |             | board  |         |       |              |            |
        winter   | recommends   |             | stroke |         |       |              |            |
        winter   | is consulted | ward-nurse  |        |         |       |              |            |
        kit      | decides      | home-lead   |        |         | 500   | rounds       | 2025-06-02 | 2027-03-31 | therapy
        kit      | decides      | therapist   |        |         | 5000  | therapy-chief | 2025-06-02 | 2027-03-31 | therapy
        kit      | decides      | social      |        |         | 5000  | care-chief | 2025-06-02 | 2027-03-31 | care
        kit      | decides      |             | stroke |         | 50000 | chief        | 2025-06-02 | 2027-03-31
        kit      | decides      |             | board  |         |       |              | 2025-06-02 |
        """)
    good.tell(p, "stroke", """
        org       | executive  | senior     | middle    | front
        authority | director   | director   | deputy    |
        hospital  | consultant | consultant | consultant | ward-nurse
        therapy   | therapist  | therapist  | rounds    | home-lead
        care      | social     | social     | helpers   | home-social
        family    | doctor     | doctor     | surgeries | home-doctor
        """)
    good.tell(p, "stroke", "org | all\ncouncil | speaker")
    good.foundations(p, "2024-12-17", "2031-03-31", people=("carer", "home-lead"))
    good.meet(p, "board", "2024-11-12", ["chief"], ["authority", "hospital", "therapy", "care", "family"])
    good.meet(p, "stroke", "2024-11-19", ["director"], ["authority", "therapy", "hospital", "council", "care", "family"])
    good.promise(p, "stroke", """
        title                                        | owner      | agreed | reported | due        | decision
        Follow ten people from the ward home         | consultant | 1      | 3        |            | service
        Bring the home helps' figures                | helpers    | 2      | 4        |            | service
        Write down who calls whom on the first day   | therapist  | 4      | 6        |            | first
        Ask twenty people after six weeks            | speaker    | 5      | 7        |            | judge
        Agree on three measures                      | surgeries  | 7      | 9        |            | judge
        Talk with the southern surgeries             | doctor     | 9      | 11       |            | south
        Plan rounds in the south                     | rounds     | 11     | 13       |            | south
        Say what carers need at weekends             | carer      | 12     | 14       |            |
        Ask the team at home what it lacks           | social     | 13     |          | 2026-08-31 | kit
        Work out places for the winter               | deputy     | 14     |          | 2026-08-15 | winter
        Draft the paper on the winter                | director   | 14     |          | 2026-09-01 | winter
        """)
    p.table("milestones", """
        key     | title                                     | type         | part_of | needs_several | due        | reached    | celebrated
        kitchen | Four in five manage at home after a stroke | main goal   |         | yes           | 2031-03-31 |            |
        north   | The team works in the northern half       | pilot        | kitchen | yes           | 2025-06-30 | 2025-06-02 | 2025-06-17
        list    | One list of beds and places               | small change | kitchen | yes           | 2025-12-31 | 2025-12-15 | 2026-01-20
        call    | A call on the first day at home           | small change | kitchen | yes           | 2026-03-31 | 2026-03-16 | 2026-04-07
        sixty   | Sixty people home within a week           | win          | kitchen | yes           | 2026-06-30 | 2026-05-18 | 2026-06-09
        south   | The team works in the southern half       | small change | kitchen | yes           | 2026-12-31 |            |
        """)
    p.table("events", """
        key     | title                                          | type           | happened   | organisation | team  | policy        | planned | work_redone | help_added
        offices | The county put its offices in one place        | reorganisation | about 2025-10 | authority |       |               | yes     | no          | yes
        plan    | The regional plan asked for new forms          | plan from outside | 2025-12-01 | region    | stroke | regional-plan | no     | yes         | yes
        look    | Inspection of all together                     | inspection     | 2026-02-10 | inspectorate | home  | inspection-framework | yes |         |
        """)
    p.table("tensions", """
        key   | title                               | subject | sides                                  | organisations   | dealt_with | since
        beds  | Empty beds now, or strength later   | aims    | The hospital wants beds, therapy wants weeks | hospital; therapy | yes | 2025-01
        """)
    good.surroundings(p, 2000000, free="authority")
    good.share_records(p, "County record", since="2023")
    good.support(p, "project", "second-project")
    good.visit(p, "board", ["speaker", "chief", "care-chief", "consultant", "director"])
    good.settle(p, "director")
    at_home = ["home-lead", "ward-nurse", "home-social", "home-doctor"]
    for one, other in zip(at_home, at_home[1:] + at_home[:1]):
        p.tie(one, "works with", other)
    for one, other in (("home-social", "social"), ("home-doctor", "doctor"),
                       ("ward-nurse", "consultant")):
        p.tie(one, "works with", other)
    good.listen(p, ("speaker", "carer"), ("home-lead", "social", "consultant"))
    return p
