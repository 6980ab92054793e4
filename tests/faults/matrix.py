"""`python -m tests.faults.matrix [--every N]`: everybody knocks at every door, about incidents in every state.

The cells, the table on paper and the judgement are those of `tests/trust`; the suite tries one cell in seven. Prints
how many were tried and every one that is wrong; ends with 1 when there is one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.trust import knocking


def run(folder: Path, share: int) -> tuple[int, list[str]]:
    """Found the city and try one cell in so many; how many were tried and what was wrong."""
    with knocking.standing(folder) as city:
        cells = knocking.chosen(knocking.cells(city), share)
        faults = knocking.unlisted(city.hub) + [fault for one in cells if (fault := knocking.judged(city, one))]
    return len(cells), faults


def main() -> int:
    """Try them once; 0 when every answer is as the table says."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.matrix", description=__doc__)
    asked.add_argument("--every", type=int, default=1, help="one cell in so many of each door")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hub-matrix-") as place:
        tried, faults = run(Path(place), asked.parse_args().every)
    print(*faults, sep="\n")
    print(f"{tried} cells in {time.monotonic() - began:.0f} s; {len(faults)} wrong.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
