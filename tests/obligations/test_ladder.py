"""Ladders: which steps are armed, which are sent after an outage, and when the next rung takes over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from incident_hub.obligations import ladder
from incident_hub.obligations.ladder import Hung, Rung
from incident_hub.plan.contingency import Ladder, Owed, Step

T0 = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)


def minutes(n: float) -> timedelta:
    """A span as a plan writes it."""
    return timedelta(minutes=n)


def step(kind: str = "call", post: str = "duty_officer", **more: Any) -> Step:
    """One rung, calling the duty officer of the owing desk unless said otherwise."""
    if not {"after", "before_due", "after_due"} & set(more):
        more["after"] = minutes(0)
    return Step(kind, (Owed(post, "own"),), ("in_app",), **more)


def timeline(*steps: Step, within: float = 60) -> list[tuple[int, int, float]]:
    """What a ladder arms: (step, occurrence, minutes after the start)."""
    armed = ladder.arm(Ladder("x", steps), Hung(T0, T0 + minutes(within)))
    return [(one.step, one.occurrence, (one.at - T0) / minutes(1)) for one in armed]


def overdue(place: int, occurrence: int, at: datetime) -> Rung:
    """A rung whose instant has come."""
    return Rung(place, occurrence, "call", at, at, (("duty_officer", "own"),), ("in_app",))


def test_repeats_count_the_first_call_and_end_when_the_next_rung_takes_over() -> None:
    calls = step(repeat=minutes(1), up_to=5)
    assert timeline(calls) == [(0, n, n) for n in range(5)]
    assert timeline(calls, step(after=minutes(3))) == [(0, 0, 0), (0, 1, 1), (0, 2, 2), (1, 0, 3)]


def test_informing_somebody_does_not_take_over_a_chase() -> None:
    armed = timeline(step(repeat=minutes(1), up_to=3), step("inform", after=minutes(1)))
    assert armed == [(0, 0, 0), (0, 1, 1), (1, 0, 1), (0, 2, 2)]


def test_a_step_that_never_stops_repeating_is_capped_at_sixty() -> None:
    assert len(timeline(step(repeat=minutes(1)))) == 60
    assert len(timeline(step(repeat=minutes(1), up_to=500))) == 60


def test_steps_before_and_after_the_deadline_stand_at_absolute_instants() -> None:
    armed = timeline(step("remind", before_due=minutes(5)), step("inform", after_due=minutes(2)), within=15)
    assert armed == [(0, 0, 10), (1, 0, 17)]


def test_a_reminder_wanted_before_the_debt_began_comes_due_as_it_begins() -> None:
    assert timeline(step("remind", before_due=minutes(30)), within=10) == [(0, 0, 0)]


def test_while_the_engine_runs_everything_due_is_sent() -> None:
    due = [overdue(0, 4, T0), overdue(1, 0, T0 + timedelta(seconds=10))]
    assert ladder.catch_up(due, T0 + timedelta(seconds=15), T0).to_send == tuple(due)


def test_after_an_outage_only_the_highest_rung_is_sent_and_the_others_say_why_not() -> None:
    due = [overdue(0, 0, T0), overdue(0, 1, T0 + minutes(1)), overdue(1, 0, T0 + minutes(5))]
    caught = ladder.catch_up(due, T0 + minutes(20), T0)
    assert caught.to_send == (due[2],)
    assert caught.withheld == ((due[0], "outage"), (due[1], "outage"))


def test_what_only_informs_never_outranks_a_call_and_is_sent_beside_it() -> None:
    call, news = overdue(0, 0, T0), replace(overdue(1, 0, T0 + minutes(5)), kind="inform")
    caught = ladder.catch_up([call, news], T0 + minutes(20), T0)
    assert (caught.to_send, caught.withheld) == ((call, news), ())
    only = ladder.catch_up([news], T0 + minutes(20), T0)
    assert only.to_send == (news,)


def test_steps_of_one_instant_are_one_rung() -> None:
    due = [overdue(0, 0, T0), overdue(2, 0, T0 + minutes(10)), overdue(3, 0, T0 + minutes(10))]
    caught = ladder.catch_up(due, T0 + minutes(20), T0)
    assert caught.to_send == (due[1], due[2])


def test_what_was_overdue_before_it_was_entered_is_not_blamed_on_an_outage() -> None:
    entered = T0 + minutes(7)
    due = [overdue(0, 0, T0), overdue(1, 0, T0 + minutes(5))]
    caught = ladder.catch_up(due, entered, entered)
    assert caught.withheld == ((due[0], "entered_late"),)
    assert ladder.late_seconds(due[1].at, entered, entered) is None


@pytest.mark.parametrize(("seconds", "said"), [(0, None), (5, None), (5.001, 5.001), (1200, 1200)])
def test_more_than_five_seconds_is_said_to_be_late(seconds: float, said: float | None) -> None:
    assert ladder.late_seconds(T0, T0, T0 + timedelta(seconds=seconds)) == said


OWN, LEADER = ("duty_officer", "own"), ("duty_leader", "own")


@pytest.mark.parametrize(
    ("kind", "to", "reached", "named_before", "reached_before", "passes"),
    [
        ("call", [OWN], [], [], [], True),
        ("call", [OWN], ["ana"], [], [], False),
        ("call", [LEADER], ["ana"], [OWN], ["ana"], True),
        ("call", [LEADER], ["ana", "anna"], [OWN], ["ana"], False),
        ("call", [OWN], ["ana"], [OWN], ["ana"], False),
        ("remind", [OWN], [], [OWN], ["ana"], True),
        ("inform", [OWN], [], [], [], False),
    ],
    ids=[
        "a vacant post", "somebody new", "the same person on another post", "somebody new among them",
        "the same post again as the plan wants", "vacant by now", "informing hurries nobody",
    ],
)  # fmt: skip
def test_a_rung_that_reaches_nobody_new_passes_on(
    kind: str, to: Any, reached: Any, named_before: Any, reached_before: Any, passes: bool
) -> None:
    assert ladder.passes_on(kind, to, reached, named_before, reached_before) is passes


def test_slack_is_what_was_left_and_negative_when_late() -> None:
    assert ladder.slack(T0, None) is None
    assert ladder.slack(T0 + minutes(2), T0) == 120
    assert ladder.slack(T0, T0 + minutes(2)) == -120
