"""Corrections over HTTP: ID number and employer, 待复核, exceptions, 更正批准日期, 撤销本次操作, notes, 单位信息, merging."""

import re
import unittest

from server import PASSWORD, TODAY, Server

server = Server(members=120, companies=3)


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)
    server.run("staff", "add", "huiyuan2", "--role", "membership", stdin="Meirenyong-2026\n")
    browsers["staff"] = log_in("staff", "huiyuan", PASSWORD)
    browsers["company"] = log_in("company", "演示监理公司0001", PASSWORD)


browsers = {}


def log_in(side, account, password):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    assert browser.post("/login", {"as": side, "account": account, "password": password}).status == 303
    browser.get("/password")
    return browser


def colleague():
    """Another account of the same role; its first password is changed."""
    if "colleague" not in browsers:
        browser = log_in("staff", "huiyuan2", "Meirenyong-2026")
        new = {"current": "Meirenyong-2026", "password": "Dongxue-5519", "password_again": "Dongxue-5519"}
        assert browser.post("/password", new).status in (200, 303)
        browsers["colleague"] = log_in("staff", "huiyuan2", "Dongxue-5519")
    return browsers["colleague"]


def rows(page):
    return re.findall(r'<tr[^>]* data-id="(\d+)"', page.text)


def company(number):
    """The id of the demo's company of that number."""
    return str(server.sql(f"select id from company where name = '演示监理公司000{number}'")[0][0])


def first(state, number=1):
    return rows(browsers["staff"].get(f"/staff/members?status={state}&company={company(number)}&size=100"))


def id_number(first17):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first17 + "10X98765432"[sum(int(d) * w for d, w in zip(first17, weights)) % 11]


def form_of(page):
    """What stands in the fields of the page's form of a person."""
    fields = dict(re.findall(r'<input class="form-control" id="\w+" name="(\w+)"[^>]* value="([^"]*)"', page.text))
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', page.text, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    for name in ("version", "once"):
        fields[name] = re.search(rf'name="{name}" value="([^"]*)"', page.text)[1]
    return {k: v for k, v in fields.items() if k not in ("q", "company_q")}


def result(answer):
    assert answer.status == 303, answer.text
    page = browsers["staff"].get(answer.location)
    done, skipped = re.search(r'data-done="(\d+)" data-skipped="(\d+)"', page.text).groups()
    return int(done), int(skipped), page, answer.location


class Corrections(unittest.TestCase):
    def edit(self, person, **changed):
        staff = browsers["staff"]
        form = form_of(staff.get(f"/staff/members/{person}?edit=1")) | {"reason": "与原件核对"} | changed
        return staff.post(f"/staff/members/{person}", form)

    def test_a_number_is_corrected_and_looked_at(self):
        person = first("member")[0]
        refused = self.edit(person, id_number="620102198808081234")
        self.assertEqual(refused.status, 422)
        self.assertEqual(re.findall(r'data-error="(\w+)"', refused.text), ["id_number"])
        done = self.edit(person, id_number="11010519491231002x")
        self.assertEqual(done.status, 303, re.findall(r'data-error="[^<]*', done.text))
        own = browsers["staff"].get("/staff/looks")
        (look,) = re.findall(r'<tr data-id="(\d+)" data-what="id_number"', own.text)
        self.assertEqual(browsers["staff"].post(f"/staff/looks/{look}", {"ok": "1"}).status, 409)
        self.assertEqual(colleague().post(f"/staff/looks/{look}", {}).status, 422)
        self.assertEqual(colleague().post(f"/staff/looks/{look}", {"ok": "1", "note": "一致"}).status, 303)
        self.assertNotIn('data-what="id_number"', colleague().get("/staff/looks").text)

    def test_another_employer_from_a_day_on(self):
        person = first("member")[1]
        self.assertEqual(self.edit(person, company=company(2)).status, 422)
        self.assertEqual(self.edit(person, company=company(2), effective_on=TODAY).status, 303)
        self.assertIn(person, first("member", 2))
        self.assertEqual(browsers["company"].get(f"/company/members/{person}").status, 404)

    def test_an_exception(self):
        staff, form = browsers["staff"], {"id_number": id_number("11010519500101001"), "reason": "理事会同意"}
        person = server.browser()
        person.get("/register")
        asked = {"id_number": form["id_number"], "password": "Chunfeng-2026", "password_again": "Chunfeng-2026",
                 "consent": "1", "consent_sensitive": "1"}
        self.assertEqual(person.post("/register", asked).status, 422)
        self.assertEqual(staff.post("/staff/exceptions", form | {"reason": ""}).status, 422)
        self.assertEqual(staff.post("/staff/exceptions", form).status, 303)
        self.assertEqual(len(rows(staff.get("/staff/exceptions"))), 1)
        self.assertIn('data-what="exception"', staff.get("/staff/looks").text)
        self.assertEqual(person.post("/register", asked).location, "/register/details")

    def test_approved_undone_and_corrected(self):
        staff, people = browsers["staff"], first("recommended_new")[:2]
        approve = {"id": people, "document_no": "12号"}
        done, skipped, page, location = result(staff.post("/staff/members/approve", approve))
        self.assertEqual((done, skipped), (2, 0))
        moved = {"id": people, "approved_on": TODAY, "document_no": "13号", "reason": "文号录错", "approved_from": TODAY}
        self.assertEqual(result(staff.post("/staff/members/period", moved))[:2], (2, 0))
        self.assertEqual(staff.post("/staff/members/period", moved | {"reason": ""}).status, 422)
        self.assertEqual(len(set(people) & set(rows(staff.get("/staff/members?document_no=13%E5%8F%B7")))), 2)
        done, skipped, page, first_undo = result(staff.post(f"{location}/undo", {}))
        self.assertEqual((done, skipped), (0, 2))
        self.assertEqual(re.findall(r'<tr data-id="\d+" data-reason="(\w+)"', page.text), ["newer", "newer"])
        again = staff.post(f"{location}/undo", {})
        self.assertEqual((again.status, again.location), (303, first_undo))

    def test_recommended_undone(self):
        clerk, people = browsers["company"], rows(browsers["company"].get("/company/members?status=submitted"))[:2]
        location = clerk.post("/company/members/recommend", {"id": people}).location
        self.assertIn("撤销本次操作", clerk.get(location).text)
        undone = clerk.post(f"{location}/undo", {})
        self.assertEqual(undone.status, 303)
        self.assertRegex(clerk.get(undone.location).text, r'data-done="2" data-skipped="0"')
        self.assertLessEqual(set(people), set(rows(clerk.get("/company/members?status=submitted&size=100"))))
        self.assertNotIn("撤销本次操作</button>", clerk.get(location).text)
        self.assertEqual(browsers["staff"].post(f"{location}/undo", {}).status, 404)

    def test_a_note(self):
        staff, person = browsers["staff"], first("member")[2]
        self.assertEqual(staff.post(f"/staff/members/{person}/notes", {"text": "来电核实过"}).status, 303)
        self.assertIn("来电核实过", staff.get(f"/staff/members/{person}").text)
        self.assertNotIn("来电核实过", browsers["company"].get(f"/company/members/{person}").text)
        self.assertEqual(staff.post(f"/staff/members/{person}/notes", {"text": " "}).status, 422)

    def test_unit(self):
        clerk = browsers["company"]
        page = clerk.get("/company/unit")
        form = form_of(page) | {"title": "演示监理公司0001", "tax_no": "91350100M000100Y43"}
        self.assertEqual(clerk.post("/company/unit", form | {"tax_no": "91350100M000100Y44", "once": ""}).status, 422)
        self.assertEqual(clerk.post("/company/unit", form).status, 303)
        self.assertEqual(clerk.post("/company/unit", form | {"once": ""}).status, 409)

    def test_two_companies_become_one(self):
        staff = browsers["staff"]
        asked = {"from": company(3), "into": company(2), "effective_on": TODAY}
        before = rows(staff.get(f"/staff/members?company={company(3)}&size=100"))
        answer = staff.post("/staff/companies/merge", asked)
        self.assertEqual(answer.status, 303)
        self.assertRegex(staff.get(answer.location).text, r'data-from="\d+" data-into="\d+" data-people="\d+"')
        done, skipped, page, location = result(staff.post(answer.location, {"confirm": "1"}))
        self.assertEqual(skipped, 0)
        self.assertEqual(rows(staff.get(f"/staff/members?company={company(3)}")), [])
        self.assertEqual(result(staff.post(f"{location}/undo", {}))[:2], (done, 0))
        self.assertEqual(rows(staff.get(f"/staff/members?company={company(3)}&size=100")), before)


if __name__ == "__main__":
    unittest.main()
