"""Who takes breath while others wait, in a process that is patched as the served Hub is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from incident_hub.kernel import breath

SCRIPT = """
from gevent import monkey
monkey.patch_all()
import sys
import time
import gevent
from incident_hub.app import create_app
from incident_hub.kernel import breath
from incident_hub.kernel.turns import WEIGHS

app = create_app("sqlite:///" + sys.argv[1], {"SECRET_KEY": "held"})
said = {"heavy": {WEIGHS: True}, "light": {WEIGHS: False}, "line": {}}[sys.argv[2]]
others = [0]
gevent.spawn(others.__setitem__, 0, 1)
with app.test_request_context("/", environ_overrides=said):
    breath.breathe()
    until = time.perf_counter() + float(sys.argv[3])
    while time.perf_counter() < until:
        pass
    breath.breathe()
print(others[0])
"""


@pytest.mark.parametrize(
    ("who", "after", "others"),
    [
        ("heavy", breath.STRETCH * 2, 1),
        ("light", breath.STRETCH, 0),
        ("light", breath.SHORT * 2, 1),
        # What is said on a live line reads its head and its entries without anything being pushed in between.
        ("line", breath.SHORT * 2, 0),
    ],
)
def test_who_reads_for_long_lets_others_go_first(tmp_path: Path, who: str, after: float, others: int) -> None:
    given = [sys.executable, "-c", SCRIPT, str(tmp_path / "hub.db"), who, str(after)]
    done = subprocess.run(given, check=True, capture_output=True, text=True, timeout=60)
    assert int(done.stdout) == others
