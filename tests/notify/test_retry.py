"""Retry: pauses grow, are bounded, and end."""

from __future__ import annotations

from datetime import UTC, datetime

from incident_hub.notify.retry import MOST_ATTEMPTS, next_try

T0 = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)


def pauses(jitter: float) -> list[float]:
    """Seconds until each further try."""
    tries = [next_try(attempt, T0, jitter) for attempt in range(1, MOST_ATTEMPTS)]
    return [(one - T0).total_seconds() for one in tries if one]


def test_the_pause_doubles_up_to_ten_minutes() -> None:
    assert pauses(0) == [5, 10, 20, 40, 80, 160, 320]
    assert all(pause <= 600 * 1.25 for pause in pauses(1))


def test_jitter_stretches_a_pause_by_no_more_than_a_quarter() -> None:
    assert pauses(1) == [pause * 1.25 for pause in pauses(0)]


def test_after_the_last_attempt_it_is_given_up() -> None:
    assert next_try(MOST_ATTEMPTS, T0, 0) is None
