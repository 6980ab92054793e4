"""Answers: what state they leave a debt in, and whose answer counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from incident_hub.obligations import answer

DUE = datetime(2026, 9, 1, 19, 25, tzinfo=UTC)
BEFORE, AFTER = DUE - timedelta(minutes=1), DUE + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("state", "met_at", "proof", "becomes"),
    [
        ("open", BEFORE, "system", "met"),
        ("open", DUE, "system", "met"),
        ("open", AFTER, "system", "met_late"),
        ("missed", AFTER, "system", "met_late"),
        ("missed", AFTER, "stated", "met_late"),
        ("missed", BEFORE, "stated", "met"),
        ("missed", BEFORE, "receipt", "met"),
        ("missed", BEFORE, "system", "met_late"),
    ],
)
def test_a_clock_that_has_passed_is_met_in_time_only_by_what_was_said_before(
    state: str, met_at: datetime, proof: str, becomes: str
) -> None:
    assert answer.state_when_met(state, DUE, met_at, proof) == becomes


def test_only_the_agency_that_owes_answers() -> None:
    assert answer.may_answer("police", "police") is None
    assert "police" in (answer.may_answer("police", "postal") or "")


def test_what_is_answered_for_another_counts_for_that_agency() -> None:
    assert answer.acting("postal", {}) == "postal"
    assert answer.acting("postal", {"on_behalf_of": "fire/duty"}) == "fire"


def test_a_stated_instant_never_lies_after_its_entry() -> None:
    assert answer.stated({"stated_at": BEFORE}, DUE) == BEFORE
    assert answer.stated({"stated_at": AFTER.isoformat()}, DUE) == DUE
    assert answer.stated({"via": {"stated_at": BEFORE.isoformat()}}, DUE) == BEFORE
    assert answer.stated({"stated_at": "soon"}, DUE) == DUE
