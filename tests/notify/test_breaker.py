"""The breaker: it opens after faults in a row, longer every time, and one success closes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from incident_hub.notify.breaker import FAULTS_IN_A_ROW, LONGEST_PAUSE, Breaker, after, closed

T0 = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)


def failed(times: int, breaker: Breaker | None = None) -> Breaker:
    made = breaker or Breaker()
    for _ in range(times):
        made = after(made, True, T0)
    return made


def test_it_opens_only_after_faults_in_a_row() -> None:
    assert closed(failed(FAULTS_IN_A_ROW - 1), T0)
    opened = failed(FAULTS_IN_A_ROW)
    assert not closed(opened, T0)
    assert opened.since == T0


def test_one_success_closes_it() -> None:
    assert after(failed(FAULTS_IN_A_ROW + 3), False, T0) == Breaker()
    assert closed(failed(FAULTS_IN_A_ROW - 1, after(failed(FAULTS_IN_A_ROW - 1), False, T0)), T0)


def test_each_further_fault_keeps_it_open_for_twice_as_long() -> None:
    pauses = [failed(times).until for times in range(FAULTS_IN_A_ROW, FAULTS_IN_A_ROW + 6)]
    assert [(one - T0).total_seconds() for one in pauses if one] == [15, 30, 60, 120, 120, 120]
    assert failed(1000).until == T0 + LONGEST_PAUSE


def test_after_its_pause_one_delivery_may_try() -> None:
    assert closed(failed(FAULTS_IN_A_ROW), T0 + timedelta(seconds=15))
