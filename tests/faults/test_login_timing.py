"""The short form: the two doors answer in like time, and the judge sees a difference that is there."""

from __future__ import annotations

import random
from pathlib import Path

from tests.faults.login_timing import judged, likely, measured


def test_a_refusal_takes_as_long_for_a_login_that_exists(tmp_path: Path) -> None:
    told = measured(tmp_path, 200)
    assert {door: one.alike for door, one in told.items()} == {"sign-in": True, "reset": True}, told


def test_the_judge_sees_a_difference_that_is_there() -> None:
    rng = random.Random(1)
    same = [[rng.gauss(5, 1) for _ in range(2000)] for _ in range(2)]
    later = [x + 0.5 for x in same[1]]
    assert likely(*same) > 0.01
    assert likely(same[0], later) < 0.001


def test_a_door_that_hashes_for_known_logins_alone_is_caught() -> None:
    def leaking(login: str) -> None:
        sum(range(400_000 if login.startswith("member") else 10))

    assert not judged(leaking, ["member1"], 60).alike
