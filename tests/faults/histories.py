"""`python -m tests.faults.histories [--runs N] [--seed S]`: who may read what after any history of access.

Desks are let in with the past and without, taken out, let in again; the lead is handed over, the mark is moved,
incidents of other circles are linked, audits are begun and ended. After each step the incident, journal, files, board
and links of every desk are compared with a model of dicts that knows the rulings alone, and at the end what the doors
answer. Prints how many histories were played and the first difference of each; ends with 1 when there is one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.trust import histories, knocking


def run(folder: Path, first: int, runs: int) -> list[str]:
    """Play so many histories; what differs."""
    with knocking.standing(folder) as city:
        return list(histories.differences(city, first, runs))


def main() -> int:
    """Play them once; 0 when the model agrees."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.histories", description=__doc__)
    asked.add_argument("--runs", type=int, default=5000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hub-histories-") as place:
        told = run(Path(place), given.seed, given.runs)
    print(*told[:20], sep="\n")
    print(f"{given.runs} histories in {time.monotonic() - began:.0f} s; {len(told)} differ.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
