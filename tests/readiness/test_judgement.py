"""Whether something is in place, at which instant it ends, and what cannot be stated."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from incident_hub.plan.contingency import Requirement, Words
from incident_hub.readiness.judgement import Stated, closure, end_of_day, ends, judge, ready, refuses

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
ZONE = "Asia/Shanghai"


def asked(kind: str = "yes_no", **more: Any) -> Requirement:
    given: dict[str, Any] = {"at_least": None, "at_most": None, "measured": None, "valid_for": None, "warn": None}
    return Requirement("x", "training", Words("x", "x"), kind, **(given | more), basis="", confirmed=False)


def days(n: float) -> timedelta:
    return timedelta(days=n)


NINETY = asked("percent", at_least=90, valid_for=days(30), warn=days(7))
CERTIFICATE = asked("date", warn=days(30))


@pytest.mark.parametrize(
    ("one", "stated", "state"),
    [
        (asked(), None, "missing"),
        (asked(), Stated(True, AT), "ready"),
        (asked(), Stated(False, AT), "short"),
        (asked("count", at_most=0), Stated(0, AT), "ready"),
        (asked("count", at_most=0), Stated(1, AT), "short"),
        (asked("count", at_least=2), Stated(1, AT), "short"),
        (NINETY, Stated(90, AT), "ready"),
        (NINETY, Stated(89, AT), "short"),
        (NINETY, Stated(95, AT - days(23)), "expiring"),
        (NINETY, Stated(95, AT - days(22.9)), "ready"),
        (NINETY, Stated(95, AT - days(30)), "expired"),
        (NINETY, Stated(95, AT, AT), "expired"),
        (NINETY, Stated(95, AT, verdict="objected"), "objected"),
        (NINETY, Stated(95, AT, verdict="confirmed"), "ready"),
        (CERTIFICATE, Stated("2026-08-31", AT), "expired"),
        (CERTIFICATE, Stated("2026-09-01", AT), "expiring"),
        (CERTIFICATE, Stated("2027-01-01", AT), "ready"),
        (asked("document"), Stated(None, AT), "no_evidence"),
        (asked("document"), Stated(None, AT, files=1), "ready"),
    ],
)
def test_each_statement_is_judged_at_an_instant(one: Requirement, stated: Stated | None, state: str) -> None:
    assert judge(one, stated, AT, ZONE) == state


def test_a_day_ends_with_the_local_midnight_after_it() -> None:
    day = date(2026, 9, 1)
    assert end_of_day(day, ZONE) == datetime(2026, 9, 1, 16, tzinfo=UTC)
    assert judge(CERTIFICATE, Stated("2026-09-01", AT), datetime(2026, 9, 1, 16, tzinfo=UTC), ZONE) == "expired"


def test_what_ends_first_counts() -> None:
    assert ends(NINETY, Stated(95, AT, AT + days(3)), ZONE) == AT + days(3)
    assert ends(NINETY, Stated(95, AT, AT + days(300)), ZONE) == AT + days(30)
    assert ends(asked(), Stated(True, AT), ZONE) is None


@pytest.mark.parametrize(
    ("one", "value", "refusal"),
    [
        (asked(), True, None),
        (asked(), 1, "true or false"),
        (asked("count", at_least=1), 3, None),
        (asked("count", at_least=1), True, "whole number"),
        (asked("count", at_least=1), -1, "whole number"),
        (asked("percent", at_least=1), 101, "0 to 100"),
        (asked("date"), "2026-09-30", None),
        (asked("date"), "soon", "which day"),
        (asked("document"), None, None),
        (asked("document"), "x", "attached as a file"),
        (asked("percent", at_least=90, measured="hazard_closure"), 100, "counts this by itself"),
    ],
)
def test_what_does_not_fit_the_kind_is_refused(one: Requirement, value: Any, refusal: str | None) -> None:
    said = refuses(one, value)
    assert said is None if refusal is None else refusal in (said or "")


def test_closure_is_rounded_down_and_nothing_found_is_nothing_open() -> None:
    assert (closure(0, 0), closure(2, 3), closure(3, 3), closure(0, 3)) == (100, 66, 100, 0)
    assert ready(["ready", "expiring"])
    assert not ready(["ready", "missing"])
