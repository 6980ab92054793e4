from __future__ import annotations

import pytest

from incident_hub.plan.grading import suggest_grade


# Order 493 Art. 3, both sides of every border.
@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, (None, None)),
        ({"deaths": 0, "injured": 0}, (None, None)),
        ({"deaths": 1}, ("IV", "deaths>=1")),
        ({"deaths": 2}, ("IV", "deaths>=1")),
        ({"deaths": 3}, ("III", "deaths>=3")),
        ({"deaths": 9}, ("III", "deaths>=3")),
        ({"deaths": 10}, ("II", "deaths>=10")),
        ({"deaths": 29}, ("II", "deaths>=10")),
        ({"deaths": 30}, ("I", "deaths>=30")),
        ({"injured": 9}, ("IV", "injured>=1")),
        ({"injured": 10}, ("III", "injured>=10")),
        ({"injured": 49}, ("III", "injured>=10")),
        ({"injured": 50}, ("II", "injured>=50")),
        ({"injured": 99}, ("II", "injured>=50")),
        ({"injured": 100}, ("I", "injured>=100")),
        ({"loss": 9_999_999.99}, ("IV", "loss>=1")),
        ({"loss": 10_000_000}, ("III", "loss>=10000000")),
        ({"loss": 49_999_999}, ("III", "loss>=10000000")),
        ({"loss": 50_000_000}, ("II", "loss>=50000000")),
        ({"loss": 99_999_999}, ("II", "loss>=50000000")),
        ({"loss": 100_000_000}, ("I", "loss>=100000000")),
        ({"deaths": 2, "injured": 50, "loss": 1}, ("II", "injured>=50")),
        ({"deaths": None, "injured": 12}, ("III", "injured>=10")),
        ({"deaths": None}, (None, None)),
        ({"evacuated": 5000}, (None, None)),
    ],
)
def test_the_worst_criterion_suggests_the_grade(expo, figures, expected):
    assert suggest_grade(expo, figures, "VEH") == expected


def test_social_security_events_are_never_graded(expo):
    assert suggest_grade(expo, {"deaths": 30}, "THEFT") == (None, None)


@pytest.mark.parametrize(
    ("figures", "grade"),
    [({"items": 49_999}, None), ({"items": 50_000}, "III"), ({"hours": 72}, "III"), ({"items": 5_000_000}, "I"),
     ({"items": 50_000, "deaths": 10}, "II")],
)  # fmt: skip
def test_a_type_adds_criteria_of_its_own(expo, figures, grade):
    assert suggest_grade(expo, figures, "BACKLOG")[0] == grade


def test_the_criteria_of_one_type_say_nothing_of_another(expo):
    assert suggest_grade(expo, {"items": 5_000_000}, "IT") == (None, None)
