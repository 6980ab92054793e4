"""The roster drawn by days: cut at local midnight, with gaps where nobody is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from incident_hub.roster.days import monday, month, row
from incident_hub.roster.rotation import Rotation, Schedule


def test_a_shift_over_midnight_is_in_both_days_and_says_where_it_begins_and_ends() -> None:
    rotation = Rotation("Asia/Shanghai", date(2026, 9, 1), (("a",), ("b",)), (time(8), time(20)))
    first, second = row(Schedule((rotation,)), "Asia/Shanghai", date(2026, 9, 1), 2)
    assert [(one.members, one.why, one.begins, one.ends) for one in first] == [
        ((), "gap", True, True), (("a",), "rotation", True, True), (("b",), "rotation", True, False),
    ]  # fmt: skip
    assert next((one.members, one.begins, one.ends) for one in second) == (("b",), False, True)
    assert first[-1].until == second[0].since == datetime(2026, 9, 1, 16, tzinfo=UTC)


def test_a_day_on_which_clocks_are_changed_has_its_own_length() -> None:
    (day,) = row(Schedule(), "Europe/Berlin", date(2026, 10, 25), 1)
    assert (day[0].until - day[0].since).total_seconds() == 25 * 3600


def test_weeks_begin_on_monday_and_months_have_their_days() -> None:
    assert monday(date(2026, 9, 6)) == date(2026, 8, 31)
    assert month(date(2028, 2, 11)) == (date(2028, 2, 1), 29)
