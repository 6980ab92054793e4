"""A waybill is locked away, found by the whole number, and read by two; Cleo, who knows of nothing, is told nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from incident_hub.kernel import chains, vault
from incident_hub.kernel.database import db
from tests.databases import on_both
from tests.night import Hub
from tests.personal.signed import Signed

pytestmark = on_both
WAYBILL = "SF1234567890123"
WHY = "核对面单与实物"


def kept(hub: Hub, login: str = "ana", value: str = WAYBILL, kind: str = "waybill") -> tuple[str, str]:
    ref = hub.as_(login).open()
    made = hub.as_(login).post(f"/incidents/{ref}/personal", {"kind": kind, "value": value, "why": WHY})
    assert made.status_code == 201, made.text
    return ref, made.json["id"]


def asked(hub: Hub, id: str, login: str = "ana") -> str:
    made = Signed(hub, login).post(f"/personal/{id}/reveals", {"reason": "收件网点要求核对全号"})
    assert made.status_code == 201, made.text
    return made.json["id"]


def everything(hub: Hub) -> str:
    """Every row of every table, as text."""
    db.session.rollback()
    tables = db.metadatas[None].sorted_tables
    return "\n".join(str(row) for table in tables for row in db.session.execute(select(table)).all())


def test_only_kind_and_last_four_are_told_and_the_value_stands_nowhere_in_plain(expo: Hub) -> None:
    ref, id = kept(expo)
    told = expo.as_("ben").get(f"/incidents/{ref}/personal").json["items"]
    assert [(one["id"], one["kind"], one["last_four"], one["keep_days"]) for one in told] == [
        (id, "waybill", "0123", 30)
    ]
    assert WAYBILL not in everything(expo)
    assert expo.as_("cleo").get(f"/incidents/{ref}/personal").status_code == 404
    again = expo.as_("ana").post(
        f"/incidents/{ref}/personal", {"kind": "waybill", "value": "sf 1234-567890123", "why": WHY}
    )
    assert again.json["id"] == id


def test_the_same_waybill_elsewhere_is_told_to_those_who_may_know_both(expo: Hub) -> None:
    first, _ = kept(expo)
    second, _ = kept(expo)
    gone = expo.as_("ben").delete(f"/incidents/{second}/access?desk=police/duty")
    assert gone.status_code == 200, gone.text
    also = {
        login: expo.as_(login).get(f"/incidents/{first}/personal").json["items"][0]["also"] for login in ("ana", "ben")
    }
    assert also == {"ana": [], "ben": [second]}


def test_no_two_incidents_are_joined_over_a_person(expo: Hub) -> None:
    first, _ = kept(expo, value="13812345678", kind="phone")
    kept(expo, value="13812345678", kind="phone")
    told = expo.as_("ana").get(f"/incidents/{first}/personal").json["items"]
    assert [one["also"] for one in told] == [[]]
    found = expo.as_("ana").post("/operations/EXPO/waybills/search", {"number": "13812345678"})
    assert found.json["items"] == []


def test_a_whole_waybill_is_found_by_those_who_may_know_and_the_question_is_kept_nowhere(expo: Hub) -> None:
    ref, _ = kept(expo)
    door, key = "/operations/EXPO/waybills/search", {"Idempotency-Key": "once"}
    found = expo.as_("ana").post(door, {"number": "sf1234567890123"}, headers=key)
    assert [one["incident"] for one in found.json["items"]] == [ref]
    assert expo.as_("cleo").post(door, {"number": WAYBILL}).json["items"] == []
    assert expo.as_("ana").post(door, {"number": WAYBILL[:-1]}).json["items"] == []
    assert db.session.execute(text("SELECT count(*) FROM answer")).scalar_one() == 0


def test_two_people_read_a_value_once_and_the_circle_is_told(expo: Hub) -> None:
    _, id = kept(expo)
    reveal = asked(expo, id)
    ana, leader = Signed(expo, "ana"), Signed(expo, "anna.leader")
    assert ana.post(f"/reveals/{reveal}/showing").status_code == 403
    assert ana.post(f"/reveals/{reveal}/confirmation", {"agree": True}).status_code == 403
    assert leader.get(f"/reveals/{reveal}").json["may_confirm"] is True
    assert leader.post(f"/reveals/{reveal}/confirmation", {"agree": True}).json["state"] == "confirmed"
    assert leader.post(f"/reveals/{reveal}/showing").status_code == 403
    shown = ana.post(f"/reveals/{reveal}/showing", headers={**ana.headers, "Idempotency-Key": "k"})
    assert (shown.status_code, shown.json["value"]) == (200, WAYBILL)
    assert ana.post(f"/reveals/{reveal}/showing").status_code == 403
    entries = expo.as_("ben").get("/operations/EXPO/feed?limit=500").json["items"]
    kinds = [one["kind"] for one in entries if one["kind"].startswith("personal.")]
    assert kinds == ["personal.kept", "personal.reveal_asked", "personal.reveal_confirmed", "personal.revealed"]
    assert WAYBILL not in everything(expo)
    assert WAYBILL not in str(entries)
    assert chains.verify_database(expo.expo.id)[1] is None


def test_a_script_reads_no_value_and_agrees_to_none(expo: Hub) -> None:
    _, id = kept(expo)
    assert expo.as_("ana").post(f"/personal/{id}/reveals", {"reason": "脚本想读取"}).status_code == 403
    reveal = asked(expo, id)
    assert expo.as_("anna.leader").post(f"/reveals/{reveal}/confirmation", {"agree": True}).status_code == 403


def test_a_desk_that_neither_sits_there_nor_oversees_it_does_not_agree(expo: Hub) -> None:
    _, id = kept(expo)
    reveal = asked(expo, id)
    # Ben leads the incident, and does not oversee the police.
    assert Signed(expo, "ben").post(f"/reveals/{reveal}/confirmation", {"agree": True}).status_code == 403
    assert Signed(expo, "cleo").post(f"/reveals/{reveal}/confirmation", {"agree": True}).status_code == 404


def test_whoever_oversees_the_asking_desk_agrees(expo: Hub) -> None:
    ref = expo.as_("dan").open(site="carrier-a/site-001")
    made = expo.as_("dan").post(f"/incidents/{ref}/personal", {"kind": "waybill", "value": WAYBILL, "why": WHY})
    reveal = asked(expo, made.json["id"], "dan")
    assert Signed(expo, "ben").post(f"/reveals/{reveal}/confirmation", {"agree": True}).status_code == 200
    assert Signed(expo, "dan").post(f"/reveals/{reveal}/showing").json["value"] == WAYBILL


@pytest.mark.parametrize(("answered", "state"), [(False, "lapsed"), (True, "lapsed")])
def test_after_fifteen_minutes_it_is_over(expo: Hub, answered: bool, state: str) -> None:
    _, id = kept(expo)
    reveal = asked(expo, id)
    leader, ana = Signed(expo, "anna.leader"), Signed(expo, "ana")
    if answered:
        leader.post(f"/reveals/{reveal}/confirmation", {"agree": True})
    expo.clock.forward(seconds=15 * 60)
    assert ana.get(f"/reveals/{reveal}").json["state"] == state
    assert leader.post(f"/reveals/{reveal}/confirmation", {"agree": True}).status_code == 403
    assert ana.post(f"/reveals/{reveal}/showing").status_code == 403


def test_without_the_key_file_a_value_is_not_opened(expo: Hub) -> None:
    _, id = kept(expo)
    row = vault.one(id)
    assert row is not None
    assert vault.opened(row) == WAYBILL
    place = vault.key_file(expo.folder)
    assert (place.stat().st_mode & 0o777, len(place.read_bytes())) == (0o600, 64)
    place.unlink()
    assert vault.opened(row) is None
