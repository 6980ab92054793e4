"""Who may do what about a hazard, in the words of its course."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from incident_hub.hazards import course
from incident_hub.hazards.course import Standing, Who

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
OWNER = Who("carrier-a", "carrier-a/duty", "dan")
SITE = Who("carrier-a", "carrier-a/site-001", "eve")
OVER = Who("postal", "postal/duty", "ben", oversees=True)
POLICE = Who("police", "police/duty", "ana")
GENERAL = Standing("rectified", "general", "authority", "carrier-a", "carrier-a/duty", None, AT, frozenset({"dan"}))
MAJOR = replace(GENERAL, grade="major", supervisor="police/duty")
SELF = replace(GENERAL, origin="self")


@pytest.mark.parametrize(
    ("one", "who", "refusal"),
    [
        (GENERAL, OVER, None),
        (GENERAL, POLICE, None),
        (GENERAL, OWNER, "owns a hazard does not verify"),
        (GENERAL, SITE, "verified by another agency"),
        (MAJOR, POLICE, None),
        (MAJOR, OVER, "the desk that supervises it: police/duty"),
        (MAJOR, OWNER, "owns a hazard does not verify"),
        (SELF, SITE, None),
        (SELF, replace(SITE, member="dan"), "put it right does not verify"),
        (SELF, OWNER, "owns a hazard does not verify"),
        (replace(GENERAL, state="settled"), OVER, "no evidence to judge"),
    ],
)
def test_a_hazard_is_verified_by_somebody_else_than_its_owner(one: Standing, who: Who, refusal: str | None) -> None:
    said = course.may_verify(one, who)
    assert said is None if refusal is None else refusal in (said or "")


def test_all_five_things_are_settled_or_the_missing_ones_are_named() -> None:
    five = {"post": "duty_officer", "measure": "x", "funds": "", "deadline": AT, "interim": None}
    assert course.missing(five) == ["funds", "interim"]
    assert course.lacking(["funds", "interim"]).startswith("Five things are settled about a hazard; still missing: the")


@pytest.mark.parametrize(
    ("origin", "own", "refusal"),
    [
        ("self", "carrier-a", None),
        ("authority", "postal", None),
        ("joint", "police", None),
        ("self", "postal", "finds its own hazards"),
        ("authority", "carrier-a", "found by itself"),
        ("mystery", "carrier-b", "looks after its own places"),
    ],
)
def test_nobody_finds_what_is_not_theirs_to_find(origin: str, own: str, refusal: str | None) -> None:
    said = course.may_find(origin, own, "carrier-a", ["carrier-a", "carrier-b"])
    assert said is None if refusal is None else refusal in (said or "")


@pytest.mark.parametrize(
    ("grade", "supervisor", "who", "refusal"),
    [
        ("general", None, OWNER, None),
        ("general", "postal/duty", OVER, "Only a major hazard"),
        ("major", None, OVER, "name the supervising desk"),
        ("major", "carrier-a/site-001", OVER, "does not supervise itself"),
        ("major", "police/duty", OVER, None),
        ("major", "police/duty", OWNER, "names a desk that knows of this already"),
        ("major", "postal/duty", OWNER, None),
    ],
)
def test_a_major_hazard_is_supervised_by_another_agency(
    grade: str, supervisor: str | None, who: Who, refusal: str | None
) -> None:
    said = course.may_supervise(replace(GENERAL, grade=grade), supervisor, who, ["carrier-a/duty", "postal/duty"])
    assert said is None if refusal is None else refusal in (said or "")


RUNNING = replace(GENERAL, state="settled", deadline=AT + timedelta(hours=1))


@pytest.mark.parametrize(
    ("one", "who", "authority", "refusal"),
    [
        (RUNNING, OVER, "parent", None),
        (RUNNING, POLICE, "parent", "postal or an agency above it"),
        (RUNNING, OWNER, "parent", "gives itself no more time"),
        (RUNNING, OWNER, "same_agency", "gives itself no more time"),
        (RUNNING, OVER, "joint_desk", "joint desk"),
        (replace(RUNNING, deadline=AT), OVER, "parent", "has passed"),
        (GENERAL, OVER, "parent", "no deadline to extend"),
    ],
)
def test_a_deadline_is_moved_by_whom_the_plan_names_and_before_it_passes(
    one: Standing, who: Who, authority: str, refusal: str | None
) -> None:
    said = course.may_extend(one, who, authority, ["postal"], AT)
    assert said is None if refusal is None else refusal in (said or "")


@pytest.mark.parametrize(
    ("one", "who", "cause", "refusal"),
    [
        (GENERAL, OVER, None, None),
        (SELF, OVER, None, "opens no enforcement by itself"),
        (SELF, OVER, "concealed for a month", None),
        (MAJOR, POLICE, None, None),
        (GENERAL, POLICE, None, "whoever oversees"),
        (GENERAL, OWNER, None, "for the authority"),
    ],
)
def test_what_a_carrier_finds_itself_opens_no_enforcement_by_itself(
    one: Standing, who: Who, cause: str | None, refusal: str | None
) -> None:
    said = course.may_enforce(one, who, cause)
    assert said is None if refusal is None else refusal in (said or "")


@pytest.mark.parametrize(
    ("state", "late", "expected"),
    [("settled", 1, True), ("rejected", 1, True), ("settled", 0, False), ("rectified", 1, False), ("found", 1, False)],
)
def test_overdue_is_what_should_have_been_put_right_and_is_not(state: str, late: int, expected: bool) -> None:
    assert course.overdue(state, AT - timedelta(seconds=late), AT) is expected


def test_who_looks_again_is_the_supervisor_or_else_whoever_oversees_or_found_it() -> None:
    assert course.verifier(MAJOR, "postal/duty", ["postal/duty"]) == "police/duty"
    assert course.verifier(GENERAL, "police/duty", ["postal/duty"]) == "postal/duty"
    assert course.verifier(GENERAL, "police/duty", []) == "police/duty"
    assert course.verifier(SELF, "carrier-a/site-001", []) is None
