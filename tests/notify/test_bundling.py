"""Bundling: when a call may go out, given those that went out before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from incident_hub.notify.bundling import not_before

T0 = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)
FIVE = timedelta(minutes=5)


def at(minute: float) -> datetime:
    return T0 + timedelta(minutes=minute)


@pytest.mark.parametrize(
    ("bundle", "grave", "last", "waiting", "goes"),
    [
        (None, False, at(-1), None, 0), (FIVE, True, at(-1), at(4), 0), (FIVE, False, None, None, 0),
        (FIVE, False, at(-1), None, 4), (FIVE, False, at(-5), None, 0), (FIVE, False, at(-9), None, 0),
        (FIVE, False, at(-2), at(3), 3), (FIVE, False, None, at(0), 0), (FIVE, False, at(-2), at(-1), 0),
    ],
)  # fmt: skip
def test_a_call_waits_until_the_last_one_is_so_long_ago(
    bundle: timedelta | None, grave: bool, last: datetime | None, waiting: datetime | None, goes: float
) -> None:
    assert not_before(T0, bundle, grave, last, waiting) == at(goes)
