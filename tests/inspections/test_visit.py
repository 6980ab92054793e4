from __future__ import annotations

import pytest

from incident_hub.inspections.visit import (
    hands,
    in_a_line,
    may_begin,
    may_conclude,
    may_raise,
    may_take_note,
    may_visit,
    score,
)
from incident_hub.plan.contingency import Checklist, Item
from incident_hub.plan.words import Words

W = Words("问", "asked")
LIST = Checklist(
    "a", W, ("announced",), (Item("x", W, 20, True, "b", False), Item("y", W, 5, False, "b", False))
)  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "points", "possible", "grave", "left"),
    [
        ({}, 0, 0, [], ["a/x", "a/y"]),
        ({"x": "yes", "y": "yes"}, 25, 25, [], []),
        ({"x": "no", "y": "yes"}, 5, 25, ["a/x"], []),
        ({"x": "yes", "y": "no"}, 20, 25, [], []),
        ({"x": "not_looked", "y": "not_applicable"}, 0, 0, [], []),
        ({"y": "yes"}, 5, 5, [], ["a/x"]),
    ],
)
def test_what_is_unanswered_or_not_looked_at_is_never_a_yes(answers, points, possible, grave, left) -> None:
    made = score([LIST], {("a", item): answer for item, answer in answers.items()})
    assert (made.points, made.possible, made.grave, made.open) == (points, possible, grave, left)


def seats(*agencies: str) -> list[dict[str, str]]:
    return [{"agency": one, "post": "duty_officer"} for one in agencies]


@pytest.mark.parametrize(
    ("origin", "own", "inspectors", "refusal"),
    [
        ("authority", "postal", ("postal", "postal"), None),
        ("authority", "postal", ("postal",), "2 inspectors"),
        ("authority", "postal", ("postal", "carrier-a"), "none of them of those inspected"),
        ("joint", "postal", ("postal",), "2 inspectors"),
        ("joint", "postal", ("postal", "postal"), "several agencies"),
        ("joint", "postal", ("postal", "police"), None),
        ("joint", "postal", ("postal", "postal", "carrier-a"), None),
        ("self", "carrier-a", ("carrier-a",), None),
        ("self", "carrier-a", (), "1 inspectors"),
        ("self", "postal", ("postal", "postal"), "A self check"),
        ("authority", "carrier-a", ("postal", "postal"), "inspects themselves"),
        ("authority", "carrier-b", ("carrier-b", "carrier-b"), "its own places"),
    ],
)
def test_the_authority_inspects_by_two_and_a_carrier_itself_alone(origin, own, inspectors, refusal) -> None:
    said = may_begin(origin, own, "carrier-a", seats(*inspectors), ("carrier-a", "carrier-b"))
    assert said is None if refusal is None else refusal in (said or "")


def test_the_inspected_go_on_no_mystery_check() -> None:
    assert may_visit("mystery", "carrier-a", seats("postal", "carrier-a")) is not None
    assert may_visit("announced", "carrier-a", seats("postal", "carrier-a")) is None


def test_whoever_inspects_writes_and_the_inspected_only_of_themselves() -> None:
    assert hands("joint", "postal", "carrier-a", seats("postal", "police", "carrier-a")) == ["postal", "police"]
    assert hands("self", "carrier-a", "carrier-a", seats("carrier-a")) == ["carrier-a"]


def test_nothing_is_signed_while_a_question_is_open() -> None:
    assert may_take_note([]) is None
    assert "a/x first" in (may_take_note(["a/x", "a/y"]) or "")


def test_a_mystery_check_raises_no_hazard_before_it_is_concluded() -> None:
    told = [may_raise(visit, concluded=ended) is None for visit in ("announced", "mystery") for ended in (False, True)]
    assert told == [True, True, False, True]


def test_a_hazard_bears_the_first_line_of_what_was_found() -> None:
    assert in_a_line("  胶带缺失\n两件\n") == "胶带缺失"
    assert len(in_a_line("长" * 300)) == 200


@pytest.mark.parametrize(
    ("visit", "outcome", "left", "sound"),
    [
        ("announced", "signed", [], True),
        ("announced", "refused", [], True),
        ("announced", None, [], False),
        ("mystery", None, [], True),
        ("mystery", None, ["a/x"], False),
    ],
)
def test_a_visit_is_concluded_once_it_is_answered_and_signed_or_refused(visit, outcome, left, sound) -> None:
    assert (may_conclude(visit, outcome, left) is None) is sound
