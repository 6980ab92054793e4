from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from incident_hub.bulletins.answers import counted, line, may_answer, may_instruct
from tests.plan.night import shipped

SENT = datetime(2026, 9, 1, 19, 0, tzinfo=UTC)


def minute(n: float) -> datetime:
    return SENT + timedelta(minutes=n)


@pytest.mark.parametrize(
    ("kind", "answer", "words", "ended", "before", "refused"),
    [
        ("instruction", "noted", "", None, None, None),
        ("instruction", "done", "", None, "noted", None),
        ("instruction", "done", "", None, "cannot", None),
        ("instruction", "cannot", "", None, None, "Say why"),
        ("instruction", "cannot", "没有车辆", None, None, None),
        ("instruction", "present", "", None, None, "answered with noted or done or cannot"),
        ("instruction", "done", "", None, "done", "already"),
        ("instruction", "noted", "", None, "noted", "already"),
        ("instruction", "noted", "", None, "done", "already"),
        ("warning", "noted", "", None, None, None),
        ("roll_call", "present", "", None, None, None),
        ("roll_call", "noted", "", None, None, "A roll-call is answered with present"),
        ("roll_call", "present", "", None, "present", "already"),
        ("roll_call", "present", "", "recalled", None, "recalled it"),
    ],
)
def test_what_may_be_answered(kind, answer, words, ended, before, refused):
    said = may_answer(kind, answer, words, ended, before)
    assert (said is None) if refused is None else (said is not None and refused in said)


@pytest.mark.parametrize(
    ("kind", "given", "now", "answer", "awaited", "on_time", "seconds"),
    [
        ("roll_call", [], 5, "waiting", True, None, None),
        ("roll_call", [], 11, "missing", True, False, None),
        ("roll_call", [("present", 2)], 11, "present", False, True, 120),
        ("roll_call", [("present", 12)], 13, "present", False, False, 720),
        ("instruction", [("noted", 1)], 5, "noted", True, None, 60),
        ("instruction", [("noted", 1)], 11, "noted", True, False, 60),
        ("instruction", [("noted", 1), ("done", 9)], 11, "done", False, True, 60),
        ("instruction", [("cannot", 3), ("done", 20)], 30, "done", False, True, 180),
        ("warning", [("noted", 10)], 10, "noted", False, True, 600),
    ],
)
def test_how_a_desk_stands(kind, given, now, answer, awaited, on_time, seconds):
    said = [(one, minute(at)) for one, at in given]
    stands = line(kind, "room/duty", said, SENT, minute(10), minute(now))
    assert (stands.answer, stands.awaited, stands.on_time, stands.seconds) == (answer, awaited, on_time, seconds)


def test_the_silent_are_named_whether_late_or_not_yet():
    desks = {"a": [("noted", minute(1))], "b": [], "c": [("done", minute(2))]}
    lines = [line("instruction", desk, given, SENT, minute(10), minute(4)) for desk, given in desks.items()]
    answers = {"noted": 1, "done": 1, "cannot": 0}
    told = {"of": 3, "answered": 2, "on_time": 1, "awaited": 2, "answers": answers, "missing": ["b"]}
    assert counted("instruction", lines) == told


def test_a_plan_says_who_may_instruct_by_the_parties_of_its_rules():
    plan = shipped()
    seats = {"postal": [("postal", "postal/duty", "")], "carrier": [("carrier-a", "carrier-a/duty", "")]}
    assert may_instruct(plan, "postal", seats) is None
    assert "send a warning" in (may_instruct(plan, "carrier-a", seats) or "")
    open_to_all = replace(plan, rules=tuple(replace(rule, by=()) for rule in plan.rules))
    assert may_instruct(open_to_all, "carrier-a", seats) is None
