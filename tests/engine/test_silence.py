"""Silence and moved clocks: what is judged from two looks, and what the engine then states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from incident_hub.engine import lease, loop
from incident_hub.engine.heart import Heart
from incident_hub.engine.silence import Gap, Look, gap_between_engines, gap_of_one_engine, stepped
from incident_hub.kernel import clock, feeds
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.notify import actions as notify
from tests.kernel.clocks import Moved
from tests.night import NIGHT, Hub

AT = datetime(2026, 9, 1, tzinfo=UTC)


def look(wall_s: float, steady_s: float) -> Look:
    return Look(AT + timedelta(seconds=wall_s), steady_s)


@pytest.mark.parametrize(
    ("wall", "steady", "moved"),
    [(10, 10, None), (12, 10, None), (8.5, 10, None), (3610, 10, 3600), (-3590, 10, -3600), (600, 600, None)],
)
def test_a_clock_was_moved_when_it_went_further_than_the_time_that_passed(
    wall: float, steady: float, moved: float | None
) -> None:
    found = stepped(look(0, 0), look(wall, steady))
    assert (found and found.total_seconds()) == moved


def test_the_first_look_says_nothing() -> None:
    assert stepped(None, look(0, 0)) is None
    assert gap_of_one_engine(None, look(0, 0), AT) is None


def test_a_gap_is_longer_than_a_minute() -> None:
    assert gap_between_engines(None, AT) is None
    assert gap_between_engines(AT - timedelta(seconds=60), AT) is None
    since = AT - timedelta(seconds=61)
    assert gap_between_engines(since, AT) == Gap(since, AT)


def test_one_engine_counts_the_time_that_passed_and_not_what_became_of_the_clock() -> None:
    later = AT + timedelta(hours=1)
    assert gap_of_one_engine(look(0, 0), look(3605, 5), later) is None
    assert gap_of_one_engine(look(0, 0), look(-3600, 90), later) == Gap(later - timedelta(seconds=90), later)


@pytest.fixture
def heart(expo: Hub) -> Heart:
    """A heart that beats when it is told to."""
    return Heart(expo.app)


def beat(heart: Heart) -> None:
    with heart.app.app_context():
        heart._chase()


def stated(hub: Hub, kind: str = "engine.outage_stated") -> list[dict[str, Any]]:
    db.session.rollback()
    return [one["data"] for one in feeds.of_kind(hub.expo.id, 0, kind)]


def test_an_engine_states_what_the_one_before_it_left_open(expo: Hub, heart: Heart) -> None:
    beat(heart)
    expo.clock.forward(minutes=40)
    beat(Heart(expo.app))
    told = stated(expo)
    assert [(one["from"], one["to"]) for one in told] == [
        ("2026-09-01T19:10:00.000+00:00", "2026-09-01T19:50:00.000+00:00")
    ]
    assert len(told[0]["outage"]) >= 16
    beat(Heart(expo.app))
    assert len(stated(expo)) == 1


def test_an_engine_that_dies_before_it_has_stated_leaves_that_to_the_next(expo: Hub, heart: Heart) -> None:
    beat(heart)
    expo.clock.forward(minutes=40)
    dying = loop.hold("dies", None, None)
    assert dying is not None
    assert dying.found_at == NIGHT
    expo.clock.forward(minutes=1)
    beat(Heart(expo.app))
    assert [(one["from"], one["to"][11:16]) for one in stated(expo)] == [("2026-09-01T19:10:00.000+00:00", "19:51")]


def test_a_restart_within_a_minute_is_no_outage(expo: Hub, heart: Heart) -> None:
    beat(heart)
    expo.clock.forward(seconds=45)
    beat(Heart(expo.app))
    assert stated(expo) == []


def test_what_a_dead_engine_was_sending_is_taken_up_at_once(expo: Hub, heart: Heart) -> None:
    expo.as_("dan").open(site="carrier-a/site-001", attention="A")
    beat(heart)
    with unit_of_work() as at:
        assert notify.claim_one(at) is not None
    expo.clock.forward(seconds=10)
    beat(Heart(expo.app))
    db.session.rollback()
    assert db.session.scalar(db.text("SELECT count(*) FROM notice WHERE state = 'claimed'")) == 0


def test_an_operation_that_is_over_is_told_nothing(expo: Hub, heart: Heart) -> None:
    beat(heart)
    with unit_of_work() as _:
        db.session.execute(db.text("UPDATE operation SET phase = 'closed'"))
    expo.clock.forward(minutes=40)
    beat(Heart(expo.app))
    assert stated(expo) == []


def test_an_engine_at_work_says_so_at_once_after_an_outage(expo: Hub, heart: Heart) -> None:
    beat(heart)
    expo.clock.forward(minutes=40)
    beat(Heart(expo.app))
    assert lease.passed_at() == clock.now()


@pytest.fixture
def moved() -> Iterator[Moved]:
    """A clock that goes on by itself and can be moved."""
    with Moved.in_use() as made:
        yield made


def test_a_clock_that_was_moved_is_in_the_record_with_what_it_said(expo: Hub, heart: Heart, moved: Moved) -> None:
    beat(heart)
    moved.by(hours=1)
    beat(heart)
    moved.by(hours=-2)
    beat(heart)
    beat(heart)
    told = stated(expo, "engine.clock_stepped")
    assert [round(one["step_s"], -1) for one in told] == [3600, -7200]
    raw = datetime.fromisoformat(told[1]["raw_clock"])
    assert abs(raw - clock.raw()) < timedelta(seconds=30)
    assert stated(expo) == []


def test_a_clock_set_back_an_hour_does_not_stop_the_calls(expo: Hub, heart: Heart, moved: Moved) -> None:
    expo.as_("dan").open(site="carrier-a/site-001", attention="A")
    beat(heart)
    moved.by(hours=-1)
    beat(heart)
    db.session.rollback()
    before = clock.now()
    expo.as_("dan").open(site="carrier-a/site-001", attention="A")
    beat(heart)
    db.session.rollback()
    calls = feeds.of_kind(expo.expo.id, 0, "obligation.step_taken")
    newest = [one for one in calls if one["at"] >= before]
    assert newest, "the calls of an incident that was opened after the clock fell back have not gone out"
    assert clock.now() - clock.raw() > timedelta(minutes=59)
