"""The loop: it does what is due, puts aside what fails, and stops when another engine has taken over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from incident_hub.engine import lease, loop, watchdog
from incident_hub.kernel import clock
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.obligations.models import Step
from tests.night import NIGHT, Hub
from tests.obligations.debts import debt, rungs

SITE = "carrier-a/site-001"


def test_a_pass_with_nothing_due_does_nothing(expo: Hub) -> None:
    assert expo.tick() == 0


def test_a_pass_up_to_an_instant_leaves_what_comes_later_and_never_runs_ahead(expo: Hub) -> None:
    ref = expo.as_("dan").open(site=SITE, attention="A")
    police = debt(expo, ref, "ACK", "police")["id"]
    loop.tick(loop.Pass(expo.app, loop.Aside(), NIGHT - timedelta(minutes=1)))
    assert rungs(expo, ref, police) == []
    loop.tick(loop.Pass(expo.app, loop.Aside(), NIGHT + timedelta(hours=1)))
    assert [at for at, *_ in rungs(expo, ref, police)] == [0]


def test_a_debt_that_breaks_is_put_aside_and_the_others_go_on(expo: Hub, caplog: pytest.LogCaptureFixture) -> None:
    ref = expo.as_("dan").open(site=SITE, attention="A")
    broken, whole = debt(expo, ref, "ACK", "police")["id"], debt(expo, ref, "ACK", "postal")["id"]
    with unit_of_work() as _:
        db.session.query(Step).filter(Step.obligation_id == broken).update({"to": "not a list of posts"})
    aside = expo.going.aside
    expo.tick()
    assert rungs(expo, ref, broken) == []
    assert len(rungs(expo, ref, whole)) == 1
    assert aside.left_alone(clock.now()) == [broken]
    assert broken in caplog.text
    with unit_of_work() as _:
        db.session.query(Step).filter(Step.obligation_id == broken).update({"to": [["duty_officer", "own"]]})
    expo.clock.forward(seconds=3)
    expo.tick()
    assert len(rungs(expo, ref, broken)) == 1
    assert aside.failures == {}


def test_what_keeps_failing_is_left_alone_longer_and_longer() -> None:
    aside, at = loop.Aside(), datetime(2026, 9, 1, tzinfo=UTC)
    pauses = [aside.put("x", at).total_seconds() for _ in range(12)]
    assert pauses[:4] == [2, 4, 8, 16]
    assert pauses[-1] == 300
    aside.done("x")
    assert aside.left_alone(at) == []


def test_an_engine_that_was_overtaken_takes_no_step(expo: Hub) -> None:
    ref = expo.as_("dan").open(site=SITE, attention="A")
    mine = loop.hold("one", None, None)
    assert mine is not None
    expo.clock.forward(seconds=20)
    assert loop.hold("two", None, None) is not None
    with expo.app.app_context(), pytest.raises(lease.LeaseLost):
        loop.run(loop.Pass(expo.app, loop.Aside(), held=mine), loop.CHASE)
    assert rungs(expo, ref, debt(expo, ref, "ACK", "police")["id"]) == []


def test_one_engine_holds_the_lease_until_it_runs_out_or_is_left(expo: Hub) -> None:
    first = loop.hold("one", None, None)
    assert first is not None
    assert loop.hold("two", None, None) is None
    expo.clock.forward(seconds=5)
    renewed = loop.hold("one", first, clock.now())
    assert renewed is not None
    assert (renewed.number, renewed.until > first.until) == (first.number, True)
    loop.let_go(renewed)
    second = loop.hold("two", None, None)
    assert second is not None
    assert second.number == first.number + 1


def test_a_process_of_the_same_name_takes_over_at_once_under_a_new_number(expo: Hub) -> None:
    first, again = loop.hold("serve", None, None), loop.hold("serve", None, None)
    assert first is not None
    assert again is not None
    assert again.number == first.number + 1


def test_the_watchdog_barks_after_sixty_seconds_of_silence(expo: Hub) -> None:
    assert not watchdog.alive(clock.now())
    held = loop.hold("one", None, None)
    expo.clock.forward(seconds=60)
    assert watchdog.alive(clock.now())
    expo.clock.forward(seconds=1)
    assert not watchdog.alive(clock.now())
    # A lease that is renewed while no pass is completed does not count as life.
    assert loop.hold("one", held, NIGHT) is not None
    assert not watchdog.alive(clock.now())


def test_the_watchdog_says_how_long_the_oldest_thing_has_waited(expo: Hub) -> None:
    assert watchdog.overdue(clock.now()) == 0
    expo.as_("dan").open(site=SITE, attention="A")
    expo.clock.forward(seconds=90)
    assert watchdog.overdue(clock.now()) == 90


@pytest.mark.parametrize(("ahead", "waits"), [(None, 60), (0.25, 0.25), (600, 60), (-5, 1)])
def test_the_heart_waits_until_the_next_instant_and_never_spins_on_what_is_put_aside(
    expo: Hub, ahead: float | None, waits: float
) -> None:
    due = None if ahead is None else clock.now() + timedelta(seconds=ahead)
    assert loop.seconds_to(due, 60, 1) == waits
