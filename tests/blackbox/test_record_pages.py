"""Records in the browser: read, corrected, added, taken out; by whom, and what nobody may see."""
import re

from serving import SELDOM, People, Site, made_ready
from stores import on_both, wait_until

BUDGET = "/p/harbour/record/decision/shared-budget"
CORRECT = f"{BUDGET}/correct"
QUARREL = "/p/harbour/finding/A2%2Fshared-budget"
WAY_BACK = "finding=A2%2Fshared-budget"


class Records:
    change = None  # of the sheets
    poll_seconds = SELDOM

    def setUp(self):
        super().setUp()
        self.prepare(self.make, self.change)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=self.poll_seconds)
        self.lead = self.site.sign_in("lead")

    def make(self):
        self.bring("harbour-broken", change=self.change)
        self.done("diagnose")
        People(self.url).join("harbour", "lead", record="network-manager")
        made_ready(self)

    def client(self, role, **more):
        self.site.join("harbour", role, **more)
        return self.site.sign_in(role)

    def revisions(self):
        return int(self.sql("select revision from programme where key = 'harbour'")[0][0])

    def content(self, kind, key):
        rows = self.sql("select content from record where until is null and "
                        f"kind = '{kind}' and key = '{key}'")
        return rows[0][0] if rows else None


@on_both
class Reading(Records):
    def test_a_record_says_all_of_it_and_leads_to_what_it_refers_to(self):
        page = self.lead.get(BUDGET)
        self.assertEqual(page.status, 200)
        for words in ("Size of the shared budget for 2027", "Money (budgets and spending)",
                      "30 November 2026", "Own record (kept by the programme itself)", "revision 1",
                      "More than one has the last word"):
            self.assertIn(words, page.words)
        for address in ("/p/harbour/record/organisation/commissioner",
                        "/p/harbour/records/decision", CORRECT,
                        "/p/harbour/finding/A2%2Fshared-budget"):
            self.assertIn(address, page.links)

    def test_advice_that_names_a_sheet_leads_to_it(self):
        page = self.lead.get(QUARREL)
        for kind in ("decision", "decision_right"):
            self.assertIn(f"/p/harbour/records/{kind}?{WAY_BACK}", page.links)

    def test_facts_lead_to_records_for_those_who_may_read_them(self):
        page = self.lead.get("/p/harbour/diagnosis/share")
        self.lead.submit(page, "/p/harbour/diagnosis/share")
        for role, may in (("evaluator", True), ("team", True), ("sponsor", False), ("mentor", False)):
            page = self.client(role).get(QUARREL)
            self.assertEqual(f"{BUDGET}?{WAY_BACK}" in page.links, may, role)
            self.assertEqual(f"{BUDGET}?{WAY_BACK}#wrong" in page.links, may, role)
            self.assertEqual("/p/harbour/records" in page.links, may, role)

    def test_what_is_not_there_is_not_found(self):
        for address in ("/p/harbour/record/decision/none", "/p/harbour/record/none/shared-budget",
                        f"/p/harbour/record/none/x/correct", "/p/harbour/records/none",
                        "/p/harbour/records/none/add"):
            self.assertEqual(self.lead.get(address).status, 404, address)

    def test_who_may_not_correct_is_told_whom_to_tell(self):
        member = self.client("team")
        page = member.get(BUDGET)
        self.assertIn("Say that this is wrong to Lead, who leads the programme", page.words)
        self.assertNotIn(CORRECT, page.links)
        self.assertEqual(member.get(CORRECT).status, 403)
        refused = self.client("sponsor").get(BUDGET)
        self.assertEqual(refused.status, 403)
        self.assertIn("This is for a programme lead, team member or evaluator", refused.words)

    def listed(self, address):
        """The records on all pages of a list."""
        found, page = set(), self.lead.get(address)
        while True:
            found |= {link for link in page.links if "/record/" in link}
            after = [link for link in page.links if "from=" in link
                     and int(link.rpartition("=")[2]) > int((page.address + "=0").split("=")[1])]
            if not after:
                return found
            page = self.lead.get(after[0])

    def test_lists_lead_to_every_record(self):
        kinds = [link for link in self.lead.get("/p/harbour/records").links
                 if link.startswith("/p/harbour/records/")]
        self.assertEqual(len(kinds), 30)
        count = 0
        for kind in kinds:
            count += len(self.listed(kind))
        stored = self.sql("select count(*) from record where until is null")[0][0]
        self.assertEqual(str(count), stored)


class Saving(Records):
    def save(self, page, address=CORRECT, **fields):
        return self.lead.submit(page, address, **fields)


@on_both
class LookedAtAgain(Saving):
    poll_seconds = 1

    def test_the_finding_goes_when_its_reason_goes(self):
        rights = self.lead.get(QUARREL)
        address = next(link for link in rights.links
                       if "resources-director" in link and "/correct?" in link)
        page = self.lead.get(address)
        page = self.save(page, address.partition("?")[0], **{"f_right_held": "is consulted"})
        self.assertEqual(page.status, 303, page.text)
        self.assertTrue(page.location.endswith(f"?saved=1&{WAY_BACK}"), page.location)
        page = self.lead.get(page.location)
        self.assertIn("Back to the finding: More than one has the last word", page.words)
        self.assertIn(QUARREL, page.links)
        page = self.lead.get(CORRECT)
        self.assertEqual(self.save(page, f_final_say="", f_manner="").status, 303)
        wait_until(lambda: "A2/shared-budget" not in [
            found["id"] for found in self.asked("findings", "--programme", "harbour")["findings"]
            if found["state"] == "open"])


@on_both
class Correcting(Saving):

    def test_one_field_is_put_right_as_a_revision(self):
        page = self.lead.get(CORRECT)
        page = self.save(page, f_final_say="one decides", f_due="15 December 2026",
                         reason="Agreed on the phone")
        self.assertEqual((page.status, page.location), (303, f"{BUDGET}?saved=1"))
        page = self.lead.get(page.location)
        for words in ("looked at again in a moment", "15 December 2026", "revision 2", "by Lead",
                      "Agreed on the phone"):
            self.assertIn(words, page.words)
        self.assertIn("the history is whole", self.done("audit", "verify").stdout)
        told = self.done("audit", "--record", "Decisions/shared-budget").stdout
        self.assertIn("15 December 2026", told)

    def test_an_empty_post_leads_to_whoever_left_it_and_back(self):
        finding = "/p/harbour/finding/C4%2Fnetwork-manager"
        page = self.lead.get(finding)
        facts = page.words.partition("The records it rests on")[2]
        self.assertRegex(facts, r"Post holders: [^:]*: left 11 September 2026")
        self.assertRegex(facts, r"People: [^:]*: left 11 September 2026")
        self.assertRegex(facts, r"Posts: [^:]*: vacant")
        self.assertLess(facts.index("left 11 September"), facts.index("vacant"))
        listed = self.lead.get("/p/harbour/records/post_holder").words
        self.assertIn("left 11 September 2026", listed.partition(" Past ")[2])
        self.assertNotIn("left ", listed.partition(" Past ")[0])
        self.assertEqual(facts.count("This is wrong"), 1)  # of the organisation
        self.assertIn("Is it wrong that network manager, Harbour left 11 September 2026", facts)
        address = next(link for link in page.links
                       if "/post_holder/" in link and "/correct?" in link)
        form = self.lead.get(address.partition("?")[0])
        wrong = self.save(form, address.partition("?")[0], f_until="")
        self.assertEqual(wrong.status, 400)
        self.assertIn("This says how it ended, and Until is empty", wrong.words)
        said = []
        for then in ("/person/network-manager/correct?", "/post/network-manager/correct?", None):
            form = self.lead.get(address)
            page = self.save(form, address.partition("?")[0])
            self.assertEqual(page.status, 303, page.words)
            page = self.lead.get(page.location)
            self.assertIn("Back to the finding: A key role is empty", page.words)
            said.append(page.words)
            address = next((link for link in page.links if then and then in link
                            and ("until=" in link or "state=open" in link)), None)
        self.assertIn("Under People it is written down that network manager, Harbour left", said[0])
        self.assertIn("is still written down as vacant, and somebody is written down as", said[1])
        self.assertNotIn("still written down", said[2])
        self.assertIn('"state":"open"', self.content("post", "network-manager"))

    def test_who_came_back_has_a_second_time(self):
        """The first stays; the finding goes from the day on which they are back."""
        person = "/p/harbour/record/person/network-manager"
        page = self.lead.get(person)
        self.assertIn("Have they come back?", page.words)
        again = next(link for link in page.links if "/records/post_holder/add?" in link)
        page = self.save(self.lead.get(again), again.partition("?")[0], f_since="1 October 2026")
        self.assertEqual(page.status, 303, page.words)
        self.assertIn("%401-October-2026", page.location)
        page = self.lead.get(page.location)
        stay = next(link for link in page.links if f"{person}/correct?until=" in link)
        page = self.save(self.lead.get(stay), f"{person}/correct")
        self.assertEqual(page.status, 303, page.words)
        page = self.lead.get(page.location)
        self.assertNotIn("Have they come back?", page.words)
        is_open = next(link for link in page.links if "/post/network-manager/correct?state=open" in link)
        self.assertEqual(self.save(self.lead.get(is_open), is_open.partition("?")[0]).status, 303)
        self.assertIn('"until":"2026-09-11"', self.content("post_holder", "network-manager/network-manager"))
        for day, is_found in (("2026-09-30", True), ("2026-12-31", False)):
            found = self.asked("check", "--programme", "harbour", "--as-of", day)["findings"]
            empty = [each for each in found if each["id"] == "C4/network-manager"]
            self.assertEqual(bool(empty), is_found, day)
            for each in empty:
                hold = [fact for fact in each["records"] if fact["kind"] == "post_holder"]
                self.assertEqual([fact["standing"] for fact in hold], ["left 11 September 2026"])
                self.assertIn("nobody written down as holding it now", each["sentence"])

    def test_a_post_that_is_held_and_vacant_says_so(self):
        post = self.sql("select key from record where until is null and kind = 'post_holder' "
                        "order by position")[0][0].partition("/")[0]
        address = f"/p/harbour/record/post/{post}/correct"
        page = self.save(self.lead.get(address), address, f_state="vacant")
        page = self.lead.get(page.location.partition("?")[0])
        self.assertIn("is still written down as vacant, and somebody is written down as", page.words)
        self.assertIn(f"{address}?state=open", page.links)
        page = self.client("evaluator").get(f"/p/harbour/record/post/{post}")
        self.assertIn("Only one of the two can be right", page.words)
        self.assertNotIn(f"{address}?state=open", page.links)

    def test_only_a_finding_for_them_leads_back(self):
        for asked in ("A2%2Fnone", "https:%2F%2Fexample.org", "%22%3E", "A1%2Fshared-budget"):
            page = self.lead.get(f"{BUDGET}?finding={asked}")
            self.assertEqual(page.status, 200)
            self.assertNotIn("Back to the finding", page.words)
            self.assertNotIn("example.org", page.text)
        page = self.client("team").get(f"{BUDGET}?{WAY_BACK}")  # nothing was shared
        self.assertNotIn("Back to the finding", page.words)

    def test_the_same_form_twice_saves_once(self):
        page = self.lead.get(CORRECT)
        first = self.save(page, f_title="Another title")
        again = self.save(page, f_title="Another title")
        self.assertEqual((first.status, again.status), (303, 303))
        self.assertEqual(again.location, first.location)
        self.assertEqual(self.revisions(), 2)

    def test_nothing_different_is_no_revision(self):
        page = self.lead.get(CORRECT)
        self.assertEqual(self.save(page).status, 303)
        self.assertEqual(self.revisions(), 1)

    def test_every_record_can_be_saved_as_it_is(self):
        """What stands in the form is what is stored."""
        for kind, key in self.sql("select kind, max(key) from record where until is null group by kind"):
            address = f"/p/harbour/record/{kind}/{key.replace('/', '%2F').replace('@', '%40')}/correct"
            page = self.lead.get(address)
            self.assertEqual(page.status, 200, address)
            self.assertEqual(self.save(page, address).status, 303, address)
        self.assertEqual(self.revisions(), 1)

    def test_wrong_values_are_refused_beside_the_field_and_kept(self):
        page = self.lead.get(CORRECT)
        page = self.save(page, f_title="  ", f_due="as row 2, this column", f_raised="2026-06-31",
                         reason="because I say so")
        self.assertEqual(page.status, 400)
        self.assertIn("Nothing was saved yet", page.words)
        self.assertIn("Fill this in: it is needed", page.words)
        self.assertIn("\"as row 2, this column\" is not a time", page.words)
        self.assertEqual(len(re.findall('class="nhsuk-error-message"', page.text)), 3)
        form = page.form(CORRECT)
        self.assertEqual((form.fields["f-due"], form.fields["f-raised"], form.fields["reason"]),
                         ("as row 2, this column", "2026-06-31", "because I say so"))
        self.assertEqual(self.revisions(), 1)

    def test_what_does_not_hold_with_other_records_is_refused(self):
        page = self.lead.get("/p/harbour/record/person/geriatrician/correct")
        form = page.form("/p/harbour/record/person/geriatrician/correct")
        page = self.lead.post(form.action, {**form.fields, "f-employer": "nobody-has-this-key",
                                            "f-since": "2030", "f-until": "2020"})
        self.assertEqual(page.status, 400)
        self.assertIn("no \"nobody-has-this-key\" in Records under Organisations", page.words)
        self.assertIn("ends (2020) before it begins (2030)", page.words)
        self.assertEqual(page.form(form.action).fields["f-until"], "2020")
        self.assertEqual(self.revisions(), 1)

    def test_the_same_thing_twice_is_named(self):
        one, other = [f"/p/harbour/record/{kind}/correct" for kind in (
            "attendance/board-2026-06%2Fgeriatrician", "attendance/board-2026-06%2Fgp-lead")]
        rows = self.sql("select key from record where kind = 'attendance' order by position limit 2")
        one, other = [f"/p/harbour/record/attendance/{row[0].replace('/', '%2F')}/correct" for row in rows]
        theirs = self.lead.get(other).form(other).fields
        page = self.lead.get(one)
        page = self.save(page, one, f_person=theirs["f-person"], f_meeting=theirs["f-meeting"])
        self.assertEqual(page.status, 400)
        self.assertNotRegex(page.words, r"row \d")
        self.assertIn("This is about the same as “", page.words)

    def test_what_must_not_be_in_a_text_is_not_taken(self):
        for text in ("a\x07b", "x" * 40000):
            page = self.lead.get(CORRECT)
            page = self.save(page, f_note=text)
            self.assertEqual(page.status, 400)
            self.assertIn("Note:", page.words)
        self.assertEqual(self.revisions(), 1)
        page = self.lead.get(CORRECT)
        self.assertEqual(self.save(page, f_note="one\r\ntwo\r\n").status, 303)
        self.assertIn('"note":"one\\ntwo"', self.content("decision", "shared-budget"))


@on_both
class TwoWriters(Records):
    def setUp(self):
        super().setUp()
        self.site.join("harbour", "lead", "second", name="Second lead")
        self.second = self.site.sign_in("second")

    def test_different_fields_are_both_taken(self):
        mine, theirs = self.lead.get(CORRECT), self.second.get(CORRECT)
        self.assertEqual(self.second.submit(theirs, CORRECT, f_due="2027-01-31").status, 303)
        self.assertEqual(self.lead.submit(mine, CORRECT, f_title="My title").status, 303)
        content = self.content("decision", "shared-budget")
        self.assertIn("2027-01-31", content)
        self.assertIn("My title", content)

    def test_of_the_same_field_the_second_sees_both_and_decides(self):
        mine, theirs = self.lead.get(CORRECT), self.second.get(CORRECT)
        self.second.submit(theirs, CORRECT, f_title="Their title", f_due="2027-01-31")
        page = self.lead.submit(mine, CORRECT, f_title="My title", reason="Mine is right")
        self.assertEqual(page.status, 409)
        for words in ("Second lead has changed the same record", "Theirs: Their title",
                      "Yours: My title", "It was: Size of the shared budget"):
            self.assertIn(words, page.words)
        form = page.form(CORRECT)
        self.assertEqual((form.fields["f-title"], form.fields["f-due"], form.fields["reason"]),
                         ("My title", "2027-01-31", "Mine is right"))
        self.assertEqual(self.revisions(), 2)
        self.assertEqual(self.lead.submit(page, CORRECT).status, 303)
        content = self.content("decision", "shared-budget")
        self.assertIn("My title", content)
        self.assertIn("2027-01-31", content)
        self.assertIn("Their title", self.done("audit", "--record", "Decisions/shared-budget").stdout)

    def test_a_slip_on_the_way_hides_nothing(self):
        """Who is told of a wrong value first is told of the other's change afterwards."""
        mine, theirs = self.lead.get(CORRECT), self.second.get(CORRECT)
        self.second.submit(theirs, CORRECT, f_title="Their title")
        page = self.lead.submit(mine, CORRECT, f_title="My title", f_due="next spring")
        self.assertEqual(page.status, 400)
        page = self.lead.submit(page, CORRECT, f_due="")
        self.assertEqual(page.status, 409)
        self.assertIn("Theirs: Their title", page.words)

    def test_what_somebody_has_taken_out_can_be_added_again(self):
        address = "/p/harbour/record/tension/"
        key = self.sql("select key from record where kind = 'tension' order by key limit 1")[0][0]
        correct, remove = f"{address}{key}/correct", f"{address}{key}/remove"
        mine, theirs = self.lead.get(correct), self.second.get(correct)
        self.assertEqual(self.second.submit(theirs, remove, reason="Never was").status, 303)
        page = self.lead.submit(mine, correct, f_title="It is so")
        self.assertEqual(page.status, 409)
        self.assertIn("Somebody has taken this record out", page.words)
        page = self.lead.submit(page, "/p/harbour/records/tension/add")
        self.assertEqual(page.status, 303)
        self.assertIn("It is so", self.lead.get(page.location).words)

    def test_what_somebody_has_changed_is_not_taken_out_unseen(self):
        key = self.sql("select key from record where kind = 'tension' order by key limit 1")[0][0]
        correct, remove = (f"/p/harbour/record/tension/{key}/{what}" for what in ("correct", "remove"))
        mine, theirs = self.lead.get(correct), self.second.get(correct)
        self.assertEqual(self.second.submit(theirs, correct, f_title="Not so").status, 303)
        page = self.lead.submit(mine, remove, reason="Never was")
        self.assertEqual(page.status, 409)
        self.assertEqual(page.form(correct).fields["f-title"], "Not so")
        self.assertEqual(self.lead.submit(page, remove, reason="Never was").status, 303)


@on_both
class AddingAndTakingOut(Records):
    ADD = "/p/harbour/records/person/add"

    def test_a_record_is_added_once_with_a_key_of_its_own(self):
        page = self.lead.get(self.ADD)
        sent = {"f_name": "Practice nurse, Ansel", "f_profession": "nurse"}
        first = self.lead.submit(page, self.ADD, **sent)
        self.assertEqual(first.location, "/p/harbour/record/person/practice-nurse-ansel?saved=1")
        self.assertEqual(self.lead.submit(page, self.ADD, **sent).location, first.location)
        self.assertEqual(self.revisions(), 2)
        again = self.lead.submit(self.lead.get(self.ADD), self.ADD, **sent)
        self.assertEqual(again.location, "/p/harbour/record/person/practice-nurse-ansel-2?saved=1")
        self.assertIn("Practice nurse, Ansel", self.lead.get("/p/harbour/records/person").words)

    def test_one_without_a_key_is_added_too(self):
        address = "/p/harbour/records/relationship/add"
        page = self.lead.get(f"{address}?type=trusts")
        self.assertEqual(page.form(address).fields["f-type"], "trusts")
        page = self.lead.submit(page, address, f_person="gp-lead")
        self.assertEqual(page.status, 400)
        self.assertEqual(self.lead.submit(page, address, f_other="geriatrician").status, 303)
        self.assertIsNotNone(self.content("relationship", "gp-lead/trusts/geriatrician"))

    def test_names_that_no_key_can_be_made_of(self):
        for name in ("???", "..", "Ärztin", "漢" * 60):
            page = self.lead.submit(self.lead.get(self.ADD), self.ADD, f_name=name)
            self.assertEqual(page.status, 303, name)
            self.assertEqual(self.lead.get(page.location).status, 200, page.location)

    def test_one_click_says_that_all_are_written_down(self):
        """Twice is once, what somebody else has said since stays, and others cannot say it."""
        coverage, say = "/p/harbour/coverage", "/p/harbour/coverage/tension"
        record = "/p/harbour/record/coverage/Tensions"
        self.assertIn(coverage, self.lead.get("/p/harbour/records").links)
        page = self.lead.submit(self.lead.get(f"{record}/correct"), f"{record}/remove", reason="Not so")
        self.assertEqual(page.status, 303)
        page = self.lead.get(coverage)
        self.assertRegex(page.words, r"Nobody has said yet Tensions \(\d+ written down\)")
        self.assertEqual(self.lead.submit(page, say, state="complete").status, 303)
        before = self.revisions()
        self.assertEqual(self.lead.submit(page, say, state="complete").status, 303)
        self.assertEqual(self.lead.submit(page, say, state="partly kept").status, 409)
        self.assertEqual(self.revisions(), before)
        self.assertIn('"state":"complete"', self.content("coverage", "Tensions"))
        page = self.lead.get(f"{coverage}?saved=1")
        self.assertIn("It is written down", page.words)
        whole = page.words.partition("Kept completely")[2]
        self.assertRegex(whole, r"Tensions \(\d+ written down; all of them since the programme began\)")
        self.assertEqual(self.lead.submit(page, say, state="whatever").status, 400)
        member = self.client("team")
        self.assertNotIn("All are written down", member.get(coverage).words)
        self.assertEqual(member.post(say, {"state": "complete"}).status, 403)

    def test_what_others_refer_to_stays(self):
        address = "/p/harbour/record/person/gp-lead"
        page = self.lead.get(f"{address}/correct")
        before = self.sql("select * from record")
        page = self.lead.submit(page, f"{address}/remove", reason="A slip")
        self.assertEqual(page.status, 400)
        self.assertIn("Other records speak of it", page.words)
        self.assertTrue([link for link in page.links if "/record/post_holder/" in link], page.words)
        self.assertEqual(self.sql("select * from record"), before)

    def test_what_goes_needs_a_reason_and_stays_in_the_history(self):
        key = self.sql("select key from record where kind = 'tension' order by key limit 1")[0][0]
        address = f"/p/harbour/record/tension/{key}"
        page = self.lead.submit(self.lead.get(f"{address}/correct"), f"{address}/remove")
        self.assertEqual(page.status, 400)
        self.assertIn("Say why it is to be taken out", page.words)
        page = self.lead.submit(page, f"{address}/remove", reason="Never was so")
        self.assertEqual(page.location, "/p/harbour/records/tension?removed=1")
        self.assertEqual(self.lead.get(address).status, 404)
        self.assertIn("Never was so", self.done("audit").stdout)

    def test_the_programme_itself_stays(self):
        address = "/p/harbour/record/programme/harbour"
        self.assertEqual(self.lead.get(f"{address}/correct").status, 200)
        self.assertEqual(self.lead.post(f"{address}/remove", {"reason": "x"}).status, 404)


@on_both
class Past(Records):
    def test_a_change_is_told_and_undone(self):
        history, restore = f"{BUDGET}/history", f"{BUDGET}/restore"
        self.assertIn(history, self.lead.get(BUDGET).links)
        first = self.lead.get(history)
        self.assertIn("Added on ", first.words)
        self.assertNotIn("Put it back", first.words)
        before = self.content("decision", "shared-budget")
        page = self.lead.submit(self.lead.get(CORRECT), CORRECT, f_due="2027-01-31",
                                reason="The board said so")
        self.assertEqual(page.status, 303)
        page = self.lead.get(history)
        for words in ("Changed on ", ", by Lead", "Why: The board said so", "30 November 2026",
                      "became 31 January 2027"):
            self.assertIn(words, page.words)
        self.assertIn(f"{restore}?revision=1", page.links)
        page = self.lead.get(f"{restore}?revision=1")
        self.assertIn("31 January 2027 → became 30 November 2026", page.words)
        self.assertEqual(self.revisions(), 2)
        for _ in range(2):  # the same form twice
            self.assertEqual(self.lead.submit(page, restore).location, f"{BUDGET}?saved=1")
        self.assertEqual(self.revisions(), 3)
        self.assertEqual(self.content("decision", "shared-budget"), before)
        page = self.lead.get(f"{restore}?revision=3")
        self.assertIn("It reads like that already", page.words)

    def test_two_who_write_are_told(self):
        restore = f"{BUDGET}/restore"
        self.lead.submit(self.lead.get(CORRECT), CORRECT, f_title="Second")
        page = self.lead.get(f"{restore}?revision=1")
        self.lead.submit(self.lead.get(CORRECT), CORRECT, f_title="Third")
        page = self.lead.submit(page, restore)
        self.assertEqual(page.status, 409)
        self.assertIn("Somebody else has changed", page.words)
        self.assertIn("Third", page.words)
        self.assertEqual(self.lead.submit(page, restore).status, 303)
        self.assertIn("Size of the shared budget", self.content("decision", "shared-budget"))

    def test_what_was_taken_out_is_listed_and_put_back(self):
        key = self.sql("select key from record where kind = 'tension' order by key limit 1")[0][0]
        address, gone = f"/p/harbour/record/tension/{key}", "/p/harbour/records/tension/taken-out"
        before = self.content("tension", key)
        self.lead.submit(self.lead.get(f"{address}/correct"), f"{address}/remove", reason="A slip")
        page = self.lead.get("/p/harbour/records/tension")
        self.assertIn("Taken out (1)", page.words)
        self.assertIn(f"{address}/history", self.lead.get(gone).links)
        member = self.client("team")
        page = member.get(f"{address}/history")
        self.assertIn("Why: A slip", page.words)
        self.assertNotIn(f"{address}/restore?revision=1", page.links)
        self.assertEqual(member.get(f"{address}/restore?revision=1").status, 403)
        page = self.lead.get(f"{address}/restore?revision=1")
        self.assertEqual(self.lead.submit(page, f"{address}/restore").location,
                         f"{address}?saved=1")
        self.assertEqual(self.content("tension", key), before)
        page = self.lead.get(f"{address}/history")
        for words in ("Added on", "Taken out on", "Put back on"):
            self.assertIn(words, page.words)
        self.assertNotIn("Taken out (", self.lead.get("/p/harbour/records/tension").words)

    def test_what_does_not_hold_any_more_is_refused_in_words(self):
        self.lead.submit(self.lead.get("/p/harbour/records/team/add"),
                         "/p/harbour/records/team/add", f_name="Passing", f_type="board", f_level="system")
        kind, key = self.sql("select kind, key from record where revision = 2")[0]
        team, message = f"/p/harbour/record/{kind}/{key}", "/p/harbour/record/team_name/"
        self.lead.submit(self.lead.get("/p/harbour/records/team_name/add"),
                         "/p/harbour/records/team_name/add", f_team=key, f_position="1", f_name="Passing name")
        self.assertEqual(self.revisions(), 3)
        message += self.sql("select key from record where revision = 3")[0][0].replace("/", "%2F")
        for address in (message, team):
            page = self.lead.submit(self.lead.get(f"{address}/correct"), f"{address}/remove", reason="x")
            self.assertEqual(page.status, 303, page.text)
        page = self.lead.submit(self.lead.get(f"{message}/restore"), f"{message}/restore")
        self.assertEqual(page.status, 400)
        self.assertIn("Team: ", page.words)
        self.assertEqual(self.revisions(), 5)

    def test_what_was_erased_stays_erased(self):
        self.done("person", "erase", "harbour/gp-lead", "--reason", "asked")
        key = self.sql("select key from record where kind = 'person' and key like 'person-%'")[0][0]
        page = self.lead.get(f"/p/harbour/record/person/{key}/history")
        self.assertIn("Words of this version were erased", page.words)
        self.assertEqual(self.lead.get("/p/harbour/record/person/gp-lead/history").status, 404)


def personal(workbook):
    """What is about one person's own situation, with words that are nowhere else."""
    headings, holders = workbook["post-holders"]
    for row in holders:
        row[headings.index("Days set aside")] = "0.123"
        row[headings.index("Note")] = "xylophone"
    headings, people = workbook["people"]
    for row in people:
        row[headings.index("Note")] = "marimba"


@on_both
class WhoReadsWhat(Records):
    change = staticmethod(personal)

    def read(self, client):
        links = [link for kind in ("post_holder", "person", "learning")
                 for link in client.get(f"/p/harbour/records/{kind}").links if "/record/" in link]
        pages = [client.get(link + page) for link in links for page in ("", "/history")]
        self.assertTrue(all(page.status == 200 for page in pages))
        return pages

    def test_what_is_personal_is_for_them_and_the_lead(self):
        learning = "select key from record where kind = 'learning' and content like '%\"person\":\"{}\"%'"
        self.assertTrue(all("0.123" in page.words and "xylophone" in page.words
                            for page in self.read(self.lead) if "post_holder" in page.address))
        member = self.client("team", record="gp-lead")
        seen = self.read(member)
        for page in seen:
            own = "gp-lead" in page.address
            for words in ("0.123", "xylophone", "marimba"):
                self.assertTrue(own or words not in page.words, (page.address, words))
        told = [page for page in seen if "0.123" in page.words or "marimba" in page.words]
        self.assertTrue(told)
        self.assertTrue(all("gp-lead" in page.address for page in told))
        others = [row[0] for row in self.sql(learning.format("geriatrician"))]
        self.assertTrue(others)
        for key in others:
            address = f"/p/harbour/record/learning/{key.replace('/', '%2F')}"
            self.assertEqual(member.get(address).status, 404)
            self.assertEqual(self.lead.get(address).status, 200)
