"""The association's side over HTTP: companies and their one-time passwords, lists, decisions, and who may what."""

import re
import unittest

from server import PASSWORD, Server

server = Server(members=120)


def setUpModule():
    server.start()


def tearDownModule():
    server.stop()


def logged_in(account, side="staff", password=PASSWORD):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    answer = browser.post("/login", {"as": side, "account": account, "password": password})
    assert answer.status == 303, answer.text
    browser.get("/password" if browser.get("/").location == "/password" else browser.get("/").location)
    return browser


def ids(answer):
    return re.findall(r'<tr[^>]*data-id="(\d+)"', answer.text)


def company(**changed):
    return {"name": "甘肃新程监理有限公司", "credit_code": "", "contact": "王经办", "phone": "0931-1234567", "address": ""} | changed


class Companies(unittest.TestCase):
    def setUp(self):
        self.staff = logged_in("huiyuan")

    def create(self, **changed):
        answer = self.staff.post("/staff/companies", company(**changed))
        self.assertEqual(answer.status, 200, answer.text)
        secret = re.search(r"data-secret>([^<]+)<", answer.text)[1]
        return secret, re.search(r'action="(/staff/companies/\d+)/letter', answer.text)[1], answer

    def test_a_new_company_logs_in_with_the_password_shown_once(self):
        secret, page, answer = self.create(name="甘肃一次监理有限公司")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertNotIn(secret, self.staff.get(page).text)
        clerk = server.browser()
        clerk.get("/login?as=company")
        entered = clerk.post("/login", {"as": "company", "account": "甘肃一次监理有限公司", "password": secret})
        self.assertEqual(entered.status, 303)
        self.assertEqual(clerk.get("/company/members").location, "/password")

    def test_a_form_sent_twice_makes_one_company(self):
        once = self.staff.get("/staff/companies?new=1").value("once")
        form = company(name="甘肃两次监理有限公司", once=once)
        page = re.search(r'action="(/staff/companies/\d+)/letter', self.staff.post("/staff/companies", form).text)[1]
        again = self.staff.post("/staff/companies", form)
        self.assertEqual((again.status, again.location), (303, page + "?saved=before"))
        self.assertIn("没有重复", self.staff.get(again.location).text)
        other = self.staff.post("/staff/companies", form | {"name": "甘肃三次监理有限公司"})
        self.assertEqual(other.status, 200, "somebody went back to the form for another company")
        self.assertEqual(self.staff.post("/staff/companies", company(name="甘肃两次监理有限公司")).status, 422)

    def test_the_letter_is_made_of_what_the_page_sends_back(self):
        secret, page, _ = self.create(name="甘肃通知监理有限公司")
        letter = self.staff.post(f"{page}/letter.pdf", {"password": secret})
        self.assertEqual((letter.status, letter.headers["Content-Type"]), (200, "application/pdf"))
        self.assertTrue(letter.body.startswith(b"%PDF"))
        self.assertEqual(self.staff.post(f"{page}/letter.pdf", {}).status, 422)

    def test_a_refused_form_comes_back_as_it_was_typed(self):
        answer = self.staff.post("/staff/companies", company(name="甲", credit_code="91620000", phone="0931-7654321"))
        self.assertEqual(answer.status, 422)
        self.assertEqual(set(answer.errors), {"name", "credit_code"})
        self.assertEqual((answer.value("name"), answer.value("phone")), ("甲", "0931-7654321"))

    def test_a_code_with_a_wrong_check_character_needs_a_reason(self):
        form = company(name="甘肃校验监理有限公司", credit_code="91350211M0000XUF46")
        refused = self.staff.post("/staff/companies", form)
        self.assertEqual((refused.status, set(refused.errors)), (422, {"credit_code"}))
        self.assertIn('name="credit_code_anyway"', refused.text)
        form["credit_code_anyway"] = "1"
        refused = self.staff.post("/staff/companies", form)
        self.assertEqual((refused.status, set(refused.errors)), (422, {"reason"}))
        _, page, _ = self.create(**form, reason="与营业执照一致")
        kept = self.staff.post(page, form | {"version": "1", "enabled": "1", "credit_code_anyway": "", "contact": "李经办"})
        self.assertEqual(kept.status, 303)

    def test_other_faults_of_a_code_are_not_waived(self):
        answer = self.staff.post("/staff/companies", company(
            name="甘肃不免监理有限公司", credit_code="91AB0102MA700000XE", credit_code_anyway="1", reason="与营业执照一致"))
        self.assertEqual((answer.status, set(answer.errors)), (422, {"credit_code"}))
        self.assertNotIn('name="credit_code_anyway"', answer.text)

    def test_renamed_it_is_found_by_both_names(self):
        _, page, _ = self.create(name="甘肃旧名监理有限公司")
        renamed = company(name="甘肃新名监理有限公司", version="1", enabled="1")
        self.assertEqual(self.staff.post(page, renamed).location, f"{page}?saved=1")
        self.assertIn("甘肃旧名监理有限公司", self.staff.get(page).text)
        for words in ("旧名监理", "新名监理"):
            self.assertEqual(ids(self.staff.get(f"/staff/companies?q={quote(words)}")), [page.rsplit("/")[-1]])
        self.assertEqual(self.staff.post(page, renamed).status, 409)

    def test_disabled_its_sessions_are_over(self):
        secret, page, _ = self.create(name="甘肃停用监理有限公司")
        clerk = logged_in("甘肃停用监理有限公司", "company", secret)
        for _ in range(2):
            self.assertEqual(self.staff.post(f"{page}/disable", {}).status, 303)
            self.assertTrue(clerk.get("/company/members").location.startswith("/login"))
        self.assertEqual(self.staff.post(f"{page}/disable", {"enabled": "1"}).status, 303)
        answer = self.staff.post(f"{page}/reset-password", {})  # the first one was used: it lets in once
        logged_in("甘肃停用监理有限公司", "company", re.search(r"data-secret>([^<]+)<", answer.text)[1])

    def test_a_reset_password_replaces_the_old_one(self):
        secret, page, _ = self.create(name="甘肃重置监理有限公司")
        answer = self.staff.post(f"{page}/reset-password", {})
        self.assertEqual(answer.status, 200)
        fresh = re.search(r"data-secret>([^<]+)<", answer.text)[1]
        old = server.browser()
        old.get("/login?as=company")
        self.assertEqual(
            old.post("/login", {"as": "company", "account": "甘肃重置监理有限公司", "password": secret}).status, 422)
        logged_in("甘肃重置监理有限公司", "company", fresh)

    def test_the_built_in_unit_stays(self):
        self.assertEqual(self.staff.post("/staff/companies/1/disable", {}).status, 409)
        self.assertEqual(self.staff.post("/staff/companies/1/reset-password", {}).status, 404)

    def test_searching_for_nothing_that_is_there(self):
        for words in ("()", "没有这家"):
            self.assertEqual(ids(self.staff.get(f"/staff/companies?q={quote(words)}")), [])


class Members(unittest.TestCase):
    def setUp(self):
        self.staff = logged_in("huiyuan")

    def first(self, status, n=1):
        return ids(self.staff.get(f"/staff/members?status={status}"))[:n]

    def state(self, member):
        return re.search(r'<main[^>]*data-state="(\w+)"', self.staff.get(f"/staff/members/{member}").text)[1]

    def decide(self, act, member, **fields):
        answer = self.staff.post(f"/staff/members/{act}", {"id": member} | fields)
        self.assertEqual(answer.status, 303, answer.text)
        result = self.staff.get(answer.location).text
        return int(re.search(r'data-done="(\d+)"', result)[1]), re.findall(r'data-id="\d+" data-reason="(\w+)"', result)

    EDITED = ("name", "education", "school", "major", "title_level", "title_specialty", "post", "started_on", "address", "qq", "mobile",
              "email", "version", "once")

    def test_the_association_edits_anybody(self):
        (member,) = self.first("member")
        page = self.staff.get(f"/staff/members/{member}")
        self.assertIn(f'href="/staff/members/{member}?edit=1"', page.text)
        form = self.staff.get(f"/staff/members/{member}?edit=1")
        fields = {name: form.value(name) for name in self.EDITED} | {"school": "<新>学校"}
        refused = self.staff.post(f"/staff/members/{member}", fields | {"mobile": "123", "reason": ""})
        self.assertEqual((refused.status, set(refused.errors), refused.value("school")), (422, {"mobile", "reason"}, "<新>学校"))
        self.assertIn("有 2 处需要修改", refused.text)
        stale = self.staff.post(f"/staff/members/{member}", fields | {"version": "0", "reason": "本人来函"})
        self.assertEqual((stale.status, stale.value("school")), (409, "<新>学校"))
        self.assertIn("您填写的内容还在", stale.text)
        self.assertNotIn("&lt;新&gt;学校", self.staff.get(f"/staff/members/{member}").text)
        done = self.staff.post(f"/staff/members/{member}", fields | {"reason": "本人来函，附证书"})
        self.assertEqual((done.status, done.location), (303, f"/staff/members/{member}?saved=1"))
        page = self.staff.get(done.location)
        self.assertIn("修改已保存", page.text)
        self.assertRegex(page.text, r"毕业院校：由“[^”]*”改为“&lt;新&gt;学校”")
        self.assertIn("本人来函，附证书", page.text)

    def test_who_only_reads_edits_nobody(self):
        (member,) = self.first("member")
        viewer = logged_in("chakan")
        self.assertNotIn("edit=1", viewer.get(f"/staff/members/{member}").text)
        self.assertEqual(viewer.get(f"/staff/members/{member}?edit=1").status, 403)

    def test_approved_and_taken_back(self):
        (member,) = self.first("recommended_new")
        self.assertEqual(self.decide("approve", member, document_no="甘监协〔2026〕12号"), (1, []))
        self.assertEqual(self.state(member), "member")
        self.assertIn("甘监协〔2026〕12号", self.staff.get(f"/staff/members/{member}").text)
        self.assertEqual(self.decide("unapprove", member, reason="批准有误"), (1, []))
        self.assertEqual(self.state(member), "recommended_new")

    def test_returned_to_the_company_or_the_person(self):
        company_, person = self.first("recommended_new", 2)
        self.assertEqual(self.decide("return", company_, to="company", reason="盖章不清晰"), (1, []))
        self.assertEqual(self.state(company_), "submitted")
        self.assertEqual(self.decide("return", person, to="person", reason="照片不合格"), (1, []))
        self.assertEqual(self.state(person), "returned")

    def test_closed_and_reopened(self):
        (member,) = self.first("expired")
        self.assertEqual(self.decide("close", member, reason="本人申请退会"), (1, []))
        self.assertEqual(self.state(member), "closed")
        self.assertIn(member, ids(self.staff.get("/staff/members?status=closed&size=100")))
        self.assertEqual(self.decide("reopen", member, reason="注销有误"), (1, []))
        self.assertEqual(self.state(member), "expired")

    def test_what_can_not_be_done_is_skipped_with_its_reason(self):
        (member,) = self.first("submitted")
        self.assertEqual(self.decide("approve", member), (0, ["wrong_state"]))

    def test_a_reason_is_needed(self):
        (member,) = self.first("recommended_renewal")
        for act, fields in (("return", {"to": "company"}), ("close", {}), ("unapprove", {}), ("reopen", {})):
            answer = self.staff.post(f"/staff/members/{act}", {"id": member, "reason": " "} | fields)
            self.assertEqual((answer.status, set(answer.errors)), (422, {"reason"}), act)
        self.assertEqual(self.state(member), "recommended_renewal")

    def test_bad_input(self):
        (member,) = self.first("recommended_renewal")
        for act, fields in (("approve", {"approved_on": "2026-02-30"}), ("approve", {"document_no": "号" * 51}),
                            ("return", {"to": "nobody", "reason": "x"}), ("return", {"reason": "x"})):
            answer = self.staff.post(f"/staff/members/{act}", {"id": member} | fields)
            self.assertEqual((answer.status, len(answer.errors)), (422, 1), fields)
        for address in ("?status=nobody", "?expires_from=2026-02-30", "?company=x"):
            self.assertEqual(self.staff.get(f"/staff/members{address}").status, 422, address)
        for address in ("999999", "x", "0"):
            self.assertEqual(self.staff.get(f"/staff/members/{address}").status, 404, address)

    def test_what_is_wrong_is_asked_for_again_and_the_rest_is_kept(self):
        member, other = self.first("recommended_new", 2)
        sent = {"id": [member, other], "approved_on": "2026-11-24", "document_no": "甘监协〔2026〕9号", "reason": "会议通过"}
        page = self.staff.post("/staff/members/approve", sent)
        self.assertEqual((page.status, page.errors), (422, {"approved_on": "批准日期不能晚于今天"}))
        kept = [page.value(name) for name in ("id", "approved_on", "document_no", "reason")]
        self.assertEqual(kept, [member, "2026-11-24", "甘监协〔2026〕9号", "会议通过"])
        self.assertIn(f'name="id" value="{other}"', page.text)
        page = self.staff.post("/staff/members/approve", sent | {"approved_on": "", "document_no": "号" * 51})
        self.assertEqual((set(page.errors), page.value("document_no")), ({"document_no"}, "号" * 51))
        page = self.staff.post("/staff/members/return", {"id": member, "reason": ""})
        self.assertEqual((page.status, set(page.errors), page.value("to")), (422, {"to", "reason"}, ""))
        self.assertEqual([self.state(member), self.state(other)], ["recommended_new"] * 2)

    def test_the_numbers_of_the_first_page_open_their_lists(self):
        home = self.staff.get("/staff").text
        links = re.findall(r'class="number-card[^>]*href="([^"]+)">[^<]*<strong>(\d+)<', home)
        self.assertEqual(len(links), 6)
        for address, number in links:
            total = re.search(r'共 <span class="number">(\d+)', self.staff.get(address.replace("&amp;", "&")).text)
            self.assertEqual(total[1], number, address)

    def test_batches_that_wait_come_first_page_by_page(self):
        address, seen = "/staff/batches", []
        while address:
            page = self.staff.get(address).text
            seen += re.findall(r'href="/staff/batches/(\d+)".*?data-label="待审批">(\d+)<', page, re.S)
            following = re.search(r'rel="next" href="([^"]*)"', page)
            address = following and following[1].replace("&amp;", "&")
        self.assertEqual(len({batch for batch, _ in seen}), server.count("batch"))
        self.assertEqual(len(seen), server.count("batch"))
        self.assertEqual(seen, sorted(seen, key=lambda row: (row[1] == "0", -int(row[0]))))

    def test_a_batch_is_found_however_its_number_is_typed(self):
        page = self.staff.get("/staff/batches").text
        batch, number = re.search(r'href="/staff/batches/(\d+)">([^<]+)<', page).groups()
        wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
        for typed in (number, number.lower(), f" {number} ", wide, wide.lower(), number.replace("-", " - "), number.replace("-", "－")):
            found = re.findall(r'href="/staff/batches/(\d+)">', self.staff.get(f"/staff/batches?q={quote(typed)}").text)
            self.assertEqual(found, [batch], typed)
        self.assertNotIn('data-id="', self.staff.get(f"/staff/batches?q={quote(number)}9").text)

    def test_a_document_number_is_found_however_it_is_typed(self):
        (member,) = self.first("recommended_new")
        self.assertEqual(self.decide("approve", member, document_no="甘监协〔2026〕77号"), (1, []))
        for typed in ("甘监协〔2026〕77号", " 甘监协〔２０２６〕７７号 ", "甘监协[2026]77号", "甘监协【2026】77号", "甘监协(2026)77号",
                      "甘监协（2026）77号", "甘监协2026 77号", "甘监协〔2026〕 第77 号"):
            self.assertEqual(ids(self.staff.get(f"/staff/members?document_no={quote(typed)}")), [member], typed)
        for other in ("甘监协〔2026〕7", "甘监协〔2026〕7号", "甘监协〔2025〕77号", "〔〕", "77号"):
            self.assertEqual(ids(self.staff.get(f"/staff/members?document_no={quote(other)}")), [], other)
        self.assertEqual(self.decide("unapprove", member, reason="批准有误"), (1, []))

    def test_an_approval_leads_to_the_next_who_waits_in_the_same_batch(self):
        rows = server.sql("select batch_id, member_id from batch_item where decision is null order by batch_id")
        batches = {batch: [str(m) for b, m in rows if b == batch] for batch, _ in rows}
        waiting = next(people for people in batches.values() if len(people) > 2)
        first, rest = waiting[0], set(waiting[1:])
        answer = self.staff.post("/staff/members/approve", {"id": first})
        result = self.staff.get(answer.location).text
        following, name = re.search(r'href="/staff/members/(\d+)">下一位待审批：([^<]+)<', result).groups()
        self.assertIn(following, rest)
        self.assertIn(name, self.staff.get(f"/staff/members/{following}").text)
        answer = self.staff.post("/staff/members/approve", {"id": list(rest)})
        elsewhere = re.search(r'href="/staff/members/(\d+)">下一位待审批', self.staff.get(answer.location).text)
        self.assertNotIn(elsewhere[1], waiting)
        self.staff.post("/staff/members/unapprove", {"id": waiting, "reason": "批准有误"})

    def test_nobody_is_told_anything_by_the_browser_itself(self):
        (member,) = self.first("recommended_new")
        pages = ["/password", "/staff/companies?new=1", "/staff/companies/2", f"/staff/members/{member}"]
        pages += [f"/staff/members?status={s}" for s in ("submitted", "recommended_new", "member", "expired", "closed")]
        texts = [(a, self.staff.get(a).text) for a in pages] + [(a, server.browser().get(a).text) for a in ("/login", "/register")]
        for address, page in texts:
            for form in re.findall(r"<form.*?</form>", page, re.S):
                if re.search(r' required|type="(date|email|tel|url|number)"', form):
                    self.assertRegex(form, r"^<form[^>]* novalidate", address)
        stranger = server.browser()
        stranger.get("/login")
        empty = stranger.post("/login", {"as": "company", "account": "", "password": ""})
        self.assertEqual((empty.status, set(empty.errors)), (422, {"account", "password"}))
        empty = self.staff.post("/password", {"current": "", "password": "", "password_again": ""})
        self.assertEqual((empty.status, "current" in empty.errors), (422, True))

    def test_a_batch_stands_beside_its_people(self):
        batches = re.findall(r'href="(/staff/batches/\d+)"', self.staff.get("/staff/batches").text)
        page = self.staff.get(batches[0]).text
        self.assertRegex(page, r"[0-9A-F]{4}(-[0-9A-F]{4}){3}")
        self.assertRegex(page, r'href="/staff/members/\d+"')
        self.assertEqual(self.staff.get("/staff/batches/999999").status, 404)


class Roles(unittest.TestCase):
    READ = ("/staff/members", "/staff/members/1", "/staff/companies", "/staff/companies/2", "/staff/batches")
    WRITE = ("/staff/members/approve", "/staff/members/return", "/staff/members/unapprove", "/staff/members/close",
             "/staff/members/reopen", "/staff/companies", "/staff/companies/2", "/staff/companies/2/disable",
             "/staff/companies/2/reset-password", "/staff/companies/2/letter.pdf")

    def statuses(self, browser):
        return {browser.get(a).status for a in self.READ}, {browser.post(a, {"id": "1"}).status for a in self.WRITE}

    def test_who_reads_lists_changes_nothing(self):
        batch = server.sql("select id, token from batch")[0]
        for name in ("chakan", "caiwu", "peixun", "neirong"):
            reader = logged_in(name)
            self.assertEqual(self.statuses(reader), ({200}, {403}), name)
            for address in ("/staff/members.xlsx", "/staff/companies?new=1"):
                self.assertEqual(reader.get(address).status, 403, address)
            self.assertEqual(reader.post("/reveal/1", {}).status, 403, name)
            self.assertEqual(reader.get(f"/b/{batch[1]}").status, 303, name)
            self.assertIn(reader.get("/photo/1").status, (200, 404), name)
            for address in self.READ + (f"/staff/batches/{batch[0]}",):
                page = re.search(r"<main.*</main>", reader.get(address).text, re.S)[0]
                self.assertNotIn('method="post"', page, address)
                self.assertIsNone(re.search(r"\d{17}[\dX]|\b1\d{10}\b", page), address)

    def test_who_works_with_members_reads_lists(self):
        for name in ("caiwu", "peixun", "neirong"):
            browser = logged_in(name)
            self.assertEqual(self.statuses(browser), ({200}, {403}), name)
            self.assertNotRegex(browser.get("/staff/members/1").text, r"\b\d{17}[\dX]\b")

    def test_the_others_have_their_own_home_only(self):
        for name in ("admin", "anquan", "shenji"):
            browser = logged_in(name)
            self.assertEqual(browser.get("/staff").status, 200, name)
            self.assertEqual(self.statuses(browser), ({403}, {403}), name)

    def test_a_company_has_no_business_here(self):
        clerk = logged_in("演示监理公司0001", "company")
        self.assertEqual(self.statuses(clerk), ({403}, {403}))
        self.assertEqual(clerk.get("/staff").status, 403)


def quote(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


if __name__ == "__main__":
    unittest.main()
