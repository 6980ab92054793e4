"""What is over is destroyed everywhere, once, and the record still verifies; what is held stays."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from incident_hub.engine import loop as engine
from incident_hub.kernel import chains, destruction, vault
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.models import Wording
from incident_hub.retention import actions, queries
from incident_hub.retention import loop as retention
from incident_hub.retention.models import Destruction
from tests.databases import on_both
from tests.night import Hub
from tests.personal.test_doors import everything
from tests.retention.over import CANARY, PHONE, end, fill, lies_in


def run(hub: Hub) -> dict[str, int]:
    ran = retention.run(hub.expo, hub.clock.now(), engine.ENGINE)
    assert not ran.more
    return ran.done


def later(hub: Hub, days: int) -> None:
    hub.clock.forward(seconds=days * 86_400)
    hub.tokens.clear()  # those have ended by then


def test_nothing_goes_while_the_operation_runs_or_before_its_day(expo: Hub) -> None:
    fill(expo)
    later(expo, 5000)
    assert run(expo) == {}
    end(expo)
    later(expo, 29)
    assert run(expo) == {}
    assert CANARY in everything(expo)


@on_both
def test_after_its_time_no_word_is_left_anywhere_and_the_record_holds(expo: Hub, database: Any) -> None:
    ref = fill(expo)
    end(expo)
    before = expo.as_("ana").get("/operations/EXPO/feed?limit=500").json
    later(expo, 1096)
    if database.__class__.__name__ == "Sqlite":
        assert len(lies_in(expo.folder, CANARY)) >= 2, "the search finds what is there: database and file"
    done = run(expo)
    assert {"vault", "words", "files", "notices"} <= done.keys() | {"notices"}
    retention.sweep()
    retention.scour()
    left = everything(expo)
    assert (CANARY in left, PHONE in left) == (False, False)
    if database.__class__.__name__ == "Sqlite":
        assert lies_in(expo.folder, CANARY, PHONE) == []
    count, fault = chains.verify_database(expo.expo.id)
    assert (count > len(before["items"]), fault) == (True, None)
    assert destruction.destroyed_words(expo.expo.id) > 10
    page = expo.as_("ana").get(f"/incidents/{ref}")
    assert (page.status_code, page.json["title"], page.json["summary"]) == (200, "■", "■")
    texts = {one["text"] for one in expo.as_("ana").get(f"/incidents/{ref}/journal").json["items"]}
    assert texts == {"■"}
    here = [f"/incidents/{ref}/{one}" for one in ("items", "tasks", "figures", "personal", "attachments")]
    whole = [f"/operations/EXPO/{one}" for one in ("review", "bulletins", "incidents", "board", "retention")]
    for path in (*here, *whole):
        assert expo.as_("ana").get(path).status_code == 200, path


def test_a_second_run_changes_nothing(expo: Hub) -> None:
    fill(expo)
    end(expo)
    later(expo, 1096)
    run(expo)
    size = chains.verify_database(expo.expo.id)[0]
    assert run(expo) == {}
    assert chains.verify_database(expo.expo.id) == (size, None)


@on_both
def test_a_destruction_that_was_killed_goes_on_and_counts_everything(expo: Hub) -> None:
    fill(expo)
    end(expo)
    later(expo, 1096)
    whole = {one.kept.code: len(one.left) for one in retention.over(expo.expo, expo.clock.now())}
    going = next(one for one in retention.over(expo.expo, expo.clock.now()) if one.kept.code == "words")
    with unit_of_work(expo.expo.id) as at:
        actions.destroy(going, at)
    expo.restart()
    run(expo)
    db.session.rollback()
    rows = {row.code: row for row in db.session.scalars(select(Destruction))}
    assert all(row.finished_at for row in rows.values())
    assert sum(rows["words"].counts.values()) == whole["words"]
    kinds = [one["kind"] for one in expo.as_("ana").get("/operations/EXPO/feed?limit=500").json["items"]]
    assert kinds.count("retention.destroyed") == len(rows)


def test_what_is_held_is_kept_until_the_hold_ends(expo: Hub) -> None:
    ref = fill(expo)
    other = expo.as_("ana").open(title=f"另一事件 {CANARY}2")
    end(expo)
    later(expo, 1090)
    until = (expo.clock.now() + timedelta(days=60)).isoformat()
    body = {"incident": ref, "reason": "诉讼中需要作为证据", "until": until}
    assert expo.as_("ana").post("/operations/EXPO/holds", body).status_code == 403
    held = expo.as_("anna.leader").post("/operations/EXPO/holds", body)
    assert held.status_code == 201, held.text
    assert expo.as_("cleo").get("/operations/EXPO/retention").json["holds"] == []
    later(expo, 10)
    run(expo)
    assert expo.as_("ana").get(f"/incidents/{other}").json["title"] == "■"
    assert expo.as_("ana").get(f"/incidents/{ref}").json["title"] == f"发现可疑物品 {CANARY}"
    assert len(list(filter(None, map(vault.opened, vault.of(expo.expo.id, ("incident", ref)))))) == 2
    gone = expo.as_("anna.leader").post(f"/holds/{held.json['id']}/release", {"reason": "判决已经生效"})
    assert gone.status_code == 200, gone.text
    run(expo)
    assert expo.as_("ana").get(f"/incidents/{ref}").json["title"] == "■"
    assert chains.verify_database(expo.expo.id)[1] is None


def test_a_hold_lasts_a_year_at_most_and_is_judged_by_its_own_agency(expo: Hub) -> None:
    leader, door = expo.as_("anna.leader"), "/operations/EXPO/holds"
    far = (expo.clock.now() + timedelta(days=400)).isoformat()
    assert leader.post(door, {"reason": "需要更久", "until": far}).status_code == 422
    near = (expo.clock.now() + timedelta(days=30)).isoformat()
    id = leader.post(door, {"reason": "尚在调查", "until": near}).json["id"]
    assert expo.as_("ben.leader").post(f"/holds/{id}/release", {"reason": "不再需要"}).status_code == 403
    moved = leader.post(
        f"/holds/{id}/review", {"reason": "调查延期", "until": (expo.clock.now() + timedelta(days=90)).isoformat()}
    )
    assert (moved.status_code, moved.json["reason"]) == (200, "调查延期")
    with unit_of_work(expo.expo.id):
        assert queries.held_subjects(expo.expo, expo.clock.now()) is None
    later(expo, 91)
    assert queries.held_subjects(expo.expo, expo.clock.now()) == set()


def test_the_engine_destroys_by_itself_once_a_day_also_what_is_archived(expo: Hub) -> None:
    fill(expo)
    end(expo, "archived")
    later(expo, 31)
    expo.tick()
    assert vault.every(expo.expo.id) == []
    assert destruction.destroyed_words(expo.expo.id) > 0


def test_a_log_that_somebody_reads_is_emptied_when_they_are_done(expo: Hub) -> None:
    fill(expo)
    end(expo)
    later(expo, 1096)
    with sqlite3.connect(expo.folder / "hub.db", isolation_level=None) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        run(expo)
        assert retention.scour() is False
        reader.execute("COMMIT")
    reader.close()
    assert retention.empty_log() is True
    assert lies_in(expo.folder, PHONE) == []


def test_a_text_that_was_changed_is_told_from_one_that_was_destroyed(expo: Hub) -> None:
    fill(expo)
    end(expo)
    later(expo, 31)
    run(expo)
    with unit_of_work(expo.expo.id):
        row = db.session.scalars(
            select(Wording).where(Wording.chain == expo.expo.id, Wording.value.is_not(None))
        ).first()
        assert row is not None
        row.value = "篡改"
    fault = chains.verify_database(expo.expo.id)[1]
    assert fault is not None
    assert "are not the ones that were committed to" in fault.words


@pytest.mark.parametrize("path", ["/operations/EXPO/retention?lang=en", "/operations/EXPO/retention?lang=zh"])
def test_the_page_says_what_is_kept_until_when(expo: Hub, path: str) -> None:
    ana = expo.as_("anna.leader")
    page = ana.client.get(path, headers={**ana.headers, "Accept": "text/html"})
    assert page.status_code == 200
    assert "1095" in page.text
