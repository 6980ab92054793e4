"""Thirty acknowledgements against the instant a step is due, on both databases."""

from __future__ import annotations

from tests.databases import on_both
from tests.faults.races import prepare, race
from tests.night import Hub

pytestmark = on_both


def test_no_step_is_taken_behind_an_acknowledgement(hub: Hub) -> None:
    prepare(hub)
    outcome = race(hub, 30, seed=1)
    print(outcome.sentence())
    assert outcome.wrong == []
    assert outcome.step_first + outcome.answer_first == outcome.races
