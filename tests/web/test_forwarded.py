"""Behind a proxy: whose tries a wrong password is counted for, with and without --trust-proxy. And how many connections one
address may have."""

import select
import socket
import time
import unittest

from server import PASSWORD, Server

server = Server(members=20, companies=3)
OURS = "演示监理公司0001"


def setUpModule():
    server.start()
    unittest.addModuleCleanup(server.stop)


def status(password, forwarded):
    browser = server.browser()
    browser.get("/login?as=company")
    return browser.post("/login", {"as": "company", "account": OURS, "password": password}, X_Forwarded_For=forwarded).status


class Forwarded(unittest.TestCase):
    def setUp(self):
        server.sql("delete from attempt")

    def shut_out(self, *forwarded):
        """Five wrong passwords, from each of these in turn."""
        for i in range(5):
            self.assertEqual(status("wrong", forwarded[i % len(forwarded)]), 422)

    def test_of_a_trusted_proxy_the_last_one_counts(self):
        server.restart("--captcha", "off", "--trust-proxy", "127.0.0.1")
        self.addCleanup(server.restart)
        self.shut_out("203.0.113.8", "203.0.113.8:40000", "198.51.100.7, 203.0.113.8:40001", "[::ffff:203.0.113.8]:1")
        for same in ("203.0.113.8", "203.0.113.8:50000", "192.0.2.1, 203.0.113.8"):
            self.assertEqual(status(PASSWORD, same), 429, same)
        for other in ("198.51.100.7", "203.0.113.8, 198.51.100.7", "[2001:db8:6::1]:40000", "203.0.113.8, unknown"):
            self.assertEqual(status(PASSWORD, other), 303, other)

    def test_of_anyone_else_none(self):
        for trusted in ((), ("--trust-proxy", "192.0.2.1")):
            with self.subTest(trusted=trusted):
                server.restart("--captcha", "off", *trusted)
                self.addCleanup(server.restart)
                server.sql("delete from attempt")
                self.shut_out("203.0.113.8", "198.51.100.7", "2001:db8:6::1", "unknown")
                self.assertEqual(status(PASSWORD, "192.0.2.77"), 429)

    def answered(self):
        """A connection that had its answer: its page, or that there are too many (one that only another thread's idle
        connections could make room for)."""
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        self.addCleanup(connection.close)
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.assertRegex(connection.recv(4096), b"^HTTP/1.1 (200|429) ")
        return connection

    def is_at_end(self, connection):
        """What is left of an answer is read away."""
        return connection.recv(65536) == b""

    def closed(self, connections, expected):
        """How many of these the server has closed, given a while to do so."""
        gone = set()
        until = time.monotonic() + 20
        while len(gone) < expected and time.monotonic() < until:
            readable, _, _ = select.select([c for c in connections if c not in gone], [], [], 1)
            gone |= {c for c in readable if self.is_at_end(c)}
        readable, _, _ = select.select([c for c in connections if c not in gone], [], [], 0.5)
        return len(gone) + len(readable)

    def test_an_address_has_as_many_connections_as_the_setting_says(self):
        for most in (16, 20):
            with self.subTest(most=most):
                server.sql(f"insert into setting (name, value, set_at) values ('serve.address_connections', '{most}', {most})")
                server.restart("--captcha", "off")
                self.addCleanup(server.restart)
                opened = [self.answered() for _ in range(24)]
                self.assertEqual(self.closed(opened, 24 - most), 24 - most)


if __name__ == "__main__":
    unittest.main()
