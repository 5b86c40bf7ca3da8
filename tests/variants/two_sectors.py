"""Ferry Road: only two sectors, social care and community care, and those who use them.

The council and nine home-care agencies on one side, the district nurses and the therapists on the
other: they bring people home from a stay in a rehabilitation ward, together. No hospital, no
general practice, no commissioner takes part; the council buys the care itself.

Untidy and in order: the agencies are a federation that counts as many voices; the manager for
rehabilitation is a joint appointment of council and nurses with one line manager; the joint team
had another name in its shadow phase; the director of social care is away and somebody acts for her;
when the therapists' strategy was written nobody is sure.
"""
import goodorder as good
from programme import Programme


def build():
    p = Programme()
    p.add("programme", key="ferry-road", name="Ferry Road (invented)", integration="full integration",
          aim="You go home when you are ready, and somebody you know is there.", drive="both",
          settings="social care, community nursing, therapy", stage="pilot", country="Invented",
          population="About 600 people a year who come home from rehabilitation",
          started="2025-02-03", planned_end="2030-12-31")
    p.table("organisations", """
        key      | name                     | sector         | part       | speaks_for | counts_as   | since
        council  | Council, adult social care | social care  | host       |            |             |
        agencies | Home-care agencies together | social care | federation | 9          | many voices | 2024-05
        nurses   | Community nursing service | community care | partner    |            |             | before 2010
        therapy  | Therapy service          | community care | partner    |            |             |
        homeward | Homeward, a group of people who came home and their families | people who use services | partner | 35 | one voice | about 2021
        """)
    p.table("teams", """
        key   | name               | type                | level               | host    | parent | remit | powers | chairing | phase | meets_every | since | document
        joint-board | Ferry Road joint board | board      | transformation team | council |        | Sets the course and the shared budget, answers for both | decides within its remit | settled | established | 91 | 2025-02-18 | terms
        design | Ferry Road design team | transformation team | transformation team | nurses | joint-board | Works the service out and tries it | decides within its remit | settled | established | 49 | 2025-02-03 | terms
        coming-home | Coming-home team | care team        | care team           | nurses  | design | Brings people home and stays for six weeks | decides within its remit | settled | shadow | | 2025-10-06 | terms
        """)
    good.cast(p, """
        key           | name                                        | profession    | org      | title                            | tier           | function            | role            | days | share | line          | beside         | next           | sits
        director      | director of adult social care, acting       | social worker | council  | Director of adult social care    | executive      | management          | sponsor         | 0.5  |       |               |                | practice       | joint-board chair
        practice      | principal social worker                     | social worker | council  | Principal social worker          | senior manager | clinical            | clinical lead   | 1.5  | 1     | director      | rehab          | social-worker  | design co-chair; joint-board
        rehab         | joint manager for rehabilitation            | manager       | council  | Manager for rehabilitation, council | middle manager | management       | management lead | 1    | 0.5   | director      | practice       | rota           | design
        network       | network manager, Ferry Road                 | allied health professional | council | Network manager      | senior manager | management          | network manager | 5    | 1     | director      |                | project        | design; joint-board secretary
        project       | project manager, Ferry Road                 | analyst       | council  | Project manager                  | outside the line | project support   | project support | 5    | 1     | network       |                |                | design
        social-worker | social worker in the coming-home team       | social worker | council  | Social worker                    | front line     | clinical            |                 | 4    | 0.8   | practice      |                |                | coming-home
        chair-agencies | owner of an agency, speaks for all nine    | manager       | agencies | Speaker of the agencies          | executive      | management          | sponsor         | 0.5  | 1     |               |                |                | joint-board
        care-lead     | quality lead of the agencies                | care worker   | agencies | Quality lead                     | senior manager | clinical            | clinical lead   | 1    | 1     | chair-agencies | rota          | care-worker    | design
        rota          | planning manager of the agencies            | manager       | agencies | Planning manager                 | middle manager | management          | management lead | 1    | 1     | chair-agencies | care-lead     |                | design
        care-worker   | care worker in the coming-home team         | care worker   | agencies | Care worker                      | front line     | clinical            |                 | 4    | 0.8   | care-lead     |                |                | coming-home; joint-board
        chief-nurse   | director of community nursing               | nurse         | nurses   | Director of community nursing    | executive      | management          | sponsor         | 0.5  |       |               |                |                | joint-board deputy chair
        nurse-lead    | nurse consultant for rehabilitation         | nurse         | nurses   | Nurse consultant                 | senior manager | clinical            | clinical lead   | 1.5  | 1     | chief-nurse   | ward-manager   | team-nurse     | design co-chair
        ward-manager  | service manager, community nursing          | manager       | nurses   | Service manager                  | middle manager | management          | management lead | 1    | 1     | chief-nurse   | nurse-lead     |                | design
        team-nurse    | nurse who leads the coming-home team        | nurse         | nurses   | Lead of the coming-home team     | front line     | clinical            |                 | 5    | 1     | ward-manager  |                | occupational   | coming-home chair; joint-board
        head-therapy  | head of therapy                             | allied health professional | therapy | Head of therapy       | executive      | clinical and management | sponsor     | 0.5  | 1     |               |                |                | joint-board
        therapist     | consultant therapist                        | allied health professional | therapy | Consultant therapist  | senior manager | clinical            | clinical lead   | 1.5  | 1     | head-therapy  | therapy-manager | occupational  | design
        therapy-manager | therapy manager                           | manager       | therapy  | Therapy manager                  | middle manager | management          | management lead | 1    | 1     | head-therapy  | therapist      |                | design
        occupational  | occupational therapist in the coming-home team | allied health professional | therapy | Occupational therapist | front line  | clinical         |                 | 4    | 0.8   | therapist     |                |                | coming-home
        speaker       | speaker of Homeward                         | none          | homeward |                                  |                | representation      |                 |      |       |               |                |                | joint-board; design
        daughter      | a daughter, for families                    | none          | homeward |                                  |                | representation      |                 |      |       |               |                |                | design
        """, since="2025-02-03")
    # The director is away until the autumn; the joint manager has two half posts and two seats.
    p.add("people", key="director-away", name="director of adult social care, away until the autumn",
          profession="social worker", employer="council")
    p.change("post_holders", {"post": "director", "person": "director"}, manner="acting",
             since="2026-02-02")
    p.add("post_holders", post="director", person="director-away", until="2026-02-01", ended="planned",
          note="Away for some months; comes back")
    p.table("posts", """
        key          | title                              | organisation | tier           | function   | programme_role  | counterpart | whole_time
        rehab-nurses | Manager for rehabilitation, nurses | nurses       | middle manager | management | management lead | nurse-lead  | 0.5
        """)
    p.change("post_holders", {"post": "rehab", "person": "rehab"}, manner="joint appointment")
    p.add("post_holders", post="rehab-nurses", person="rehab", manner="joint appointment", share=0.5,
          days_set_aside=1, since="2025-02-03", note="One person, two half posts, one line manager")
    p.add("team_members", team="design", post="rehab-nurses", organisation="nurses",
          capacity="organisation", vote="no", note="One vote for one person")
    p.change("team_members", {"team": "joint-board", "person": "director"}, person=None)
    p.table("decisions", """
        key    | title                                | subject        | scale       | concerns                           | manner      | final_say | state       | raised     | due        | taken      | taken_by_team | carried_out | asked_of
        model  | What the coming-home service is      | specification  | strategic   | council; agencies; nurses; therapy | one decides | settled   | carried out | 2025-03-24 | 2025-09-30 | 2025-08-19 | joint-board   | 2025-10-06  | design
        pilot  | Begin with one ward                  | pilot          | operational | council; agencies; nurses; therapy | one decides | settled   | carried out | 2025-05-12 | 2025-09-30 | 2025-08-18 | design        | 2025-10-06  |
        two    | Take in the second ward              | scope          | strategic   | council; agencies; nurses; therapy | jointly     | settled   | taken       | 2026-02-02 | 2026-06-30 | 2026-05-26 | joint-board   |             | design
        purse  | Size of the shared budget for 2027   | money          | strategic   | council; nurses; therapy           | each for itself | settled | open      | 2026-05-26 | 2026-12-15 |            |               |             |
        beds   | What equipment each home needs       | money          | operational | council; agencies; nurses; therapy | one decides | settled   | open        | 2026-05-04 | 2026-10-31 |            |               |             |
        """)
    p.table("decision_rights", """
        decision | right_held   | post        | team        | body     | up_to | delegated_by | since      | until
        model    | decides      |             | joint-board |          |       |              |            |
        model    | recommends   |             | design      |          |       |              |            |
        model    | is consulted |             |             | homeward |       |              |            |
        model    | is consulted | care-worker |             |          |       |              |            |
        pilot    | decides      |             | design      |          |       |              |            |
        pilot    | is told      |             | joint-board |          |       |              |            |
        two      | decides      |             | joint-board |          |       |              |            |
        two      | recommends   |             | design      |          |       |              |            |
        two      | is consulted | team-nurse  |             |          |       |              |            |
        purse    | decides      | director    |             |          |       |              |            |
        purse    | decides      | chief-nurse |             |          |       |              |            |
        purse    | decides      | head-therapy |            |          |       |              |            |
        purse    | recommends   |             | design      |          |       |              |            |
        purse    | is consulted | team-nurse  |             |          |       |              |            |
        beds     | decides      | rehab       |             |          | 2000  | director     | 2025-04-01 | 2027-03-31
        beds     | decides      | therapist   |             |          | 1000  | head-therapy | unknown    | 2025-12-31
        beds     | decides      |             | design      |          |       |              | 2025-04-01 |
        """)
    good.tell(p, "design", """
        org      | executive   | senior       | middle          | front
        council  | practice    | practice     | rehab           | social-worker
        agencies | care-lead   | care-lead    | rota            | care-worker
        nurses   | nurse-lead  | nurse-lead   | ward-manager    | team-nurse
        therapy  | therapist   | therapist    | therapy-manager | occupational
        """)
    good.tell(p, "design", "org | all\nhomeward | daughter")
    good.foundations(p, "2025-03-18", "2030-12-31", people=("daughter", "care-worker"))
    p.table("team_names", """
        team   | position | name                    | since      | until
        design | 1        | Rehabilitation group    | 2025-02-03 | 2025-04-30
        design | 2        | Ferry Road design team  | 2025-05-01 |
        """)
    good.meet(p, "joint-board", "2025-02-18", ["director"], ["council"], every=91)
    good.meet(p, "design", "2025-02-03", ["practice", "nurse-lead"],
              ["nurses", "council", "therapy", "agencies", "homeward"])
    good.promise(p, "design", """
        title                                          | owner           | agreed | reported | due        | decision
        Draw a map of who comes home and how           | ward-manager    | 1      | 3        |            |
        Ask twenty people how it was to come home      | speaker         | 2      | 4        |            | model
        Bring the agencies' figures on first visits    | rota            | 3      | 5        |            | model
        Write the first week down, hour by hour        | therapist       | 4      | 6        |            | pilot
        Agree who has a key                            | care-lead       | 6      | 8        |            | pilot
        Tell the ward's nurses what is new             | nurse-lead      | 7      | 9        |            |
        Count the falls in the first week              | therapy-manager | 8      | 10       |            | two
        Work out how many care workers two wards need  | rehab           | 9      | 10       |            | two
        List what homes lack                           | practice        | 10     |          | 2026-08-15 | beds
        Ask families about the second ward             | daughter        | 10     |          | 2026-08-15 | two
        Draft the budget for 2027                      | network         | 11     |          | 2026-09-30 | purse
        """)
    p.table("milestones", """
        key    | title                                        | type         | part_of | needs_several | due        | reached    | celebrated
        home   | Nine in ten are still at home after a year   | main goal    |         | yes           | 2030-12-31 |            |
        key    | One safe for the key at every door           | small change | home    | yes           | 2025-09-30 | 2025-09-22 | 2025-10-06
        ward   | Everyone from the first ward goes home with the team | pilot | home   | yes           | 2025-12-31 | 2025-12-15 | 2026-01-12
        sheet  | One sheet in every home instead of four      | small change | home    | yes           | 2026-04-30 | 2026-04-13 | 2026-05-04
        fifty  | Fifty people home without a single lost call | win          | home    | yes           | 2026-06-30 | 2026-06-08 | 2026-06-22
        second | The second ward                              | small change | home    | yes           | 2026-11-30 |            |
        third  | The third ward                               | small change | home    | yes           | 2027-09-30 |            |
        """)
    p.table("events", """
        key    | title                                              | type           | happened   | organisation | person        | planned
        acting | The director of social care is away, somebody acts | other          | 2026-02-02 | council      | director-away | yes
        election | Election of the council                          | election       | 2026-05-07 | council      |               | yes
        """)
    p.table("tensions", """
        key    | title                                        | subject | sides                                     | organisations  | dealt_with | since
        two    | Whom the joint manager serves when both call | loyalty | Council and nurses                        | council; nurses | yes       | 2025-02
        hours  | Short visits or long ones                    | money   | Agencies are paid by the hour, nurses not | agencies; nurses | yes      | about 2024
        """)
    good.surroundings(p, 400000, free="council")
    good.share_records(p, "Shared care record", since="about 2025-09")
    good.support(p, "project")
    good.visit(p, "design", ["speaker", "therapist", "nurse-lead", "practice", "care-lead"])
    good.settle(p, "network")
    p.change("policies", {"key": "strategy-therapy"}, since="unknown")
    p.tie("rehab", "is sponsored by", "chief-nurse")
    good.weave(p)
    good.listen(p, ("speaker", "daughter"), ("practice", "nurse-lead", "therapist", "care-lead"))
    return p
