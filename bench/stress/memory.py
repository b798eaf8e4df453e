#!/usr/bin/env python3
"""A server whose memory is out: how it answers, and whether it comes back. Its address space gets a ceiling that leaves so
many KiB of room, then pages, forms and half-sent forms come. Loopback only; a demo database of its own.

    bench/stress/memory.py [--binary FILE]

Prints the answers by status ("none": the connection ended without one); exits 1 when the process ended, or does not serve
once the ceiling is gone (docs/reliability.md)."""

import argparse
import collections
import contextlib
import http.client
import re
import resource
import sys
import tempfile
from pathlib import Path

from connections import BINARY, Server, begin_draft, half_a_form

ROOMS_KIB = (0, 100, 500, 2000, 8000)
ROUNDS = 30
LOGIN = "as=company&account=x&password=y"


def status_of(port, method, path, body=None):
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(client):
        try:
            client.request(method, path, body, headers)
            answer = client.getresponse()
            answer.read()
            return str(answer.status)
        except (OSError, http.client.HTTPException):
            return "none"


def ceiling(pid, room_kib):
    """On what it may map; None takes it away."""
    status = Path(f"/proc/{pid}/status").read_text()
    size_kib = int(re.search(r"VmSize:\s+(\d+)", status)[1])
    soft = resource.RLIM_INFINITY if room_kib is None else (size_kib + room_kib) * 1024
    resource.prlimit(pid, resource.RLIMIT_AS, (soft, resource.RLIM_INFINITY))


def answers(port, draft):
    held, got = [], collections.Counter()
    for _ in range(12):
        with contextlib.suppress(OSError):
            held.append(half_a_form(port, draft, 250))
    for _ in range(ROUNDS):
        got.update((status_of(port, "GET", "/login"), status_of(port, "GET", "/guide"), status_of(port, "POST", "/login", LOGIN)))
    for s in held:
        s.close()
    return got


def measure(binary, folder):
    server = Server(binary, folder)
    draft, pid = begin_draft(server.port), server.process.pid
    for room_kib in ROOMS_KIB:
        ceiling(pid, room_kib)
        got = answers(server.port, draft)
        print(f"room {room_kib:5} KiB: " + ", ".join(f"{n} × {status}" for status, n in sorted(got.items())), flush=True)
        if server.process.poll() is not None:
            print(f"the process ended with {server.process.returncode}")
            return True
        ceiling(pid, None)
    back = status_of(server.port, "GET", "/login")
    print(f"without a ceiling again: {back}")
    return server.stop() != 0 or back != "200"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=BINARY)
    with tempfile.TemporaryDirectory(prefix="huiyuan-stress-") as folder:
        return 1 if measure(parser.parse_args().binary, folder) else 0


if __name__ == "__main__":
    sys.exit(main())
