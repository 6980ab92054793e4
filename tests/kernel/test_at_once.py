"""Many write at once: the record stays one line without gaps, and whoever follows a feed misses nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import select

from incident_hub.kernel import chains, clock, feeds
from incident_hub.kernel.database import db
from incident_hub.kernel.models import Entry
from tests.crowd import PATIENCE, together
from tests.databases import on_both
from tests.kernel.conftest import Ground

THREADS, EACH = 8, 12
WRITTEN = THREADS * EACH
ROOT = Path(__file__).resolve().parents[2]


def follow(ground: Ground, desk: int) -> list[int]:
    """Read a feed on from where the last page ended, until everything that will be written was shown."""
    seen: list[int] = []
    until = time.monotonic() + PATIENCE
    while len(seen) < WRITTEN and time.monotonic() < until:
        page = feeds.feed(ground.chain, desk, seen[-1] if seen else 0, 7)
        seen += [entry["position"] for entry in page]
        db.session.rollback()
    return seen


@on_both
def test_eight_writers_at_once_leave_one_line_and_two_followers_miss_nothing(ground: Ground) -> None:
    clock.use(clock.SystemClock())

    def write() -> list[int]:
        for _ in range(EACH):
            ground.happen()
        return []

    followers = [lambda: follow(ground, 11), lambda: follow(ground, 12)]
    seen = together(ground.app, [*[write] * THREADS, *followers])[THREADS:]
    assert seen == [list(range(1, WRITTEN + 1))] * 2
    entries = db.session.execute(select(Entry.number, Entry.at).where(Entry.chain == ground.chain)).all()
    assert sorted(entry.number for entry in entries) == list(range(1, WRITTEN + 1))
    assert [entry.at for entry in sorted(entries, key=lambda one: one.number)] == sorted(one.at for one in entries)
    assert chains.verify_database(ground.chain) == (WRITTEN, None)


@on_both
def test_what_a_reader_finds_at_any_moment_is_the_beginning_of_the_record(ground: Ground) -> None:
    # A number that was seen before the one below it would be a commit out of order.
    def write() -> list[list[int]]:
        for _ in range(EACH):
            ground.happen()
        return []

    def look() -> list[list[int]]:
        looks: list[list[int]] = [[]]
        until = time.monotonic() + PATIENCE
        while len(looks[-1]) < WRITTEN and time.monotonic() < until:
            looks.append(sorted(db.session.scalars(select(Entry.number).where(Entry.chain == ground.chain))))
            db.session.rollback()
        return looks

    looks = together(ground.app, [*[write] * THREADS, look])[-1]
    assert len(looks[-1]) == WRITTEN
    assert all(found == list(range(1, len(found) + 1)) for found in looks)
    assert len({len(found) for found in looks}) > 2, "the reader came too late to see anything happen"


@on_both
def test_two_chains_are_written_side_by_side_and_each_stays_whole(ground: Ground) -> None:
    other = ground.another("FAIR")

    def write(chain: int) -> int:
        for _ in range(EACH):
            ground.happen("all.told", chain=chain)
        return chain

    together(ground.app, [lambda: write(ground.chain), lambda: write(other)] * 3)
    for chain in (ground.chain, other):
        assert chains.verify_database(chain) == (3 * EACH, None)
        assert feeds.head(chain, 13) == 3 * EACH


def test_three_processes_write_to_one_folder_without_an_error(ground: Ground) -> None:
    processes, each = 3, 100
    db.session.remove()
    command = [sys.executable, "-m", "tests.kernel.writing", ground.url, str(ground.chain), str(each)]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(processes)
    ]
    said = [process.communicate(timeout=PATIENCE)[0] for process in running]
    assert [process.returncode for process in running] == [0] * processes, said
    assert chains.verify_database(ground.chain) == (processes * each, None)
    assert feeds.head(ground.chain, 12) == processes * each
