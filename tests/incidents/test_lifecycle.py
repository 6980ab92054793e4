"""Which status follows which, who in the circle may, and which edits clash: tables worked out by hand."""

from __future__ import annotations

import pytest

from incident_hub.incidents.lifecycle import STATUSES, may_follow, may_in_circle, merged

LEGAL = {
    "heard": {"reported", "false_alarm"},
    "reported": {"responding", "contained", "false_alarm", "transferred"},
    "responding": {"contained", "lifted", "false_alarm", "transferred"},
    "contained": {"responding", "lifted", "transferred"},
    "lifted": {"closed", "responding"},
    "closed": {"responding"},
    "false_alarm": {"reported"},
    "transferred": {"reported"},
}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("to", STATUSES)
def test_only_the_legal_ways_are_open(status: str, to: str) -> None:
    assert (may_follow(status, to, "because") is None) is (to in LEGAL[status])


@pytest.mark.parametrize(
    ("status", "to"),
    [("closed", "responding"), ("lifted", "responding"), ("false_alarm", "reported"), ("reported", "false_alarm"),
     ("responding", "transferred")],
)  # fmt: skip
def test_going_back_or_ending_early_asks_for_a_reason(status: str, to: str) -> None:
    refusal = may_follow(status, to, None)
    assert refusal is not None
    assert "reason" in refusal


def test_a_refusal_says_which_ways_are_open() -> None:
    assert may_follow("reported", "closed", None) == (
        "An incident that is reported can become responding, contained, false_alarm, transferred, not closed."
    )


@pytest.mark.parametrize(
    ("role", "verb", "may"),
    [
        ("lead", "incident.status", True), ("support", "incident.status", False),
        ("informed", "incident.status", False), ("support", "incident.amend", True),
        ("informed", "incident.amend", False), ("informed", "journal.write", True),
        ("support", "access.grant", False), ("lead", "access.grant", True), ("informed", "figure.state", False),
        ("informed", "incident.acknowledge", True),
    ],
)  # fmt: skip
def test_the_circle_decides_who_may(role: str, verb: str, may: bool) -> None:
    assert (may_in_circle(role, verb) is None) is may


def test_an_edit_clashes_only_where_somebody_else_moved_the_same_field_elsewhere() -> None:
    moved = {"title": 5, "summary": 3}
    present: dict[str, object] = {"title": "theirs", "summary": "same", "site": None}
    assert merged(4, moved, present, {"title": "mine", "summary": "mine", "site": "x"}) == ["title"]
    assert merged(4, moved, present, {"title": "theirs"}) == []
    assert merged(5, moved, present, {"title": "mine"}) == []
