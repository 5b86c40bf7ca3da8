"""Stonebridge: one team, and nothing above or below it.

Five partners look after people whose memory fails. They agreed that one team shall do it all: it
sets the course, it settles the money up to the sum each partner put in, and its members see people
and families themselves. It reports to each partner's own executive, who sits in it or hears from it.

Untidy and in order: the nurse in charge of the memory clinic is an interim; one of the founding
charities ended and its work passed to another; two people chair in turn; the aim of one year was
dropped on purpose; one partner's priorities changed, and it was asked again.
"""
import goodorder as good
from programme import Programme


def build():
    p = Programme()
    p.add("programme", key="stonebridge", name="Stonebridge (invented)", integration="coordination",
          aim="One team for you and your family when your memory fails.", drive="bottom-up",
          settings="mental health care, general practice, social care, voluntary help",
          population="About 900 people in an invented town", country="Invented",
          stage="implementation", started="2024-09", planned_end="2030-09-30")
    p.table("organisations", """
        key      | name                   | sector             | part    | speaks_for | counts_as | since | until
        mental   | Mental health trust    | mental health care | host    |            |           |       |
        practices | Practice group        | primary care       | federation | 5       | one voice | 2020  |
        council  | Council                | social care        | partner |            |           |       |
        memory   | Memory Friends         | voluntary sector   | partner |            |           | 2012  |
        circle   | Tea Circle             | voluntary sector   | partner |            |           | about 2011 | 2025-03-31
        families | Families' group        | people who use services | partner | 25    | one voice | 2024-09 |
        buyer    | Commissioning office   | commissioning      | commissioner |       |           |       |
        """)
    p.table("organisation_changes", """
        organisation | change       | successor | happened
        circle       | succeeded by | memory    | 2025-04-01
        """)
    p.add("teams", key="team", name="Stonebridge team", type="transformation team", host="mental",
          level="transformation team", phase="established", since="2024-09-10", meets_every=35,
          remit="Sets the course, settles its money, sees people and families",
          powers="decides within its remit", chairing="rotates by agreement", document="terms")
    good.cast(p, """
        key        | name                                | profession    | org       | title                        | tier           | function                | role            | days | share | line     | beside    | next     | sits
        chief      | director of mental health services  | psychologist  | mental    | Director of services         | executive      | management              | sponsor         | 0.5  |       |          |           |          | team alternating chair
        clinic     | interim head of the memory clinic   | nurse         | mental    | Head of the memory clinic    | senior manager | clinical                | clinical lead   | 2    | 1     | chief    | ward      | visitor  | team
        ward       | service manager, memory clinic      | manager       | mental    | Service manager              | middle manager | management              | management lead | 1    | 1     | chief    | clinic    |          | team
        lead       | programme lead, Stonebridge         | allied health professional | mental | Programme lead     | senior manager | management              | programme lead  | 5    | 1     | chief    |           | organiser | team
        organiser  | project manager, Stonebridge        | analyst       | mental    | Project manager              | outside the line | project support       | project support | 5    | 1     | lead     |           |          | team
        visitor    | nurse who visits at home            | nurse         | mental    | Memory nurse                 | front line     | clinical                |                 | 3    | 1     | ward     |           |          | team
        partner    | general practitioner, chairs the group | doctor     | practices | Chair of the practice group  | executive      | clinical and management | sponsor         | 0.5  | 0.4   |          |           |          | team
        doctor     | general practitioner for memory     | doctor        | practices | GP lead                      | senior manager | clinical                | clinical lead   | 1    | 0.6   | partner  | desk      | young-doctor | team
        young-doctor | general practitioner, new         | doctor        | practices | General practitioner         | front line     | clinical                |                 | 0.5  | 0.5   | partner  |           |          |
        desk       | operations manager, practice group  | manager       | practices | Operations manager           | middle manager | management              | management lead | 1    | 1     | partner  | doctor    |          | team
        adults     | director of adult services          | social worker | council   | Director of adult services   | executive      | management              | sponsor         | 0.5  |       |          |           |          | team alternating chair
        social     | senior social worker                | social worker | council   | Senior social worker         | senior manager | clinical                | clinical lead   | 2    | 1     | adults   | homes     | helper   | team
        homes      | manager for help at home            | manager       | council   | Manager, help at home        | middle manager | management              | management lead | 1    | 1     | adults   | social    |          | team
        helper     | social worker in the team           | social worker | council   | Social worker                | front line     | clinical                |                 | 3    | 0.8   | homes    |           |          | team
        friend     | director, Memory Friends            | manager       | memory    | Director                     | executive      | management              | sponsor         | 0.5  | 0.8   |          |           |          | team
        companion  | leader of the companions            | care worker   | memory    | Leader of the companions     | middle manager | management              | representative  | 2    | 1     | friend   |           |          | team
        buyer      | commissioner for mental health      | commissioner  | buyer     | Commissioner                 | senior manager | commissioning           | sponsor         | 1    | 1     | head-buyer |         |          | team
        head-buyer | director of commissioning           | commissioner  | buyer     | Director of commissioning    | executive      | commissioning           | sponsor         | 0.5  |       |          |           |          |
        husband    | a husband, for families             | none          | families  |                              |                | representation          |                 |      |       |          |           |          | team
        woman      | a woman who comes to the clinic     | none          | families  |                              |                | representation          |                 |      |       |          |           |          | team
        """, since="2024-09-10")
    p.change("post_holders", {"post": "clinic", "person": "clinic"}, manner="interim",
             since="2026-01-05")
    p.add("people", key="former-clinic", name="former head of the memory clinic",
          profession="doctor", employer="mental", until="2026-01-02", leaving="planned")
    p.add("post_holders", post="clinic", person="former-clinic", since="2024-09-10", share=1,
          days_set_aside=2, until="2026-01-02", ended="planned")
    p.change("team_members", {"person": "clinic"}, person=None)
    p.change("team_members", {"person": "husband"}, capacity="carer")
    p.table("decisions", """
        key     | title                                     | subject        | scale       | concerns                          | manner          | final_say | state       | raised     | due        | taken      | taken_by_team | carried_out
        course  | What the team is there for                | specification  | strategic   | mental; practices; council; memory; buyer | jointly | settled   | carried out | 2024-09-10 | 2025-03-31 | 2025-01-28 | team          | 2025-03-03
        door    | One telephone number for everyone         | implementation | operational | mental; practices; council        | jointly         | settled   | carried out | 2025-05-13 | 2025-10-31 | 2025-08-26 | team          | 2025-10-01
        carers  | Time off for families every week          | scope          | strategic   | council; memory; buyer            | jointly         | settled   | taken       | 2026-01-13 | 2026-06-30 | 2026-06-02 | team          |
        drivers | Who may stop driving, and who tells them  | other          | operational | mental; practices                 | jointly         | settled   | proposed    | 2026-03-24 | 2026-10-31 |            |               |
        money   | What each puts in for 2027                | money          | strategic   | mental; council; buyer            | each for itself | settled   | open        | 2026-06-02 | 2026-12-01 |            |               |
        """)
    for decision in ("course", "door", "carers", "drivers"):
        p.add("decision_rights", decision=decision, right_held="decides", team="team")
        p.add("decision_rights", decision=decision, right_held="is consulted", body="families")
        p.add("decision_rights", decision=decision, right_held="is told", post="head-buyer")
    p.table("decision_rights", """
        decision | right_held   | post       | team | document
        course   | is consulted | visitor    |      |
        carers   | is consulted | companion  |      |
        carers   | is consulted | helper     |      |
        money    | decides      | chief      |      |
        money    | decides      | adults     |      |
        money    | decides      | head-buyer |      |
        money    | recommends   |            | team |
        money    | is consulted | visitor    |      |
        """)
    good.tell(p, "team", """
        org       | executive | senior  | middle    | front
        mental    | clinic    | clinic  | ward      | visitor
        practices | doctor    | doctor  | desk      | doctor
        council   | social    | social  | homes     | helper
        memory    | companion | companion | companion |
        buyer     | buyer     | buyer   | buyer     |
        """)
    p.change("message_routes", {"to_organisation": "mental", "messenger": "clinic"},
             messenger=None, messenger_post="clinic")
    good.tell(p, "team", "org | all\nfamilies | woman")
    good.foundations(p, "2025-04-08", "2030-09-30", people=("husband", "visitor"))
    good.meet(p, "team", "2024-09-10", ["chief", "adults"],
              ["mental", "practices", "council", "memory", "buyer", "families"])
    good.promise(p, "team", """
        title                                         | owner     | agreed | reported | due        | decision
        Count who waits for what                      | ward      | 1      | 3        |            | course
        Ask ten families about their first month      | woman     | 2      | 4        |            | course
        Bring the practices' figures                  | desk      | 4      | 6        |            |
        Find a room that is easy to find              | companion | 8      | 10       |            | door
        Train those who answer the telephone          | social    | 9      | 11       |            | door
        Look at what a morning off would cost         | homes     | 14     | 16       |            | carers
        Write down what drivers are told today        | doctor    | 16     | 18       |            | drivers
        Ask again whether the practices stand by the plan | buyer | 15     | 16       |            |
        Find six companions for Thursdays             | friend    | 17     |          | 2026-08-31 | carers
        Draft the letter about driving                | clinic    | 18     |          | 2026-09-15 | drivers
        First sums for 2027                           | lead      | 19     |          | 2026-09-30 | money
        """)
    p.table("milestones", """
        key    | title                                        | type         | part_of | needs_several | due        | state   | reached    | celebrated
        home   | Families say they were never alone with it   | main goal    |         | yes           | 2030-09-30 |         |            |
        number | One telephone number                         | small change | home    | yes           | 2025-10-31 |         | 2025-10-01 | 2025-10-07
        letter | One letter instead of three                  | small change | home    | yes           | 2026-02-28 |         | 2026-02-16 | 2026-03-03
        twelve | Nobody waited longer than twelve days in April | win        | home    | yes           | 2026-05-15 |         | 2026-05-11 | 2026-06-02
        choir  | A choir                                      | small change | home    | yes           | 2026-04-30 | dropped |            |
        friday | Mornings off for families                    | small change | home    | yes           | 2026-12-31 |         |            |
        west   | The western side of the town                 | pilot        | home    | yes           | 2027-06-30 |         |            |
        """)
    p.table("events", """
        key     | title                                      | type                 | happened   | organisation | person        | planned
        circle  | Tea Circle ended, Memory Friends took over | other                | 2025-04-01 | circle       |               | yes
        left    | The head of the memory clinic retired      | someone left         | 2026-01-02 | mental       | former-clinic | yes
        came    | An interim head began                      | someone joined       | 2026-01-05 | mental       | clinic        | yes
        flu     | The practices put vaccination first        | change of priorities | 2026-01-19 | practices    |               | no
        """)
    p.change("agreement_parties", {"organisation": "practices", "agreement": "vision"},
             asked_again="2026-02-17")
    p.change("agreement_parties", {"organisation": "practices", "agreement": "plan"},
             asked_again="2026-02-17")
    p.table("tensions", """
        key     | title                             | subject | sides                               | organisations   | dealt_with | since
        early   | Find everyone early, or help those known | aims | The practices want all found, the council those known helped | practices; council | yes | unknown
        """)
    good.surroundings(p, 250000, free="buyer")
    good.share_records(p, "Stonebridge record")
    good.support(p, "organiser")
    good.visit(p, "team", ["woman", "doctor", "social", "companion", "visitor"])
    good.settle(p, "lead")
    good.weave(p)
    good.listen(p, ("husband", "woman"), ("doctor", "visitor", "social", "companion"))
    return p
