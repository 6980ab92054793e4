"""Briefings come at the plan's hour: to each desk its own, once, and after an outage the newest alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from incident_hub.briefings import actions
from incident_hub.kernel import feeds
from incident_hub.kernel.database import db
from incident_hub.notify.channels import wording
from incident_hub.notify.messages import Message, restored
from incident_hub.notify.models import Notice
from tests.databases import on_both
from tests.night import Hub

pytestmark = on_both
# Eight in the morning in Beijing, after the night of the tests.
EIGHT = datetime(2026, 9, 2, 0, 0, tzinfo=UTC)
DESKS = {"postal/duty", "police/duty", "government/duty"}


def issued(hub: Hub) -> list[dict[str, Any]]:
    """Every briefing the record says was issued."""
    db.session.rollback()
    return [one["data"] for one in feeds.of_kind(hub.expo.id, 0, "briefing.issued")]


def notices() -> list[Notice]:
    """The messages about briefings."""
    db.session.rollback()
    return [one for one in db.session.scalars(select(Notice)) if one.matter["kind"] == "issued"]


def test_each_desk_the_plan_names_is_sent_its_own_once(expo: Hub) -> None:
    ref = expo.as_("dan").open(title="三号机可疑物品")
    expo.tick()
    expo.clock.at = EIGHT
    assert issued(expo) == []
    for _ in range(3):
        expo.tick()
        expo.clock.forward(seconds=20)
    expo.restart()
    expo.tick()
    found = issued(expo)
    assert {one["desk"] for one in found} == DESKS
    assert len(found) == len(DESKS)
    assert {(one["occurrence"], one["late_s"]) for one in found} == {("2026-09-02T08:00", None)}
    assert len({one["sha256"] for one in found}) == len(DESKS)
    # Ben knows of the incident, the government's duty room does not.
    ben = expo.as_("ben")
    kept = ben.get("/operations/EXPO/briefings").json["items"]
    page = f"/operations/EXPO/briefing?lang=en&issued={kept[0]['id']}"
    shown = ben.client.get(page, headers={**ben.headers, "Accept": "text/html"}).text
    assert ref in shown
    assert "It reads today as it did when it was issued." in shown
    assert expo.as_("cleo").get("/operations/EXPO/briefings").json["items"] == []
    cleo = expo.as_("cleo")
    assert cleo.client.get(page, headers=cleo.headers).status_code == 404


def test_a_message_says_where_it_is_read_and_carries_none_of_it(expo: Hub) -> None:
    ref = expo.as_("dan").open(title="三号机可疑物品")
    expo.clock.at = EIGHT
    expo.tick()
    found = notices()
    assert {one.channel for one in found} == {"in_app", "email"}
    for one in found:
        for language in ("zh", "en"):
            message = Message(one.delivery_id, "a@example.org", language, EIGHT, (restored(one.matter),))
            said = [
                wording.subject(message),
                wording.body(message, {}),
                wording.short(message),
                wording.spoken(message),
            ]
            assert not [words for words in said if ref in words or "三号机" in words]
            assert "/operations/EXPO/briefing?issued=" in said[1]


def test_after_an_outage_the_newest_comes_late_says_so_and_names_those_that_did_not(expo: Hub) -> None:
    expo.tick()
    expo.clock.at = EIGHT.replace(day=4, hour=3)
    expo.tick()
    expo.tick()
    found = issued(expo)
    assert {one["desk"] for one in found} == DESKS
    assert {one["occurrence"] for one in found} == {"2026-09-04T08:00"}
    assert {one["late_s"] for one in found} == {10800.0}
    assert found[0]["skipped"] == ["2026-09-02T08:00", "2026-09-03T08:00"]
    assert "180" in wording.body(Message("d", "", "en", EIGHT, (restored(notices()[0].matter),)), {})


def test_the_next_one_tells_from_where_the_last_one_ended(expo: Hub) -> None:
    for day in (2, 3):
        expo.clock.at = EIGHT.replace(day=day)
        expo.tick()
    first, second = (
        next(one for one in issued(expo) if one["occurrence"].startswith(day)) for day in ("2026-09-02", "2026-09-03")
    )
    assert second["from"] == first["to"]


def test_what_was_cut_short_goes_on_where_it_stopped(expo: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, fallen = actions.issue, []

    def falls(operation: Any, desk: Any, *more: Any) -> bool:
        if desk.code == "police/duty" and not fallen:
            fallen.append(desk.code)
            raise RuntimeError("the machine went down")
        return whole(operation, desk, *more)

    monkeypatch.setattr(actions, "issue", falls)
    expo.clock.at = EIGHT
    expo.tick()
    assert {one["desk"] for one in issued(expo)} < DESKS
    expo.restart()
    expo.tick()
    assert sorted(one["desk"] for one in issued(expo)) == sorted(DESKS)
    assert len({one["from"] for one in issued(expo)}) == 1


def test_what_changed_since_is_said_and_an_old_briefing_tells_nothing_that_was_withdrawn(expo: Hub) -> None:
    ref = expo.as_("dan").open(title="三号机可疑物品")
    expo.clock.at = EIGHT
    expo.tick()
    ana = expo.as_("ana")
    kept = ana.get("/operations/EXPO/briefings").json["items"][0]
    removed = expo.as_("ben").delete(f"/incidents/{ref}/access?desk=police/duty")
    assert removed.status_code == 200, removed.text
    page = f"/operations/EXPO/briefing?lang=en&issued={kept['id']}"
    shown = ana.client.get(page, headers={**ana.headers, "Accept": "text/html"}).text
    assert ref not in shown
    assert "has changed since it was issued" in shown
    assert kept["sha256"][:16] in shown
