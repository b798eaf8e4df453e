"""--metrics ADDR: Prometheus text, read as strictly as its format says (exposition format 0.0.4)."""

import http.client
import re
import unittest

from server import PASSWORD, Server

server = Server(members=8)
NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"'
SAMPLE = re.compile(rf"^({NAME})(?:\{{((?:{LABEL})(?:,{LABEL})*)\}})? (-?\d+(?:\.\d+)?)$")


def setUpModule():
    server.start()
    server.restart("--captcha", "off", "--metrics", "127.0.0.1:0")
    server.metrics_port = int(re.search(r"\(metrics port (\d+)\)", "".join(server.log))[1])


def tearDownModule():
    server.stop()


def ask(path="/metrics", method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", server.metrics_port, timeout=30)
    connection.request(method, path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def parse(text):
    """{(name, ((label, value), …)): number}; every rule of the format that can be broken is asserted."""
    samples, kinds, helped, current, seen = {}, {}, set(), None, set()
    assert text.endswith("\n")
    for line in text[:-1].split("\n"):
        if found := re.fullmatch(rf"# HELP ({NAME}) .+", line):
            assert found[1] not in helped, line
            helped.add(found[1])
        elif found := re.fullmatch(rf"# TYPE ({NAME}) (counter|gauge|histogram)", line):
            assert found[1] in helped and found[1] not in kinds, line
            assert found[1] not in seen, line
            current = found[1]
            kinds[current] = found[2]
        else:
            found = SAMPLE.match(line)
            assert found, line
            name, labels = found[1], tuple(re.findall(LABEL, found[2] or ""))
            base = re.sub("_(bucket|sum|count)$", "", name) if kinds.get(current) == "histogram" else name
            assert base == current, line  # all of one kind stand together
            seen.add(current)
            assert len({label for label, _ in labels}) == len(labels) and (name, labels) not in samples, line
            if kinds[current] == "counter":
                assert name.endswith("_total") and float(found[found.lastindex]) >= 0, line
            samples[name, labels] = float(found[found.lastindex])
    for name, kind in kinds.items():
        if kind == "histogram":
            check_histogram(name, samples)
    return samples


def check_histogram(name, samples):
    series = {}
    for (sample, labels), value in samples.items():
        if sample == f"{name}_bucket":
            series.setdefault(labels[:-1], []).append((float(labels[-1][1]), value))
    assert series
    for labels, buckets in series.items():
        assert buckets == sorted(buckets) and [n for _, n in buckets] == sorted(n for _, n in buckets)
        assert buckets[-1][0] == float("inf") and buckets[-1][1] == samples[f"{name}_count", labels]
        assert f"{name}_sum" in {sample for sample, _ in samples}


def requests(samples, method, route, status):
    return samples.get(("huiyuan_requests_total", (("method", method), ("route", route), ("status", status))), 0)


class Metrics(unittest.TestCase):
    def test_counts_by_route_and_status(self):
        before = parse(ask()[1])
        browser = server.browser()
        browser.get("/login?as=staff")
        browser.post("/login", {"as": "staff", "account": "admin", "password": PASSWORD})
        for path in ("/staff/members/999999", "/staff/system", "/staff/system", "/no/such/page"):
            browser.get(path)
        after = parse(ask()[1])
        for method, route, status, n in (("GET", "/login", "200", 1), ("POST", "/login", "303", 1), ("GET", "/staff/system", "200", 2),
                                         ("GET", "/staff/members/{id}", "403", 1), ("", "", "404", 1)):
            self.assertEqual(requests(after, method, route, status) - requests(before, method, route, status), n, (method, route))
        taken = [value for (name, labels), value in after.items() if name == "huiyuan_request_seconds_count" and labels == (("method", "POST"),)]
        self.assertEqual(len(taken), 1)
        self.assertGreaterEqual(taken[0], 1)
        self.assertEqual(after["huiyuan_sessions", ()], 1)
        self.assertEqual(after["huiyuan_database_up", ()], 1)
        self.assertIn(("huiyuan_connections", ()), after)
        self.assertNotIn(("huiyuan_backup_age_seconds", ()), after)
        server.run("backup", str(server.folder / "b"))
        self.assertGreaterEqual(parse(ask()[1])["huiyuan_backup_age_seconds", ()], 0)

    def test_nothing_of_anybody(self):
        browser = server.browser()
        browser.get("/login?as=member&account=620112199001011234")
        browser.get("/staff/members?q=13893112345")
        text = ask()[1]
        for part in ("620112", "13893112345", "admin", "127.0.0.1", "演示"):
            self.assertNotIn(part, text)

    def test_only_there(self):
        answer, _ = ask()
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        for path in ("/", "/login", "/metrics/", "/healthz"):
            self.assertEqual(ask(path)[0].status, 404, path)
        self.assertEqual(server.browser().get("/metrics").status, 404)
        server.restart("--captcha", "off")
        with self.assertRaises(OSError):
            ask()


if __name__ == "__main__":
    unittest.main()
