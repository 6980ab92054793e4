"""A copy for giving outward holds no name and no word, proved by hashes; a forgotten member leaves the record whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from click.testing import CliRunner
from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.cli import hub as command
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel import chains
from incident_hub.kernel.database import HOUSE, db, unit_of_work
from incident_hub.kernel.models import Entry
from incident_hub.retention import actions, redaction
from tests.night import Hub
from tests.personal.signed import Signed
from tests.personal.test_doors import everything
from tests.retention.over import CANARY, fill


def copy(hub: Hub, ref: str, login: str = "anna.leader") -> Any:
    return hub.as_(login).post(f"/incidents/{ref}/redacted-copies", {"reason": "应法院要求提供"})


def test_a_copy_holds_no_word_and_every_entry_is_found_in_the_record(expo: Hub, tmp_path: Path) -> None:
    ref = fill(expo)
    made = copy(expo, ref)
    assert made.status_code == 200, made.text
    assert CANARY not in made.text
    assert "Ana" not in made.text
    head, *lines = [orjson.loads(line) for line in made.data.splitlines()]
    assert chains.signed(head)
    assert redaction.fault(head, lines) is None
    kept = set(db.session.scalars(select(Entry.hash).where(Entry.chain == expo.expo.id)))
    assert {one["hash"] for one in lines} <= kept
    assert any(one["texts"] for one in lines)
    told = [one["kind"] for one in expo.as_("ben").get("/operations/EXPO/feed?limit=500").json["items"]]
    assert told[-1] == "record.copied"
    file = tmp_path / "copy.jsonl"
    file.write_bytes(made.data)
    assert CliRunner().invoke(command, ["retention", "check", str(file)]).exit_code == 0
    file.write_bytes(made.data.replace(b'"note"', b'"action"', 1))
    assert CliRunner().invoke(command, ["retention", "check", str(file)]).exit_code == 1


def test_a_copy_is_for_those_who_may_export_and_never_of_red(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    status = {who: copy(expo, ref, who).status_code for who in ("ana", "anna.leader", "cleo")}
    assert status == {"ana": 403, "anna.leader": 200, "cleo": 404}
    assert copy(expo, expo.as_("ana").open(tlp="RED")).status_code == 403


def test_a_member_is_forgotten_and_the_record_holds(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    signed = Signed(expo, "ana")
    signed.post("/addresses", {"channel": "sms", "value": "13700001111"})
    member = agencies.member_by_login("ana")
    assert member is not None
    with unit_of_work(HOUSE) as at:
        counts = actions.forget_member(member, "离职，本人要求删除", at, CONSOLE)
    assert counts["session"] >= 1
    assert signed.get("/me").status_code == 401
    assert expo.as_("ben").get(f"/incidents/{ref}/journal").status_code == 200
    left = everything(expo)
    assert ("ana@example.org" in left, "13700001111" in left) == (False, False)
    assert agencies.member_by_login("ana") is None
    assert chains.verify_database(HOUSE)[1] is None
    assert chains.verify_database(expo.expo.id)[1] is None
    with unit_of_work(HOUSE) as at:
        assert actions.forget_member(member, "再次执行", at, CONSOLE) == {}
