from __future__ import annotations

import pytest

from incident_hub.inspections.visit import may_begin, may_conclude, score
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


@pytest.mark.parametrize(
    ("origin", "own", "inspected", "n", "sound"),
    [
        ("authority", "postal", "carrier-a", 2, True),
        ("authority", "postal", "carrier-a", 1, False),
        ("joint", "postal", "carrier-a", 1, False),
        ("self", "carrier-a", "carrier-a", 1, True),
        ("self", "carrier-a", "carrier-a", 0, False),
        ("self", "postal", "carrier-a", 2, False),
        ("authority", "carrier-a", "carrier-a", 2, False),
    ],
)
def test_the_authority_inspects_by_two_and_a_carrier_itself_alone(origin, own, inspected, n, sound) -> None:
    assert (may_begin(origin, own, inspected, [None] * n) is None) is sound


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
