"""Mill Lane: three organisations, nine people, one village.

A surgery, the district nurses and a home-care firm see the same forty people at home. They meet
once a month round one table; those who need care and those who look after them sit there too.
Nobody is paid to run it: the district nurse leads it on one day a week, with an assistant on half
a day. There is no commissioner and no board, because nothing here is big enough for one.

Untidy and in order: when the surgery was founded nobody knows; the home-care firm began "about
2019"; an earlier assistant left, with notice, on a day that nobody wrote down; the two who run the
meetings take turns; the doctor is alone in the surgery, so that the clinical lead has no manager.
"""
import goodorder as good
from programme import Programme


def build():
    p = Programme()
    p.add("programme", key="mill-lane", name="Mill Lane (invented)", integration="coordination",
          aim="Whoever comes to your door knows who came before.", drive="bottom-up",
          settings="general practice, district nursing, help at home", stage="implementation",
          population="About 40 people at home in an invented village", country="Invented",
          started="2025-01-07", planned_end="2028-12-31")
    p.table("organisations", """
        key     | name                 | sector         | part    | since
        surgery | Mill Lane Surgery    | primary care   | partner | unknown
        nursing | District nurses      | community care | host    | 2008
        care    | Mill Lane Help at Home | social care  | partner | about 2019
        """)
    p.table("teams", """
        key   | name        | type                | level               | host    | parent | remit | powers | chairing | phase | meets_every | since | document
        table | Round table | transformation team | transformation team | nursing |        | Settles how the three work as one, and with what money | decides within its remit | rotates by agreement | established | 28 | 2025-01-07 | terms
        round | Home round  | care team           | care team           | nursing | table  | Cares for forty people at home | decides within its remit | settled | established | | 2025-03-03 | terms
        """)
    good.cast(p, """
        key      | name                               | profession     | org     | title                 | tier           | function            | role           | days | share | line    | beside    | next   | sits
        gp       | general practitioner, surgery      | doctor         | surgery | Clinical lead, surgery | senior manager | clinical           | clinical lead  | 0.5  | 0.8   |         | practice  | nurse  | table; round
        practice | practice manager, surgery          | manager        | surgery | Practice manager      | middle manager | management          | management lead | 0.5 | 1     | gp      | gp        | helper | table
        head     | head of district nursing           | nurse          | nursing | Head of district nursing | executive   | management          | sponsor        | 0.5  | 1     |         |           |        | table alternating chair
        nurse    | district nurse who leads Mill Lane | nurse          | nursing | District nurse        | senior manager | clinical and management | programme lead | 1 | 1     | head    |           | worker | table; round chair
        helper   | project assistant                  | other          | nursing | Project assistant     | outside the line | project support   | project support | 0.5 | 0.1   | nurse   |           |        | table
        director | director, help at home             | manager        | care    | Director              | executive      | management          | sponsor        | 0.5  | 1     |         |           |        | table alternating chair
        worker   | senior care worker, help at home   | care worker    | care    | Senior care worker    | middle manager | clinical and management | management lead | 1 | 1     | director |          |              | table; round
        """, since="2025-01-07")
    p.table("people", """
        key       | name                             | profession | employer | until   | leaving
        user      | somebody who gets care at home   | none       |          |         |
        carer     | somebody who cares for a parent  | none       |          |         |
        assistant | former project assistant         | other      | nursing  | unknown | planned
        """)
    p.table("post_holders", """
        post   | person    | manner | share | days_set_aside | until   | ended
        helper | assistant |        | 0.1   | 0.5            | 2025-09 | planned
        """)
    p.change("post_holders", {"post": "helper", "person": "helper"}, since="2025-09-15")
    p.add("team_members", team="table", person="user", capacity="lived experience", vote="yes")
    p.add("team_members", team="table", person="carer", capacity="carer", vote="yes")
    p.table("decisions", """
        key     | title                                | subject        | scale       | concerns               | manner  | final_say | state       | raised     | due        | taken      | taken_by_team | carried_out
        what    | What Mill Lane does                  | specification  | strategic   | surgery; nursing; care | jointly | settled   | carried out | 2025-01-07 | 2025-06-30 | 2025-04-29 | table         | 2025-06-02
        book    | One book in every home               | implementation | operational | surgery; nursing; care | jointly | settled   | carried out | 2025-07-22 | 2025-10-31 | 2025-09-16 | table         | 2025-11-03
        nights  | Whom people call at night            | implementation | strategic   | surgery; nursing; care | jointly | settled   | open        | 2026-04-28 | 2026-11-30 |            |               |
        """)
    for decision in ("what", "book", "nights"):
        p.add("decision_rights", decision=decision, right_held="decides", team="table")
        p.add("decision_rights", decision=decision, right_held="is consulted", post="worker")
    p.add("decision_rights", decision="book", right_held="decides", post="nurse", up_to=200,
          delegated_by="head", note="Paper and folders need no meeting")
    good.tell(p, "table", """
        org     | executive | senior | middle   | front
        surgery | gp        | gp     | practice |
        nursing | nurse     | nurse  | nurse    | nurse
        care    | worker    | worker | worker   | worker
        """)
    good.foundations(p, "2025-02-04", "2029-12-31", people=("user", "carer", "worker"))
    good.meet(p, "table", "2025-01-07", ["head", "director"], ["nursing", "surgery", "care"])
    good.promise(p, "table", """
        title                                         | owner    | agreed | reported | due        | decision
        Count who is visited by all three             | practice | 1      | 3        |            |
        Ask everyone at home what they would change   | user     | 2      | 4        |            | what
        Draw up the first page of the book            | worker   | 8      | 10       |            | book
        Try the book in five homes                    | nurse    | 10     | 12       |            | book
        Bring the surgery's figures on night calls    | gp       | 15     | 17       |            | nights
        Ask carers what a night is like               | carer    | 16     | 18       |            | nights
        Find out what the night nurse would cost      | head     | 18     |          | 2026-08-31 | nights
        Ask the care workers about nights             | director | 18     |          | 2026-08-31 | nights
        """)
    p.table("milestones", """
        key   | title                                        | type         | part_of | needs_several | due        | reached    | celebrated
        home  | A quarter fewer nights in hospital           | main goal    |         | yes           | 2028-12-31 |            |
        list  | One list of the people whom all three see    | output       | home    | yes           | 2025-04-30 | 2025-04-22 | 2025-04-29
        book  | One book in every home                       | small change | home    | yes           | 2025-11-30 | 2025-11-03 | 2025-11-11
        monday | Monday calls shared between the three       | small change | home    | yes           | 2026-02-28 | 2026-02-10 | 2026-02-24
        year  | Nobody had to tell their story twice in May  | win          | home    | yes           | 2026-05-31 | 2026-05-31 | 2026-06-16
        night | One number to call at night                  | small change | home    | yes           | 2027-01-31 |            |
        """)
    p.table("events", """
        key   | title                                | type           | happened   | organisation | person    | planned
        left  | The project assistant left           | someone left   | 2025-09    | nursing      | assistant | yes
        came  | Another assistant began              | someone joined | 2025-09-15 | nursing      | helper    | yes
        """)
    p.table("tensions", """
        key  | title                                 | subject | sides                        | organisations | dealt_with | since
        pace | How many homes to take on each month  | pace    | The surgery wants all, the nurses four | surgery; nursing | yes | about 2025-05
        """)
    good.surroundings(p, 30000, free="nursing")
    good.share_records(p, "The book, and its copy on the surgery's system", since="2025-11-03")
    good.support(p, "helper")
    good.visit(p, "table", ["gp", "nurse", "worker", "user"])
    good.settle(p, "nurse")
    good.weave(p)
    good.listen(p, ("user", "carer"), ("gp", "nurse", "worker"))
    return p
