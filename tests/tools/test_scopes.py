"""Scoped by construction: a query that reads one person, company or batch takes who asks (an input `asking`), or its name
says `unscoped`, so that who calls it sees that whose it is must be looked at elsewhere.

The older ones stand below with the place that looks. None is added there."""

import glob
import os
import sys
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "tools"))
import queries

ONE = ("member_id", "company_id", "batch_id")  # types that name one of them
CURSORS = ("above", "below")                    # where a list goes on: not whom it is about
KEYS = ("id_index", "token", "token_hash", "code", "credit_code")
TABLES = ("member", "company", "batch")

OLDER = {  # name: the place that looks whose it is
    "account_of_company": "app_company, before it: staff only",
    "account_of_member": "member_load, before it",
    "approvals_like": "the walk sifts by company",
    "audit_of_member": "app_member_timeline: a dossier of member_load",
    "audit_shown": "the person's own history, or a dossier of member_load",
    "batch_by_id": "theirs() in app/batches",
    "batch_by_token": "theirs() in app/batches",
    "batch_item_of": "a person of member_load",
    "batch_items": "a batch that theirs() let through",
    "batch_open_of": "a person's own company, held",
    "batch_next_waiting": "the batch of the outcome's own people: staff only",
    "companies_coded": "the public search",
    "company_by_code": "the command line",
    "company_by_credit_code": "logging in: before anybody is known",
    "company_by_id": "app_company; elsewhere the company of a row that was let through",
    "company_name_now": "the company of a row that was let through",
    "company_taken": "staff only: uniqueness",
    "company_to_call": "the company of a person of member_load",
    "consents_of": "a person of member_load",
    "employments_of": "a person of member_load",
    "kept_photo_of": "the account's own photos",
    "member_by_id": "member_load: is_theirs()",
    "member_by_id_index": "registration and imports: uniqueness; the walk sifts by company",
    "member_line_by_id": "the walk sifts by company",
    "member_sealed": "lists of their own lines; the account's own person",
    "period_last": "a person of member_load",
    "periods_of": "a person of member_load",
}


def about_one(query):
    """It reads, and what it reads is found by the id or key of one person, company or batch."""
    if query.kind == "exec" or "insert into" in query.text["sqlite"].lower():
        return False
    words = query.text["sqlite"].split()
    table = words[words.index("from") + 1] if "from" in words else ""
    by_id = [i for i in query.inputs if i.type in ONE and i.name not in CURSORS and not is_list_of_company(query, i)]
    by_key = [i for i in query.inputs if i.name in KEYS and table in TABLES]
    return bool(by_id or by_key)


def is_list_of_company(query, given):
    """A company's own list: the company is who asks."""
    return query.kind == "many" and given.name == "company" or given.name == "scope"


def all_queries():
    return queries.load_queries(sorted(glob.glob(os.path.join(ROOT, "sql", "queries", "*", "*.sql"))))[2]


class Scopes(unittest.TestCase):
    def test_a_query_about_one_says_who_asks_or_that_nobody_does(self):
        for query in all_queries():
            scoped = "unscoped" in query.name or any(i.name == "asking" for i in query.inputs)
            if about_one(query) and not scoped and query.name not in OLDER:
                self.fail(f"{query.name} reads one {'/'.join(TABLES)}: give it an input `asking`, or call it {query.name}_unscoped")

    def test_the_older_ones_are_still_there(self):
        names = {query.name for query in all_queries() if about_one(query)}
        self.assertEqual(sorted(set(OLDER) - names), [])


if __name__ == "__main__":
    unittest.main()
