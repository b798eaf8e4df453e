"""忘记密码 over HTTP: the same page for everybody, a code told at a desk, and the holder who cancels."""

import re
import subprocess
import unittest
import urllib.parse

from server import PASSWORD, Server, id_number

server = Server(members=60, companies=2)

OURS, OTHERS = "演示监理公司0001", "演示监理公司0002"
CHOSEN = "Xuanding-2026"
NOBODY = id_number(777)


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


def log_in(side, account, password=PASSWORD):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    return browser, browser.post("/login", {"as": side, "account": account, "password": password})


def logged_in(side, account, password=PASSWORD):
    browser, answer = log_in(side, account, password)
    assert answer.status == 303, answer.text
    return browser


def person_of(state="member"):
    """ID number and name of the demo's person in that state."""
    number = server.numbers[state]
    page = logged_in("member", number).get("/me/progress").text
    return number, re.search(r"欢迎您，([^（<]+)", page)[1]


def ask(account, name, side="member", typed=None):
    browser = server.browser()
    browser.get(f"/forgot?as={side}")
    typed = {"account": account, "name": name, "password": CHOSEN, "password_again": CHOSEN} | (typed or {})
    return browser.post(f"/forgot?as={side}", typed)


def code_of(answer):
    assert answer.status == 200, answer.text
    return re.search(r'<main[^>]* data-code="(\d{6})" data-until="\d{4}-\d\d-\d\d"', answer.text)[1]


def waiting(browser, page):
    return re.findall(r'<tr data-id="(\d+)"', browser.get(page).text)


class Lost(unittest.TestCase):
    def test_the_same_page_for_everybody(self):
        number, name = person_of()
        pages = [ask(number, name), ask(number, "别人"), ask(NOBODY, name), ask(OURS, name, "company"),
                 ask("13800000000", name, "company")]
        bodies = {re.sub(r"\d{6}", "CODE", page.text) for page in pages[:3]}
        self.assertEqual({page.status for page in pages}, {200})
        self.assertEqual(len(bodies), 1)
        self.assertEqual(pages[3].text.replace(code_of(pages[3]), ""), pages[4].text.replace(code_of(pages[4]), ""))
        self.assertEqual(pages[0].headers["Cache-Control"], "no-store")

    def test_a_form_is_refused_for_itself(self):
        for field, typed in (("account", {"account": "123"}), ("name", {"name": ""}), ("password", {"password": "short"}),
                             ("password_again", {"password_again": "Xuanding-2027"})):
            answer = ask(NOBODY, "王小明", typed=typed)
            self.assertEqual(answer.status, 422)
            self.assertIn(f'data-error="{field}"', answer.text)
            self.assertNotIn(CHOSEN, answer.text)
        self.assertEqual(ask(OURS, "", "company").status, 422)
        self.assertIn('href="/forgot?as=member"', server.browser().get("/login").text)
        self.assertNotIn("/forgot", server.browser().get("/login?as=staff").text)

    def test_a_code_is_told_to_the_clerk(self):
        number, name = person_of("expired")
        person, clerk, other = logged_in("member", number), logged_in("company", OURS), logged_in("company", OTHERS)
        code = code_of(ask(number, name))
        self.assertIn("不是我，取消", person.get("/me").text)
        request = waiting(clerk, "/company/resets")[-1]
        other.get("/company/resets")
        self.assertEqual(other.post("/company/resets", {"request": request, "code": code}).status, 404)
        wrong = clerk.post("/company/resets", {"request": request, "code": "x" + code[1:]})
        self.assertEqual(wrong.status, 422)
        self.assertRegex(wrong.text, r'data-error="code" data-left="4"')
        told = clerk.post("/company/resets", {"request": request, "code": code})
        self.assertEqual((told.status, told.headers["Location"]), (303, "/company/resets?done=1"))
        self.assertEqual(person.get("/me").headers["Location"], "/login?next=%2Fme")
        self.assertEqual(log_in("member", number)[1].status, 422)
        history = logged_in("member", number, CHOSEN).get("/me/history?kind=account").text
        self.assertIn("申请忘记密码", history)
        self.assertIn("启用新密码", history)

    def test_the_holder_cancels(self):
        number, name = person_of("recommended_new")
        person, other = logged_in("member", number), logged_in("member", server.numbers["member"])
        ask(number, name)
        address = re.search(r'action="(/me/resets/\d+/cancel)"', person.get("/me").text)[1]
        other.get("/me")
        self.assertEqual(other.post(address, {}).status, 404)
        self.assertEqual(person.post(address, {}).status, 303)
        self.assertNotIn("/me/resets/", person.get("/me").text)

    def test_a_main_clerk_comes_by_the_stamped_form(self):
        staff = logged_in("staff", "huiyuan")
        card = staff.get("/staff/companies?q=" + urllib.parse.quote(OTHERS)).text
        contact = staff.get(re.search(r"/staff/companies/\d+", card)[0]).value("contact")
        clerk = logged_in("company", OTHERS)
        code = code_of(ask(OTHERS, contact, "company"))
        self.assertIn("不是我，取消", clerk.get("/company/resets").text)
        request = waiting(staff, "/staff/resets")[-1]
        form = {"request": request, "paper": "1", "code": code}
        none = staff.post("/staff/resets", form)
        self.assertEqual(none.status, 422)
        self.assertIn('data-error="file"', none.text)
        paper = server.browser().get("/forgot/form.pdf")
        self.assertEqual((paper.status, paper.headers["Content-Type"]), (200, "application/pdf"))
        sent = staff.post("/staff/resets", form, files={"file": ("form.pdf", paper.body)})
        self.assertEqual(sent.status, 303, sent.text)
        logged_in("company", OTHERS, CHOSEN)
        self.assertEqual(log_in("company", OTHERS)[1].status, 422)

    def test_a_slip_gives_a_first_password(self):
        staff = logged_in("staff", "huiyuan")
        number = server.numbers["recommended_renewal"]
        listed = staff.get(f"/staff/members?q={number}").text
        person = re.search(r'<tr[^>]* data-id="(\d+)"', listed)[1]
        paper = staff.post("/staff/members/activation.pdf", {"id": [person, "9999"]})
        self.assertEqual((paper.status, paper.headers["Content-Type"]), (200, "application/pdf"))
        words = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper.body, stdout=subprocess.PIPE, check=True).stdout.decode()
        code = re.search(r"激活码\s*((?:[A-Z0-9]{4}-){2}[A-Z0-9]{4})", words)[1]
        self.assertIn("没有打印的人员（1 人）", words)
        browser = server.browser()
        browser.get("/activate")
        form = {"code": code.lower().replace("-", " "), "id_number": number, "password": CHOSEN, "password_again": CHOSEN,
                "consent": "1"}
        refused = browser.post("/activate", form)
        self.assertEqual((refused.status, list(refused.errors)), (422, ["consent_sensitive"]))
        form["consent_sensitive"] = "1"
        self.assertEqual(browser.post("/activate", form | {"id_number": NOBODY}).errors.keys(), {"code"})
        self.assertEqual(browser.post("/activate", form).headers["Location"], "/login?as=member&activated=1")
        self.assertIn("账号已激活", browser.get("/login?as=member&activated=1").text)
        browser.get("/login")
        self.assertEqual(browser.post("/activate", form).status, 422)
        self.assertIn("激活账号", logged_in("member", number, CHOSEN).get("/me/history?kind=account").text)

    def test_the_counter_gives_a_password(self):
        staff = logged_in("staff", "huiyuan")
        number = server.numbers["submitted"]
        person = re.search(r'<tr[^>]* data-id="(\d+)"', staff.get(f"/staff/members?q={number}").text)[1]
        shown = staff.post(f"/staff/members/{person}/reset-password", {})
        secret = re.search(r"data-secret>([^<]+)<", shown.text)[1]
        letter = staff.post(f"/staff/members/{person}/letter.pdf", {"password": secret})
        self.assertEqual(letter.headers["Content-Type"], "application/pdf")
        self.assertEqual(logged_in("member", number, secret).get("/me/progress").headers["Location"], "/password")
        self.assertEqual(log_in("member", number, secret)[1].status, 422)


if __name__ == "__main__":
    unittest.main()
