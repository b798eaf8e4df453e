#!/usr/bin/env python3
"""What connections can do to a server: idle ones, heads that drip, forms that are half sent; and what a good client's page
takes meanwhile. Loopback only; a demo database of its own.

    bench/stress/connections.py [--idle N] [--dripping N] [--forms N] [--seconds S] [--binary FILE]

Prints one table and exits 1 when memory or time is over its bound (docs/reliability.md)."""

import argparse
import concurrent.futures
import contextlib
import http.client
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BINARY = str(ROOT / "build" / "huiyuan")
MEMORY_MIB = 256
PAGE_MS = 20
PAGE = "/login"
FORM_BYTES = 16 << 20


class Server:
    def __init__(self, binary, folder):
        self.options = ["--db", f"sqlite:{folder}/stress.db", "--keys", f"{folder}/keys"]
        environment = os.environ | {"HUIYUAN_TODAY": "2026-11-23"}
        subprocess.run([binary, "demo", "--members", "200", *self.options], check=True, stdout=subprocess.DEVNULL, env=environment)
        self.process = subprocess.Popen([binary, "serve", *self.options, "--captcha", "off", "--listen", "127.0.0.1:0"],
                                        stderr=subprocess.PIPE, text=True, env=environment)
        for line in self.process.stderr:
            if found := re.search(r"\(port (\d+)\)", line):
                self.port = int(found[1])
                break
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def memory_mib(self, what="VmRSS"):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{what}:\s+(\d+) kB", status)[1]) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def good_client(port, seconds):
    """Milliseconds of each page, half of them on a connection of their own, and how many were not answered with 200."""
    times, wrong, kept = [], 0, http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        own = len(times) % 2
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=30) if own else kept
        began = time.perf_counter()
        try:
            client.request("GET", PAGE)
            answer = client.getresponse()
            answer.read()
            wrong += answer.status != 200
        except (OSError, http.client.HTTPException):
            wrong += 1
            client.close()
        times.append((time.perf_counter() - began) * 1000)
        if own:
            client.close()
        time.sleep(0.01)
    return times, wrong


def id_number(sequence):
    first17 = f"62011219880808{sequence:03d}"
    return first17 + "10X98765432"[sum(int(d) * w for d, w in zip(first17, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11]


def begin_draft(port):
    """The cookie of somebody who may send 16 MB: step 1 of a registration."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    client.request("GET", "/register")
    answer = client.getresponse()
    csrf = re.search(r'name="csrf" value="([^"]+)"', answer.read().decode())[1]
    form = {"csrf": csrf, "id_number": id_number(901), "password": "Chunfeng-2026", "password_again": "Chunfeng-2026",
            "consent": "1", "consent_sensitive": "1"}
    pre = answer.getheader("Set-Cookie").split(";")[0]
    client.request("POST", "/register", urllib.parse.urlencode(form),
                   {"Cookie": pre, "Content-Type": "application/x-www-form-urlencoded"})
    answer = client.getresponse()
    answer.read()
    client.close()
    drafts = [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or [] if line.startswith("hy_draft=")]
    if not drafts:
        raise SystemExit(f"stress: no draft: HTTP {answer.status}")
    return drafts[0]


def half_a_form(port, draft, pieces):
    """Fields of 60 kB without end: what memory there is, if it is let."""
    s = connect(port)
    with contextlib.suppress(OSError):
        s.sendall(b"POST /register/details HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                  b"Cookie: %s\r\nContent-Length: %d\r\n\r\n" % (draft.encode(), FORM_BYTES))
        part = b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + b"x" * 60000 + b"\r\n"
        for _ in range(pieces):
            s.sendall(part)
    return s


def drip(sockets, stop):
    while not stop.is_set():
        for s in sockets:
            with contextlib.suppress(OSError):
                s.send(b"a")
        stop.wait(1)


def attacks(options, port, stop):
    """Name and sockets of each, all of them held at the end."""
    yield f"{options.idle} idle connections", [connect(port) for _ in range(options.idle)]
    dripping = [connect(port) for _ in range(options.dripping)]
    for s in dripping:
        with contextlib.suppress(OSError):
            s.send(b"GET /login HTTP/1.1\r\nX: ")
    threading.Thread(target=drip, args=(dripping, stop), daemon=True).start()
    yield f"and {options.dripping} dripping a header", dripping
    draft = begin_draft(port)
    forms = [half_a_form(port, draft, 250) for _ in range(options.forms)]
    yield f"and {options.forms} half-sent forms of 16 MB", forms


def measure(options, folder):
    server, stop, held, over = Server(options.binary, folder), threading.Event(), [], False
    apart = concurrent.futures.ProcessPoolExecutor(1)  # the good client waits for no thread of the attackers
    apart.submit(os.getpid).result()
    print(f"{'':44} {'memory MiB':>10} {'p50 ms':>8} {'p99 ms':>8} {'refused':>8}")
    try:
        times, wrong = apart.submit(good_client, server.port, options.seconds).result()
        quiet = percentile(times, 0.99)
        print(f"{'quiet':44} {server.memory_mib():10.1f} {percentile(times, 0.5):8.2f} {quiet:8.2f} {wrong:8}")
        for name, sockets in attacks(options, server.port, stop):
            held.append(sockets)
            times, wrong = apart.submit(good_client, server.port, options.seconds).result()
            p99, memory = percentile(times, 0.99), server.memory_mib()
            print(f"{name:44} {memory:10.1f} {percentile(times, 0.5):8.2f} {p99:8.2f} {wrong:8}")
            over |= memory > MEMORY_MIB or p99 > max(2 * quiet, PAGE_MS) or wrong > 0 or server.process.poll() is not None
        peak = server.memory_mib("VmHWM")
        over |= peak > MEMORY_MIB
        print(f"peak {peak:.1f} MiB, bound {MEMORY_MIB} MiB; page p99 under {max(2 * quiet, PAGE_MS):.1f} ms: {'OVER' if over else 'held'}")
    finally:
        stop.set()
        for sockets in held:
            for s in sockets:
                s.close()
        ended = server.stop()
    return over or ended != 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--idle", type=int, default=10000)
    parser.add_argument("--dripping", type=int, default=4100)
    parser.add_argument("--forms", type=int, default=41)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--binary", default=BINARY)
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory(prefix="huiyuan-stress-") as folder:
        return 1 if measure(options, folder) else 0


if __name__ == "__main__":
    sys.exit(main())
