"""`python -m tests.faults.ladders [--kill] [--cut SHARE] [--clock]`: thousands of steps on the real clock, each judged.

Incidents are opened one after the other on the real server; each has ten steps within twenty seconds, and every step
sends one letter to a mail server that writes the receipt to the disk before it answers. Afterwards: every step is in
the record exactly once, was received at least once and under one delivery id, and none came early. 500 incidents make
5,000 steps; at the usual pace the run takes five and a half minutes.

`--kill` ends the engine with kill -9 every 5 to 15 seconds while the web goes on; `--cut 0.3` takes three letters in
ten and cuts the line instead of answering; `--clock` moves the Hub's clock by an hour forth, back, back and forth.
Prints the figures; ends with 1 when something does not hold.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from incident_hub.cli.operations import open_from
from incident_hub.kernel import clock
from tests.conftest import found
from tests.faults.halves import Halves, halves
from tests.faults.judging import Verdict, judge, left
from tests.faults.receipts import kept
from tests.night import FILES, Hub

# Steps of the ladder, and how long it takes: the long one, and the quick one of attention A.
LONG, QUICK = (10, 22.0), (2, 2.5)
SETTLING_S = 150.0
HOUR = 3600.0
# The Hub's clock is right, an hour ahead, right, an hour behind, and right again.
JUMPS = (HOUR, 0.0, -HOUR, 0.0)


@dataclass(frozen=True)
class Wanted:
    """What a run is asked to do. Shape: `cut` is the share of letters whose line is cut."""

    incidents: int = 500
    seconds: float = 300.0
    kill: tuple[float, float] | None = None
    cut: float = 0.0
    clock: bool = False
    seed: int = 1
    quick: bool = False

    @property
    def ladder(self) -> tuple[int, float]:
        """How many steps each ladder has, and the seconds it takes."""
        return QUICK if self.quick else LONG


@dataclass
class Told:
    """What happened to the run beside its steps."""

    kills: int = 0
    opened: int = 0
    slowest_health: float = 0.0
    faults: list[str] = field(default_factory=list[str])


def run(wanted: Wanted, folder: Path) -> tuple[Told, Verdict]:
    """One whole run in an empty folder."""
    token = city(folder)
    clock_file = folder / "offset"
    clock_file.write_text("0")
    told, ending = Told(), threading.Event()
    with (
        kept(folder / "receipts.jsonl", wanted.cut, wanted.seed) as (receipts, port),
        halves(folder, port, apart=bool(wanted.kill), clock_file=clock_file if wanted.clock else None) as hub,
        beside(ending, _ask_health, hub, told, ending),
    ):
        opening = threading.Thread(target=_open, args=(hub, token, wanted, told), name="opens incidents")
        opening.start()
        _disturb(hub, wanted, told, clock_file, time.monotonic() + wanted.seconds + wanted.ladder[1])
        opening.join(60)
        until = time.monotonic() + SETTLING_S
        while left(folder) and time.monotonic() < until:
            time.sleep(0.2)
        ending.set()
        hub.close()
        return told, judge(folder, receipts.read(), real=not wanted.clock)


def city(folder: Path) -> str:
    """The small city under the plan of seconds, and the token of somebody who logs incidents."""
    url = f"sqlite:///{folder}/hub.db"
    found(url, folder)
    made = Hub(folder, url)
    clock.use(clock.SystemClock())
    try:
        made.people()
        open_from(FILES / "seconds_operation.toml")
        made.as_("dan")
        return made.tokens["dan@None"]
    finally:
        made.close()


@contextmanager
def beside(ending: threading.Event, work: Callable[..., None], *given: object) -> Iterator[None]:
    """Something that goes on beside the run until it ends."""
    thread = threading.Thread(target=work, args=given, name="beside")
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(10)


def _open(hub: Halves, token: str, wanted: Wanted, told: Told) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    began = time.monotonic()
    with httpx.Client(base_url=f"{hub.url}/api/v1", headers=headers, trust_env=False, timeout=20) as client:
        for number in range(wanted.incidents):
            time.sleep(max(0.0, began + wanted.seconds * number / wanted.incidents - time.monotonic()))
            body = {"type": "VIOL", "title": f"{number}", "site": "carrier-a/site-001"}
            body |= {"attention": "A"} if wanted.quick else {}
            answer = client.post("/operations/EXPO/incidents", json=body, headers={"Idempotency-Key": f"one-{number}"})
            if answer.status_code == 201:
                told.opened += 1
            else:
                told.faults.append(f"incident {number}: {answer.status_code} {answer.text[:200]}")


def _disturb(hub: Halves, wanted: Wanted, told: Told, clock_file: Path, until: float) -> None:
    dice = random.Random(wanted.seed)
    jumps = list(JUMPS) if wanted.clock else []
    between = wanted.seconds / (len(JUMPS) + 1)
    while True:
        pause = dice.uniform(*wanted.kill) if wanted.kill else between
        time.sleep(max(0.0, min(pause, until - time.monotonic())))
        if time.monotonic() >= until:
            return
        if wanted.kill:
            hub.engine.end()
            hub.engine.start()
            told.kills += 1
        if jumps:
            fresh = clock_file.with_suffix(".new")
            fresh.write_text(str(jumps.pop(0)))
            fresh.replace(clock_file)


def _ask_health(hub: Halves, told: Told, ending: threading.Event) -> None:
    with httpx.Client(base_url=hub.url, trust_env=False, timeout=20) as client:
        while not ending.wait(0.2):
            began = time.monotonic()
            try:
                client.get("/healthz")
            except httpx.TransportError as fault:
                if not ending.is_set():
                    told.faults.append(f"healthz: {fault!r}")
            told.slowest_health = max(told.slowest_health, time.monotonic() - began)


def main() -> int:
    """Run as asked; 0 when everything holds."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.ladders", description=__doc__)
    asked.add_argument("--incidents", type=int, default=500)
    asked.add_argument("--seconds", type=float, default=300.0)
    asked.add_argument("--kill", action="store_true")
    asked.add_argument("--cut", type=float, default=0.0)
    asked.add_argument("--clock", action="store_true")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    kill = (5.0, 15.0) if given.kill else None
    wanted = Wanted(given.incidents, given.seconds, kill, given.cut, given.clock, given.seed)
    with tempfile.TemporaryDirectory(prefix="hub-ladders-") as place:
        told, verdict = run(wanted, Path(place))
    print(f"{told.opened} incidents opened, {told.kills} kills, slowest /healthz {told.slowest_health * 1000:.0f} ms")
    print(*verdict.sentences(), *told.faults[:10], sep="\n")
    return 0 if verdict.holds and not told.faults and verdict.steps == wanted.incidents * wanted.ladder[0] else 1


if __name__ == "__main__":
    sys.exit(main())
