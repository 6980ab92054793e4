"""What stops a step: whoever moved it out of `armed` first has it, and who acts is not called about anything else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from incident_hub.engine.loop import ENGINE
from incident_hub.kernel.database import unit_of_work
from incident_hub.obligations import actions, queries
from incident_hub.obligations.actions.rungs import claim_rung, rungs_of, stop_rungs
from incident_hub.obligations.actions.stopping import stop
from tests.night import NIGHT, Hub
from tests.obligations.debts import debt, owed, rungs

SITE = "carrier-a/site-001"


def test_no_step_is_recorded_after_an_acknowledgement_that_was_committed_before(expo: Hub) -> None:
    """The engine found the debt due, then the acknowledgement was committed, then the engine got its turn."""
    ref = expo.as_("dan").open(site=SITE, attention="A")
    expo.clock.forward(minutes=1)
    call = debt(expo, ref, "ACK", "police")["id"]
    aside = [one["id"] for one in owed(expo, ref) if one["id"] != call]
    found = queries.due_steps(NIGHT + timedelta(minutes=1), aside)
    assert found == [(expo.expo.id, call)]
    assert expo.as_("ana").post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"}).status_code < 300
    with unit_of_work(expo.expo.id) as at:
        assert actions.take_due(call, at, ENGINE) == 0
    assert rungs(expo, ref, call) == []


def test_a_rung_that_somebody_else_moved_is_not_taken_by_who_read_it_before(expo: Hub) -> None:
    ref = expo.as_("dan").open(site=SITE, attention="A")
    call = debt(expo, ref, "ACK", "police")["id"]
    with unit_of_work(expo.expo.id) as at:
        read = rungs_of(call)
        stop_rungs(call, [read[0].key], at)
        assert claim_rung(call, read[0], "taken", at, ["ana"]) is False
        assert claim_rung(call, read[1], "taken", at, ["ana"]) is True
        assert claim_rung(call, read[1], "withheld", at) is False
        stop_rungs(call, [read[1].key], at)
        assert [one.state for one in rungs_of(call)[:3]] == ["stopped", "taken", "armed"]


def test_stopping_what_sounds_leaves_what_only_tells(expo: Hub) -> None:
    ref = expo.as_("dan").open(site=SITE, attention="A")
    call = debt(expo, ref, "ACK", "police")["id"]
    assert {one.kind for one in rungs_of(call)} == {"call", "inform"}
    with unit_of_work(expo.expo.id) as at:
        stop([call], at, calls_only=True)
    assert {one.kind for one in rungs_of(call) if one.state == "armed"} == {"inform"}


@pytest.mark.parametrize("again", ["incident", "debt"])
def test_taking_it_again_is_no_update_and_the_call_for_one_comes_all_the_same(expo: Hub, again: str) -> None:
    ref = expo.as_("dan").open(site=SITE, attention="A")
    ana, taken = expo.as_("ana"), {"kind": "taken"}
    assert ana.post(f"/incidents/{ref}/acknowledgement", taken).status_code < 300
    update = debt(expo, ref, "UPD", "police")["id"]
    expo.forward(minutes=20, step=60)
    path = f"/incidents/{ref}" if again == "incident" else f"/obligations/{update}"
    assert ana.post(f"{path}/acknowledgement", taken).status_code < 300
    assert debt(expo, ref, "UPD", "police")["acknowledged"]["kind"] == "seen"
    expo.forward(minutes=21, step=60)
    assert [at for at, *_ in rungs(expo, ref, update)] == [30, 40]
    assert ana.post(f"/incidents/{ref}/journal", {"kind": "action", "text": "已封控"}).status_code < 300
    assert debt(expo, ref, "UPD", "police")["state"] == "met_late"
