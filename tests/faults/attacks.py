"""`python -m tests.faults.attacks [--seconds N]`: strangers and a careless friend against the socket and the listener.

A served Hub of its own, one person who reads the board all the while from another process, and eight attacks one after
the other from this one. Prints for each what the server's memory, threads and open files rose by, at worst and after it
was over, and in which time others were answered before and during it. Ends with 1 when one of the caps of I12 does not
hold: memory +64 MB, threads +16, files +200 after the attack, and others' p99 at most doubled (nobody notices less than
40 ms, and what lies under it is not judged), on the wall and in the Hub's own processor between question and answer: on
a machine that is busy elsewhere the first says little. Two minutes; loopback alone.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import httpx

from tests.board.served import Served, served
from tests.conftest import found_city
from tests.faults import attackers
from tests.faults.attackers import Attack

ATTACKS: dict[str, Attack] = {
    "1,000 anonymous sockets held": attackers.held,
    "128 MiB never finished": attackers.unfinished,
    "never entering": attackers.never_entering,
    "storm of knocks": attackers.storm,
    "1,500 events a second": attackers.flood,
    "attachments and large frames": attackers.attachments,
    "another's sid": attackers.theft,
    "one member, fifty connections": attackers.hammering,
}
MORE_MEMORY, MORE_THREADS, MORE_FILES, SLOWER, UNNOTICED = 64 << 20, 16, 200, 2.0, 0.040
# Whoever is signed in may have paper set, and a process that has set some keeps what that takes.
PAPER = 64 << 20


@dataclass(frozen=True)
class Weight:
    """What a process holds. Units: bytes."""

    memory: int
    threads: int
    files: int


@dataclass(frozen=True)
class Answered:
    """How somebody else was answered: the p99 on the wall, and of the Hub's own processor between question and answer.

    Units: seconds. On a machine that is busy with other things only the second tells whom the Hub let wait.
    """

    wall: float
    processor: float


@dataclass(frozen=True)
class Outcome:
    """One attack. Shape: `worst` and `after` are what came on top of the weight before. Units: seconds."""

    name: str
    told: str
    worst: Weight
    after: Weight
    before: Answered
    during: Answered

    def faults(self) -> list[str]:
        """Which caps do not hold."""
        found: list[str] = []
        if self.worst.memory > MORE_MEMORY + (PAPER if "member" in self.name else 0):
            found.append(f"{self.name}: memory rose by {self.worst.memory >> 20} MiB")
        if self.worst.threads > MORE_THREADS:
            found.append(f"{self.name}: {self.worst.threads} more threads")
        if self.after.files > MORE_FILES:
            found.append(f"{self.name}: {self.after.files} more files open when it was over")
        slower = [
            now > max(SLOWER * then, UNNOTICED)
            for now, then in zip(astuple(self.during), astuple(self.before), strict=True)
        ]
        if all(slower):
            waited, before = self.during.processor * 1000, self.before.processor * 1000
            found.append(f"{self.name}: the Hub worked {waited:.0f} ms before it answered others, not {before:.0f}")
        return found


def run(hub: Served, seconds: float, attacks: dict[str, Attack]) -> list[Outcome]:
    """Each attack for so long, weighed and timed."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with somebody(hub) as line:
        timed(line, 1.0)
        return [_one(hub, line, name, attack, seconds) for name, attack in attacks.items()]


def _one(hub: Served, line: Connection, name: str, attack: Attack, seconds: float) -> Outcome:
    before = timed(line, seconds)
    base, seen, over = weight(hub.pid), list[Weight](), threading.Event()
    scale = threading.Thread(target=lambda: _weigh(hub.pid, seen, over))
    scale.start()
    try:
        line.send("begin")
        told = attack(hub, seconds)
        line.send("end")
        during = line.recv()
    finally:
        over.set()
        scale.join()
    after = settled(hub.pid, base)
    worst = Weight(*(max(getattr(one, part) for one in seen) - getattr(base, part) for part in Weight.__annotations__))
    return Outcome(name, told, worst, after, before, during)


def settled(pid: int, base: Weight) -> Weight:
    """What is left on top of a base once the open files no longer fall."""
    now = weight(pid)
    for _ in range(30):
        time.sleep(0.1)
        then, now = now, weight(pid)
        if now.files >= then.files and now.files <= base.files + 5:
            break
    return Weight(now.memory - base.memory, now.threads - base.threads, now.files - base.files)


def weight(pid: int) -> Weight:
    """What a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text()
    memory = int(status.partition("VmRSS:")[2].split()[0]) * 1024
    threads = int(status.partition("Threads:")[2].split()[0])
    return Weight(memory, threads, len(list(Path(f"/proc/{pid}/fd").iterdir())))


def _weigh(pid: int, seen: list[Weight], over: threading.Event) -> None:
    while not over.wait(0.05):
        seen.append(weight(pid))
    seen.append(weight(pid))


@contextmanager
def somebody(hub: Served) -> Iterator[Connection]:
    """Somebody who reads the board in a process of their own, fifty times a second, whenever they are told to."""
    ours, theirs = multiprocessing.Pipe()
    told = (hub.url, hub.pid, hub.tokens["ben"], theirs)
    reader = multiprocessing.get_context("spawn").Process(target=_reads, args=told)
    reader.start()
    try:
        assert ours.recv() == "ready"
        yield ours
    finally:
        ours.send(None)
        reader.join(10)


def timed(line: Connection, seconds: float) -> Answered:
    """How they are answered over so many seconds."""
    line.send("begin")
    time.sleep(seconds)
    line.send("end")
    return line.recv()


def _reads(url: str, pid: int, token: str, line: Connection) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=30) as client:
        line.send("ready")
        while line.recv():
            took: list[tuple[float, float]] = []
            while not line.poll(0.02):
                began, worked = time.perf_counter(), _worked(pid)
                assert client.get("/api/v1/operations/EXPO/board").status_code == 200
                took.append((time.perf_counter() - began, _worked(pid) - worked))
            line.recv()
            line.send(Answered(*(sorted(several)[int(len(took) * 0.99)] for several in zip(*took, strict=True))))


def _worked(pid: int) -> float:
    """For how long the first thread of a process had a processor. Units: seconds."""
    return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e9


def table(outcomes: list[Outcome]) -> str:
    """The figures, one attack a line."""
    heads = f"{'MB':>5} {'thr':>4} {'files':>6} {'MB after':>9} {'files after':>12} {'p99 ms':>16} {'of work':>14}"
    lines = [f"{'attack':30} {heads}"]
    for one in outcomes:
        p99 = f"{one.before.wall * 1000:.1f} → {one.during.wall * 1000:.1f}"
        work = f"{one.before.processor * 1000:.1f} → {one.during.processor * 1000:.1f}"
        worst = one.worst
        held = f"{worst.memory / 1e6:5.1f} {worst.threads:4} {worst.files:6}"
        left = f"{one.after.memory / 1e6:9.1f} {one.after.files:12}"
        lines.append(f"{one.name:30} {held} {left} {p99:>16} {work:>14}")
        lines.append(f"    {one.told}")
    return "\n".join(lines)


def main() -> int:
    """All of them; 0 when every cap holds."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.attacks", description=__doc__)
    asked.add_argument("--seconds", type=float, default=8.0)
    asked.add_argument("--only", choices=list(ATTACKS))
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="hub-attacks-") as place:
        found_city(f"sqlite:///{place}/hub.db", Path(place))
        with served(Path(place)) as hub:
            attacks = {name: one for name, one in ATTACKS.items() if given.only in (None, name)}
            outcomes = run(hub, given.seconds, attacks)
    print(json.dumps([one.__dict__ for one in outcomes], default=vars) if given.json else table(outcomes))
    faults = [fault for one in outcomes for fault in one.faults()]
    for fault in faults:
        print(fault, file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
