from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from incident_hub.returns.owing import Owing, Span, owed
from incident_hub.returns.summing import Standing, Total, rolled_up

ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
)
YEAR = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("cut_off", [time(0), time(2, 30), time(16), time(23, 59)])
def test_a_year_owes_each_local_date_once_on_days_of_any_length(zone, cut_off):
    found = owed([Owing("U1", date(2026, 1, 2), date(2026, 12, 30))], *YEAR, cut_off, zone)
    assert [one.day for one in found] == [date(2026, 1, 2) + timedelta(days=n) for n in range(363)]
    assert all(one.due_at == after.since for one, after in pairwise(found))
    assert all(one.due_at.astimezone(ZoneInfo(zone)).date() == one.day for one in found)


@pytest.mark.parametrize("zone", ZONES)
def test_however_often_it_is_asked_and_after_an_outage_it_owes_the_same(zone):
    units = [Owing("U1", date(2026, 3, 1)), Owing("U2", date(2026, 3, 20))]
    since = datetime(2026, 3, 1, tzinfo=UTC)
    steps = [timedelta(minutes=7)] * 300 + [timedelta(days=9)] + [timedelta(minutes=11)] * 900 + [timedelta(days=20)]
    found, at = [], since
    for step in steps:
        found += owed(units, at, at + step, time(16), zone)
        at += step
    assert found == owed(units, since, at, time(16), zone)


def test_a_date_that_a_zone_left_out_is_owed_by_nobody():
    span = datetime(2011, 12, 28, tzinfo=UTC), datetime(2012, 1, 1, tzinfo=UTC)
    found = owed([Owing("U1", date(2011, 12, 29))], *span, time(16), "Pacific/Apia")
    assert [one.day.day for one in found] == [29, 31]
    assert found[1].since == found[0].due_at
    assert found[1].due_at - found[1].since == timedelta(hours=24)


def test_eleven_days_of_a_thousand_units_are_what_a_plain_count_says():
    first, until = date(2026, 11, 20), datetime(2026, 12, 1, 0, tzinfo=UTC)
    units = [Owing(f"U{n:04}", first) for n in range(960)]
    units += [Owing(f"L{n:04}", first + timedelta(days=4)) for n in range(20)]
    units += [Owing(f"E{n:04}", first, first + timedelta(days=5)) for n in range(10)]
    units += [Owing(f"X{n:04}", first, exempt=(Span(first, first + timedelta(days=1)),)) for n in range(10)]
    found = owed(units, datetime(2026, 11, 19, 12, tzinfo=UTC), until, time(16), "Asia/Shanghai")
    assert len({(one.unit, one.day) for one in found}) == len(found) == 960 * 11 + 20 * 7 + 10 * 6 + 10 * 11
    assert Counter(one.exempt for one in found)[True] == 20


def test_a_roll_up_never_makes_a_nought_of_what_is_not_there():
    units = [
        Standing("U1", "received", counts={"accepted": 400, "found": 0}),
        Standing("U2", "received", late=True, counts={"accepted": 100}, unknown=("found",)),
        Standing("U3", "missing"),
        Standing("U4", "returned", counts={"accepted": 7, "found": 7}),
        Standing("U5", "received", assumed=True, counts={"accepted": 9, "found": 9}),
        Standing("U6", "exempt"),
        Standing("U7", "due"),
    ]
    found = rolled_up(units, ["accepted", "found"])
    assert (found.received, found.owed, found.exempt) == (2, 6, 1)
    assert found.missing == ("U3", "U4", "U5", "U7")
    assert found.late == ("U2",)
    assert found.totals == {"accepted": Total(500, 2, 0), "found": Total(0, 1, 1)}
