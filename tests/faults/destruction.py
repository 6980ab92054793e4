"""A destruction that is killed again and again: `python -m tests.faults.destruction [KILLS]`.

An operation with two thousand locked values is over. `incident-hub retention run` is killed with SIGKILL at a random
moment, again and again, then left to finish. At the end every value is gone from the database, its log and the folder,
one entry states them all, and the record holds.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from argon2.profiles import CHEAPEST

from incident_hub.agencies import passwords
from incident_hub.kernel import clock, destruction, vault
from incident_hub.kernel.chains import verify_database
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.feeds import entries_of
from incident_hub.kernel.vault import Value
from tests.conftest import found_city
from tests.night import Hub, held_night
from tests.retention.over import end, lies_in

VALUES = 2000
COMMAND = [sys.executable, "-m", "incident_hub", "retention", "run", "EXPO", "--data"]


def main(kills: int) -> None:
    """Fill, end, kill, look."""
    with tempfile.TemporaryDirectory(prefix="destruction-") as place:
        folder = Path(place)
        fill(folder)
        print(f"{VALUES} values; in plain text in the folder before: {len(lies_in(folder, 'vault-canary'))} files")
        killed, seconds = cut_short(folder, kills)
        began = time.monotonic()
        done = subprocess.run([*COMMAND, place], capture_output=True, text=True, check=True)
        print(f"{killed} runs killed after {seconds}")
        print(f"the last took {time.monotonic() - began:.1f} s: {done.stdout.strip()}")
        look(folder)


def fill(folder: Path) -> None:
    """A night with many locked values, long over by the machine's clock."""
    passwords.use(CHEAPEST)
    url = f"sqlite:///{folder}/hub.db"
    found_city(url, folder)
    with held_night(Hub(folder, url)) as hub:
        refs = [hub.as_("ana").open(title=f"事件 {i}") for i in range(10)]
        for ref in refs:
            with unit_of_work(hub.expo.id) as at:
                for i in range(VALUES // len(refs)):
                    value = Value("other", f"vault-canary {ref} {i}")
                    vault.put(hub.expo.id, ("incident", ref), value, "police/duty", at)
        end(hub)


def cut_short(folder: Path, kills: int) -> tuple[int, list[str]]:
    """Kill so many runs, each at a random moment after it has begun to destroy."""
    killed, moments = 0, list[str]()
    for _ in range(kills):
        before = left(folder)
        with subprocess.Popen([*COMMAND, str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            while running.poll() is None and left(folder) == before:
                time.sleep(0.01)
            wait = random.uniform(0.0, 0.3)
            time.sleep(wait)
            if running.poll() is None:
                running.kill()
                killed += 1
        moments.append(f"{before - left(folder)} in {wait:.2f} s")
    return killed, moments


def left(folder: Path) -> int:
    """How many values are left, asked from beside."""
    with closing(sqlite3.connect(f"file:{folder}/hub.db?mode=ro", uri=True, timeout=5)) as beside:
        return int(beside.execute("SELECT count(*) FROM vault WHERE sealed IS NOT NULL").fetchone()[0])


def look(folder: Path) -> None:
    """What is left, and whether the record holds and counts everything."""
    hub = Hub(folder, f"sqlite:///{folder}/hub.db")
    try:
        clock.use(clock.SystemClock())
        chain = hub.expo.id
        values, (count, fault) = len(vault.every(chain)), verify_database(chain)
        stated = entries_of(chain, hub.expo.subject, ["retention.destroyed"])
        counts = [one["data"]["counts"]["vault.sealed"] for one in stated if one["data"]["class"] == "vault"]
        print(f"left: {values}; stated: {counts}; record: {count} entries, fault {fault}; "
              f"words destroyed: {destruction.destroyed_words(chain)}")  # fmt: skip
        assert (values, counts, fault) == (0, [VALUES], None)
    finally:
        db.session.remove()
        hub.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
