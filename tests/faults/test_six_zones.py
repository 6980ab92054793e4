"""A bounded sample of six operations in six zones; `python -m tests.faults.six_zones` is a whole year of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from incident_hub.plan import recurrence
from tests.faults import six_zones

# Where the clocks of which zone change within the next four days.
WEEKS = [
    (datetime(2026, 2, 13, 12, tzinfo=UTC), "CAS", date(2026, 2, 15), 25 * 60),
    (datetime(2026, 3, 6, 12, tzinfo=UTC), "NYC", date(2026, 3, 8), 23 * 60),
    (datetime(2026, 4, 3, 0, tzinfo=UTC), "LHI", date(2026, 4, 5), 24 * 60 + 30),
    (datetime(2026, 10, 2, 0, tzinfo=UTC), "LHI", date(2026, 10, 4), 23 * 60 + 30),
    (datetime(2026, 10, 23, 12, tzinfo=UTC), "LON", date(2026, 10, 25), 25 * 60),
]


@pytest.mark.parametrize(("begins", "code", "day", "minutes"), WEEKS)
def test_a_day_of_any_length_owes_exactly_one_report_a_unit(
    tmp_path: Path, begins: datetime, code: str, day: date, minutes: int
) -> None:
    until = begins + 4 * six_zones.DAY
    assert six_zones.lengths(six_zones.ZONES[code], begins, until)[day] == minutes
    _, count, faults = six_zones.compare(tmp_path, 4, 7, begins)
    assert faults == []
    # Beside the rules that come round there are the returns of the units and the debts of their desks.
    assert count == 6 * 4 * (len(six_zones.HOURS) + 2) * len(six_zones.UNITS)


def test_whoever_reads_the_wall_notices_a_day_that_is_leapt_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = recurrence._dates
    monkeypatch.setattr(recurrence, "_dates", lambda first, last: (one for one in whole(first, last) if one.day != 8))
    _, _, faults = six_zones.compare(tmp_path, 4, 7, WEEKS[1][0])
    assert len(faults) == 6 * (len(six_zones.HOURS) + 2) * len(six_zones.UNITS)
