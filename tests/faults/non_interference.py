"""`python -m tests.faults.non_interference [--pairs N] [--seed S]`: the same trace with secrets and without.

A pair is one trace of real verbs played twice on the same city, with secret incidents and without, or with two kinds of
them; every answer, page, list, socket frame, notice and letter an outsider receives is compared. Prints how many pairs
were played and everything that differs; ends with 1 when anything does.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.notify.sink import smtp_sink
from tests.trust import knocking, twins


def run(folder: Path, first: int, pairs: int) -> list[str]:
    """Play so many pairs; what differs."""
    told: list[str] = []
    with smtp_sink() as (sink, settings), knocking.standing(folder) as city:
        city.hub.app.config.update(settings)
        twins.quiet(city.hub)
        city.keep()
        for seed in range(first, first + pairs):
            told += twins.differences(city, seed, sink.letters)
    return told


def main() -> int:
    """Play them once; 0 when nothing differs."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.non_interference", description=__doc__)
    asked.add_argument("--pairs", type=int, default=500)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hub-twins-") as place:
        told = run(Path(place), given.seed, given.pairs)
    print(*told[:20], sep="\n")
    print(f"{given.pairs} pairs in {time.monotonic() - began:.0f} s; {len(told)} lines differ.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
