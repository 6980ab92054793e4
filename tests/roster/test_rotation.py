"""Who holds a post, as tables of cases: turns, holidays, peaks, replacements, swaps, signatures."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from incident_hub.roster.rotation import (
    Change,
    Handover,
    Holding,
    Holidays,
    Rotation,
    Schedule,
    Signing,
    gaps,
    handovers,
    holders,
    overlaps,
    shifts,
    watches,
)
from incident_hub.roster.turns import fault

BEIJING, BERLIN = "Asia/Shanghai", "Europe/Berlin"
DAILY = Rotation(BEIJING, date(2026, 9, 1), (("a",), ("b",), ("c",)), (time(8),), key="daily")
HALVES = Rotation(BEIJING, date(2026, 9, 1), (("a",), ("b",), ("c",), ("d",)), (time(8), time(20)), key="halves")
WEEKLY = Rotation(BEIJING, date(2026, 8, 31), (("a", "b"), ("c", "d")), (time(9),), days=7, key="weekly")
LONG = Rotation(BEIJING, date(2026, 9, 1), (("a",), ("b",)), (time(8),), hours=36, key="long")


def at(words: str, zone: str = BEIJING) -> datetime:
    """A wall time of a zone as an instant."""
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("rotation", "when", "expected"),
    [
        (DAILY, "2026-09-01 07:59", []),
        (DAILY, "2026-09-01 08:00", ["a"]),
        (DAILY, "2026-09-02 07:59", ["a"]),
        (DAILY, "2026-09-02 08:00", ["b"]),
        (DAILY, "2026-09-04 12:00", ["a"]),
        (HALVES, "2026-09-01 19:59", ["a"]),
        (HALVES, "2026-09-01 20:00", ["b"]),
        (HALVES, "2026-09-02 12:00", ["c"]),
        (HALVES, "2026-09-03 03:00", ["d"]),
        (HALVES, "2026-09-03 08:00", ["a"]),
        (WEEKLY, "2026-09-07 08:59", ["a", "b"]),
        (WEEKLY, "2026-09-07 09:00", ["c", "d"]),
        (LONG, "2026-09-02 19:59", ["a"]),
        (LONG, "2026-09-02 20:00", ["b"]),
        (LONG, "2026-09-04 08:00", ["a"]),
    ],
)
def test_crews_take_over_at_the_wall_time_of_the_hand_over(rotation: Rotation, when: str, expected: list[str]) -> None:
    assert holders(Schedule((rotation,)), at(when)) == expected


def test_a_hand_over_in_the_hour_that_comes_twice_overlaps() -> None:
    rotation = Rotation(BERLIN, date(2026, 10, 20), (("a",), ("b",)), (time(2, 30), time(14, 30)))
    schedule = Schedule((rotation,))
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert holders(schedule, first - timedelta(minutes=1)) == ["b"]
    assert holders(schedule, first) == holders(schedule, second - timedelta(minutes=1)) == ["b", "a"]
    assert holders(schedule, second) == ["a"]
    found = overlaps(schedule, first - timedelta(days=3), second + timedelta(days=3))
    assert [(one.since, one.until, one.members) for one in found] == [(first, second, ("b", "a"))]
    assert handovers(schedule, first, second + timedelta(hours=1)) == [Handover(second, ("b",), ("a",))]


def test_a_hand_over_at_a_time_that_is_skipped_is_at_the_first_instant_after() -> None:
    schedule = Schedule((Rotation(BERLIN, date(2026, 3, 20), (("a",), ("b",)), (time(2, 30), time(14, 30))),))
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert holders(schedule, change - timedelta(seconds=1)) == ["b"]
    assert holders(schedule, change) == ["a"]
    assert gaps(schedule, change - timedelta(days=2), change + timedelta(days=2)) == []
    assert overlaps(schedule, change - timedelta(days=2), change + timedelta(days=2)) == []


def test_on_holidays_the_holidays_people_hold_from_hand_over_to_hand_over() -> None:
    days = frozenset({date(2026, 10, 1), date(2026, 10, 2)})
    holiday = Rotation(BEIJING, date(2026, 10, 1), (("x",), ("y",)), (time(8),), key="holiday")
    schedule = Schedule((DAILY,), holidays=(Holidays(days, holiday),))
    held = [holders(schedule, at(f"2026-{when}"))[0] for when in ("10-01 07:59", "10-01 08:00", "10-02 08:00")]
    assert held == ["c", "x", "y"]
    assert holders(schedule, at("2026-10-03 07:59")) == ["y"]
    # The ordinary turns are counted on underneath: b and c would have had the two days.
    assert holders(schedule, at("2026-10-03 08:00")) == holders(Schedule((DAILY,)), at("2026-10-03 08:00"))


def test_a_peak_replaces_the_rotation_between_two_instants_even_on_a_holiday() -> None:
    since, until = at("2026-09-05 06:00"), at("2026-09-07 00:00")
    peak = Rotation(BEIJING, date(2026, 9, 5), (("p", "q"),), (time(0),), since=since, until=until, key="peak")
    holiday = Holidays(frozenset({date(2026, 9, 6)}), Rotation(BEIJING, date(2026, 9, 6), (("x",),)))
    schedule = Schedule((DAILY,), (holiday,), (peak,))
    assert holders(schedule, since - timedelta(seconds=1)) == ["a"]
    assert holders(schedule, since) == holders(schedule, until - timedelta(seconds=1)) == ["p", "q"]
    assert holders(schedule, until) == ["x"]
    assert gaps(schedule, since - timedelta(days=1), until + timedelta(days=1)) == []


def test_whoever_stands_in_does_so_for_that_span_and_that_member_alone() -> None:
    stands_in = Change("x", "a", at("2026-09-01 12:00"), at("2026-09-01 18:00"))
    nobody = Change("y", "c", at("2026-09-01 12:00"), at("2026-09-01 18:00"))
    extra = Change("z", None, at("2026-09-01 17:00"), at("2026-09-01 19:00"))
    schedule = Schedule((DAILY,), changes=(stands_in, nobody, extra))
    assert [holders(schedule, at(f"2026-09-01 {hour}:30")) for hour in (11, 12, 17, 18, 19)] == [
        ["a"], ["x"], ["x", "z"], ["a", "z"], ["a"],
    ]  # fmt: skip


def test_a_later_change_is_worked_on_what_the_earlier_one_left() -> None:
    span = at("2026-09-01 08:00"), at("2026-09-02 08:00")
    changes = (Change("x", "a", *span), Change("y", "x", *span), Change("z", "a", *span))
    assert holders(Schedule((DAILY,), changes=changes), at("2026-09-01 12:00")) == ["y"]


def test_a_swap_keeps_the_names_of_both_shifts_and_counts_the_change() -> None:
    first, second = (at("2026-09-01 08:00"), at("2026-09-02 08:00")), (at("2026-09-02 08:00"), at("2026-09-03 08:00"))
    swapped = (Change("b", "a", *first, "swap"), Change("a", "b", *second, "swap"))
    span = first[0], second[1]
    before, after = watches(Schedule((DAILY,)), *span), watches(Schedule((DAILY,), changes=swapped), *span)
    assert [one.key for one in before] == [one.key for one in after] == ["daily:0:0", "daily:1:0"]
    assert [(one.member, one.why, one.sequence) for one in after] == [("b", "swap", 1), ("a", "swap", 1)]


def test_the_parts_of_a_shift_have_names_of_their_own() -> None:
    cut = (Change("x", "a", at("2026-09-01 12:00"), at("2026-09-01 14:00")),)
    found = watches(Schedule((DAILY,), changes=cut), at("2026-09-01 08:00"), at("2026-09-02 08:00"))
    assert len({one.key for one in found}) == len(found) == 3


def test_shifts_have_their_whole_crew_and_their_own_ends() -> None:
    found = shifts(Schedule((WEEKLY,)), at("2026-09-03 00:00"), at("2026-09-08 00:00"))
    assert [(one.since, one.until, one.members, one.why) for one in found] == [
        (at("2026-08-31 09:00"), at("2026-09-07 09:00"), ("a", "b"), "rotation"),
        (at("2026-09-07 09:00"), at("2026-09-14 09:00"), ("c", "d"), "rotation"),
    ]


def test_gaps_and_overlaps_are_found_for_as_many_as_are_wanted() -> None:
    until = at("2026-09-04 08:00")
    short = Rotation(BEIJING, date(2026, 9, 1), (("a",), ()), (time(8),))
    assert [(one.since, one.until) for one in gaps(Schedule((short,)), at("2026-09-01 08:00"), until)] == [
        (at("2026-09-02 08:00"), at("2026-09-03 08:00"))
    ]
    ahead = Schedule((DAILY,)), at("2026-09-01 08:00"), at("2026-09-01 08:00") + timedelta(days=400)
    assert gaps(*ahead) == overlaps(*ahead) == []
    assert len(gaps(*ahead, wanted=2)) == 400
    assert [one.members for one in overlaps(Schedule((WEEKLY,)), at("2026-09-01 00:00"), until)] == [("a", "b")]


def test_whoever_is_appointed_holds_the_post_beside_the_rotation_and_signs_nothing() -> None:
    schedule = Schedule((DAILY,), holdings=(Holding("z", at("2026-09-01 00:00"), at("2026-09-01 12:00")),))
    assert holders(schedule, at("2026-09-01 09:00")) == ["z", "a"]
    assert holders(schedule, at("2026-09-01 12:00")) == ["a"]
    assert handovers(schedule, at("2026-09-01 00:00"), at("2026-09-02 00:00")) == []


@pytest.mark.parametrize(
    ("signed_at", "when", "expected"),
    [
        (None, "2026-09-02 07:59", ["a"]),
        (None, "2026-09-02 08:00", ["b", "a"]),
        (None, "2026-09-03 07:59", ["b", "a"]),
        (None, "2026-09-03 08:00", ["c", "b"]),
        ("2026-09-02 08:20", "2026-09-02 08:19", ["b", "a"]),
        ("2026-09-02 08:20", "2026-09-02 08:20", ["b"]),
        ("2026-09-02 07:50", "2026-09-02 08:00", ["b"]),
    ],
)
def test_until_it_is_signed_both_watches_are_called(signed_at: str | None, when: str, expected: list[str]) -> None:
    signed = {at("2026-09-02 08:00"): at(signed_at)} if signed_at else {}
    asked = at(when)
    assert holders(Schedule((DAILY,), signing=Signing(signed, asked)), asked) == expected


def test_what_is_never_signed_ends_after_a_day_and_what_lies_ahead_counts_as_signed() -> None:
    due_at = at("2026-09-07 09:00")
    never = Schedule((WEEKLY,), signing=Signing({}, at("2026-12-01 00:00")))
    assert holders(never, due_at + timedelta(hours=23)) == ["c", "d", "a", "b"]
    assert holders(never, due_at + timedelta(hours=24)) == ["c", "d"]
    ahead = Schedule((WEEKLY,), signing=Signing({}, due_at - timedelta(days=1)))
    assert holders(ahead, due_at) == ["c", "d"]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"zone": "Mars/Base"}, "zone"),
        ({"crews": ()}, "crew"),
        ({"handovers": ()}, "hand-over"),
        ({"handovers": (time(20), time(8))}, "order"),
        ({"days": 0}, "day"),
        ({"handovers": (time(8), time(20)), "days": 2}, "several"),
        ({"hours": 0}, "hour"),
        ({"since": at("2026-09-02 08:00"), "until": at("2026-09-01 08:00")}, "ends"),
    ],
)
def test_a_rotation_that_cannot_hold_is_refused_in_a_sentence(change: dict[str, object], word: str) -> None:
    broken = Rotation(**{**DAILY.__dict__, **change})  # type: ignore[arg-type]
    assert fault(DAILY) is None
    assert word in (fault(broken) or "")
