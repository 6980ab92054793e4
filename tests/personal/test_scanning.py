"""Whoever writes a telephone number into a text is asked what becomes of it, at every door alike."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from incident_hub.kernel import scanning, vault
from tests.databases import on_both
from tests.night import Hub
from tests.personal.test_doors import everything

pytestmark = on_both
NUMBER = "13812345678"
TEXT = f"寄件人电话{NUMBER}，运单SF1234567890123"


def note(**more: Any) -> dict[str, Any]:
    return {"kind": "note", "text": TEXT, **more}


def test_without_a_word_the_places_are_said_and_nothing_is_written(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    refused = expo.as_("ana").post(f"/incidents/{ref}/journal", note())
    assert (refused.status_code, refused.json["type"]) == (422, "urn:incident-hub:personal-values")
    assert refused.json["personal"] == [
        {"pointer": "/text", "kind": "phone", "start": 5, "end": 16},
        {"pointer": "/text", "kind": "waybill", "start": 19, "end": 34},
    ]
    assert NUMBER not in refused.text
    assert expo.as_("ana").get(f"/incidents/{ref}/journal").json["items"] == []


@pytest.mark.parametrize(
    ("choice", "written", "locked"),
    [
        ("keep", TEXT, 0),
        ("mask", "寄件人电话••••5678，运单••••0123", 0),
        ("seal", "寄件人电话••••5678，运单••••0123", 2),
    ],
)
def test_it_is_kept_masked_or_locked_away_as_asked(expo: Hub, choice: str, written: str, locked: int) -> None:
    ref = expo.as_("ana").open()
    made = expo.as_("ana").post(f"/incidents/{ref}/journal", note(personal=choice))
    assert made.status_code == 201, made.text
    assert [one["text"] for one in expo.as_("ben").get(f"/incidents/{ref}/journal").json["items"]] == [written]
    rows = vault.of(expo.expo.id, ("incident", ref))
    assert sorted(filter(None, map(vault.opened, rows))) == [NUMBER, "SF1234567890123"][:locked]
    assert (NUMBER in everything(expo)) is (choice == "keep")


def test_an_incident_is_logged_with_its_values_locked_away_with_it(expo: Hub) -> None:
    ref = expo.as_("ana").open(summary=f"报警人 {NUMBER}", personal="seal")
    told = expo.as_("ana").get(f"/incidents/{ref}").json
    assert told["summary"] == "报警人 ••••5678"
    assert [one["last_four"] for one in expo.as_("ana").get(f"/incidents/{ref}/personal").json["items"]] == ["5678"]


def test_a_note_beside_a_file_is_looked_through_as_well(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    door, form = f"/incidents/{ref}/attachments", "multipart/form-data"

    def send(**more: str) -> Any:
        data = {"file": (BytesIO("现场".encode()), "a.txt", "text/plain"), "note": f"联系{NUMBER}", **more}
        return expo.as_("ana").call("POST", door, data=data, content_type=form)

    assert send().json["personal"] == [{"pointer": "/note", "kind": "phone", "start": 2, "end": 13}]
    assert send(personal="seal").status_code == 201
    assert [one["note"] for one in expo.as_("ana").get(door).json["items"]] == ["联系••••5678"]
    assert [vault.opened(row) for row in vault.of(expo.expo.id, ("incident", ref))] == [NUMBER]


def test_where_there_is_no_incident_nothing_is_lost_by_sealing(expo: Hub) -> None:
    body = {"kind": "warning", "title": f"查{NUMBER}", "to": ["postal/duty"], "within_minutes": 30, "personal": "seal"}
    refused = expo.as_("ana").post("/operations/EXPO/bulletins", body)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/personal")
    assert NUMBER not in everything(expo)


def test_a_choice_that_there_is_not_is_refused(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    refused = expo.as_("ana").post(f"/incidents/{ref}/journal", note(personal="burn"))
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/personal")


def test_every_door_that_takes_words_says_so_in_the_api_document(expo: Hub) -> None:
    paths = {
        f"{door.method} {door.path}"
        for door in expo.app.extensions["hub_doors"]
        if door.takes and not door.plain and scanning.takes_words(door.takes)
    }
    assert {
        "POST /operations/<op>/incidents", "PATCH /incidents/<ref>", "POST /incidents/<ref>/journal",
        "POST /operations/<op>/bulletins", "PATCH /reports/<id>", "POST /operations/<op>/zero-reports",
        "POST /hazards/<ref>/settlement", "POST /incidents/<ref>/tasks", "POST /operations/<op>/phase",
    } <= paths  # fmt: skip
    assert "POST /session" not in paths
    schemas = expo.as_("ana").get("/openapi.json").json["components"]["schemas"]
    assert schemas["JournalIn"]["properties"]["personal"]["enum"] == ["mask", "keep", "seal"]
