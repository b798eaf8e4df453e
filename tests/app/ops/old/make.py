#!/usr/bin/env python3
"""make.py BINARY: what a program of an earlier schema makes, as SQL on stdout. README.md says how the file beside it was made."""

import os
import re
import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "web"))
from server import PASSWORD, Server, id_number  # noqa: E402

TEST_KEY = "huiyuan-keys 1\nid 7465737400000001\nmaster " + "5a" * 32 + "\n"
DRAFT_NUMBER = id_number(777)
DRAFT_PASSWORD = "Chunfeng-2026"


class Old(Server):
    def run(self, command, *arguments, stdin=None):
        keys = self.folder / "keys"
        if not keys.exists():
            keys.write_text(TEST_KEY)
            keys.chmod(0o600)
        return super().run(command, *arguments, stdin=stdin)


def log_in(server, side, account):
    browser = server.browser()
    browser.get(f"/login?as={side}")
    expect(browser.post("/login", {"as": side, "account": account, "password": PASSWORD}), 303)
    return browser


def expect(answer, status):
    if answer.status != status:
        sys.exit(f"{answer.status} instead of {status}: {answer.text[:2000]}")
    return answer


def people(server, state, most):
    return [row[0] for row in server.sql(
        f"select m.id from member m join company c on c.id = m.company_id where c.name = '演示监理公司0001' "
        f"and m.state = '{state}' order by m.id limit {most}")]


def begin_registration(server, portrait):
    """Steps 1 and 2, as far as the check page; the draft's token."""
    browser = server.browser()
    browser.get("/register")
    expect(browser.post("/register", {
        "id_number": DRAFT_NUMBER, "password": DRAFT_PASSWORD, "password_again": DRAFT_PASSWORD, "consent": "1",
        "consent_sensitive": "1"}), 303)
    browser.get("/register/details")
    company = server.sql("select id from company where name = '演示监理公司0001'")[0][0]
    expect(browser.post("/register/details", {
        "name": "陈思远", "education": "21", "school": "兰州理工大学", "major": "土木工程", "title_level": "3",
        "title_specialty": "建筑工程", "post": "专监", "started_on": "2013-07", "company": str(company),
        "address": "甘肃省兰州市城关区示例路 1 号", "qq": "100200300", "mobile": "13800001234",
        "email": "siyuan@example.com"}, {"photo": ("portrait.jpg", portrait)}), 303)
    return browser.cookies["hy_draft"]


def print_summary(clerk):
    """By a POST since 0007, before that by looking at it."""
    if clerk.post("/company/summary/print?status=recommended_new", {}).status != 303:
        expect(clerk.get("/company/summary.pdf?status=recommended_new"), 200)


def set_something(server):
    """No page did it yet."""
    for name, value in (("batch.rows", "5000"), ("renewal.window_days", "60"), ("batch.rows", "4000")):
        server.sql(f"insert into setting (name, value, set_at) values ('{name}', '{value}', 1542944816361)")


def work_a_day(server):
    """What people do with it. What the browsers know of it afterwards."""
    staff = log_in(server, "staff", "huiyuan")
    clerk = log_in(server, "company", "演示监理公司0001")
    portrait = expect(staff.get("/photo/1"), 200).body
    draft = begin_registration(server, portrait)
    clerk.get("/company/members")
    some = people(server, "submitted", 1) + people(server, "closed", 1)
    result = expect(clerk.post("/company/members/recommend", {"id": some}), 303).location
    print_summary(clerk)
    first, second = people(server, "recommended_new", 2)
    staff.get("/staff/members")
    expect(staff.post("/staff/members/approve", {"id": first, "approved_on": "2026-11-23", "document_no": "甘监协〔2026〕9号"}), 303)
    expect(staff.post("/staff/members/return", {"id": second, "to": "company", "reason": "请核对职称"}), 303)
    staff.get("/staff/companies/3")
    given = re.search(r"data-secret>([^<]+)<", expect(staff.post("/staff/companies/3/reset-password", {}), 200).text)
    set_something(server)
    stranger = server.browser()
    stranger.get("/login?as=staff")
    expect(stranger.post("/login", {"as": "staff", "account": "huiyuan", "password": "Falsch-2026"}), 422)
    return {"draft": draft, "draft_number": DRAFT_NUMBER, "draft_password": DRAFT_PASSWORD, "session": staff.cookies["hy"],
            "onetime": given[1] if given else sys.exit("no one-time password"), "approved": str(first), "returned": str(second),
            "skipped": str(some[-1]), "result": result.rpartition("/")[2],
            **{f"number_{state}": number for state, number in server.numbers.items()}}


def share_one_portrait(db):
    smallest = db.execute("select file_id from file_chunk order by length(content_sealed) limit 1").fetchone()[0]
    db.execute("update member set photo_id = ?", (smallest,))
    db.execute("update draft set photo_id = ?", (smallest,))
    db.execute("delete from file_chunk where file_id <> ?", (smallest,))
    db.execute("delete from file where id <> ?", (smallest,))


def literal(value):
    if value is None:
        return "null"
    if isinstance(value, bytes):
        return f"@'{value.hex()}'"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def dump(db):
    """Tables in the order of their making, in which nothing refers to what comes later."""
    tables = db.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by rowid")
    for (table,) in tables.fetchall():
        if table == "schema_migration":
            continue
        rows = db.execute(f"select * from {table} order by 1")
        columns = ", ".join(column[0] for column in rows.description)
        for row in rows:
            print(f"insert into {table} ({columns}) values ({', '.join(map(literal, row))});")


def main():
    os.environ |= {"HUIYUAN_BINARY": sys.argv[1], "TEST_DB": "sqlite"}
    server = Old(members=30, companies=3)
    server.start()
    try:
        known = work_a_day(server)
    finally:
        server._end()
    print("-- Everybody in here is invented, the key a test's: README.md.")
    for name, value in known.items():
        print(f"-- {name} {value}")
    db = sqlite3.connect(server.folder / "test.db")
    share_one_portrait(db)
    dump(db)
    db.close()


if __name__ == "__main__":
    main()
