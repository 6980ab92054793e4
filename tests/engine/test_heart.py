"""The heart on the real clock: a commit wakes it, the next instant wakes it, and it stops when told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from incident_hub.engine.heart import Heart
from incident_hub.kernel import clock, record
from incident_hub.kernel.database import db
from tests.night import NIGHT, Hub
from tests.obligations.debts import debt, owed, taken


@pytest.fixture
def heart(expo: Hub) -> Iterator[Heart]:
    """A heart that beats beside the test."""
    made = Heart(expo.app)
    record.listeners.append(made.nudge)
    made.start()
    yield made
    made.stop()
    record.listeners.remove(made.nudge)


def within(seconds: float, happened: Callable[[], bool]) -> bool:
    """Whether something happens before the time is up; the engine runs in threads of its own."""
    until = time.monotonic() + seconds
    waiting = threading.Event()
    while time.monotonic() < until:
        db.session.rollback()
        if happened():
            return True
        waiting.wait(0.01)
    return False


def test_a_commit_wakes_the_engine_at_once(expo: Hub, heart: Heart) -> None:
    assert within(5, heart.alive)
    ref = expo.as_("dan").open(site="carrier-a/site-001", attention="A")
    police = debt(expo, ref, "ACK", "police")["id"]
    assert within(5, lambda: len(taken(expo, ref, police)) == 1)


def test_what_falls_due_is_found_without_a_commit(expo: Hub, heart: Heart) -> None:
    ref = expo.as_("dan").open(site="carrier-a/site-001", attention="A")
    police = debt(expo, ref, "ACK", "police")["id"]
    assert within(5, lambda: len(taken(expo, ref, police)) == 1)
    expo.clock.forward(minutes=1)
    assert within(5, lambda: len(taken(expo, ref, police)) == 2)


def test_a_second_engine_waits_its_turn_and_begins_when_the_first_stops(expo: Hub, heart: Heart) -> None:
    assert within(5, lambda: heart.held is not None)
    second = Heart(expo.app)
    second.start()
    try:
        assert second.held is None
        heart.stop()
        assert within(5, lambda: second.held is not None)
    finally:
        second.stop()


def test_it_outlives_a_pass_that_breaks(expo: Hub, heart: Heart, caplog: pytest.LogCaptureFixture) -> None:
    assert within(5, lambda: heart.held is not None)
    app, heart.app = heart.app, None  # type: ignore[assignment]
    heart.nudge()
    assert within(5, lambda: "failed" in caplog.text)
    heart.app = app
    ref = expo.as_("dan").open(site="carrier-a/site-001", attention="A")
    assert within(5, lambda: any(one["next_step"] and one["next_step"]["at"] > NIGHT for one in owed(expo, ref, "ACK")))


def test_it_stops_cleanly_and_begins_nothing_new(expo: Hub) -> None:
    made = Heart(expo.app)
    made.start()
    made.stop()
    made.stop()
    assert not [one for one in threading.enumerate() if one.name.startswith("hub-")]
    ref = expo.as_("dan").open(site="carrier-a/site-001", attention="A")
    made.nudge()
    assert taken(expo, ref, debt(expo, ref, "ACK", "police")["id"]) == []
    assert clock.is_held()
