"""After the disk has failed one write, the process ends: what it acknowledged afterwards could not be believed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from flask import Flask
from sqlalchemy import text
from incident_hub.kernel.database import attach, db
app = Flask("failing")
attach(app, "sqlite:///" + sys.argv[1])
with app.app_context():
    db.session.execute(text("CREATE TABLE disk (n INTEGER)"))
    db.session.execute(text(
        "CREATE TRIGGER failing BEFORE INSERT ON disk BEGIN SELECT RAISE(ABORT, '" + sys.argv[2] + "'); END"
    ))
    try:
        db.session.execute(text("INSERT INTO disk VALUES (1)"))
    except Exception:
        print("went on")
"""


def run(folder: Path, fault: str) -> subprocess.CompletedProcess[str]:
    """Run a program whose write fails in this way."""
    command = [sys.executable, "-c", PROGRAM, str(folder / "hub.db"), fault]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_an_io_error_ends_the_process_and_another_fault_does_not(tmp_path: Path) -> None:
    failed = run(tmp_path, "disk I/O error")
    assert (failed.returncode, failed.stdout) == (74, "")
    assert "this process stops" in failed.stderr
    (tmp_path / "two").mkdir()
    assert run(tmp_path / "two", "something else").stdout == "went on\n"
