"""100,000 armed steps: what an empty tick costs, what they weigh, and how long 10,000 that are overdue take.

In turns with APScheduler doing the same the way its manual shows: one job per step in a SQLAlchemyJobStore on SQLite,
`misfire_grace_time=None`. Its jobs do nothing when they fire; a step of the Hub finds out whom it reaches, makes the
notice and seals an entry into every desk's feed. Each side runs in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.figures import percentile

INCIDENTS, DEBTS, STEPS = 1000, 10, 10
EMPTY = 200


def measure(incidents: int = INCIDENTS) -> list[dict[str, Any]]:
    """One row for each side, and the ratio of each figure."""
    with TemporaryDirectory(prefix="hub-armed-") as place:
        ours, rival = (_apart(name, place, incidents) for name in ("hub", "jobs"))
    ratio = {name: round(ours[name] / rival[name], 3) if rival[name] else "-" for name in ours}
    return [{"side": name, **row} for name, row in (("hub", ours), ("a job per step", rival), ("hub : jobs", ratio))]


def timed(tick: Callable[[], object], fire: Callable[[], int]) -> dict[str, Any]:
    """The figures of one side, taken the same way: many empty ticks, then all that is overdue."""
    before, each = megabytes(), list[float]()
    for _ in range(EMPTY):
        began = time.perf_counter()
        tick()
        each.append(time.perf_counter() - began)
    began = time.perf_counter()
    count = fire()
    took = time.perf_counter() - began
    return {
        "empty tick ms p50": round(percentile(each, 0.5) * 1000, 2),
        "empty tick ms p99": round(percentile(each, 0.99) * 1000, 2),
        "MB at the most": round(megabytes(), 1),
        "MB grown": round(megabytes() - before, 1),
        "overdue fired": count,
        "seconds for them": round(took, 1),
        "fired/s": round(count / took),
    }


def megabytes() -> float:
    """Memory this process has held at the most."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def instants(begin: datetime, debt: int) -> list[datetime]:
    """When the steps of one debt are due: the first is overdue in a minute, the others in the days that follow."""
    return [begin + timedelta(seconds=60), *(begin + timedelta(days=day, seconds=debt) for day in range(1, STEPS))]


def _apart(name: str, place: str, incidents: int) -> dict[str, Any]:
    said = ""
    # Armed by one process and measured in another, so that what arming took is nowhere in the figures.
    for verb in ("arm", "fire"):
        command = [sys.executable, "-m", f"tests.bench.armed_{name}", verb, place, str(incidents)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{name} ended with {done.returncode}: {done.stderr[-2000:]}")
        said = done.stdout
    return json.loads(said.splitlines()[-1])
