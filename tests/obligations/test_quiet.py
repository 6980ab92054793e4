"""Quiet hours: a call's clock stands still between them, and calls keep their order and their distance."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from incident_hub.obligations.quiet import walk

NIGHT = (time(22), time(7))
BEIJING = "Asia/Shanghai"


def beijing(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A wall time in September 2026."""
    return datetime(2026, 9, day, hour, minute, second, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("start", "minutes", "comes"),
    [
        (beijing(1, 12), 30, beijing(1, 12, 30)),
        (beijing(1, 21, 50), 9, beijing(1, 21, 59)),
        (beijing(1, 21, 50), 10, beijing(2, 7)),
        (beijing(1, 21, 50), 15, beijing(2, 7, 5)),
        (beijing(1, 23), 0, beijing(2, 7)),
        (beijing(2, 3, 10), 5, beijing(2, 7, 5)),
        (beijing(2, 7), 0, beijing(2, 7)),
        (beijing(1, 21), 60 + 15 * 60 + 1, beijing(3, 7, 1)),
    ],
    ids=[
        "by day", "just before", "at their first instant", "order and distance", "begun in them",
        "begun after midnight", "at their end", "over two nights",
    ],
)  # fmt: skip
def test_a_call_that_would_sound_in_quiet_hours_comes_in_the_morning(
    start: datetime, minutes: int, comes: datetime
) -> None:
    assert walk(start, timedelta(minutes=minutes), NIGHT, BEIJING) == comes


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    noon = (time(12), time(14))
    assert walk(beijing(1, 11, 50), timedelta(minutes=20), noon, BEIJING) == beijing(1, 14, 10)
    assert walk(beijing(1, 11, 50), timedelta(minutes=20), None, BEIJING) == beijing(1, 12, 10)
    assert walk(beijing(1, 11, 50), timedelta(minutes=20), (time(12), time(12)), BEIJING) == beijing(1, 12, 10)


def test_the_night_the_clocks_change_ends_by_the_wall_clock() -> None:
    # Berlin leaves summer time on 25 October 2026: that night is an hour longer.
    start = datetime(2026, 10, 24, 19, 50, tzinfo=UTC)
    assert walk(start, timedelta(minutes=15), NIGHT, "Europe/Berlin") == datetime(2026, 10, 25, 6, 5, tzinfo=UTC)


def test_a_clock_that_hardly_ever_runs_still_comes_to_an_end() -> None:
    almost = (time(0, 1), time(0, 0))
    assert walk(beijing(1, 12), timedelta(days=3650), almost, BEIJING) > beijing(1, 12)
