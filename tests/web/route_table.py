"""What contract.md says of every address: who may, and what the answer is when a form comes without any field.

A row stands for a line of a feature's routes.c: test_routes.py refuses a line without a row and a row without a line. An
answer is a status, a path (303 to it), or one for each actor. Words in braces are put in by test_routes.py: {member} is a
person of the company `ours`, who is the actor `member`, {person} a submitted one; {batch}, {code}, {result} are the
company's too, {session} another one that it has, {clerk} one of its clerks; {account} is one of the association that nobody here uses."""

import re
from collections import namedtuple
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "src" / "web"

STAFF = {"admin": "system", "huiyuan": "membership", "caiwu": "finance", "peixun": "training", "neirong": "content",
         "anquan": "security", "shenji": "auditor", "chakan": "viewer"}
MEMBERS = frozenset({"member", "submitted"})
COMPANIES = frozenset({"ours", "others"})
ASSOCIATION = frozenset(STAFF)
MEMBERSHIP = frozenset({"huiyuan"})
AUDITORS = frozenset({"shenji"})
GUARDS = frozenset({"admin", "anquan"})
SYSTEM = frozenset({"admin"})
LOOKERS = frozenset({"huiyuan", "caiwu", "peixun"})
READERS = frozenset({"huiyuan", "chakan", "caiwu", "peixun", "neirong"})
LOGGED_IN = MEMBERS | COMPANIES | ASSOCIATION
EVERYONE = LOGGED_IN | {"nobody"}
ACTORS = sorted(EVERYONE | {"fresh"})  # fresh: a company with a one-time password

Row = namedtuple("Row", "who path answer")


def everyone(path, answer, fresh=None):
    """fresh: where a session that must change its password gets through."""
    return Row(EVERYONE, path, {None: answer} | ({"fresh": fresh} if fresh else {}))


def row(who, path, answer, **by_actor):
    return Row(who, path, {None: answer} | by_actor)


def of_ours(path, answer):
    return row(COMPANIES, path, answer, others=404)


def approved(path, answer=200):
    return row(MEMBERS, path, answer, submitted="/me/progress")


ROUTES = {
    "GET /": row(EVERYONE, "/", 303, nobody="/login", member="/me", submitted="/me/progress", ours="/company/members",
                 huiyuan="/staff"),
    "GET /healthz": everyone("/healthz", 200, fresh=200),
    "GET /healthz/read": everyone("/healthz/read", 200, fresh=200),
    "GET /assets/{file}": everyone("{asset}", 200, fresh=200),
    "GET /login": everyone("/login", 200, fresh=200),
    "POST /login": everyone("/login", 422, fresh=422),
    "GET /captcha.png": everyone("/captcha.png", 200, fresh=200),
    "POST /logout": row(LOGGED_IN, "/logout", "/login", fresh="/login"),
    "GET /password": row(LOGGED_IN, "/password", 200, fresh=200),
    "POST /password": row(LOGGED_IN, "/password", 422, fresh=422),

    "GET /login/code": everyone("/login/code", "/login?as=staff", fresh="/login?as=staff"),
    "POST /login/code": everyone("/login/code", "/login?as=staff", fresh="/login?as=staff"),
    "GET /forgot": everyone("/forgot", 200),
    "POST /forgot": everyone("/forgot", 422),
    "GET /forgot/form.pdf": everyone("/forgot/form.pdf", 200),
    "POST /me/resets/{id}/cancel": row(MEMBERS, "/me/resets/9999/cancel", 404),
    "GET /company/resets": row(COMPANIES, "/company/resets", 200),
    "POST /company/resets": row(COMPANIES, "/company/resets", 404),
    "POST /company/resets/{id}/cancel": row(COMPANIES, "/company/resets/9999/cancel", 404),
    "GET /staff/resets": row(MEMBERSHIP, "/staff/resets", 200),
    "POST /staff/resets": row(MEMBERSHIP, "/staff/resets", 404),
    "GET /activate": everyone("/activate", 200),
    "POST /activate": everyone("/activate", 422),
    "POST /staff/members/activation.pdf": row(MEMBERSHIP, "/staff/members/activation.pdf", 422),
    "POST /staff/members/{id}/reset-password": row(MEMBERSHIP, "/staff/members/9999/reset-password", 404),
    "POST /staff/members/{id}/letter.pdf": row(MEMBERSHIP, "/staff/members/{person}/letter.pdf", 422),
    "GET /totp": row(ASSOCIATION, "/totp", 200),
    "POST /totp": row(ASSOCIATION, "/totp", 422),
    "POST /staff/accounts/{id}/reset-totp": row(SYSTEM, "/staff/accounts/{account}/reset-totp",
                                                "/staff/accounts/{account}?saved=1"),
    "GET /again": row(LOGGED_IN, "/again", 200),
    "POST /again": row(LOGGED_IN, "/again", 422),
    "GET /consent": row(MEMBERS | COMPANIES, "/consent", 200),
    "POST /consent": row(MEMBERS | COMPANIES, "/consent", 422),
    "GET /sessions": row(LOGGED_IN, "/sessions", 200),
    "POST /sessions/{id}/end": row(LOGGED_IN, "/sessions/{session}/end", 404, ours="/sessions?ended=1"),
    "POST /sessions/end-others": row(LOGGED_IN, "/sessions/end-others", "/sessions?ended=1"),

    "GET /privacy": everyone("/privacy", 200, fresh=200),
    "GET /register": everyone("/register", 200),
    "POST /register": everyone("/register", 422),
    "GET /register/details": everyone("/register/details", "/register"),
    "POST /register/details": everyone("/register/details", "/register"),
    "GET /register/photo": everyone("/register/photo", "/register"),
    "GET /register/confirm": everyone("/register/confirm", "/register"),
    "POST /register/confirm": everyone("/register/confirm", "/register"),
    "GET /register/done": everyone("/register/done", "/register"),
    "GET /companies/search": everyone("/companies/search?q=0001", 200),
    "GET /guide": everyone("/guide", 200),
    "GET /help": everyone("/help", 200),

    "GET /me": approved("/me"),
    "GET /me/learning": approved("/me/learning"),
    "GET /me/history": approved("/me/history"),
    "GET /me/progress": row(MEMBERS, "/me/progress", 200),
    "POST /me/withdraw": row(MEMBERS, "/me/withdraw", 409, submitted="/me/progress"),
    "GET /me/resubmit": row(MEMBERS, "/me/resubmit", "/me/progress"),
    "POST /me/resubmit": row(MEMBERS, "/me/resubmit", 409, submitted=422),  # withdrawn by the row above
    "GET /me/application.pdf": approved("/me/application.pdf"),

    "GET /photo/{member}": row(MEMBERS | COMPANIES | READERS, "/photo/{member}", 200, submitted=404, others=404),
    "POST /reveal/{member}": row(MEMBERS | COMPANIES | MEMBERSHIP, "/reveal/{member}", 200, submitted=404, others=404),

    "GET /company/todo": row(COMPANIES, "/company/todo", 200),
    "GET /company/members": row(COMPANIES, "/company/members", 200),
    "GET /company/members/{id}": of_ours("/company/members/{person}", 200),
    "POST /company/members/{id}": of_ours("/company/members/{person}", 422),
    "POST /company/members/recommend": row(COMPANIES, "/company/members/recommend", 422),
    "POST /company/members/return": row(COMPANIES, "/company/members/return", 422),
    "POST /company/members/recommend-renewal": row(COMPANIES, "/company/members/recommend-renewal", 422),
    "POST /company/members/withdraw": row(COMPANIES, "/company/members/withdraw", 422),
    "GET /company/members.xlsx": row(COMPANIES, "/company/members.xlsx", 200),
    "GET /company/summary": row(COMPANIES, "/company/summary", 200),
    "GET /company/summary.pdf": row(COMPANIES, "/company/summary.pdf", 200),
    "POST /company/summary/print": row(COMPANIES, "/company/summary/print", "/company/summary.pdf"),
    "GET /company/batches": row(COMPANIES, "/company/batches", 200),
    "GET /company/batches/{id}": of_ours("/company/batches/{batch}", 200),
    "GET /company/batches/{id}/summary.pdf": of_ours("/company/batches/{batch}/summary.pdf", 200),
    "POST /company/batches/{id}/print": of_ours("/company/batches/{batch}/print", "/company/batches/{batch}/summary.pdf"),
    "POST /company/batches/{id}/close": of_ours("/company/batches/{batch}/close", "/company/batches/{batch}"),
    "GET /b/{code}": row(COMPANIES | READERS, "/b/{code}", "/staff/batches/{batch}", ours="/company/batches/{batch}",
                         others=404),
    "GET /results/{token}": row(COMPANIES | MEMBERSHIP, "/results/{result}", 404, ours=200),
    "GET /results/{token}.csv": row(COMPANIES | MEMBERSHIP, "/results/{result}.csv", 404, ours=200),

    "POST /results/{token}/undo": row(COMPANIES | MEMBERSHIP, "/results/{result}/undo", 404, ours=303),

    "GET /company/unit": row(COMPANIES, "/company/unit", 200),
    "POST /company/unit": row(COMPANIES, "/company/unit", 409),
    "GET /company/clerks": row(COMPANIES, "/company/clerks", 200),
    "POST /company/clerks": row(COMPANIES, "/company/clerks", 422),
    "GET /company/clerks/{id}": of_ours("/company/clerks/{clerk}", 200),
    "POST /company/clerks/{id}": of_ours("/company/clerks/{clerk}", 422),
    "POST /company/clerks/{id}/reset-password": of_ours("/company/clerks/{clerk}/reset-password", 200),

    "GET /staff": row(ASSOCIATION, "/staff", 200),
    "GET /staff/companies.xlsx": row(MEMBERSHIP, "/staff/companies.xlsx", 200),
    "GET /staff/companies/merge": row(MEMBERSHIP, "/staff/companies/merge", 200),
    "POST /staff/companies/merge": row(MEMBERSHIP, "/staff/companies/merge", 422),
    "GET /staff/companies/proposed": row(MEMBERSHIP, "/staff/companies/proposed", 200),
    "POST /staff/companies/proposed/{id}": row(MEMBERSHIP, "/staff/companies/proposed/9999", 404),
    "GET /staff/looks": row(LOOKERS, "/staff/looks", 200),
    "POST /staff/looks/{id}": row(LOOKERS, "/staff/looks/1", 404),
    "GET /staff/exceptions": row(MEMBERSHIP, "/staff/exceptions", 200),
    "POST /staff/exceptions": row(MEMBERSHIP, "/staff/exceptions", 422),
    "GET /staff/todo": row(ASSOCIATION, "/staff/todo", 200),
    "GET /staff/members": row(READERS, "/staff/members", 200),
    "GET /staff/members/{id}": row(READERS, "/staff/members/{person}", 200),
    "GET /staff/members.xlsx": row(MEMBERSHIP, "/staff/members.xlsx", 200),
    "POST /staff/members/approve": row(MEMBERSHIP, "/staff/members/approve", 422),
    "POST /staff/members/{id}/correct": row(MEMBERSHIP, "/staff/members/{person}/correct", 409),
    "POST /staff/members/recommend": row(MEMBERSHIP, "/staff/members/recommend", 422),
    "POST /staff/members/recommend-renewal": row(MEMBERSHIP, "/staff/members/recommend-renewal", 422),
    "POST /staff/members/withdraw": row(MEMBERSHIP, "/staff/members/withdraw", 422),
    "POST /staff/members/return": row(MEMBERSHIP, "/staff/members/return", 422),
    "POST /staff/members/unapprove": row(MEMBERSHIP, "/staff/members/unapprove", 422),
    "POST /staff/members/period": row(MEMBERSHIP, "/staff/members/period", 422),
    "POST /staff/members/close": row(MEMBERSHIP, "/staff/members/close", 422),
    "POST /staff/members/reopen": row(MEMBERSHIP, "/staff/members/reopen", 422),
    "GET /staff/batches": row(READERS, "/staff/batches", 200),
    "GET /staff/batches/{id}": row(READERS, "/staff/batches/{batch}", 200),
    "GET /staff/batches/{id}/summary.pdf": row(MEMBERSHIP, "/staff/batches/{batch}/summary.pdf", 200),
    "GET /staff/companies": row(READERS, "/staff/companies", 200),
    "POST /staff/companies": row(MEMBERSHIP, "/staff/companies", 422),
    "GET /staff/companies/{id}": row(READERS, "/staff/companies/{company}", 200),
    "POST /staff/companies/{id}": row(MEMBERSHIP, "/staff/companies/{company}", 422),
    "POST /staff/companies/{id}/reset-password": row(MEMBERSHIP, "/staff/companies/{company}/reset-password", 200),
    "POST /staff/companies/{id}/disable": row(MEMBERSHIP, "/staff/companies/{company}/disable",
                                              "/staff/companies/{company}?saved=1"),
    "POST /staff/members/{id}/notes": row(MEMBERSHIP, "/staff/members/{person}/notes", 422),
    "POST /staff/members/{id}": row(MEMBERSHIP, "/staff/members/{person}", 422),
    "GET /staff/audit": row(AUDITORS, "/staff/audit", 200),
    "GET /staff/audit.csv": row(AUDITORS, "/staff/audit.csv", 200),
    "GET /staff/setup": row(SYSTEM, "/staff/setup", 200),
    "POST /staff/setup": row(SYSTEM, "/staff/setup", 404),
    "GET /staff/system": row(SYSTEM, "/staff/system", 200),
    "GET /staff/import": row(MEMBERSHIP, "/staff/import", 200),
    "POST /staff/import": row(MEMBERSHIP, "/staff/import", 422),
    "GET /staff/import/template.xlsx": row(MEMBERSHIP, "/staff/import/template.xlsx?kind=company", 200),
    "GET /staff/import/{id}": row(MEMBERSHIP, "/staff/import/999999", 404),
    "GET /staff/import/{id}/errors.xlsx": row(MEMBERSHIP, "/staff/import/999999/errors.xlsx", 404),
    "POST /staff/import/{id}/commit": row(MEMBERSHIP, "/staff/import/999999/commit", 404),
    "POST /staff/import/{id}/undo": row(MEMBERSHIP, "/staff/import/999999/undo", 404),
    "POST /staff/import/{id}/company": row(MEMBERSHIP, "/staff/import/999999/company", 404),
    "GET /staff/import/{id}/open": row(MEMBERSHIP, "/staff/import/999999/open", 404),
    "POST /staff/import/{id}/open": row(MEMBERSHIP, "/staff/import/999999/open", 404),
    "GET /staff/settings": row(GUARDS, "/staff/settings", 200),
    "POST /staff/settings": row(GUARDS, "/staff/settings", 404),
    "GET /staff/privacy": row(SYSTEM, "/staff/privacy", 200),
    "POST /staff/privacy": row(SYSTEM, "/staff/privacy", 422),
    "GET /staff/accounts": row(SYSTEM, "/staff/accounts", 200),
    "POST /staff/accounts": row(SYSTEM, "/staff/accounts", 422),
    "GET /staff/accounts/{id}": row(SYSTEM, "/staff/accounts/{account}", 200),
    "POST /staff/accounts/{id}": row(SYSTEM, "/staff/accounts/{account}", 422),
    "POST /staff/accounts/{id}/reset-password": row(SYSTEM, "/staff/accounts/{account}/reset-password", 200),
    "POST /staff/companies/{id}/letter.pdf": row(MEMBERSHIP, "/staff/companies/{company}/letter.pdf", 422),
}


def of_the_program():
    """{"POST /login": "LIMIT_BODY_FORM"}: every line of the program's own tables, and the body that it takes."""
    found = {}
    text = "".join(path.read_text() for path in sorted(WEB.glob("*/routes.c")))
    for line in re.split(r'(?=\b(?:GET|POST)\(\s*")', text)[1:]:
        method, path = re.match(r'(\w+)\(\s*"([^"]+)"', line).groups()
        body = re.search(r"LIMIT_BODY_\w+", line)
        found[f"{method} {path}"] = body[0] if body else None
    return found


def method_of(route):
    return route.split(" ", 1)[0]


def expected(route, actor):
    """A status, or where a 303 leads to."""
    row_ = ROUTES[route]
    if actor in row_.answer:
        return row_.answer[actor]
    if actor == "fresh":
        return "/password"
    if actor in row_.who:
        return row_.answer[None]
    return 403 if actor != "nobody" else "/login"
