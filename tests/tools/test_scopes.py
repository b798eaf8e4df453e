"""Scoped by construction: a query that reads one person, company or batch takes who asks (an input `asking`), or its name
says `unscoped`, so that who calls it sees that whose it is must be looked at elsewhere."""

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
            if about_one(query) and not scoped:
                self.fail(f"{query.name} reads one {'/'.join(TABLES)}: give it an input `asking`, or call it {query.name}_unscoped")


if __name__ == "__main__":
    unittest.main()
