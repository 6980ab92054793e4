"""`python -m tests.bench`: measure, print one table for each question, and write the figures to --out as JSON."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from . import armed, creates, printing, sockets
from .figures import table


def main() -> None:
    """Run what was asked for; it ends by itself within a few minutes."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench")
    asked.add_argument("--out", type=Path, help="where the figures go as JSON")
    asked.add_argument("--seconds", type=float, default=5.0, help="of each load")
    asked.add_argument("--rounds", type=int, default=3, help="turns of each server")
    asked.add_argument("--entries", type=int, default=40, help="entries the sockets wait for")
    asked.add_argument("--sockets", type=int, nargs="*", default=[100, 1000])
    asked.add_argument("--incidents", type=int, default=armed.INCIDENTS, help="with a hundred armed steps each")
    asked.add_argument("--only", choices=["creates", "sockets", "armed", "printing"])
    wanted = asked.parse_args()
    told: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
    print(f"{told['at']}: {told['machine']}")
    if wanted.only in (None, "creates"):
        told["creates"] = creates.measure(wanted.seconds, wanted.rounds)
        print("\nIncident creates, in turns with a bare Flask and ORM create:\n" + table(told["creates"]))
    if wanted.only in (None, "sockets"):
        told["sockets"] = sockets.measure(wanted.sockets, wanted.entries)
        print("\nAn entry to the last of many sockets, stock emit:\n" + table(told["sockets"]))
    if wanted.only in (None, "armed"):
        told["armed"] = armed.measure(wanted.incidents)
        print("\nArmed steps, in turns with one APScheduler job per step:\n" + table(told["armed"]))
    if wanted.only in (None, "printing"):
        told["printing"] = printing.measure(wanted.rounds)
        print("\nA sheet of paper, in turns with a browser that prints:\n" + table(told["printing"]))
    if wanted.out:
        wanted.out.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n")
        print(f"\nWritten to {wanted.out}.")


def machine() -> str:
    """The machine in a line, with how busy it was to begin with."""
    words = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    return f"{words}, SQLite {sqlite3.sqlite_version}, load {os.getloadavg()[0]:.1f} at the start"


if __name__ == "__main__":
    main()
