"""SIGKILL under write load, twenty times: what the server acknowledged is there, the rest is whole or not there at all,
and the register is sound.

Three clerks recommend a person and take it back, over and over. Each form carries its own `once`, which is kept by the
transaction that acts: so the database itself says which forms were acted on."""

import http.client
import sys
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "web"))

from server import PASSWORD, Server  # noqa: E402

ROUNDS = 20
CLERKS = 3
OURS = "演示监理公司0001"

server = Server(members=120, companies=2)


def setUpModule():
    server.start()


def tearDownModule():
    server.stop()


class Clerk(threading.Thread):
    """Posts until the connection breaks. forms: what was sent, in order; acknowledged: how many of them were answered."""

    ACTS = (("recommend", "recommended_new"), ("withdraw", "submitted"))

    def __init__(self, browser, person, name, forms, enough):
        super().__init__()
        self.browser, self.person, self.name, self.enough = browser, person, name, enough
        self.forms = forms  # [(once, state afterwards)], also of earlier rounds
        self.acknowledged = 0
        self.wrong = None

    def run(self):
        while self.wrong is None:
            act, state = self.ACTS[len(self.forms) % 2]
            once = f"{self.name}-{len(self.forms)}"
            self.forms.append((once, state))
            try:
                answer = self.browser.post(f"/company/members/{act}", {"id": self.person, "once": once})
            except (OSError, http.client.HTTPException):
                return
            if answer.status != 303:
                self.wrong = answer
                return
            self.acknowledged = len(self.forms)
            self.enough.release()


class Killed(unittest.TestCase):
    def setUp(self):
        people = server.sql("select m.id from member m join company c on c.id = m.company_id "
                            f"where m.state = 'submitted' and c.name = '{OURS}' order by m.id limit {CLERKS}")
        self.assertEqual(CLERKS, len(people))
        self.people = [str(row[0]) for row in people]
        self.forms = [[] for _ in self.people]
        self.browsers = []
        for _ in self.people:
            browser = server.browser()
            browser.get("/login?as=company")
            self.assertEqual(303, browser.post("/login", {"as": "company", "account": OURS, "password": PASSWORD}).status)
            browser.get("/company/members")
            self.browsers.append(browser)
        self.before = self.trail()

    def trail(self):
        return server.count("audit where event in ('member.recommend', 'member.unrecommend') and result = 'ok'")

    def found(self):
        """The forms that were acted on, and the people's states: of one moment."""
        text = "cast(token as text)" if server.url.startswith("sqlite:") else "convert_from(token, 'UTF8')"
        rows = server.sql(f"select 'form', {text} from once union all select cast(id as text), state from member "
                          f"where id in ({', '.join(self.people)})")
        return {value for kind, value in rows if kind == "form"}, {kind: value for kind, value in rows if kind != "form"}

    def load_and_kill(self, enough):
        counted = threading.Semaphore(0)
        clerks = [Clerk(browser, person, f"clerk{i}", forms, counted)
                  for i, (browser, person, forms) in enumerate(zip(self.browsers, self.people, self.forms))]
        for clerk in clerks:
            clerk.start()
        arrived = all(counted.acquire(timeout=60) for _ in range(enough))
        server.kill()
        for clerk in clerks:
            clerk.join()
            self.assertIsNone(clerk.wrong, clerk.wrong and clerk.wrong.text)
        self.assertTrue(arrived)
        return clerks

    def look(self, clerks):
        done, states = self.found()
        for clerk in clerks:
            for once, _ in clerk.forms[:clerk.acknowledged]:
                self.assertIn(once, done)
            clerk.forms[:] = [form for form in clerk.forms if form[0] in done]  # the last one may not have been acted on
            self.assertEqual(clerk.forms[-1][1], states[clerk.person])
        self.assertEqual(len(done), sum(len(clerk.forms) for clerk in clerks))
        self.assertEqual(self.before + len(done), self.trail())

    def test_nothing_acknowledged_is_lost(self):
        for round_ in range(ROUNDS):
            with self.subTest(round=round_):
                clerks = self.load_and_kill(10 + 3 * round_)
                server.revive()
                for browser in self.browsers:
                    browser.port = server.port
                self.look(clerks)
        self.assertIn("ok, ", server.run("audit", "verify"))
        server.run("doctor")


if __name__ == "__main__":
    unittest.main()
