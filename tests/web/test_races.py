"""Clerks who work on the same people at once: every post is done, none is refused, and the trail says what the pages said.
The long run with its figures is bench/stress/races.py; this one is short and its clerks' choices are fixed."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench" / "stress"))
from races import Clerk, Races
from server import Server

server = Server(members=120, companies=3)


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


class EightClerks(unittest.TestCase):
    def test_no_post_is_refused_and_nothing_is_lost(self):
        races = Races(server, posts=240, people=12, seed=5).run()
        self.assertEqual(races.faults, [])
        self.assertEqual(len(races.times), 240)
        self.assertGreater(sum(races.done.values()), 100)
        self.assertGreater(races.skipped, 100)
        server.run("doctor")
        server.run("audit", "verify")


if os.environ["TEST_DB"] == "postgres":

    class Circle(unittest.TestCase):
        """Someone who does not keep to the order of rows (an operator by hand) holds the second person and wants the first
        one: PostgreSQL ends the clerk's transaction, and the whole post is done anew."""

        def test_a_post_that_ended_a_circle_is_done_anew(self):
            races = Races(server, posts=0, people=12, seed=1)
            first, second = races.people[0], races.people[1]
            clerk = Clerk(races, 1, "staff")
            clerk.log_in()
            with subprocess.Popen(["psql", "--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", server.url], text=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE) as operator:

                def say(sql):
                    operator.stdin.write(f"{sql};\nselect 'said';\n")
                    operator.stdin.flush()

                def hear():
                    for line in operator.stdout:
                        if line == "said\n":
                            return
                    raise AssertionError("the operator's transaction was ended, not the clerk's")

                say("set deadlock_timeout = '30s'; begin")
                hear()
                say(f"update member set reason = reason where id = {second}")
                hear()
                clerk.act = lambda: clerk.post("/staff/members/close", [("id", first), ("id", second), ("reason", "核对")])
                races.left = 1
                clerk.start()
                while not server.count("pg_stat_activity where wait_event_type = 'Lock' and application_name = 'huiyuan'"):
                    pass
                say(f"update member set reason = reason where id = {first}")
                hear()
                say("commit")
                hear()
                operator.stdin.close()
                clerk.join()
            self.assertEqual(clerk.faults, [])
            self.assertEqual(server.count(f"member where id in ({first}, {second}) and state = 'closed'"), 2)
            self.assertEqual(server.count(f"audit where event = 'member.close' and member_id in ({first}, {second})"), 2)
            self.assertEqual(sum(" again: " in line for line in server.log), 1)


if __name__ == "__main__":
    unittest.main()
