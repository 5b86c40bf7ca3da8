"""The calendar that people subscribe to, read by two libraries that are not ours: icalendar and vobject."""
import datetime
import json
import re
import sys
import zoneinfo

from serving import SELDOM, People, Site
from stores import on_both
from test_home_pages import row_add

sys.path.append("/usr/lib/python3/dist-packages")  # Debian's, where another Python runs the tests
import icalendar  # noqa: E402
import vobject  # noqa: E402

TODAY = datetime.date.today()
PAGE = "/account/calendar"
DAY = datetime.timedelta(days=1)
LONDON = zoneinfo.ZoneInfo("Europe/London")
HOSTILE = "Zoë; \"Räume\", \\ (a,b)  €uro " + "€" * 60 + " \u2028 BEGIN:VEVENT"
UTC = datetime.timezone.utc
REQUIRED = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "URL", "STATUS", "TRANSP")
ONCE = (*REQUIRED, "LOCATION", "DESCRIPTION")


def changes(zone, days=400):
    """The days to come on which the clocks change there."""
    def offset(day):
        return datetime.datetime.combine(day, datetime.time(12), zone).utcoffset()
    return [day for day in (TODAY + n * DAY for n in range(3, days)) if offset(day) != offset(day - DAY)]


def meetings(workbook):
    """One at half past nine on each day around the changes of the clocks in London; others besides."""
    headings = workbook["meetings"][0]
    headings += ["Starts", "Ends", "Place"]
    for row in workbook["meetings"][1]:
        row += [""] * 3
    near = {day + n * DAY for day in changes(LONDON) for n in (-1, 0, 1)}
    for day in sorted(near):
        row_add(workbook, "meetings", key=f"near-{day}", team="project-team", held_on=f"{day}", state="planned",
                starts="9.30", ends="11am", place=HOSTILE)
    row_add(workbook, "meetings", key="whole-day", team="project-team", held_on=f"{TODAY + 5 * DAY}")
    row_add(workbook, "meetings", key="no-end", team="project-team", held_on=f"{TODAY + 6 * DAY}", starts="23:30")
    row_add(workbook, "meetings", key="of-excel", team="project-team", held_on=f"{TODAY + 6 * DAY}",
            starts="0.25", ends="0.604166666666667")
    row_add(workbook, "meetings", key="called-off", team="project-team", held_on=f"{TODAY + 7 * DAY}",
            state="cancelled", starts="14:00")
    row_add(workbook, "meetings", key="some-day", team="project-team", held_on=f"{TODAY + 60 * DAY:%Y-%m}")
    row_add(workbook, "meetings", key="other-team", team="board", held_on=f"{TODAY + 8 * DAY}")
    row_add(workbook, "meetings", key="long-ago", team="project-team", held_on=f"{TODAY - 93 * DAY}", state="held")
    row_add(workbook, "meetings", key="lately", team="project-team", held_on=f"{TODAY - 92 * DAY}", state="held")
    row_add(workbook, "meetings", key="far", team="project-team", held_on=f"{TODAY + 549 * DAY}")
    row_add(workbook, "actions", key="mine", title=HOSTILE, owner="geriatrician", due=f"{TODAY + 9 * DAY}")
    row_add(workbook, "actions", key="mine-too", title="In a month", owner="geriatrician", due="2027-02")
    # icalendar 4 reads these backslashes wrongly.
    row_add(workbook, "meetings", key="folder", team="project-team", held_on=f"{TODAY + 4 * DAY}", place="C:\\notes\\; \\,")
    row_add(workbook, "actions", key="done", title="Finished", owner="geriatrician", due=f"{TODAY + 9 * DAY}",
            done=f"{TODAY}")
    row_add(workbook, "actions", key="others", title="Of others", owner="nurse-consultant", due=f"{TODAY + 9 * DAY}")


class Subscribed:
    zone = "Europe/London"
    change = staticmethod(meetings)

    def setUp(self):
        super().setUp()
        self.prepare(self.make, self.change)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM, time_zone=self.zone,
                         site="https://ithaca.example.org")
        self.member = self.site.sign_in("team")

    def make(self):
        self.bring(change=self.change)
        people = People(self.url)
        people.join("harbour", "team", record="geriatrician")
        people.join("harbour", "lead")

    def subscribe(self, client):
        """The path of a new address."""
        page = client.submit(client.get(PAGE), PAGE)
        self.assertEqual(page.status, 200, page.text)
        self.assertEqual(page.headers["Cache-Control"], "private, no-store")
        address = re.search(r"https://ithaca\.example\.org(/calendar/[\w-]{43}\.ics)", page.text)
        return address.group(1)

    def feed(self, path):
        """What two libraries read: {what the record is called: event} of each; and all the bytes."""
        page = self.site.client().get(path)
        self.assertEqual(page.status, 200, page.text)
        self.assertEqual(page.headers["Content-Type"], "text/calendar; charset=utf-8")
        self.assertEqual(page.headers["Cache-Control"], "private, no-cache")
        calendar = icalendar.Calendar.from_ical(page.body)
        self.assertFalse(calendar.errors)
        other = vobject.readOne(page.body.decode())
        own = {str(event["URL"]).rpartition("/")[2]: event for event in calendar.walk("VEVENT")}
        others = {event.url.value.rpartition("/")[2]: event for event in getattr(other, "vevent_list", [])}
        self.assertEqual(set(own), set(others))
        for event in own.values():
            self.assertFalse(event.errors)
        return own, others, page.body, calendar


@on_both
class Feed(Subscribed):
    def test_two_libraries_read_it_as_the_standard_says(self):
        own, others, body, calendar = self.feed(self.subscribe(self.member))
        for line in body.split(b"\r\n"):
            self.assertLessEqual(len(line), 75, line)
            self.assertNotIn(b"\n", line)
            line.decode()  # no letter is cut in two
        self.assertTrue(body.endswith(b"END:VCALENDAR\r\n"))
        self.assertEqual((calendar["VERSION"], calendar["X-PUBLISHED-TTL"]), ("2.0", "PT4H"))
        self.assertEqual(calendar["X-WR-CALNAME"], f"Ithaca: {self.sql('select name from programme')[0][0]}")
        self.assertIn(b"REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n", body)
        self.assertEqual(len({event["UID"] for event in own.values()}), len(own))
        for key, event in own.items():
            for name in REQUIRED:
                self.assertIn(name, event, key)
            for name in ONCE:
                self.assertNotIsInstance(event.get(name), list, (key, name))
            self.assertEqual(event["UID"], others[key].uid.value)
            self.assertEqual(str(event["SUMMARY"]), others[key].summary.value)
            self.assertLess(event["DTSTART"].dt, event["DTEND"].dt)

    def test_it_holds_what_is_theirs_and_no_more(self):
        own, _, _, _ = self.feed(self.subscribe(self.member))
        self.assertEqual({key for key in own if not key.startswith("near-")},
                         {"whole-day", "no-end", "of-excel", "folder", "called-off", "lately", "mine", "mine-too"} |
                         {key for key in own if key.startswith("team-20")})
        lead, _, _, _ = self.feed(self.subscribe(self.site.sign_in("lead")))
        self.assertIn("other-team", lead)
        self.assertNotIn("mine", lead)
        self.assertEqual(own["mine-too"]["DTSTART"].dt, datetime.date(2027, 2, 28))

    def test_hostile_texts_come_through_as_they_are(self):
        own, others, body, _ = self.feed(self.subscribe(self.member))
        near = next(key for key in own if key.startswith("near-"))
        self.assertEqual(str(own["mine"]["SUMMARY"]), f"Due: {HOSTILE}")
        self.assertEqual(others[near].location.value, HOSTILE)
        self.assertEqual(others["folder"].location.value, "C:\\notes\\; \\,")
        self.assertEqual(body.count(b"\r\nBEGIN:VEVENT\r\n"), len(own))

    def test_days_and_times(self):
        own, others, body, _ = self.feed(self.subscribe(self.member))
        whole, day = own["whole-day"], TODAY + 5 * DAY
        self.assertEqual((whole["DTSTART"].dt, whole["DTEND"].dt), (day, day + DAY))
        self.assertEqual((str(whole["TRANSP"]), str(own["mine"]["TRANSP"])), ("TRANSPARENT", "TRANSPARENT"))
        late = own["no-end"]
        self.assertEqual(late["DTEND"].dt - late["DTSTART"].dt, datetime.timedelta(hours=1))
        self.assertEqual(late["DTEND"].dt.date(), TODAY + 7 * DAY)
        self.assertEqual([f"{own['of-excel'][name].dt:%H:%M}" for name in ("DTSTART", "DTEND")], ["06:00", "14:30"])
        self.assertEqual(str(own["called-off"]["STATUS"]), "CANCELLED")
        near = {key: event for key, event in own.items() if key.startswith("near-")}
        self.assertGreaterEqual(len(near), 6)
        offsets = set()
        for key, event in near.items():
            day = datetime.date.fromisoformat(key.removeprefix("near-"))
            for name, other, clock in (("DTSTART", others[key].dtstart.value, (9, 30)),
                                       ("DTEND", others[key].dtend.value, (11, 0))):
                right = datetime.datetime.combine(day, datetime.time(*clock), LONDON)
                self.assertEqual(event[name].params["TZID"], "Europe/London")
                self.assertEqual(event[name].dt.replace(tzinfo=None), right.replace(tzinfo=None))
                # vobject reckons with the zone that is written in the calendar, not with the machine's.
                self.assertEqual(other.astimezone(UTC), right.astimezone(UTC), (key, name))
                offsets.add(right.utcoffset())
        self.assertEqual(len(offsets), 2)  # winter and summer
        self.assertEqual(body.count(b"BEGIN:DAYLIGHT"), 1)
        self.assertEqual(body.count(b"BEGIN:STANDARD"), 1)
        self.assertNotIn(b"freeassociation", body)

    def test_the_same_bytes_are_not_sent_twice(self):
        path = self.subscribe(self.member)
        first = self.site.client().get(path)
        self.assertEqual(self.site.client().get(path).body, first.body)
        again = self.site.client().get(path, headers={"If-None-Match": first.headers["ETag"]})
        self.assertEqual((again.status, again.body), (304, b""))

    def test_what_changes_keeps_its_name_and_counts_on(self):
        path, lead = self.subscribe(self.member), self.site.sign_in("lead")
        before = self.feed(path)[0]["whole-day"]
        correct = "/p/harbour/record/meeting/whole-day/correct"
        page = lead.submit(lead.get(correct), correct, **{
            "f-starts": "2.15pm", "f-place": "Town hall", "f-held_on": f"{TODAY + 10 * DAY}"})
        self.assertEqual(page.status, 303, page.text)
        after = self.feed(path)[0]["whole-day"]
        self.assertEqual(after["UID"], before["UID"])
        self.assertGreater(after["SEQUENCE"], before["SEQUENCE"])
        self.assertGreater(after["LAST-MODIFIED"].dt, before["LAST-MODIFIED"].dt)
        self.assertEqual(after["LOCATION"], "Town hall")
        self.assertEqual(after["DTSTART"].dt.replace(tzinfo=None),
                         datetime.datetime.combine(TODAY + 10 * DAY, datetime.time(14, 15)))

    def test_a_time_that_is_none_is_refused(self):
        lead, plan = self.site.sign_in("lead"), "/p/harbour/meetings/plan"
        for starts, ends, words in (("soon", "", "This is no time of day"), ("25:00", "", "This is no time of day"),
                                    ("9", "", "This is no time of day"), ("", "10:00", "Say when it begins"),
                                    ("10:00", "9:00", "It would end before it begins")):
            page = lead.submit(lead.get(plan), plan, team="project-team", day=f"{TODAY + DAY}", starts=starts, ends=ends)
            self.assertEqual(page.status, 400)
            self.assertIn(words, page.words)
        page = lead.submit(lead.get(plan), plan, team="project-team", day=f"{TODAY + DAY}", starts="9.05 a.m.",
                           ends="12pm", place="Room 3")
        self.assertEqual(page.status, 303, page.text)
        words = lead.get(page.location).words
        self.assertIn("09:05 to 12:00", words)
        self.assertIn("Where: Room 3", words)
        self.assertIn(", 09:05 to 12:00, ", lead.get("/p/harbour/meetings").words)


@on_both
class Address(Subscribed):
    def gone(self, path):
        page = self.site.client().get(path)
        self.assertEqual((page.status, "There is no calendar here" in page.words), (404, True))
        return page.body

    def test_a_new_address_ends_the_one_before_and_ending_ends_it(self):
        unknown = self.gone(f"/calendar/{'x' * 43}.ics")
        first = self.subscribe(self.member)
        self.feed(first)
        second = self.subscribe(self.member)
        self.assertEqual(self.gone(first), unknown)
        self.feed(second)
        self.gone(second.removesuffix(".ics"))
        page = self.member.submit(self.member.get(PAGE), f"{PAGE}/end", follow=True)
        self.assertIn("The address was ended", page.words)
        self.assertEqual(self.gone(second), unknown)

    def test_only_a_hash_is_kept_and_nothing_is_logged(self):
        path = self.subscribe(self.member)
        self.feed(path)
        secret = path.removeprefix("/calendar/").removesuffix(".ics")
        (stored,), = self.sql("select hash from calendar_feed")
        self.assertRegex(stored, "^[0-9a-f]{64}$")
        self.assertNotIn(secret, self.site.errors())
        self.assertNotIn(secret, self.member.get(PAGE).text)
        held = self.member.get("/account/held.json")
        self.assertTrue(json.loads(held.body)["accounts"][0]["calendar_address_made_at"].startswith("20"))
        self.assertIn("Address of a calendar: for team, since 20", self.member.get("/account/held.txt").text)
        self.assertIn("Address of the calendar made", self.member.get("/account/held").words)
        for name in ("held", "held.txt", "held.json"):
            self.assertNotIn(stored, self.member.get(f"/account/{name}").text)

    def test_it_ends_with_the_part_and_with_the_person(self):
        path = self.subscribe(self.member)
        self.site.command("person", "member", "remove", "harbour", "team")
        self.assertEqual(self.feed(path)[0], {})
        self.site.command("person", "erase", "team", "--reason", "asked")
        self.gone(path)
        self.assertEqual(self.sql("select count(*) from calendar_feed"), [["0"]])


@on_both
class Elsewhere(Subscribed):
    """A site where the clocks never change."""
    zone = "Asia/Kolkata"

    def test_times_are_right_there_too(self):
        own, others, body, _ = self.feed(self.subscribe(self.member))
        right = datetime.datetime.combine(TODAY + 6 * DAY, datetime.time(23, 30), zoneinfo.ZoneInfo(self.zone))
        self.assertEqual(others["no-end"].dtstart.value.astimezone(UTC), right.astimezone(UTC))
        self.assertEqual(own["no-end"]["DTSTART"].params["TZID"], self.zone)
        self.assertEqual(body.count(b"BEGIN:STANDARD"), 1)


@on_both
class InUtc(Subscribed):
    zone = "Etc/UTC"

    def test_times_are_right_there_too(self):
        _, others, _, _ = self.feed(self.subscribe(self.member))
        right = datetime.datetime.combine(TODAY + 6 * DAY, datetime.time(23, 30), UTC)
        self.assertEqual(others["no-end"].dtstart.value.astimezone(UTC), right)
