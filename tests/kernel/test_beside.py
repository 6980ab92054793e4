"""Beside the loop, in a process that is patched as the served Hub is."""

from __future__ import annotations

import subprocess
import sys

BEGIN = """
from gevent import monkey
monkey.patch_all()
import time
import gevent
from incident_hub import paper
from incident_hub.kernel import beside
from incident_hub.kernel.errors import Conflict
from tests.paper.sheets import FIRST_REPORT
"""
BOUNDED = """
beside.LONGEST = 0.05
real = monkey.get_original("time", "sleep")
try:
    beside.aside(real, 0.5)
except Conflict as refusal:
    print(refusal.detail)
"""
BESIDE = """
real, most, now = monkey.get_original("time", "sleep"), [0], [0]
def work():
    now[0] += 1
    most[0] = max(most[0], now[0])
    real(0.05)
    now[0] -= 1
beats = [0]
def beat():
    while True:
        beats[0] += 1
        gevent.sleep(0.001)
beating = gevent.spawn(beat)
gevent.joinall([gevent.spawn(beside.aside, work) for _ in range(6)], raise_error=True)
print(most[0], beats[0] > 30, len(paper.pdf("sheet", FIRST_REPORT)) > 1000)
"""


def ran(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script], check=True, capture_output=True, text=True, timeout=60
    )
    return done.stdout.strip()


def test_what_takes_too_long_is_refused_and_not_waited_for():
    assert ran(BOUNDED).startswith("This takes too long; ask for less")


def test_the_loop_goes_on_and_two_at_a_time_are_set():
    assert ran(BESIDE) == "2 True True"
