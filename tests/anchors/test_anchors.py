"""Seals of the record: made every minute, kept outside of the database, handed out, and witnessed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from incident_hub.agencies import queries as agencies
from incident_hub.anchors import actions, verifier
from incident_hub.anchors.mark import witness_bytes
from incident_hub.kernel import chains, record
from incident_hub.kernel.database import db, unit_of_work
from tests.anchors.seals import DOOR, export, handed_out, kept
from tests.cli.test_commands import typed
from tests.night import Hub
from tests.paper.sheets import read


def test_a_seal_is_made_every_minute_whether_or_not_anything_happened(expo: Hub) -> None:
    expo.tick()
    first = len(handed_out(expo))
    expo.forward(minutes=5)
    marks = handed_out(expo)
    assert len(marks) == first + 5
    assert [one["prev"] for one in marks[1:]] == [one["mark"] for one in marks[:-1]]
    assert len({one["mark"] for one in marks}) == len(marks)
    assert actions.kept(expo.folder, "EXPO") == marks


def test_a_seal_says_nothing_of_what_happened(sealed: Hub) -> None:
    size, head = chains.head_of(2)
    told = sealed.as_("ana").get(DOOR).text
    assert head not in told
    assert {*handed_out(sealed)[0]} == {"format", "operation", "at", "mark", "prev", "key", "signature"}
    assert str(size) not in {str(value) for one in handed_out(sealed) for value in one.values()}


def test_whoever_takes_no_part_gets_none(sealed: Hub) -> None:
    gus = sealed.as_("gus")
    desk = agencies.desk("government/duty")
    assert desk is not None
    assert gus.get(DOOR).status_code == 200
    with unit_of_work(2) as at:
        record.withdraw(2, ("operation", "EXPO"), desk.id, at)
    for path in (DOOR, "/operations/EXPO/feed/head"):
        assert gus.get(path).json == gus.get(path.replace("EXPO", "NOWHERE")).json


def test_one_more_seal_closes_an_operation_and_then_there_are_no_more(expo: Hub) -> None:
    expo.tick()
    for to in ("standing_down", "closed"):
        told = expo.as_("ben.leader").post("/operations/EXPO/phase", {"to": to, "statement": "结束", "debts": []})
        assert told.status_code == 200, told.text
    expo.tick()
    size = db.session.scalar(text("SELECT size FROM anchor ORDER BY number DESC LIMIT 1"))
    assert size == chains.head_of(2)[0]
    before = len(actions.kept(expo.folder, "EXPO"))
    expo.forward(minutes=3)
    assert len(actions.kept(expo.folder, "EXPO")) == before


def test_what_a_crash_left_out_of_the_file_is_written_with_the_next_seal(sealed: Hub) -> None:
    path = sealed.folder / "anchors" / "EXPO.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]) + lines[-1][:20])
    sealed.forward(minutes=1, step=60)
    assert {one["mark"] for one in actions.kept(sealed.folder, "EXPO")} == {one["mark"] for one in handed_out(sealed)}


def test_another_agency_witnesses_with_a_key_of_its_own(sealed: Hub) -> None:
    anchor, key = handed_out(sealed)[-1], Ed25519PrivateKey.generate()
    signed = {"mark": anchor["mark"], "key": chains.public(key), "signature": key.sign(witness_bytes(anchor)).hex()}
    door, leader = f"{DOOR}/witness", sealed.as_("anna.leader")
    assert leader.post(door, signed | {"mark": "0" * 64}).status_code == 404
    assert leader.post(door, signed | {"signature": "00" * 64}).status_code == 422
    own = chains.signing_key(sealed.folder)
    by_the_house = {"key": chains.public(own), "signature": own.sign(witness_bytes(anchor)).hex()}
    assert leader.post(door, signed | by_the_house).status_code == 422
    assert sealed.as_("ana").post(door, signed).status_code == 403
    for _ in range(2):
        assert leader.post(door, signed).status_code == 201
    other = Ed25519PrivateKey.generate()
    again = {"key": chains.public(other), "signature": other.sign(witness_bytes(anchor)).hex()}
    assert leader.post(door, signed | again).status_code == 409
    witnesses = sealed.as_("dan").get(DOOR).json["items"][0]["witnesses"]
    assert [one["agency"] for one in witnesses] == ["police"]
    kinds = [one["kind"] for one in sealed.as_("dan").get("/operations/EXPO/feed?limit=1000").json["items"]]
    assert kinds.count("anchor.witnessed") == 1
    told = verifier.verify(export(sealed).splitlines(), kept(sealed).splitlines())
    assert told["witnesses"] == {"police": 1}


def test_a_desk_proves_what_it_was_shown_by_its_own_signed_head(sealed: Hub) -> None:
    head = sealed.as_("dan").get("/operations/EXPO/feed/head").json
    bare = {name: value for name, value in head.items() if name != "signature"}
    assert verifier.holds(head["key"], head["signature"], verifier.canonical(bare))
    assert head["position"] == len(sealed.as_("dan").get("/operations/EXPO/feed?limit=1000").json["items"])


def test_the_verifier_needs_the_export_alone(sealed: Hub, tmp_path: Path) -> None:
    (tmp_path / "expo.jsonl").write_bytes(export(sealed))
    (tmp_path / "kept.jsonl").write_bytes(kept(sealed))
    assert typed(None, "record", "verifier", "-o", str(tmp_path / "verify.py")).exit_code == 0
    ran = subprocess.run(
        [sys.executable, "-I", "verify.py", "expo.jsonl", "--kept", "kept.jsonl"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "anchors: 3" in ran.stdout
    assert "kept: 3" in ran.stdout
    assert typed(sealed, "record", "verify", "EXPO").exit_code == 0
    assert typed(None, "record", "verify", str(tmp_path / "expo.jsonl")).exit_code == 0


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_every_document_prints_the_seal_of_that_day(sealed: Hub, form: str) -> None:
    mark = handed_out(sealed)[-1]["mark"][:16]
    for path in ("/operations/EXPO/briefing", "/operations/EXPO/review"):
        ben = sealed.as_("ben")
        made = ben.client.get(f"{path}.{form}?lang=en", headers=ben.headers)
        assert made.status_code == 200, path
        assert f"Sealoftherecord:{mark}" in read(form, made.data), path
