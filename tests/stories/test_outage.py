"""A restart after forty minutes: the Hub says that it was silent, and each desk reads what that meant for it."""

from __future__ import annotations

from typing import Any

import pytest

from incident_hub.engine.heart import Heart
from incident_hub.kernel import feeds
from incident_hub.kernel.database import db
from tests.night import Hub

pytestmark = pytest.mark.story
OUTAGES = "/operations/EXPO/outages"


def beat(hub: Hub, heart: Heart, times: int = 3) -> None:
    for _ in range(times):
        with hub.app.app_context():
            heart._chase()
    db.session.rollback()


def steps(read: dict[str, Any], became: str) -> list[dict[str, Any]]:
    return [one for one in read["steps"] if one["became"] == became]


def test_forty_minutes_of_silence_are_stated_once_and_read_by_each_desk_as_far_as_it_knows(expo: Hub) -> None:
    ana, ben, cleo = expo.as_("ana"), expo.as_("ben"), expo.as_("cleo")
    ref = expo.as_("dan").open(site="carrier-a/site-001", attention="A")
    beat(expo, Heart(expo.app))
    assert ana.get(OUTAGES).json["items"] == []

    expo.clock.forward(minutes=40)
    engine = Heart(expo.app)
    beat(expo, engine)
    stated = ana.get(OUTAGES).json["items"]
    assert [(one["from"][11:16], one["to"][11:16]) for one in stated] == [("19:10", "19:50")]
    assert cleo.get(OUTAGES).json["items"] == stated
    assert stated[0]["id"] in [one["data"].get("outage") for one in cleo.get("/operations/EXPO/feed").json["items"]]

    read = ana.get(f"{OUTAGES}/{stated[0]['id']}").json
    assert read["seconds"] == 2400
    assert {one["subject"]["ref"] for one in read["steps"]} == {ref}
    late, withheld = steps(read, "sent_late"), steps(read, "withheld")
    assert late
    assert len(withheld) > len(late)
    assert read["counts"]["steps"] == {"sent_late": len(late), "withheld": len(withheld)}
    assert all(one["late_s"] >= 60 for one in late)
    assert "missed" in read["counts"]["deadlines"]
    assert ben.get(f"{OUTAGES}/{stated[0]['id']}").json["steps"] == read["steps"]

    # The carrier that knows nothing of the incident reads of the same silence that nothing of its own fell due.
    nothing = cleo.get(f"{OUTAGES}/{stated[0]['id']}").json
    assert (nothing["steps"], nothing["deadlines"], nothing["counts"]) == ([], [], {"steps": {}, "deadlines": {}})
    assert cleo.get(f"{OUTAGES}/0123456789abcdef").status_code == 404

    # Nothing goes out twice: neither the statement nor a late step.
    taken = len(feeds.of_kind(expo.expo.id, 0, "obligation.step_taken"))
    beat(expo, engine)
    beat(expo, Heart(expo.app))
    assert len(feeds.of_kind(expo.expo.id, 0, "obligation.step_taken")) == taken
    assert ana.get(OUTAGES).json["items"] == stated


def test_the_page_says_what_fell_due_in_both_languages_and_what_there_is_not(expo: Hub) -> None:
    client = expo.app.test_client()
    client.post("/api/v1/session", json={"login": "ana", "password": "x"})
    ana = expo.as_("ana")
    before = ana.client.get("/operations/EXPO/outages?lang=en", headers=ana.headers)
    assert b"has not been silent" in before.data
    expo.as_("dan").open(site="carrier-a/site-001", attention="A")
    beat(expo, Heart(expo.app))
    expo.clock.forward(minutes=40)
    beat(expo, Heart(expo.app))
    english = ana.client.get("/operations/EXPO/outages?lang=en", headers=ana.headers).text
    chinese = ana.client.get("/operations/EXPO/outages?lang=zh", headers=ana.headers).text
    assert "Sent late" in english
    assert "Missed" in english
    assert "迟发" in chinese
    assert "Sent late" not in chinese
