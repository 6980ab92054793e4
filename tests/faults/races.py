"""`python -m tests.faults.races [--races N] [--postgres]`: acknowledgements against the instant a step is due.

Incidents are opened in handfuls, each with a call due a second later. Then an engine that never rests, the clock that
reaches that second, and one acknowledgement for each incident are let go together. Whoever is first wins, but no step
may stand in the record behind an acknowledgement that was committed. 2,000 races take some two minutes; ends with 1
when one went wrong, or when all went the same way, for then nothing raced.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from incident_hub.cli.operations import open_from
from incident_hub.engine import loop
from incident_hub.kernel import feeds
from incident_hub.kernel.database import db
from tests import postgres
from tests.conftest import found
from tests.night import FILES, Hub, held_night

AT_ONCE = 10
STEP, SAID = "obligation.step_taken", "incident.acknowledged"


@dataclass
class Outcome:
    """How the races went. Shape: `wrong` names what may never be."""

    races: int = 0
    step_first: int = 0
    answer_first: int = 0
    wrong: list[str] = field(default_factory=list[str])

    @property
    def holds(self) -> bool:
        """Whether nothing went wrong and both sides won now and then."""
        return not self.wrong and bool(self.step_first) and bool(self.answer_first)

    def sentence(self) -> str:
        """The outcome in one line."""
        said = f"{self.races} races: the step was first in {self.step_first}, the answer in {self.answer_first}"
        return f"{said}; steps behind an answer: {len(self.wrong)} {self.wrong[:3]}"


def prepare(hub: Hub) -> None:
    """The small city under the plan of seconds."""
    hub.people()
    open_from(FILES / "seconds_operation.toml")
    for login in ("dan", "ana"):
        hub.as_(login)


def race(hub: Hub, races: int, seed: int) -> Outcome:
    """So many races, a handful at a time."""
    dice, outcome = random.Random(seed), Outcome()
    while outcome.races < races:
        refs = [hub.as_("dan").open("VIOL", site="carrier-a/site-001", attention="A") for _ in range(AT_ONCE)]
        _let_go(hub, refs, dice, outcome)
        for ref in refs:
            _judge(hub, ref, outcome)
        outcome.races += len(refs)
        hub.clock.forward(seconds=60)
        hub.tick()
    return outcome


def _let_go(hub: Hub, refs: list[str], dice: random.Random, outcome: Outcome) -> None:
    ending, start = threading.Event(), threading.Barrier(len(refs) + 2)
    # An engine needs some time for ten steps; the answers come in anywhere within it.
    waits = [dice.uniform(0, 0.012 * len(refs)) for _ in refs]

    def chase() -> None:
        start.wait(10)
        while not ending.is_set():
            with hub.app.app_context():
                loop.run(loop.Pass(hub.app, loop.Aside()), loop.CHASE)

    def answer(ref: str, wait: float) -> None:
        start.wait(10)
        time.sleep(wait)
        with hub.app.app_context():
            said = hub.as_("ana").post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"})
        if said.status_code not in (200, 201):
            outcome.wrong.append(f"{ref} answered {said.status_code} {said.text[:120]}")

    with ThreadPoolExecutor(len(refs) + 1) as crowd:
        going = [crowd.submit(chase), *(crowd.submit(answer, *one) for one in zip(refs, waits, strict=True))]
        start.wait(10)
        hub.clock.forward(seconds=1)
        for one in going[1:]:
            one.result(60)
        ending.set()
        going[0].result(60)


def _judge(hub: Hub, ref: str, outcome: Outcome) -> None:
    db.session.rollback()
    kinds: list[Any] = [one["kind"] for one in feeds.entries_of(hub.expo.id, ("incident", ref), [STEP, SAID])]
    if kinds == [STEP, SAID]:
        outcome.step_first += 1
    elif kinds == [SAID]:
        outcome.answer_first += 1
    else:
        outcome.wrong.append(f"{ref}: {kinds}")


def main() -> int:
    """Race as asked; 0 when it held."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.races", description=__doc__)
    asked.add_argument("--races", type=int, default=2000)
    asked.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with ExitStack() as open_now:
        folder = Path(open_now.enter_context(tempfile.TemporaryDirectory(prefix="hub-races-")))
        url = f"sqlite:///{folder}/hub.db"
        if given.postgres:
            server = open_now.enter_context(postgres.running())
            url = server.url(server.fresh())
        found(url, folder)
        hub = open_now.enter_context(held_night(Hub(folder, url)))
        prepare(hub)
        outcome = race(hub, given.races, given.seed)
    print(outcome.sentence())
    return 0 if outcome.holds else 1


if __name__ == "__main__":
    sys.exit(main())
