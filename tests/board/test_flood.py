from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from incident_hub.board.flood import flood
from incident_hub.plan.words import grave

NIGHT = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NIGHT + timedelta(minutes=minutes)


def arrivals(*groups: tuple[float, int]) -> list[datetime]:
    return [at(minute) + timedelta(seconds=number) for minute, count in groups for number in range(count)]


@pytest.mark.parametrize(
    ("groups", "minute", "new"),
    [
        ([(0, 10)], 1, None),
        ([(0, 11)], 1, 11),
        ([(0, 6), (9, 5)], 9.5, 11),
        ([(0, 6), (11, 5)], 11.5, None),
        ([(0, 11)], 9.9, 11),
        ([(0, 11)], 12, None),
        ([(0, 11), (5, 5)], 12, 5),
        ([(0, 11), (5, 4)], 12, None),
        ([(0, 11), (5, 5), (14, 4)], 14.5, 9),
        ([(0, 11), (5, 5), (14, 4)], 16, None),
        ([(0, 30)], -1, None),
        ([], 0, None),
    ],
)
def test_a_flood_begins_above_ten_and_ends_below_five(groups, minute, new):
    found = flood(arrivals(*groups), at(minute))
    assert (found and found.new) == new


def test_it_began_with_the_one_too_many_and_a_second_flood_begins_anew():
    assert flood(arrivals((0, 15)), at(1)).since == at(0) + timedelta(seconds=10)
    again = flood(arrivals((0, 15), (30, 12)), at(31))
    assert (again.since, again.new) == (at(30) + timedelta(seconds=10), 12)


@pytest.mark.parametrize(
    ("card", "sounds"),
    [
        ({"grade": "I"}, True),
        ({"grade": "II"}, True),
        ({"grade": "III"}, False),
        ({"grade": None, "attention": "A"}, True),
        ({"grade": None, "attention": "B"}, False),
        ({"life_safety": True, "grade": None}, True),
        ({}, False),
    ],
)
def test_in_a_flood_only_the_gravest_sounds(card, sounds):
    assert grave(card) is sounds
