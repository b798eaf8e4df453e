#!/usr/bin/env python3
"""Backups while clients write as fast as the machine takes it: backup.py [--rounds N] [--clients N]

Each client looks at the full number of one person again and again, which adds a row to the trail. Each backup is verified and
restored to a database of its own; `doctor` and `audit verify` must pass there, and every write that was acknowledged before
the moment that the backup declares must stand in it. The database is a demo of its own, the server on loopback: TEST_DB,
TEST_POSTGRES and HUIYUAN_BINARY as for tests/web/server.py. Prints its figures as one line of a table; exit status 1 when
something was wrong.

    TEST_DB=sqlite HUIYUAN_BINARY=build/huiyuan bench/stress/backup.py
    TEST_DB=postgres HUIYUAN_BINARY=build/huiyuan tests/postgres.py bench/stress/backup.py
"""

import argparse
import os
import statistics
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "web"))
import test_backup as backup


def round_of(number, writers, faults, times):
    """Backup while all write, then verify and restore it."""
    file = backup.server.folder / f"round{number}"
    before = sum(len(writer.acknowledged) for writer in writers)
    began = time.monotonic()
    code, said, wrong = backup.run("backup", str(file))
    times.append(time.monotonic() - began)
    written = sum(len(writer.acknowledged) for writer in writers) - before
    if code:
        faults.append(wrong)
        return written
    moment = backup.moment_of(said)
    if backup.run("backup", "--verify", str(file))[0]:
        faults.append(f"round {number}: verify")
    place = backup.Place()
    for words in (("restore", str(file)), ("doctor",), ("audit", "verify")):
        code, said, wrong = place.run(*words)
        if code:
            faults.append(f"round {number}: {words[0]}: {said}{wrong}")
    for writer in writers:
        expected = sum(at < moment for at in list(writer.acknowledged))
        found = int(place.sql(f"select count(*) from audit where event = 'member.reveal' and member_id = {writer.member}")[0][0])
        if found < expected:
            faults.append(f"round {number}: {expected - found} writes are missing")
    file.unlink()
    return written


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    backup.setUpModule()
    faults, times, over = [], [], threading.Event()
    try:
        writers = [backup.Writer(member, over) for member in backup.members(options.clients)]
        for writer in writers:
            writer.start()
        try:
            written = [round_of(number, writers, faults, times) for number in range(options.rounds)]
        finally:
            over.set()
            for writer in writers:
                writer.join()
    finally:
        backup.tearDownModule()
    print(f"backup   {os.environ['TEST_DB']:8} {options.rounds} backups, {options.clients} clients, "
          f"{sum(written) / sum(times):.0f} writes/s meanwhile, median {statistics.median(times):.2f} s, faults {faults or 'none'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
