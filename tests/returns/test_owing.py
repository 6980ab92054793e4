from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from incident_hub.plan.reader import read
from incident_hub.returns.asked import asked_from
from incident_hub.returns.owing import Owing, Span, Version, owed, there_at
from incident_hub.returns.summing import Since, Standing, Total, came_since, merged, rolled_up

EXPO = Path(__file__).resolve().parents[2] / "config" / "plans" / "expo.toml"
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
        Standing("U5", "exempt"),
        Standing("U6", "due"),
    ]
    found = rolled_up(units, ["accepted", "found"])
    assert (found.received, found.owed, found.exempt) == (2, 5, 1)
    assert found.missing == ("U3", "U4", "U6")
    assert (found.late, found.returned) == (("U2",), ("U4",))
    assert found.totals == {"accepted": Total(500, 2, 0), "found": Total(0, 1, 1)}


def test_a_level_above_counts_a_unit_once_and_as_the_later_roll_up_has_it():
    north = [Standing("U1", "missing"), Standing("U2", "received", counts={"accepted": 5}, filing="f2")]
    south = [Standing("U1", "received", late=True, counts={"accepted": 3}, filing="f1"), Standing("U3", "due")]
    found = rolled_up(merged([north, south]), ["accepted"])
    assert (found.received, found.owed, found.missing) == (2, 3, ("U3",))
    assert found.totals == {"accepted": Total(8, 2, 0)}


def test_an_amendment_says_what_came_what_moved_and_what_is_gone():
    before = {"U1": "f1", "U2": "f2", "U3": None, "U4": "f4"}
    now = {"U1": "f1", "U2": "f9", "U3": "f3", "U4": None, "U5": "f5"}
    assert came_since(before, now) == Since(came=("U3", "U5"), changed=("U2",), gone=("U4",))
    assert came_since(now, now) == Since()


@pytest.mark.parametrize(
    ("phases", "wanted"),
    [
        ([(1, "active")], True),
        ([(1, "preparing"), (17 + 10 / 24, "active")], True),
        ([(1, "preparing"), (17 + 16.5 / 24, "active")], False),
        ([(1, "active"), (17 + 1 / 24, "standing_down")], True),
        ([(1, "active"), (16 + 23 / 24, "standing_down")], False),
        ([(1, "active"), (17.1, "standing_down"), (19, "closed")], True),
        ([(18, "active")], False),
    ],
)
def test_a_date_was_asked_for_when_the_operation_was_active_before_its_cut_off_whatever_came_later(phases, wanted):
    plan, faults = read(EXPO.read_text())
    assert plan is not None, faults
    assert plan.zero_report is not None
    wall = datetime(2026, 9, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    was = [(wall + timedelta(days=day - 1), phase) for day, phase in phases]
    found = asked_from(plan, plan.zero_report.units, date(2026, 9, 17), "Asia/Shanghai", was)
    assert found == (datetime(2026, 9, 17, 7, tzinfo=UTC) if wanted else None)


def test_a_return_is_there_from_its_first_version_or_the_first_after_it_was_sent_back():
    first, mended, last = (datetime(2026, 9, 17, hour, tzinfo=UTC) for hour in (5, 6, 7))
    assert there_at([[Version(first), Version(last)]]) == first
    assert there_at([[Version(first, sent_back=True), Version(mended), Version(last)]]) == mended
    assert there_at([[Version(first)], [Version(mended)]]) == mended
