"""The company's clerk over HTTP: the list, one person, batches of people, what is exported and printed."""

import html
import os
import re
import subprocess
import tempfile
import time
import unittest
import urllib.parse
from pathlib import Path

from server import PASSWORD, Server

server = Server(members=300, companies=3)
photos = {}

OURS = "演示监理公司0001"
OTHERS = "演示监理公司0002"
TABS = ["", "submitted", "recommended_new", "recommended_renewal", "member", "expired", "returned"]


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([os.environ["MAKE_PHOTOS"], folder], check=True)
        photos.update({path.stem: path.read_bytes() for path in Path(folder).iterdir()})


def log_in(side, account):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    answer = browser.post("/login", {"as": side, "account": account, "password": PASSWORD})
    assert answer.status == 303, answer.text
    browser.get("/password")  # for its token
    return browser


def ids_of(answer):
    return re.findall(r'<tr[^>]* data-id="(\d+)"', answer.text)


def link(answer, rel):
    found = re.search(rf'rel="{rel}" href="([^"]*)"', answer.text)
    return html.unescape(found[1]) if found else None


class Clerk(unittest.TestCase):
    def setUp(self):
        self.browser = log_in("company", OURS)

    def ids(self, status):
        return ids_of(self.browser.get(f"/company/members?status={status}&size=100"))

    def count(self, status):
        page = self.browser.get("/company/members").text
        return int(re.search(rf'data-status="{status}" data-count="(\d+)"', page)[1])

    def state(self, person):
        return re.search(r'<main[^>]*data-state="(\w+)"', self.browser.get(f"/company/members/{person}").text)[1]

    def decide(self, what, **fields):
        return self.browser.post(f"/company/members/{what}", fields)

    def result(self, answer):
        """(done, skipped, [(id, reason)]) of the page that a batch leads to."""
        self.assertEqual(answer.status, 303, answer.text)
        self.assertTrue(answer.location.startswith("/results/"))
        page = self.browser.get(answer.location)
        counts = re.search(r'<main[^>]*data-done="(\d+)" data-skipped="(\d+)"', page.text)
        return int(counts[1]), int(counts[2]), re.findall(r'data-id="(\d+)" data-reason="(\w+)"', page.text)


class List(Clerk):
    def test_tabs_count_and_lead(self):
        page = self.browser.get("/company/members")
        self.assertEqual(re.findall(r'data-status="(\w*)"', page.text), TABS)
        for status in TABS[1:]:
            self.assertEqual(len(self.ids(status)), min(self.count(status), 100), status)

    def test_all_holds_the_closed_too(self):
        self.assertEqual(self.count(""), sum(map(self.count, TABS[1:])) + len(self.ids("closed")))

    def test_what_is_no_condition_is_said_at_the_form(self):
        wrong = {"status": "approved", "sort": "id", "expires_from": "soon", "expires_to": "2026-02-30",
                 "approved_from": "2026/13/01", "approved_to": "0", "document_no": "x" * 51, "q": "x" * 101}
        for field, text in wrong.items():
            page = self.browser.get(f"/company/members?{urllib.parse.urlencode({field: text})}")
            self.assertEqual((page.status, set(page.errors)), (422, {field}))
            self.assertIn('role="search"', page.text)
            self.assertEqual(ids_of(page), [], field)
            if field not in ("status", "sort"):
                self.assertEqual(page.value(field), text)
            sheet = self.browser.get(f"/company/members.xlsx?{urllib.parse.urlencode({field: text})}")
            self.assertEqual(sheet.status, 422, field)

    def test_what_is_empty_or_not_ours_to_ask(self):
        for query in ("status=", "sort=", "company=x", "company=2", "approved_from=", "document_no="):
            self.assertEqual(self.ids(""), ids_of(self.browser.get(f"/company/members?size=100&{query}")), query)

    def test_orders(self):
        names = [re.sub("<[^>]*>", "", n) for n in
                 re.findall(r'<th class="card-title[^>]*>(.*?)</th>', self.browser.get("/company/members?size=100&sort=name").text)]
        self.assertEqual(names, sorted(names))
        ends = re.findall(r'data-label="到期日期">([\d-]{10})<', self.browser.get("/company/members?size=100&sort=expiry").text)
        self.assertEqual(ends, sorted(ends))
        waits = re.findall(r'data-label="已等天数">(\d+) 天<',
                           self.browser.get("/company/members?status=submitted&sort=waiting").text)
        self.assertEqual(waits, sorted(waits, key=int, reverse=True))
        newest = ids_of(self.browser.get("/company/members?status=member&size=100&sort=newest"))
        self.assertEqual(newest, sorted(newest, key=int, reverse=True))

    def test_an_order_is_kept_by_tabs_and_pager(self):
        page = self.browser.get("/company/members?size=10&sort=name")
        self.assertIn("sort=name", link(page, "next"))
        tabs = re.search(r'<nav class="status-tabs".*?</nav>', page.text, re.S)[0]
        self.assertEqual(tabs.count("sort=name"), len(TABS))
        seen = ids_of(page) + ids_of(self.browser.get(link(page, "next")))
        self.assertEqual(seen, ids_of(self.browser.get("/company/members?size=20&sort=name")))

    def test_by_the_approval(self):
        known = dict(server.sql("select m.id, max(p.approved_on) from member m join period p on p.member_id = m.id "
                                "join company c on c.id = m.company_id where c.name = '" + OURS +
                                "' and p.voided_at is null group by m.id having count(*) = 1"))
        days = sorted(known.values())
        middle = days[len(days) // 2]
        page = self.browser.get(f"/company/members?size=100&approved_from={middle}&approved_to={middle}")
        wanted = {str(person) for person, day in known.items() if day == middle}
        self.assertTrue(wanted <= set(ids_of(page)))
        self.assertFalse({str(person) for person, day in known.items() if day != middle} & set(ids_of(page)))
        tabs = dict(re.findall(r'data-status="(\w*)" data-count="(\d+)"', page.text))
        self.assertEqual(int(tabs[""]), len(ids_of(page)))
        self.assertEqual(tabs["submitted"], "0")

    def test_the_tabs_count_what_is_searched(self):
        page = self.browser.get("/company/members?size=100&q=%E7%8E%8B")
        for status, count in re.findall(r'data-status="(\w*)" data-count="(\d+)"', page.text):
            found = ids_of(self.browser.get(f"/company/members?size=100&q=%E7%8E%8B&status={status}"))
            self.assertEqual(len(found), int(count), status)

    def test_an_empty_tab_says_where_such_people_are(self):
        page = self.browser.get("/company/members?q=%E7%8E%8B&status=closed&expires_to=2000-01-01")
        self.assertNotIn("在其他状态找到", page.text)
        someone = self.ids("submitted")[0]
        name = re.search(r"<h1[^>]*>([^<]+)<", self.browser.get(f"/company/members/{someone}").text)[1]
        page = self.browser.get("/company/members?status=closed&" + urllib.parse.urlencode({"q": name}))
        found = re.search(r'在其他状态找到 (\d+) 人，<a href="([^"]+)"', page.text)
        self.assertEqual(len(ids_of(self.browser.get(html.unescape(found[2]) + "&size=100"))), int(found[1]))

    def test_sizes(self):
        for asked, rows in (("10", 10), ("20", 20), ("50", 50), ("7", 20), ("many", 20)):
            self.assertEqual(len(ids_of(self.browser.get(f"/company/members?size={asked}"))), rows, asked)

    def test_pages_show_everyone_once_and_lead_back(self):
        first = page = self.browser.get("/company/members?size=50")
        seen = ids_of(page)
        while following := link(page, "next"):
            page = self.browser.get(following)
            seen += ids_of(page)
        self.assertEqual(len(seen), self.count(""))
        self.assertEqual(len(set(seen)), len(seen))
        second = self.browser.get(link(first, "next"))
        self.assertEqual(ids_of(self.browser.get(link(second, "prev"))), ids_of(first))

    def test_a_search_is_kept_by_tabs_and_pager(self):
        page = self.browser.get("/company/members?size=10&q=%E7%8E%8B")
        self.assertEqual(page.value("q"), "王")
        tabs = re.search(r'<nav class="status-tabs".*?</nav>', page.text, re.S)[0]
        self.assertEqual(tabs.count("q=%E7%8E%8B"), len(TABS))
        self.assertEqual(tabs.count("size=10"), len(TABS))

    def test_an_empty_list_has_no_pager(self):
        self.assertIn('class="pager"', self.browser.get("/company/members").text)
        self.assertNotIn('class="pager"', self.browser.get("/company/members?q=nobody").text)

    def test_only_our_own_whatever_is_asked(self):
        others = ids_of(log_in("company", OTHERS).get("/company/members?size=100"))
        self.assertFalse(set(others) & set(self.ids("")))
        self.assertEqual(self.ids(""), ids_of(self.browser.get("/company/members?size=100&company=3")))

    def test_nothing_in_full(self):
        page = self.browser.get("/company/members?size=100").text
        self.assertIsNone(re.search(r"\d{17}[\dX]|\b1\d{10}\b", page))
        self.assertRegex(page, r"\d{3}\*{11}\d{3}[\dX]")


class Batches(Clerk):
    def test_each_is_done_or_skipped_with_a_reason(self):
        ours, old = self.ids("submitted")[0], self.ids("member")[-1]
        other = ids_of(log_in("company", OTHERS).get("/company/members?status=submitted"))[0]
        sent = self.decide("recommend", id=[ours, old, other, "no-number", "999999"])
        done, skipped, reasons = self.result(sent)
        self.assertEqual((done, skipped), (1, 4))
        self.assertEqual(dict(reasons), {old: "wrong_state", other: "not_found", "0": "not_found", "999999": "not_found"})
        self.assertEqual(self.state(ours), "recommended_new")

    def test_skipped_ones_are_grouped_by_reason(self):
        people = self.ids("member")[-12:]
        answer = self.decide("recommend", id=people + ["999999"])
        self.assertEqual(answer.status, 404 if not people else 303)
        page = self.browser.get(answer.location).text
        groups = re.findall(r'<tbody data-reason="(\w+)" data-count="(\d+)"', page)
        self.assertEqual(dict(groups), {"wrong_state": "12", "not_found": "1"})
        self.assertEqual(len(re.findall(r'data-id="\d+" data-reason="wrong_state"', page)), 10)
        self.assertIn("is-warn", page)
        self.assertEqual(self.browser.get(f"{answer.location}.csv").text.count("现状态：正式会员"), 12)

    def test_a_result_leads_on(self):
        page = self.browser.get(self.decide("recommend", id=self.ids("submitted")[0]).location).text
        self.assertIn('href="/company/summary?status=recommended_new">打印汇总表</a>', page)
        self.assertNotIn("is-warn", page)

    def test_asked_it_says_what_would_happen_and_does_nothing(self):
        ours, old = self.ids("submitted")[0], self.ids("member")[-1]
        trail = server.count("audit")
        page = self.decide("recommend", id=[ours, old], ask="1", once="asked-first")
        self.assertEqual(page.status, 200)
        self.assertRegex(page.text, r'<main[^>]*data-done="1" data-skipped="1"')
        self.assertIn("确定推荐选中的 2 名人员为新会员吗？", page.text)
        self.assertRegex(page.text, r'<tbody data-reason="wrong_state" data-count="1"')
        self.assertEqual((self.state(ours), server.count("audit")), ("submitted", trail))
        self.assertIsNone(page.value("ask"))
        self.assertEqual(re.findall(r'name="id" value="(\d+)"', page.text), [ours, old])
        self.assertEqual(self.decide("recommend", id=["999999"], ask="1").status, 404)
        self.assertEqual(self.decide("return", id=[ours], ask="1").errors.keys(), {"reason"})
        self.assertEqual(self.result(self.decide("recommend", id=[ours, old], once="asked-first"))[:2], (1, 1))

    def test_asked_it_says_that_the_units_membership_is_over(self):
        ours = self.ids("submitted")[0]
        of_unit = "where id = (select company_id from member where id = %s)" % ours
        self.assertNotIn('data-warning="lapsed"', self.decide("recommend", id=ours, ask="1").text)
        server.sql(f"update company set unit_valid_to = '2026-01-01' {of_unit}")
        self.addCleanup(server.sql, f"update company set unit_valid_to = null {of_unit}")
        page = self.decide("recommend", id=ours, ask="1").text
        self.assertRegex(page, r'data-warning="lapsed"><dt>请留意</dt><dd>单位的会员资格已到期，请与协会联系续办')

    def test_the_details_as_a_file(self):
        answer = self.decide("recommend", id=self.ids("member")[:2])
        details = self.browser.get(f"{answer.location}.csv")
        self.assertEqual(details.headers["Content-Type"], "text/csv; charset=UTF-8")
        self.assertEqual(details.text.count("现状态：正式会员"), 2)

    def test_a_result_is_for_who_did_it(self):
        answer = self.decide("recommend", id=self.ids("member")[:1])
        self.assertEqual(log_in("company", OTHERS).get(answer.location).status, 404)
        self.assertEqual(self.browser.get("/results/none").status, 404)

    def test_sent_twice_acts_once(self):
        person = self.ids("submitted")[0]
        first = self.decide("recommend", id=person, once="the-same")
        second = self.decide("recommend", id=person, once="the-same")
        self.assertEqual(second.location, first.location)
        self.assertEqual(self.result(second)[:2], (1, 0))
        self.assertEqual(self.result(self.decide("recommend", id=person))[:2], (0, 1))

    def test_refused_whole(self):
        others = ids_of(log_in("company", OTHERS).get("/company/members?status=submitted"))
        for wanted, fields in ((422, {}), (404, {"id": others}), (404, {"id": "999999"}),
                               (422, {"all": "1", "status": "nothing"}), (422, {"all": "1", "expect": "x"}),
                               (409, {"all": "1", "status": "submitted", "expect": self.count("submitted") + 1})):
            before = self.count("submitted")
            self.assertEqual(self.decide("recommend", **fields).status, wanted, fields)
            self.assertEqual(self.count("submitted"), before)

    def test_back_and_all_again(self):
        self.result(self.decide("recommend", id=self.ids("submitted")[:3]))
        there = self.ids("recommended_new")
        answer = self.decide("withdraw", all="1", status="recommended_new", expect=len(there))
        self.assertEqual(self.result(answer)[:2], (len(there), 0))
        self.assertEqual(self.count("recommended_new"), 0)

    def test_a_return_needs_a_reason(self):
        people = self.ids("submitted")[:2]
        for reason, kept in (("", ""), ("  ", ""), ("长" * 501, "长" * 501)):
            answer = self.decide("return", id=people, reason=reason, not_ours="1", once="keep-me")
            self.assertEqual(answer.status, 422)
            self.assertIn("reason", answer.errors)
            self.assertIn(f">\n{kept}</textarea>", answer.text)
            self.assertEqual(re.findall(r'name="id" value="(\d+)"', answer.text), people)
            self.assertEqual((answer.value("not_ours"), answer.value("once")), ("1", "keep-me"))
        self.assertEqual(self.state(people[0]), "submitted")

    def test_returned_and_who_is_not_ours_leaves(self):
        stays, leaves = self.ids("submitted")[:2]
        self.result(self.decide("return", id=stays, reason="照片不合格"))
        self.assertEqual(self.state(stays), "returned")
        self.assertIn("照片不合格", self.browser.get(f"/company/members/{stays}").text)
        self.result(self.decide("return", id=leaves, reason="没有这个人", not_ours="1"))
        self.assertEqual(self.browser.get(f"/company/members/{leaves}").status, 404)

    def test_a_renewal_when_it_is_due(self):
        expired = self.ids("expired")[0]
        by_end = self.ids("member")
        done, _, reasons = self.result(self.decide("recommend-renewal", id=[expired, by_end[-1]]))
        self.assertEqual((done, reasons), (1, [(by_end[-1], "not_due")]))
        self.result(self.decide("withdraw", id=expired))
        self.assertEqual(self.state(expired), "expired")


class Person(Clerk):
    FIELDS = ("name", "education", "school", "major", "title_level", "title_specialty", "post", "started_on", "address",
              "qq", "mobile", "email", "version")

    def form(self, person):
        page = self.browser.get(f"/company/members/{person}")
        return {name: page.value(name) for name in self.FIELDS}

    def correct(self, person, fields):
        return self.browser.post(f"/company/members/{person}", fields)

    def test_actions_follow_the_state(self):
        offers = {"submitted": set(), "recommended_renewal": {"withdraw"},
                  "expired": {"recommend-renewal"}, "returned": set(), "closed": set()}
        for status, wanted in offers.items():
            page = self.browser.get(f"/company/members/{self.ids(status)[0]}").text
            self.assertEqual(set(re.findall(r'formaction="/company/members/([a-z-]+)"', page)), wanted, status)
            self.assertEqual('name="version"' in page, status == "submitted", status)
            self.assertEqual(set(re.findall(r'name="then" value="([a-z]+)"', page)),
                             {"recommend", "return"} if status == "submitted" else set(), status)

    def test_corrected_and_shown(self):
        person = self.ids("submitted")[0]
        fields = self.form(person) | {"school": "<新>学校", "bareheaded": "1"}
        answer = self.correct(person, fields)
        self.assertEqual((answer.status, answer.location), (303, f"/company/members/{person}?saved=1"))
        page = self.browser.get(f"/company/members/{person}")
        self.assertEqual(page.value("school"), "<新>学校")
        self.assertRegex(page.text, r'name="bareheaded" value="1" checked')
        self.assertRegex(page.text, r"毕业院校：由“[^”]*”改为“&lt;新&gt;学校”")

    def test_the_employer_stays(self):
        person = self.ids("submitted")[0]
        self.assertEqual(self.correct(person, self.form(person) | {"company": "3", "major": "测绘"}).status, 303)
        self.assertIn(person, self.ids("submitted"))

    def test_saved_and_recommended_at_once(self):
        person = self.ids("submitted")[0]
        fields = self.form(person) | {"school": "一起保存的学校", "then": "recommend", "once": f"both-{person}"}
        refused = self.correct(person, fields | {"mobile": "123"})
        self.assertEqual((refused.status, set(refused.errors), refused.value("school")), (422, {"mobile"}, "一起保存的学校"))
        self.assertEqual((self.state(person), self.form(person)["school"] == "一起保存的学校"), ("submitted", False))
        self.assertEqual(self.correct(person, fields | {"version": "99"}).status, 409)
        self.assertEqual(self.state(person), "submitted")
        sent = self.correct(person, fields)
        self.assertEqual(self.result(sent)[:2], (1, 0))
        self.assertIn("一起保存的学校", self.browser.get(f"/company/members/{person}").text)
        self.assertEqual(self.state(person), "recommended_new")
        self.assertEqual(self.correct(person, fields).location, sent.location, "sent twice")
        self.assertEqual(self.correct(person, fields | {"once": "another"}).status, 409)

    def test_saved_and_returned_at_once(self):
        stays, leaves = self.ids("submitted")[:2]
        for reason in ("", "  ", "长" * 501):
            refused = self.correct(stays, self.form(stays) | {"then": "return", "reason": reason})
            self.assertEqual((refused.status, set(refused.errors)), (422, {"reason"}))
        self.assertEqual(self.state(stays), "submitted")
        sent = self.correct(stays, self.form(stays) | {"then": "return", "reason": "照片不合格"})
        self.assertEqual((self.result(sent)[:2], self.state(stays)), ((1, 0), "returned"))
        self.assertIn("照片不合格", self.browser.get(f"/company/members/{stays}").text)
        only = self.correct(leaves, {"version": self.form(leaves)["version"], "then": "return", "reason": "不是本单位的", "not_ours": "1"})
        self.assertEqual(only.status, 303)
        self.assertEqual(self.browser.get(f"/company/members/{leaves}").status, 404)

    def test_what_may_follow_is_a_closed_list(self):
        person = self.ids("submitted")[0]
        for then in ("approve", "Recommend", "x"):
            refused = self.correct(person, self.form(person) | {"then": then, "major": "不应保存"})
            self.assertEqual((refused.status, set(refused.errors)), (422, {"then"}))
        self.assertEqual(self.state(person), "submitted")
        self.assertNotEqual(self.form(person)["major"], "不应保存")

    def test_another_companys_person_is_not_there(self):
        other = ids_of(log_in("company", OTHERS).get("/company/members?status=submitted"))[0]
        for then in ("recommend", "return"):
            self.assertEqual(self.correct(other, {"version": "1", "then": then, "reason": "x"}).status, 404)

    def test_a_stale_form_keeps_what_was_typed(self):
        person = self.ids("submitted")[0]
        fields = self.form(person)
        self.assertEqual(self.correct(person, fields | {"major": "先改的"}).status, 303)
        late = self.correct(person, fields | {"major": "后改的"})
        self.assertEqual((late.status, late.value("major")), (409, "后改的"))
        self.assertIn("刚刚已被处理，现状态：个人提交", late.text)
        self.assertEqual(self.form(person)["major"], "先改的")

    def test_too_late_altogether(self):
        person = self.ids("submitted")[0]
        fields = self.form(person)
        self.result(self.decide("recommend", id=person))
        late = self.correct(person, fields | {"major": "晚了"})
        self.assertEqual((late.status, late.value("major")), (409, "晚了"))
        self.assertNotIn("保存更正", late.text)

    def test_another_photo(self):
        person = self.ids("submitted")[0]
        before = self.browser.get(f"/photo/{person}").body
        send = lambda name, **more: self.browser.post(f"/company/members/{person}", self.form(person) | more,
                                                      {"photo": ("photo.jpg", photos[name])})
        refused = send("grey")
        self.assertEqual((refused.status, list(refused.errors), refused.value("photo_kept")), (422, ["photo"], None))
        dim = send("blue")
        self.assertEqual((dim.status, set(dim.errors)), (422, {"photo", "photo_anyway"}))
        self.assertEqual(self.browser.get(f"/photo/{person}").body, before)
        self.assertEqual(send("blue", photo_anyway="1").status, 303)
        self.assertIn("照片请人工核对", self.browser.get(f"/company/members/{person}").text)
        self.assertEqual(send("good").status, 303)
        self.assertNotIn("照片请人工核对", self.browser.get(f"/company/members/{person}").text)
        self.assertNotEqual(self.browser.get(f"/photo/{person}").body, before)

    def test_refused_photo_is_kept(self):
        person = self.ids("submitted")[0]
        own = self.browser.get(f"/photo/{person}").body
        dim = self.browser.post(f"/company/members/{person}", self.form(person), {"photo": ("photo.jpg", photos["blue"])})
        kept = {"photo_kept": dim.value("photo_kept")}
        self.assertEqual(dim.picture_of("photo"), f"/photo/{person}?kept={kept['photo_kept']}")
        picture = self.browser.get(dim.picture_of("photo"))
        self.assertEqual((picture.status, picture.headers["Content-Type"]), (200, "image/jpeg"))
        self.assertNotEqual(picture.body, own)
        again = self.correct(person, self.form(person) | kept | {"mobile": "1", "photo_anyway": "1"})
        self.assertEqual((again.status, list(again.errors), again.value("photo_kept")), (422, ["mobile"], *kept.values()))
        self.assertIn('name="photo_anyway" value="1" checked', again.text)
        self.assertEqual(self.browser.get(f"/photo/{person}").body, own)
        self.assertEqual(self.correct(person, self.form(person) | kept | {"photo_anyway": "1"}).status, 303)
        self.assertEqual(self.browser.get(f"/photo/{person}").body, picture.body)
        self.assertIn("照片请人工核对", self.browser.get(f"/company/members/{person}").text)

    def test_kept_photo_of_somebody_else(self):
        person, another = self.ids("submitted")[:2]
        dim = self.browser.post(f"/company/members/{person}", self.form(person), {"photo": ("photo.jpg", photos["blue"])})
        token = dim.value("photo_kept")
        self.assertEqual(self.browser.get(f"/photo/{another}?kept={token}").status, 404)
        self.assertEqual(log_in("company", OTHERS).get(f"/photo/{person}?kept={token}").status, 404)
        self.assertEqual(log_in("staff", "huiyuan").get(f"/photo/{person}?kept={token}").status, 404)
        answer = self.correct(another, self.form(another) | {"photo_kept": token, "photo_anyway": "1"})
        self.assertEqual((answer.status, list(answer.errors), answer.value("photo_kept")), (422, ["photo"], None))

    def test_sent_twice_with_once(self):
        person = self.ids("submitted")[0]
        fields = self.form(person) | {"school": "一次", "once": "correct-once"}
        self.assertEqual([self.correct(person, fields).status for _ in range(2)], [303, 303])

    def test_wrong_fields(self):
        person = self.ids("submitted")[0]
        answer = self.correct(person, self.form(person) | {"name": "", "mobile": "123", "school": "留着"})
        self.assertEqual(answer.status, 422)
        self.assertEqual(set(answer.errors), {"name", "mobile"})
        self.assertEqual((answer.value("mobile"), answer.value("school")), ("123", "留着"))

    def test_someone_else_s(self):
        def noted(person):
            rows = f"audit where event = 'access.refused' and result = 'not_found' and account_id > 0 and member_id = {person}"
            return server.count(f"{rows} and address_sealed is not null")

        other = ids_of(log_in("company", OTHERS).get("/company/members?status=submitted"))[0]
        before = {person: noted(person) for person in (other, "999999")}
        for person in (other, "999999", "0", "x"):
            self.assertEqual(self.browser.get(f"/company/members/{person}").status, 404, person)
            self.assertEqual(self.correct(person, {"version": "1", "name": "王某某"}).status, 404, person)
        # The page asked for and the correction; a page's refusal is written a moment later.
        for person in (other, "999999"):
            until = time.monotonic() + 30
            while noted(person) < before[person] + 2 and time.monotonic() < until:
                time.sleep(0.1)
            self.assertEqual(noted(person), before[person] + 2, person)


class Papers(Clerk):
    def main(self, page):
        return dict(re.findall(r'data-(\w+)="([^"]*)"', re.search(r"<main[^>]*>", self.browser.get(page).text)[0]))

    def print(self, address, leads_to):
        answer = self.browser.post(address, {})
        self.assertEqual((answer.status, answer.location), (303, leads_to))
        self.assertEqual(self.browser.get(answer.location).body[:5], b"%PDF-")

    def batch(self):
        return re.findall(r'href="(/company/batches/\d+)"', self.browser.get("/company/batches").text)[0]

    def batch_of(self, person):
        urls = re.findall(r'href="(/company/batches/\d+)"', self.browser.get("/company/batches").text)
        return next(url for url in urls if f'data-id="{person}"' in self.browser.get(url).text)

    def test_the_workbook(self):
        answer = self.browser.get("/company/members.xlsx?status=member")
        self.assertEqual(answer.body[:2], b"PK")
        name = urllib.parse.unquote(answer.headers["Content-Disposition"])
        self.assertEqual(name, f"attachment; filename=\"0001_20261123.xlsx\"; filename*=UTF-8''{OURS}_正式会员_20261123.xlsx")
        self.assertEqual(self.browser.get("/company/members.xlsx?status=nothing").status, 422)

    def test_the_preview_shows_what_is_printed(self):
        self.result(self.decide("recommend", id=self.ids("submitted")[:2]))
        page = self.browser.get("/company/summary?status=recommended_new")
        self.assertEqual(len(re.findall(r'<td class="number">\d{17}[\dX]</td>', page.text)), self.count("recommended_new"))
        self.assertRegex(page.text, r"[0-9A-F]{4}(-[0-9A-F]{4}){3}")
        plain = self.browser.get("/company/summary?status=expired").text
        self.assertNotIn("核验码", plain)
        self.assertIn(f"合计人数</dt><dd>{self.count('expired')} 人", plain)

    def test_the_prints(self):
        for status in ("", "submitted", "recommended_renewal", "expired"):
            answer = self.browser.get(f"/company/summary.pdf?status={status}")
            self.assertEqual((answer.status, answer.body[:5]), (200, b"%PDF-"), status)
            self.assertRegex(answer.headers["Content-Disposition"], r"^inline; filename=\"[\w.-]+\.pdf\"; filename\*=UTF-8''%")

    def test_a_print_and_what_changed_since(self):
        first, second = self.ids("submitted")[:2]
        self.result(self.decide("recommend", id=first))
        batch = self.batch_of(first)
        self.assertEqual(self.main(batch)["match"], "none")
        self.print(f"{batch}/print", f"{batch}/summary.pdf")
        printed = self.main(batch)
        self.assertEqual((printed["match"], printed["state"], printed["scans"]), ("yes", "open", "0"))
        self.result(self.decide("recommend", id=second))
        changed = self.main(batch)
        self.assertEqual((changed["match"], changed["code"]), ("people", printed["code"]))
        rows = dict(re.findall(r'<tr data-id="(\d+)" data-decision="waiting" data-change="(\w*)"', self.browser.get(batch).text))
        self.assertEqual((rows[first], rows[second]), ("", "joined"))
        self.assertEqual(self.browser.get(f"{batch}/summary.pdf").body[:5], b"%PDF-")
        self.assertEqual(self.main(batch), changed)  # reading is no printing
        self.print(f"{batch}/print", f"{batch}/summary.pdf")
        self.assertEqual(self.main(batch)["match"], "yes")
        self.assertNotEqual(self.main(batch)["code"], printed["code"])
        self.result(self.decide("withdraw", id=second))
        self.assertIn(f'<tr data-id="{second}" data-decision="waiting" data-change="left"', self.browser.get(batch).text)

    def test_a_tab_is_printed(self):
        before = server.count("batch_print")
        for status, prints in (("recommended_renewal", True), ("expired", False), ("", False)):
            self.print(f"/company/summary/print?status={status}", "/company/summary.pdf" + f"?status={status}" * bool(status))
            self.assertEqual(server.count("batch_print") > before, prints, status)
            before = server.count("batch_print")
        self.assertEqual(self.browser.post("/company/summary/print?status=nothing", {}).status, 422)

    def test_a_print_sent_twice(self):
        batch, before = self.batch(), server.count("batch_print")
        for _ in range(2):
            self.assertEqual(self.browser.post(f"{batch}/print", {"once": "printed-once"}).status, 303)
        self.assertEqual(server.count("batch_print"), before + 1)

    def test_an_older_paper_says_so(self):
        batch = self.batch()
        for _ in range(2):
            self.print(f"{batch}/print", f"{batch}/summary.pdf")
        token = server.sql(f"select token from batch where id = {batch.rsplit('/', 1)[1]}")[0][0]
        last = int(server.sql(f"select max(number) from batch_print where batch_id = {batch.rsplit('/', 1)[1]}")[0][0])
        for side, browser in (("company", self.browser), ("staff", log_in("staff", "huiyuan"))):
            page = batch.replace("company", side)
            for number, warned in ((last - 1, True), (last, False), (last + 1, False)):
                to = browser.get(f"/b/{token}.{number}").location
                self.assertEqual(to, f"{page}?print={number}")
                self.assertEqual(f"第 {number} 次打印的汇总表" in browser.get(to).text, warned, to)

    def test_lists_of_batches_by_stage(self):
        self.result(self.decide("recommend", id=self.ids("submitted")[0]))
        for side, browser in (("company", self.browser), ("staff", log_in("staff", "caiwu"))):
            for stage in ("open", "closed", "decided"):
                page = browser.get(f"/{side}/batches?status={stage}").text
                self.assertLessEqual(set(re.findall(r'<tr data-id="\d+" data-state="(\w+)"', page)), {stage})
                self.assertIn(f'data-status="{stage}" aria-current="page"', page)
            for wrong in ("member", "OPEN", "x" * 3000):
                self.assertEqual(browser.get(f"/{side}/batches?status={wrong}").status, 422, wrong)
        found = log_in("staff", "neirong").get(f"/staff/batches?q={urllib.parse.quote(OURS)}").text
        self.assertEqual(set(re.findall(r'data-label="企业"><a[^>]*>([^<]*)', found)), {OURS})

    def test_closed_once_and_for_all(self):
        self.result(self.decide("recommend", id=self.ids("submitted")[0]))
        batch = self.batch()
        for _ in range(2):
            answer = self.browser.post(f"{batch}/close", {})
            self.assertEqual((answer.status, answer.location), (303, batch))
        self.assertNotIn("封存批次", self.browser.get(batch).text)

    def test_closed_behind_its_print(self):
        first, second = self.ids("submitted")[:2]
        self.result(self.decide("recommend", id=first))
        batch = self.batch_of(first)
        self.print(f"{batch}/print", f"{batch}/summary.pdf")
        self.result(self.decide("recommend", id=second))
        page = self.browser.get(batch).text
        self.assertIn("请重新打印盖章", page)
        self.assertIn('data-confirm="打印之后名单有变化，封存后只能按原来的名单补打，请先重新打印。', page)
        self.browser.post(f"{batch}/close", {})
        closed = self.main(batch)
        page = self.browser.get(batch).text
        self.assertNotIn("请重新打印盖章", page)
        self.assertIn("已封存的汇总表只能按原来的名单补打", page)
        self.assertNotIn(f'action="{batch}/print"', page)
        self.assertIn(">补打汇总表</a>", page)
        self.print(f"{batch}/print", f"{batch}/summary.pdf")  # what was sealed, again
        self.assertEqual((closed["match"], self.main(batch)), ("people", closed))

    def test_the_code_of_a_print_leads_to_its_batch(self):
        batch = self.batch()
        code = server.sql(f"select token from batch where id = {batch.rsplit('/', 1)[1]}")[0][0]
        self.assertEqual(self.browser.get(f"/b/{code}").location, batch)
        self.assertEqual(log_in("staff", "huiyuan").get(f"/b/{code}").location, batch.replace("company", "staff"))
        self.assertEqual(log_in("company", OTHERS).get(f"/b/{code}").status, 404)
        self.assertEqual(server.browser().get(f"/b/{code}").location, f"/login?next=%2Fb%2F{code}")

    def test_someone_else_s_batch(self):
        batch, other = self.batch(), log_in("company", OTHERS)
        self.assertEqual([other.get(batch).status, other.get(f"{batch}/summary.pdf").status,
                          other.post(f"{batch}/close", {}).status], [404, 404, 404])


class Refusals(Clerk):
    PAGES = ("/company/members", "/company/members/1", "/company/members.xlsx", "/company/summary", "/company/summary.pdf",
             "/company/batches", "/company/batches/1", "/company/batches/1/summary.pdf")
    POSTS = ("/company/members/1", "/company/members/recommend", "/company/members/return",
             "/company/members/recommend-renewal", "/company/members/withdraw", "/company/batches/1/close",
             "/company/batches/1/print", "/company/summary/print")

    def test_other_sides(self):
        staff = log_in("staff", "huiyuan")
        for page in self.PAGES:
            self.assertEqual(staff.get(page).status, 403, page)
        for post in self.POSTS:
            self.assertEqual(staff.post(post, {"id": "1"}).status, 403, post)

    def test_nobody(self):
        nobody = server.browser()
        for page in self.PAGES:
            self.assertEqual(nobody.get(page).location, "/login?next=" + urllib.parse.quote(page, safe="."), page)

    def test_without_token(self):
        for post in self.POSTS:
            self.assertEqual(self.browser.post(post, {"csrf": "", "id": "1"}).status, 403, post)


if __name__ == "__main__":
    unittest.main()
