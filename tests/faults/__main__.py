"""`python -m tests.faults --rounds N [--seed S]`: the kills of `test_kill.py` for as long as one likes.

A round is one kill -9 at a random moment while four people write, and one restart. Prints one line per hundred kills
and ends with 1 when anything acknowledged was lost, doubled or shown wrongly. A tenth of a minute per round.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.board.served import served
from tests.conftest import found_city
from tests.faults.killing import rounds

SLICE = 100


def main() -> int:
    """Kill as often as asked; 0 when nothing was lost."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("--rounds", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    left, seed = given.rounds, given.seed
    while left > 0:
        with tempfile.TemporaryDirectory(prefix="hub-faults-") as place:
            found_city(f"sqlite:///{place}/hub.db", Path(place))
            with served(Path(place)) as hub:
                outcome = rounds(hub, min(left, SLICE), seed, between=(0.1, 1.5))
        print(f"seed {seed}: {outcome.sentence()}", flush=True)
        if not outcome.whole:
            print(outcome, file=sys.stderr)
            return 1
        left, seed = left - SLICE, seed + 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
