"""Meetings sent by mail into people's calendars, against a real mail server, read by two libraries that are not ours."""
import datetime
import re
import sys
import threading
import unittest
import urllib.parse
import zoneinfo

from serving import Client, People, made_ready
from stores import on_both, wait_until
from test_home_pages import row_add
from test_mail import Mailing

sys.path.append("/usr/lib/python3/dist-packages")  # Debian's, where another Python runs the tests
import icalendar  # noqa: E402
import vobject  # noqa: E402

TODAY = datetime.date.today()
DAY = TODAY + datetime.timedelta(days=40)
PLACE = "Room 2; \"blue\", Zoë's"
LONDON = zoneinfo.ZoneInfo("Europe/London")
MEETING = "/p/harbour/meeting/next"
PAGE = f"{MEETING}/invitations"


class Invitation:
    """What a mail asks a calendar to do."""

    def __init__(self, mail):
        self.mail = mail
        plain, calendar = mail.read.iter_parts()
        self.words = plain.get_content().replace("\r\n", "\n")
        self.type = calendar["Content-Type"]
        raw = calendar.get_payload(decode=True)
        read = icalendar.Calendar.from_ical(raw)
        self.method = read["METHOD"]
        self.event, = read.walk("VEVENT")
        self.other = vobject.readOne(raw.decode()).vevent
        self.raw = raw


def meetings(workbook):
    headings = workbook["meetings"][0]
    headings += ["Starts", "Ends", "Place"]
    for row in workbook["meetings"][1]:
        row += [""] * 3
    row_add(workbook, "meetings", key="next", team="project-team", held_on=f"{DAY}", state="planned",
            starts="14:00", ends="15.30", place=PLACE, agenda="Very secret item")
    row_add(workbook, "meetings", key="some-day", team="project-team", held_on=f"{DAY:%Y-%m}", state="planned")


@on_both
class Invitations(Mailing):
    def make(self):
        self.bring("harbour", change=meetings)
        people = People(self.url)
        people.join("harbour", "lead")
        people.join("harbour", "team", record="geriatrician", name="Geriatrician, \"the second\"; é")
        people.join("harbour", "team", login="nurse", record="nurse-consultant")
        self.sql("update account set signed_in_at = '2026-01-01T00:00:00.000Z'")
        self.sql("insert into mail_choice (account_id, reminders) select id, 'never' from account")
        made_ready(self)

    def begin(self, **settings):
        self.server.start()
        super().begin(time_zone="Europe/London", **settings)
        self.lead = self.site.sign_in("lead")
        return self.site

    def send(self):
        answer = self.lead.submit(self.lead.get(PAGE), PAGE)
        self.assertEqual(answer.status, 303, answer.text)
        return self.lead.get(answer.location)

    def invitations(self, n):
        self.server.wait(n)
        self.all_sent()
        mails = self.server.mails
        self.assertEqual(len(mails), n)
        return {mail.to.partition("@")[0]: Invitation(mail) for mail in mails[-2:]}

    def correct(self, **cells):
        page = self.lead.get("/p/harbour/record/meeting/next/correct")
        answer = self.lead.submit(page, "/p/harbour/record/meeting/next/correct", **{f"f_{name}": value for name, value in cells.items()})
        self.assertEqual(answer.status, 303, answer.text)

    def test_an_invitation_as_calendars_read_it(self):
        self.begin()
        page = self.lead.get(MEETING)
        self.assertIn(PAGE, page.text)
        shown = self.lead.get(PAGE)
        self.assertIn("Send these 2 mails", shown.words)
        self.assertIn("Do not sign in here yet", shown.words)
        self.assertIn("It is on its way", self.send().words)
        both = self.invitations(2)
        invitation = both["team"]
        mail, event = invitation.mail, invitation.event
        self.assertEqual(mail.read.get_content_type(), "multipart/alternative")
        self.assertEqual(mail.read.defects, [])
        self.assertTrue(all(len(line) < 79 for line in mail.raw.split(b"\r\n") if b"/mail/stop/" not in line))
        self.assertIn('method="REQUEST"', invitation.type)
        self.assertEqual(invitation.method, "REQUEST")
        self.assertEqual(event["DTSTART"].dt, datetime.datetime.combine(DAY, datetime.time(14), LONDON))
        self.assertEqual(event["DTEND"].dt, datetime.datetime.combine(DAY, datetime.time(15, 30), LONDON))
        self.assertEqual(event["LOCATION"], PLACE)
        self.assertEqual(event["ORGANIZER"], "mailto:ithaca@example.org")
        self.assertEqual(event["ATTENDEE"], "mailto:team@example.org")
        self.assertEqual(event["ATTENDEE"].params["RSVP"], "FALSE")
        self.assertEqual(event["ATTENDEE"].params["CN"], "Geriatrician,  the second ; é")
        self.assertEqual(invitation.other.location.value, PLACE)
        self.assertEqual(invitation.other.uid.value, event["UID"])
        self.assertTrue(str(event["URL"]).endswith(MEETING))
        self.assertNotIn("Very secret", mail.read.as_string() + invitation.words + invitation.raw.decode())
        self.assertIn("14:00 to 15:30", invitation.words)
        self.assertEqual(self.sql("select distinct words, calendar from mail where kind = 'meeting'"), [["", ""]])

    def test_it_is_the_event_of_the_feed(self):
        self.begin()
        self.send()
        invitation = self.invitations(2)["team"]
        team = self.site.sign_in("team")
        address = re.search(r"(/calendar/[\w-]{43}\.ics)",
                            team.submit(team.get("/account/calendar"), "/account/calendar").text).group(1)
        feed = icalendar.Calendar.from_ical(Client(self.site.port).get(address).body)
        event, = [one for one in feed.walk("VEVENT") if str(one["URL"]).endswith(MEETING)]
        self.assertEqual(event["UID"], invitation.event["UID"])
        self.assertEqual(event["SEQUENCE"], invitation.event["SEQUENCE"])

    def test_moved_then_called_off(self):
        self.begin()
        self.send()
        first = self.invitations(2)["nurse"]
        self.assertIn("There is nothing to send", self.lead.get(PAGE).words)
        self.correct(agenda="Another item")
        self.assertIn("There is nothing to send", self.lead.get(PAGE).words)
        self.correct(starts="16:00", ends="17:00")
        self.assertIn("To hear of the change", self.lead.get(PAGE).words)
        self.send()
        second = self.invitations(4)["nurse"]
        self.assertTrue(second.mail.subject.startswith("Changed: "))
        self.assertEqual((second.method, second.event["UID"]), ("REQUEST", first.event["UID"]))
        self.assertGreater(second.event["SEQUENCE"], first.event["SEQUENCE"])
        self.assertEqual(second.event["DTSTART"].dt.hour, 16)
        self.correct(state="cancelled")
        self.assertIn("it is called off", self.lead.get(PAGE).words)
        self.send()
        third = self.invitations(6)["nurse"]
        self.assertTrue(third.mail.subject.startswith("Called off: "))
        self.assertEqual((third.method, third.event["STATUS"], third.event["UID"]),
                         ("CANCEL", "CANCELLED", first.event["UID"]))
        self.assertIn('method="CANCEL"', third.type)
        self.assertGreater(third.event["SEQUENCE"], second.event["SEQUENCE"])
        self.assertIn("There is nothing to send", self.lead.get(PAGE).words)
        self.correct(state="planned")
        self.send()
        fourth = self.invitations(8)["nurse"]
        self.assertEqual(fourth.method, "REQUEST")
        self.assertGreater(fourth.event["SEQUENCE"], third.event["SEQUENCE"])

    def test_taken_out_of_the_records(self):
        self.begin()
        self.send()
        first = self.invitations(2)["team"]
        page = self.lead.get("/p/harbour/record/meeting/next/correct")
        self.assertEqual(self.lead.submit(page, "/p/harbour/record/meeting/next/remove", reason="it is not needed").status, 303)
        listed = self.lead.get("/p/harbour/meetings")
        self.assertIn("2 people have it in their calendar", listed.words)
        self.assertIn(PAGE, listed.text)
        self.send()
        last = self.invitations(4)["team"]
        self.assertEqual((last.method, last.event["UID"]), ("CANCEL", first.event["UID"]))
        self.assertNotIn("in their calendar", self.lead.get("/p/harbour/meetings").words)

    def test_somebody_who_leaves_the_team_is_told(self):
        self.begin()
        self.send()
        self.invitations(2)
        seat, = [one for one in re.findall(r'/p/harbour/record/team_member/[^"/]+',
                                           self.lead.get("/p/harbour/records/team_member?n=500").text)
                 if "nurse-consultant" in one and "project-team" in one][:1]
        yesterday = TODAY - datetime.timedelta(days=1)
        answer = self.lead.submit(self.lead.get(f"{seat}/correct"), f"{seat}/correct", f_until=f"{yesterday}")
        self.assertEqual(answer.status, 303, answer.text)
        self.assertIn("they no longer sit in the team", self.lead.get(PAGE).words)
        self.send()
        self.server.wait(3)
        self.all_sent()
        last = Invitation(self.server.mails[-1])
        self.assertEqual((last.mail.to, last.method), ("nurse@example.org", "CANCEL"))

    def test_whoever_wants_none_gets_none(self):
        self.begin()
        self.send()
        mail = self.invitations(2)["nurse"].mail
        stop = urllib.parse.urlsplit(mail.read["List-Unsubscribe"].strip("<>")).path
        client = Client(self.site.port)
        self.assertIn("No more meetings by mail?", client.get(stop).words)
        done = client.request("POST", stop, b"List-Unsubscribe=One-Click",
                              {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(done.status, 200)
        self.correct(starts="9:00", ends="10:00")
        shown = self.lead.get(PAGE).words
        self.assertIn("Want no meetings by mail", shown)
        self.assertIn("Send this mail", shown)
        self.send()
        self.server.wait(3)
        self.all_sent()
        self.assertEqual(self.server.mails[-1].to, "team@example.org")
        self.assertEqual(self.sql("select reminders from mail_choice where meetings = 0"), [["never"]])
        nurse = self.site.sign_in("nurse")
        answer = nurse.submit(nurse.get("/account"), "/account/mail", reminders="daily", meetings="yes")
        self.assertIn("is written down", nurse.get(answer.location).words)
        self.assertEqual(self.sql("select reminders from mail_choice where meetings = 0"), [])

    def test_pressed_twice_and_by_two_at_once(self):
        self.begin()
        leads = [self.lead, self.site.sign_in("lead")]
        pages = [lead.get(PAGE) for lead in leads]
        threads = [threading.Thread(target=lead.submit, args=(page, PAGE)) for lead, page in zip(leads, pages)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.lead.submit(pages[0], PAGE).status, 303)
        self.invitations(2)

    def test_a_day_that_is_not_known_exactly(self):
        self.begin()
        words = self.lead.get("/p/harbour/meeting/some-day/invitations").words
        self.assertIn("Correct the day first", words)
        self.assertIn("There is nothing to send", words)

    def test_a_meeting_that_never_was(self):
        self.begin()
        self.assertEqual(self.lead.get("/p/harbour/meeting/never/invitations").status, 404)

    def test_a_site_without_mail_says_so(self):
        self.begin(mail_server="", mail_from="")
        shown = self.lead.get(PAGE)
        self.assertIn("This site sends no mail", shown.words)
        self.assertNotIn("<form method=\"post\" action=\"" + PAGE, shown.text)

    def test_it_is_held_about_them(self):
        self.begin()
        self.send()
        self.invitations(2)
        held = self.folder / "held.txt"
        self.site.command("person", "export", "nurse", held)
        self.assertIn("Meeting sent into the calendar", held.read_text())
        self.assertIn("Mail of", held.read_text())


if __name__ == "__main__":
    unittest.main()
