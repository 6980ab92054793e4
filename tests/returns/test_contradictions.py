"""A nought that something speaks against: Dan is asked where he may know of it; else Ben sees a flag, Dan nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update

from incident_hub.incidents.models import Incident
from incident_hub.kernel.database import db, unit_of_work
from tests.conftest import found_city
from tests.databases import Database, on_both
from tests.night import Hub, held_night

from .expo import DOOR, MORNING, QUIET, TODAY, at, begin, day, line

SITE = "carrier-a/site-001"
MATRIX = f"{DOOR}/matrix?from={TODAY}&to={TODAY}"


def file(hub: Hub, *lines: dict[str, Any]) -> Any:
    return hub.as_("dan").post(f"{DOOR}/batch", {"rows": list(lines)}).json


def gun(hub: Hub, **more: Any) -> str:
    """A gun is found at the counter of unit A1; the plan tells its owner."""
    return hub.as_("ana").open("PROH-ACC", "收寄验视发现枪支", attention="A", site=SITE, **more)


def secret_gun(hub: Hub) -> str:
    """The same, as it stands where the plan does not tell the owner."""
    ref = hub.as_("ana").open("PROH-ACC", "收寄验视发现枪支", attention="A", place={"text": "港区"})
    with unit_of_work(hub.expo.id):
        db.session.execute(update(Incident).where(Incident.ref == ref).values(site=SITE, site_owner="carrier-a"))
    hub.tick()
    return ref


def flags(hub: Hub, login: str) -> list[str]:
    rows = hub.as_(login).get(MATRIX).json["rows"]
    return [row["unit"] for row in rows if row["cells"][TODAY]["flagged"]]


def told(hub: Hub, login: str) -> list[dict[str, Any]]:
    every = hub.as_(login).get("/operations/EXPO/feed?limit=500").json["items"]
    return [one["data"] for one in every if one["kind"] == "return.flagged"]


@on_both
def test_what_the_unit_may_know_asks_for_an_explanation_and_then_blocks_no_more(expo: Hub) -> None:
    begin(expo)
    gun(expo)
    refused = expo.as_("dan").post(DOOR, line("A1"))
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json["errors"]] == ["/counts/prohibited-a", "/counts/incidents-open"]
    assert "explanation" in refused.json["errors"][0]["detail"]
    assert file(expo, line("A2"))["filed"] == 1
    made = expo.as_("dan").post(DOOR, line("A1", explanation="甲类物品由公安当场带走，未计入本单位"))
    assert made.status_code == 201
    told_ = expo.as_("ben").get(f"/zero-reports/{made.json['zero_report']}").json
    assert told_["versions"][0]["explanation"].startswith("甲类物品")
    expo.tick()
    assert flags(expo, "ben") == []


@on_both
def test_the_number_itself_needs_no_explanation_and_another_class_contradicts_nothing(expo: Hub) -> None:
    begin(expo)
    gun(expo)
    assert file(expo, line("A1", QUIET | {"prohibited-a": 1, "incidents-open": 1}))["filed"] == 1
    told_ = file(expo, line("A1", QUIET | {"prohibited-b": 1, "incidents-open": 1}))
    assert [one["detail"].split()[0] for one in told_["refusals"]] == ["prohibited-a"]


@on_both
def test_what_it_may_not_know_is_flagged_to_those_who_know_both_alone(expo: Hub) -> None:
    begin(expo)
    ref = secret_gun(expo)
    id = file(expo, line("A1"))["items"][0]["zero_report"]
    expo.tick()
    assert flags(expo, "ben") == ["A1"]
    seen = expo.as_("ben").get(f"/zero-reports/{id}").json["flagged"]
    assert seen == [{"category": one, "noun": "incident", "ref": ref} for one in ("incidents-open", "prohibited-a")]
    assert sorted(one["category"] for one in told(expo, "ben")) == ["incidents-open", "prohibited-a"]
    for login in ("dan", "ana", "cleo", "gus"):
        assert told(expo, login) == []
        assert flags(expo, login) == []
    assert expo.as_("dan").get(f"/zero-reports/{id}").json["flagged"] == []


@on_both
def test_a_remark_about_something_else_does_not_take_the_flag_away(expo: Hub) -> None:
    begin(expo)
    secret_gun(expo)
    file(expo, line("A1", explanation="当日停电两小时"))
    expo.tick()
    assert flags(expo, "ben") == ["A1"]


@on_both
def test_what_comes_to_light_after_the_return_is_asked_and_flagged_until_it_is_mended(expo: Hub) -> None:
    begin(expo)
    id = file(expo, line("A1"))["items"][0]["zero_report"]
    gun(expo)
    expo.tick()
    path = f"/zero-reports/{id}"
    assert expo.as_("dan").get(path).json["to_explain"] == ["prohibited-a", "incidents-open"]
    assert expo.as_("ben").get(path).json["to_explain"] == []
    assert (flags(expo, "ben"), flags(expo, "dan")) == (["A1"], [])
    file(expo, line("A1", QUIET | {"prohibited-a": 1, "incidents-open": 1}))
    expo.tick()
    assert expo.as_("dan").get(path).json["to_explain"] == []
    assert flags(expo, "ben") == []


@on_both
def test_an_alarm_that_was_false_takes_its_flag_with_it(expo: Hub) -> None:
    begin(expo)
    ref = secret_gun(expo)
    file(expo, line("A1"))
    expo.tick()
    done = expo.as_("ben").post(f"/incidents/{ref}/status", {"to": "false_alarm", "reason": "玩具"})
    assert done.status_code == 200, done.text
    expo.tick()
    assert flags(expo, "ben") == []


@on_both
def test_a_hazard_found_that_day_contradicts_and_is_offered(expo: Hub) -> None:
    begin(expo)
    hazard = {"title": "配电箱裸露", "origin": "authority", "agency": "carrier-a", "site": SITE}
    assert expo.as_("ben").post("/operations/EXPO/hazards", hazard).status_code == 201
    id = expo.as_("dan").get(f"{DOOR}?date={TODAY}").json["items"][0]["id"]
    offered = expo.as_("dan").get(f"/zero-reports/{id}").json["suggested"]
    assert offered == {"hazards-found": 1, "hazards-closed": 0, "hazards-overdue": 0, "incidents-open": 0}
    assert expo.as_("ben").get(f"/zero-reports/{id}").json["suggested"] == {}
    other = expo.as_("dan").get(f"{DOOR}?date={TODAY}").json["items"][1]["id"]
    assert expo.as_("dan").get(f"/zero-reports/{other}").json["suggested"] == {}
    assert file(expo, line("A1"))["refusals"][0]["detail"].startswith("hazards-found")
    assert file(expo, line("A1", QUIET | {"hazards-found": 1}))["filed"] == 1


# --- the same night twice: once with something that Dan may not know -----------------------------------------------

_RANDOM = re.compile(r'"(?:/returns/)?[0-9A-Za-z_-]{16,24}"|"[0-9a-f]{64}"')
READ = (
    f"{DOOR}?date={TODAY}", MATRIX, f"{DOOR}/roll-up?date={TODAY}", "/operations/EXPO/units", "/operations/EXPO/board",
    "/operations/EXPO/feed?limit=500", "/operations/EXPO/incidents", "/operations/EXPO/hazards",
    "/operations/EXPO/obligations",
)  # fmt: skip


def plain(answer: str) -> str:
    """An answer without what is random: identifiers, and the order of debts that are due at the same instant."""

    def sorted_(found: Any) -> Any:
        if isinstance(found, dict):
            return {name: sorted_(one) for name, one in found.items()}
        if isinstance(found, list):
            ones = [sorted_(one) for one in found]
            owed = all(isinstance(one, dict) and "rule" in one for one in ones)
            return sorted(ones, key=lambda one: json.dumps(one)) if owed else ones
        return found

    return json.dumps(sorted_(json.loads(_RANDOM.sub('"*"', answer))))


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def night(database: Database, folder: Path, *, secret: bool) -> tuple[list[str], list[list[str]], list[str]]:
    """Everything Dan is answered, what his filings ask of the database, and what Ben sees flagged."""
    answers: list[str] = []
    asked: list[list[str]] = []
    folder.mkdir()
    with held_night(Hub(folder, database.copied("city", found_city, folder))) as hub:
        begin(hub)
        dan = hub.as_("dan")
        hub.as_("ben")
        if secret:
            secret_gun(hub)
        hub.clock.at = MORNING + timedelta(hours=1)
        hub.tick()
        for body in (line("A1"), line("A2"), line("A1", explanation="补充说明"), line("B1")):
            with statements() as found:
                answers.append(dan.post(DOOR, body).text)
            asked.append(found)
            hub.tick()
        at(hub, 16, 1)
        ids = [one["id"] for one in dan.get(f"{DOOR}?date={TODAY}").json["items"]]
        answers += [dan.get(path).text for path in (*READ, *(f"/zero-reports/{id}" for id in ids))]
        seen = flags(hub, "ben")
    return [plain(one) for one in answers], asked, seen


@pytest.mark.story
def test_nothing_that_dan_is_answered_differs_by_what_he_may_not_know(database: Database, tmp_path: Path) -> None:
    without, asked, none = night(database, tmp_path / "without", secret=False)
    with_it, asked_with_it, seen = night(database, tmp_path / "with", secret=True)
    assert (none, seen) == ([], ["A1"])
    assert with_it == without
    assert asked_with_it == asked


@on_both
def test_a_flagged_cell_is_still_the_word_it_was(expo: Hub) -> None:
    begin(expo)
    secret_gun(expo)
    file(expo, line("A1"))
    expo.tick()
    assert day(expo, "ben")["A1"] == day(expo, "dan")["A1"] == "zero"
