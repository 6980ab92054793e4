"""A call played as live traffic: the right steps, in an order the Hub allows."""

from __future__ import annotations

from datetime import UTC, datetime

from incident_hub.exchange.calls import Call, gather
from incident_hub.exchange.rows import rows
from incident_hub.exchange.script import script, senders
from tests.exchange.conftest import SMALL, row

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def calls(mapping, written, rows_) -> dict[str, Call]:
    return {call.key: call for call in gather(mapping, rows(written(rows_), "csv", mapping.columns), NOW).calls()}


def test_a_medical_call_is_opened_taken_moved_and_closed(mapping, written):
    steps = script(calls(mapping, written, SMALL)["1"], mapping, "SF")
    assert [step.key.partition("/")[2] for step in steps] == [
        "open", "entry", "C1-M1/dispatch", "taken", "C1-E1/dispatch", "C1-M1/response", "responding", "C1-E1/response",
        "C1-M1/on_scene", "C1-E1/hospital", "C1-E1/available", "lifted", "closed",
    ]  # fmt: skip
    assert steps[0].desks[0] == "sf-dispatch/duty"
    assert {step.desks for step in steps if step.path.endswith(("/status", "/acknowledgement"))} == {
        ("sf-medical/duty",)
    }
    assert [step.at for step in steps] == sorted(step.at for step in steps)


def test_the_opening_says_the_true_local_time_and_names_no_past_instant(mapping, written):
    opening = script(calls(mapping, written, SMALL)["1"], mapping, "SF")[0]
    assert opening.path == "/operations/SF/incidents"
    assert "occurred_at" not in opening.body
    assert opening.body["summary"].endswith("(2021-06-01 10:00:00 PDT)")
    assert opening.body["access"] == [{"desk": "sf-dispatch/duty", "role": "support"}]


def test_a_unit_free_before_it_set_out_still_ends_the_incident_by_lawful_steps(mapping, written):
    steps = script(calls(mapping, written, SMALL)["2"], mapping, "SF")
    assert [step.key for step in steps if step.path.endswith("/status")] == ["2/responding", "2/lifted", "2/closed"]
    assert steps[-1].key == "2/C2-E2/response"


def test_a_call_nobody_left_stays_open(mapping, written):
    steps = script(calls(mapping, written, SMALL)["3"], mapping, "SF")
    assert not [step for step in steps if step.path.endswith("/status")]


def test_coordinates_are_cut_to_what_the_door_takes(mapping, written):
    given = row("1", "E1", location="(37.73217458500619, -122.42779351441527)")
    place = script(calls(mapping, written, [given])["1"], mapping, "SF")[0].body["place"]
    assert (place["lat"], place["lon"]) == ("37.732174585006", "-122.427793514415")


def test_a_step_goes_to_the_first_desk_there_is_a_token_for(mapping, written):
    steps = script(calls(mapping, written, SMALL)["2"], mapping, "SF")
    sent = [desk for _, desk in senders(steps, {"sf-fire/duty"})]
    assert set(sent) == {"sf-fire/duty"}
    assert {desk for _, desk in senders(steps, {"sf-police/duty"})} == {None}
