"""What other programs read: held against its own description by validators that are not ours."""
import copy
import json
import subprocess
import sys
import unittest

from serving import ROLES, SELDOM, People, Site, made_ready
from stores import on_both
from support import ITHACA, ROOT
from test_home_pages import row_add, without_time

sys.path.append("/usr/lib/python3/dist-packages")  # Debian's, where another Python runs the tests
import jsonschema  # noqa: E402

API = "/api/v1"
HARBOUR = f"{API}/p/harbour"
KEYS = "/account/keys"
VALIDATE = """
const { Validator } = await import("@seriousme/openapi-schema-validator");
let text = "";
for await (const piece of process.stdin) text += piece;
const result = await new Validator().validate(JSON.parse(text));
console.log(JSON.stringify(result));
"""


def description():
    made = subprocess.run([ITHACA, "openapi"], capture_output=True, check=True)
    return json.loads(made.stdout)


def many_actions(workbook):
    for n in range(1, 1206):
        row_add(workbook, "actions", key=f"made-{n:04}", title=f"Made {n}", owner="geriatrician",
                agreed="about 2026", due="2027-02-28")


class Description(unittest.TestCase):
    def test_a_validator_finds_nothing_wrong(self):
        run = subprocess.run(["node", "--input-type=module", "-e", VALIDATE], cwd=ROOT, capture_output=True,
                             input=json.dumps(description()).encode(), check=True)
        self.assertEqual(json.loads(run.stdout), {"valid": True})

    def test_the_validator_would_find_something(self):
        broken = description()
        del broken["paths"]["/programmes"]["get"]["responses"]["200"]["description"]
        run = subprocess.run(["node", "--input-type=module", "-e", VALIDATE], cwd=ROOT, capture_output=True,
                             input=json.dumps(broken).encode(), check=True)
        self.assertFalse(json.loads(run.stdout)["valid"])

    def test_every_kind_and_every_field_is_described(self):
        listed = json.loads(subprocess.run([ITHACA, "rules", "kinds", "--format", "json"], capture_output=True,
                                           check=True).stdout)
        made = description()
        for kind in listed:
            schema = made["components"]["schemas"][kind["name"]]
            self.assertEqual(list(schema["properties"]), [field["name"] for field in kind["fields"]])
            self.assertIn(f"/p/{{programme}}/records/{kind['name']}", made["paths"])
            for field in kind["fields"]:
                self.assertEqual(schema["properties"][field["name"]]["description"], field["hint"], field)


class Reading:
    change = None

    def setUp(self):
        super().setUp()
        self.prepare(self.make, self.change)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM)
        self.lead = self.site.sign_in("lead")
        self.described = description()

    def make(self):
        self.bring("harbour-broken", change=self.change)
        self.done("diagnose")
        People(self.url).join("harbour", "lead", record="network-manager")
        made_ready(self)

    def key(self, client=None, **fields):
        client = client or self.lead
        page = client.submit(client.get(KEYS), KEYS, **{"name": "Report", **fields})
        self.assertEqual(page.status, 200, page.text)
        self.assertEqual(page.headers["Cache-Control"], "private, no-store")
        found = page.text.split('id="secret"')[1].split(">")[1].split("<")[0].strip()
        self.assertEqual(len(found), 43)
        return found

    def ask(self, address, key, client=None, **headers):
        page = (client or self.site.client()).get(address, headers={"Authorization": f"Bearer {key}", **headers})
        if page.status == 304:
            return page, None
        wanted = "application/json" if page.status == 200 else "application/problem+json"
        self.assertEqual(page.headers["Content-Type"], wanted, page.text)
        return page, json.loads(page.body)

    def schema(self, schema):
        return {**copy.deepcopy(schema), "components": self.described["components"]}

    def fits(self, path, answer):
        """As the description says, with nothing besides."""
        schema = self.described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator(self.schema(schema)).validate(answer)

    def refused(self, address, key, status):
        page, problem = self.ask(address, key)
        self.assertEqual((page.status, problem["status"]), (status, status), problem)
        jsonschema.Draft202012Validator(self.schema(self.described["components"]["schemas"]["problem"])).validate(problem)
        return page, problem


@on_both
class Answers(Reading):
    def test_every_answer_is_as_described(self):
        key = self.key()
        _, answer = self.ask(f"{API}/programmes", key)
        self.fits("/programmes", answer)
        self.assertEqual([(each["key"], each["role"]) for each in answer["programmes"]],
                         [("harbour", "programme lead")])
        read = 0
        for path in self.described["paths"]:
            if "/records/" not in path:
                continue
            page, answer = self.ask(API + path.replace("{programme}", "harbour") + "?limit=500", key)
            self.assertEqual(page.status, 200, path)
            self.fits(path, answer)
            for record in answer["records"]:
                one = path.replace("/records/", "/record/") + "/{key}"
                quoted = record["key"].replace("/", "%2F")
                page, found = self.ask(f"{HARBOUR}/record/{record['kind']}/{quoted}", key)
                self.assertEqual(found, record)
                self.fits(one, found)
                read += 1
                if read % 5 == 0:
                    break  # some of each kind
        self.assertGreater(read, 40)
        page, answer = self.ask(f"{HARBOUR}/findings?limit=500", key)
        self.fits("/p/{programme}/findings", answer)
        told = json.loads(subprocess.run([ITHACA, "findings", "--db", self.url, "--format", "json"],
                                         capture_output=True).stdout)
        self.assertEqual({each["id"] for each in answer["findings"]},
                         {each["id"] for each in told["findings"] if each["state"] != "closed"})

    def test_what_is_known_roughly_is_told_as_it_is_known(self):
        _, answer = self.ask(f"{HARBOUR}/record/decision/shared-budget", self.key())
        self.assertEqual(answer["values"]["due"],
                         {"written": "2026-11-30", "first": "2026-11-30", "last": "2026-11-30"})
        self.assertEqual(answer["label"], "Size of the shared budget for 2027")

    def test_the_description_is_there_for_anybody(self):
        page = self.site.client().get(f"{API}/openapi.json")
        self.assertEqual(page.status, 200)
        self.assertEqual(json.loads(page.body), self.described)

    def test_what_has_not_changed_is_not_sent_again(self):
        key = self.key()
        address = f"{HARBOUR}/records/decision"
        etag = self.ask(address, key)[0].headers["ETag"]
        self.assertEqual(self.ask(address, key, **{"If-None-Match": etag})[0].status, 304)
        self.assertEqual(self.ask(address, self.key(), **{"If-None-Match": etag})[0].status, 304)
        form = "/p/harbour/record/decision/shared-budget/correct"
        page = self.lead.submit(self.lead.get(form), form, **{"f-note": "Changed"})
        self.assertEqual(page.status, 303)
        page, answer = self.ask(address, key, **{"If-None-Match": etag})
        self.assertEqual((page.status, answer["revision"]), (200, 2))


@on_both
class Pages(Reading):
    change = staticmethod(many_actions)

    def test_a_list_is_read_page_by_page(self):
        key, address, seen, pages = self.key(), f"{HARBOUR}/records/action?limit=400", [], 0
        client = self.site.client()
        while address:
            _, answer = self.ask(address, key, client)
            self.fits("/p/{programme}/records/action", answer)
            self.assertLessEqual(len(answer["records"]), 400)
            seen += [record["key"] for record in answer["records"]]
            address, pages = answer["next"], pages + 1
        self.assertEqual(pages, 4)
        self.assertEqual(len(seen), len(set(seen)))
        stored = [row[0] for row in self.sql("select key from record where kind = 'action' and until is null "
                                             "order by position, id")]
        self.assertEqual(seen, stored)
        self.assertGreater(len(seen), 1205)

    def test_findings_are_read_page_by_page(self):
        key, address, seen = self.key(), f"{HARBOUR}/findings?limit=2&state=open", []
        while address:
            _, answer = self.ask(address, key)
            seen += [finding["id"] for finding in answer["findings"]]
            address = answer["next"]
        _, whole = self.ask(f"{HARBOUR}/findings?limit=500&state=open", key)
        self.assertEqual(seen, [finding["id"] for finding in whole["findings"]])
        self.assertGreater(len(seen), 4)

    def test_what_cannot_be_understood_is_said(self):
        key = self.key()
        for address, status in ((f"{HARBOUR}/records/action?limit=0", 400), (f"{HARBOUR}/records/action?limit=501", 400),
                                (f"{HARBOUR}/records/action?limit=2x", 400), (f"{HARBOUR}/records/action?limit=-1", 400),
                                (f"{HARBOUR}/records/action?after=nobody", 404), (f"{HARBOUR}/records/nothing", 404),
                                (f"{HARBOUR}/record/action/nobody", 404), (f"{HARBOUR}/findings?state=lost", 400),
                                (f"{HARBOUR}/findings?after=lost", 404), (f"{API}/nothing", 404), (f"{API}/p/other/findings", 404)):
            self.refused(address, key, status)


@on_both
class Keys(Reading):
    def test_without_one_nothing_is_read(self):
        for sent in ({}, {"Authorization": "Bearer"}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"},
                     {"Authorization": "Bearer " + "x" * 6000}, {"Authorization": "Bearer \u00e9' or 1=1 --"}):
            page = self.lead.get(f"{HARBOUR}/findings", headers=sent)  # and the cookie does not count
            self.assertEqual((page.status, page.headers["WWW-Authenticate"]), (401, "Bearer"), sent)
            self.assertNotIn("A2", page.text)

    def test_a_key_that_was_ended_reads_nothing_more(self):
        key = self.key()
        self.assertEqual(self.ask(f"{HARBOUR}/findings", key)[0].status, 200)
        page = self.lead.get(KEYS)
        self.assertIn("Last used on", page.words)
        self.assertNotIn(key, page.text)
        page = self.lead.submit(page, f"{KEYS}/end", follow=True)
        self.assertIn("The key was ended", page.words)
        self.refused(f"{HARBOUR}/findings", key, 401)

    def test_it_ends_on_its_day(self):
        key = self.key(days="1")
        self.sql("update api_key set ends_at = '2026-11-01T00:00:00.000Z'")
        self.refused(f"{API}/programmes", key, 401)
        self.assertIn("There is none", self.lead.get(KEYS).words)

    def test_one_for_one_programme_reads_no_other(self):
        self.bring("harbour", key="second")
        People(self.url).command("person", "member", "add", "second", "lead", "lead")
        one, all_of_them = self.key(programme="second"), self.key()
        self.assertEqual([each["key"] for each in self.ask(f"{API}/programmes", one)[1]["programmes"]], ["second"])
        self.assertEqual(self.ask(f"{API}/p/second/findings", one)[0].status, 200)
        self.refused(f"{HARBOUR}/findings", one, 404)
        self.assertEqual(self.ask(f"{HARBOUR}/findings", all_of_them)[0].status, 200)

    def test_a_form_that_lacks_something_comes_back(self):
        page = self.lead.submit(self.lead.get(KEYS), KEYS, name="", days="0")
        self.assertEqual(page.status, 400)
        self.assertIn("Write what the key is for", page.words)
        self.assertIn("from 1 to 366", page.words)
        for _ in range(20):
            self.key()
        page = self.lead.submit(self.lead.get(KEYS), KEYS, name="One more")
        self.assertIn("twenty keys already", page.words)

    def test_only_what_it_hashes_to_is_kept_and_nothing_is_logged(self):
        key = self.key()
        self.ask(f"{HARBOUR}/findings", key)
        (kept,), = self.sql("select hash from api_key")
        self.assertNotEqual(kept, key)
        self.assertNotIn(key, self.site.errors())

    def test_it_goes_with_the_account(self):
        self.site.join("harbour", "team")
        self.key(self.site.sign_in("team"))
        self.done("person", "account", "remove", "team")
        self.assertEqual(self.sql("select count(*) from api_key")[0][0], "0")


@on_both
class WhoReadsWhat(Reading):
    change = staticmethod(without_time)

    def setUp(self):
        super().setUp()
        self.keys = {}
        for role in ROLES[1:]:
            self.site.join("harbour", role, record="geriatrician" if role == "team" else None)
            self.keys[role] = self.key(self.site.sign_in(role))
        self.keys["lead"] = self.key()

    def test_a_key_reads_what_its_owner_may(self):
        for role, key in self.keys.items():
            sees = role in ("lead", "team", "evaluator")
            page, _ = self.ask(f"{HARBOUR}/records/decision", key)
            self.assertEqual(page.status, 200 if sees else 403, role)
            _, answer = self.ask(f"{HARBOUR}/findings", key)  # nothing has been shared yet
            self.assertEqual(bool(answer["findings"]), role == "lead", role)

    def test_what_is_personal_is_for_that_person_and_the_lead(self):
        def told(role):
            _, answer = self.ask(f"{HARBOUR}/records/learning?limit=500", self.keys[role])
            return {record["key"]: record["values"] for record in answer["records"]}
        by_lead, by_team, by_evaluator = told("lead"), told("team"), told("evaluator")
        self.assertTrue(by_lead)
        def of(person):
            return {key: values for key, values in by_lead.items() if values.get("person") == person}
        self.assertTrue(of("geriatrician") and of("network-manager"))
        self.assertEqual(by_evaluator, of(None))
        self.assertEqual(by_team, {**of(None), **of("geriatrician")})

    def test_a_private_finding_is_for_the_lead_and_whom_it_is_about(self):
        self.lead.submit(self.lead.get("/p/harbour/diagnosis/share"), "/p/harbour/diagnosis/share")
        self.site.join("harbour", "team", login="gp", record="gp-lead")
        self.keys["gp"] = self.key(self.site.sign_in("gp"))
        told = {}
        for who, key in self.keys.items():
            _, answer = self.ask(f"{HARBOUR}/findings?limit=500", key)
            self.fits("/p/{programme}/findings", answer)
            self.assertTrue([finding for finding in answer["findings"] if not finding["private"]], who)
            told[who] = {finding["id"]: finding["sentence"] for finding in answer["findings"] if finding["private"]}
        self.assertTrue(told["gp"])
        self.assertEqual(set(told["gp"]) - set(told["lead"]), set())
        for name, sentence in told["gp"].items():  # the lead reads of the arrangement
            self.assertNotEqual(sentence, told["lead"][name])
        for role in ("team", "sponsor", "mentor", "evaluator"):
            self.assertEqual(told[role], {}, role)

    def test_who_leaves_the_programme_reads_no_more(self):
        self.sql("delete from member where role = 'evaluator'")
        self.refused(f"{HARBOUR}/records/decision", self.keys["evaluator"], 404)
        self.assertEqual(self.ask(f"{API}/programmes", self.keys["evaluator"])[1], {"programmes": []})
