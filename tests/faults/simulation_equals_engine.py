"""A run target: many random nights through the engine and through the simulation, and how many differ.

`python -m tests.faults.simulation_equals_engine 1000 [FIRST]`; ends with 1 when any night differs.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.simulation.comparing import nights


def main(count: int, first: int = 0) -> int:
    """Run the nights and say how it went; each that differs is named with what differs in it."""
    began, wrong, debts, steps = time.monotonic(), 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for one in nights(range(first, first + count), Path(folder)):
            debts, steps, wrong = debts + one.debts, steps + one.steps, wrong + bool(one.differs)
            for what, sides in one.differs.items():
                for side, rows in sides.items():
                    for row in rows[:5]:
                        print(f"night {one.seed} differs: {what} {side}: {row}")
    took = time.monotonic() - began
    print(f"{count} nights, {debts} debts and {steps} steps compared, {wrong} nights differ, {took:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:3])))
