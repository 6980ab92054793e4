from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from incident_hub.plan.contingency import Every, Plan, Rule
from incident_hub.plan.recurrence import Cron, comes_round, read_cron, read_every

DAILY = Every(at=time(16))


def round_of(expo: Plan, every: Every) -> Rule:
    return replace(expo.rules[0], when=(), every=every)


def utc(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "every"),
    [
        ("day at 16:00", Every(at=time(16))),
        ("day at 00:00", Every(at=time(0))),
        ("shift", Every(shift=True)),
        ("0 16 * * *", Every(cron="0 16 * * *")),
        ("day at 24:00", None),
        ("day at 16", None),
        ("days at 16:00", None),
        ("shifts", None),
        ("", None),
        ("0 0 31 2 *", None),
    ],
)
def test_a_rule_comes_round_as_it_is_written(words, every):
    assert read_every(words) == every


ALL = Cron(tuple(range(60)), tuple(range(24)), tuple(range(1, 32)), tuple(range(1, 13)), tuple(range(7)))


@pytest.mark.parametrize(
    ("words", "cron"),
    [
        ("* * * * *", ALL),
        ("*/15 * * * *", replace(ALL, minutes=(0, 15, 30, 45))),
        ("5 8-11 * * *", replace(ALL, minutes=(5,), hours=(8, 9, 10, 11))),
        ("5 8-20/6 * * *", replace(ALL, minutes=(5,), hours=(8, 14, 20))),
        ("0 20/2 * * *", replace(ALL, minutes=(0,), hours=(20, 22))),
        ("0,30 9,17 1 1-3 *", Cron((0, 30), (9, 17), (1,), (1, 2, 3), ALL.weekdays)),
        ("0 9 * * 1-5", replace(ALL, minutes=(0,), hours=(9,), weekdays=(1, 2, 3, 4, 5))),
        ("0 9 * * 7", replace(ALL, minutes=(0,), hours=(9,), weekdays=(0,))),
        ("0 0 31 2 1", Cron((0,), (0,), (31,), (2,), (1,))),
        ("0 0 29 2 *", Cron((0,), (0,), (29,), (2,), ALL.weekdays)),
        ("60 * * * *", None),
        ("* 24 * * *", None),
        ("* * 0 * *", None),
        ("* * * 13 *", None),
        ("* * * * 8", None),
        ("* * * *", None),
        ("* * * * * *", None),
        ("9-8 * * * *", None),
        ("*/0 * * * *", None),
        ("*/60 * * * *", None),
        ("1, * * * *", None),
        ("-1 * * * *", None),
        ("0 9 * * mon", None),
        ("* *  * * *", None),
        ("0 0 30,31 2 *", None),
        ("@daily", None),
    ],
)
def test_the_five_fields_of_cron(words, cron):
    assert read_cron(words) == cron


@pytest.mark.parametrize(
    ("cron", "day", "comes"),
    [
        ("0 0 1 * *", "2026-09-01", True),
        ("0 0 1 * *", "2026-09-02", False),
        ("0 0 * * 2", "2026-09-01", True),
        ("0 0 * * 0", "2026-09-06", True),
        ("0 0 13 * 5", "2026-09-13", True),
        ("0 0 13 * 5", "2026-09-04", True),
        ("0 0 13 * 5", "2026-09-05", False),
        ("0 0 * 10 *", "2026-09-01", False),
    ],
)
def test_a_date_and_a_weekday_are_either_of_them_enough(cron, day, comes):
    found = read_cron(cron)
    assert found is not None
    assert found.on(datetime.fromisoformat(day).date()) is comes


def test_it_comes_round_once_a_day_after_the_one_instant_and_up_to_the_other(expo):
    found = comes_round(round_of(expo, DAILY), utc("2026-09-01 08:00"), utc("2026-09-03 08:00"), "Asia/Shanghai")
    assert found == [utc("2026-09-02 08:00"), utc("2026-09-03 08:00")]
    assert comes_round(round_of(expo, DAILY), utc("2026-09-03 08:00"), utc("2026-09-01 08:00"), "UTC") == []
    assert comes_round(expo.rules[0], utc("2026-09-01 08:00"), utc("2026-09-03 08:00"), "UTC") == []


@pytest.mark.parametrize(
    ("zone", "wall", "day", "at"),
    [
        # 23 hours: 02:30 is leapt over and comes as much later as the clocks were moved.
        ("Europe/Berlin", time(2, 30), "2026-03-29", "2026-03-29 01:30"),
        # 25 hours: 02:30 is there twice and comes the first time.
        ("Europe/Berlin", time(2, 30), "2026-10-25", "2026-10-25 00:30"),
        ("Europe/Berlin", time(16), "2026-10-25", "2026-10-25 15:00"),
        # Midnight itself is leapt over.
        ("Africa/Cairo", time(0), "2026-04-24", "2026-04-23 22:00"),
        # Half an hour, and one that falls back over midnight.
        ("Australia/Lord_Howe", time(2, 15), "2026-10-04", "2026-10-03 15:45"),
        ("Asia/Urumqi", time(17), "2026-09-01", "2026-09-01 11:00"),
    ],
)
def test_a_wall_time_comes_once_on_each_local_date(expo, zone, wall, day, at):
    since = utc(day) - timedelta(days=3)
    found = comes_round(round_of(expo, Every(at=wall)), since, since + timedelta(days=6), zone)
    assert len(found) == 6
    assert utc(at) in found


def test_looked_at_in_pieces_nothing_comes_twice_and_nothing_is_left_out(expo):
    for every in (DAILY, Every(at=time(2, 30)), Every(cron="*/20 * * * *"), Every(cron="10,40 0-3 * * *")):
        rule = round_of(expo, every)
        start, end = utc("2026-10-24 00:00"), utc("2026-10-27 00:00")
        whole = comes_round(rule, start, end, "Europe/Berlin")
        pieces: list[datetime] = []
        while start < end:
            pieces += comes_round(rule, start, start + timedelta(minutes=7), "Europe/Berlin")
            start += timedelta(minutes=7)
        assert [one for one in pieces if one <= end] == whole


def test_a_cron_without_an_hour_goes_on_through_the_repeated_hour_and_one_with_an_hour_does_not(expo):
    since, until = utc("2026-10-25 00:00"), utc("2026-10-25 02:00")  # 02:00 to 03:00 twice in Berlin
    hourly = comes_round(round_of(expo, Every(cron="*/30 * * * *")), since, until, "Europe/Berlin")
    assert len(hourly) == 4
    named = comes_round(
        round_of(expo, Every(cron="*/30 2 * * *")), since - timedelta(minutes=1), until, "Europe/Berlin"
    )
    assert named == [utc("2026-10-25 00:00"), utc("2026-10-25 00:30")]


def test_a_shift_comes_round_at_each_planned_hand_over_it_is_handed(expo):
    handovers = [utc("2026-09-02 00:00"), utc("2026-09-01 00:00"), utc("2026-09-03 00:00")]
    rule = round_of(expo, Every(shift=True))
    assert comes_round(rule, utc("2026-09-01 00:00"), utc("2026-09-02 00:00"), "UTC", handovers) == handovers[:1]
