from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from incident_hub.plan.contingency import Calendar, Span
from incident_hub.plan.spans import after, before, is_working_day, least, read_span, write_span

# Thursday 24 September 2026, 18:00 in Shanghai; the first week of October is off, and two rest days are worked for it.
THURSDAY = datetime(2026, 9, 24, 10, 0, tzinfo=UTC)
OCTOBER = Calendar(
    holidays=tuple(date(2026, 10, day) for day in range(1, 8)), workdays=(date(2026, 9, 27), date(2026, 10, 10))
)


@pytest.mark.parametrize(
    ("written", "span"),
    [("15m", Span(timedelta(minutes=15))), ("5wd", Span(working_days=5)), ("3660d", Span(timedelta(days=3660)))],
)
def test_a_span_reads_as_it_is_written(written, span):
    assert read_span(written) == span
    assert write_span(span) == written


@pytest.mark.parametrize("words", ["", "5 wd", "wd", "-1wd", "9999wd", "5WD", "1.5h"])
def test_what_is_no_span_is_none(words):
    assert read_span(words) is None


@pytest.mark.parametrize(
    ("calendar", "days", "local_end"),
    [
        (Calendar(), 1, (2026, 9, 25)),
        (Calendar(), 2, (2026, 9, 28)),
        (OCTOBER, 2, (2026, 9, 27)),
        (OCTOBER, 5, (2026, 9, 30)),
        (OCTOBER, 6, (2026, 10, 8)),
        (OCTOBER, 8, (2026, 10, 10)),
    ],
)
def test_working_days_skip_rest_and_holidays_and_keep_the_wall_time(calendar, days, local_end):
    assert after(THURSDAY, Span(working_days=days), calendar, "Asia/Shanghai") == datetime.combine(
        date(*local_end), time(10), UTC
    )


def test_a_span_back_is_counted_the_same_way():
    monday = datetime(2026, 9, 28, 10, 0, tzinfo=UTC)
    assert before(monday, Span(working_days=2), Calendar(), "Asia/Shanghai") == THURSDAY
    assert before(monday, Span(timedelta(days=10)), Calendar(), "UTC") == monday - timedelta(days=10)


def test_a_wall_time_survives_the_change_of_the_clocks():
    friday = datetime(2026, 3, 27, 8, 0, tzinfo=UTC)
    assert after(friday, Span(working_days=1), Calendar(), "Europe/Berlin") == datetime(2026, 3, 30, 7, 0, tzinfo=UTC)


def test_a_calendar_without_working_days_ends_all_the_same():
    idle = Calendar(rest=tuple(range(7)))
    assert after(THURSDAY, Span(working_days=1), idle, "UTC") > THURSDAY
    assert not is_working_day(date(2026, 9, 24), idle)


def test_the_least_of_working_days_is_as_many_days():
    assert least(Span(working_days=3)) == timedelta(days=3)
