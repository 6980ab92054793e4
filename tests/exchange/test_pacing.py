"""Steps come at their time, each one's in order, and a failure is not swallowed."""

from __future__ import annotations

import threading

import pytest

from incident_hub.exchange.pacing import Stage


def test_each_ones_steps_come_in_order_and_all_are_taken():
    seen: dict[str, list[int]] = {name: [] for name in "abcdef"}

    def step(one: tuple[str, list[int]]) -> float | None:
        seen[one[0]].append(one[1].pop(0))
        return 0.0 if one[1] else None

    Stage(step).play([(0.0, (name, list(range(20)))) for name in seen], 4, lambda: None)
    assert all(steps == list(range(20)) for steps in seen.values())


def test_the_earliest_comes_first():
    order: list[str] = []

    def step(one: str) -> None:
        order.append(one)

    Stage(step).play([(0.02, "later"), (0.0, "first"), (0.01, "second")], 1, lambda: None)
    assert order == ["first", "second", "later"]


def test_what_is_due_at_the_limit_or_later_is_not_taken():
    order: list[str] = []

    def step(one: str) -> float:
        order.append(one)
        return 5.0

    Stage(step, limit=0.05).play([(0.0, "now"), (0.05, "late"), (60.0, "never")], 2, lambda: None)
    assert order == ["now"]


def test_a_stage_that_is_stopped_takes_no_further_step():
    order: list[int] = []
    stage: Stage[int]

    def step(one: int) -> None:
        order.append(one)
        stage.stopped.set()

    stage = Stage(step)
    stage.play([(0.0, 1), (0.0, 2)], 1, lambda: None)
    assert order == [1]


def test_a_step_that_fails_stops_the_stage_and_is_raised():
    def step(_: int) -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        Stage(step).play([(0.0, 1)], 2, lambda: None)
    assert threading.active_count() < 20
