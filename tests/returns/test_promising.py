from __future__ import annotations

from datetime import UTC, datetime, timedelta

from incident_hub.returns.promising import Promise, Version, kept_at, promises

NOON = datetime(2026, 9, 17, 4, tzinfo=UTC)
FIVE, SIX = NOON + timedelta(hours=5), NOON + timedelta(hours=6)


def test_a_number_left_open_is_promised_until_it_comes():
    first = Version({"screened": FIVE}, NOON)
    assert promises([first]) == [Promise("screened", FIVE, None)]
    assert promises([first, Version({}, SIX)]) == [Promise("screened", FIVE, SIX)]
    assert promises([Version({}, NOON)]) == []


def test_saying_that_it_will_be_later_moves_nothing():
    assert promises([Version({"screened": FIVE}, NOON), Version({"screened": SIX}, FIVE)]) == [
        Promise("screened", FIVE, None)
    ]


def test_each_number_is_a_promise_of_its_own_and_may_be_given_again():
    told = [Version({"screened": FIVE, "staff": SIX}, NOON), Version({"staff": SIX}, FIVE), Version({}, SIX)]
    assert promises(told) == [Promise("screened", FIVE, FIVE), Promise("staff", SIX, SIX)]
    again = [*told, Version({"staff": SIX}, SIX)]
    assert promises(again)[-1] == Promise("staff", SIX, None)


def test_many_promises_are_kept_when_the_last_one_is():
    kept = [Promise("screened", FIVE, NOON), Promise("screened", FIVE, SIX)]
    assert kept_at(kept) == SIX
    assert kept_at([*kept, Promise("screened", FIVE, None)]) is None
    assert kept_at([]) is None
