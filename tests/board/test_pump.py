"""The pump's passes one at a time: what is pushed once, how the heads are told, and who is called."""

from __future__ import annotations

from typing import Any

import pytest

from incident_hub.agencies import askers
from incident_hub.board.live import pump as pumping
from incident_hub.board.live.pump import Pump
from incident_hub.board.live.watchers import Watchers, room_of
from incident_hub.kernel import clock, feeds
from tests.night import Hub


class Air:
    """Where the pump's words go when there is no socket: kept, in order."""

    def __init__(self) -> None:
        self.said: list[tuple[str, dict[str, Any], str]] = []
        self.server = self

    def emit(self, event: str, told: dict[str, Any], *, to: str, namespace: str) -> None:
        """What the pump calls to speak."""
        assert namespace == "/live"
        self.said.append((event, told, to))

    def disconnect(self, sid: str, *, namespace: str) -> None:
        """What the pump calls to put somebody out."""
        self.said.append(("gone", {}, sid))


@pytest.fixture
def air() -> Air:
    return Air()


@pytest.fixture
def watchers(expo: Hub) -> Watchers:
    made = Watchers()
    for login in ("ana", "ben"):
        expo.as_(login)
        asker = askers.asker_of_token(expo.tokens[f"{login}@None"], None, clock.now())
        assert asker is not None
        made.join(login, asker)
        feed = (expo.expo.id, asker.desk_id)
        made.follow(login, feed, feeds.head(*feed))
    return made


@pytest.fixture
def pump(expo: Hub, air: Air, watchers: Watchers) -> Pump:
    made = Pump(expo.app, air, watchers)
    made.look()
    return made


def room(watchers: Watchers, login: str) -> str:
    return room_of(next(iter(watchers.by_sid[login].feeds)))


def test_an_entry_is_pushed_once_to_each_desk_however_often_the_pump_looks(expo, pump, air, watchers) -> None:
    ref = expo.as_("dan").open()
    for _ in range(3):
        pump.look()
    for login in ("ana", "ben"):
        opened = [told for event, told, to in air.said if event == "entry" and to == room(watchers, login)]
        assert [one["kind"] for one in opened if one["subject"]["ref"] == ref] == ["incident.opened"]


def test_a_backlog_longer_than_a_batch_is_pushed_whole_and_in_order(expo, pump, air, watchers, monkeypatch) -> None:
    monkeypatch.setattr(pumping, "BATCH", 3)
    ref = expo.as_("dan").open()
    for number in range(8):
        expo.as_("dan").post(f"/incidents/{ref}/journal", {"text": str(number)})
    before = watchers.pushed[next(iter(watchers.by_sid["ana"].feeds))]
    pump.look()
    positions = [told["position"] for event, told, to in air.said if event == "entry" and to == room(watchers, "ana")]
    assert positions == list(range(before + 1, before + 1 + len(positions)))
    assert len(positions) >= 9


def test_heads_are_told_when_it_is_time_and_not_before(expo, pump, air, watchers, monkeypatch) -> None:
    assert [event for event, _, _ in air.said] == []
    monkeypatch.setattr(pumping, "HEAD_EVERY", 0.0)
    pump.look()
    heads = {to: told for event, told, to in air.said if event == "head"}
    assert set(heads) == {room(watchers, "ana"), room(watchers, "ben")}
    head = expo.as_("ana").get("/operations/EXPO/board").json["head"]
    now = clock.now().isoformat(timespec="milliseconds")
    assert heads[room(watchers, "ana")] == {"operation": "EXPO", "head": head, "now": now, "flood": None}


def test_a_feed_nobody_follows_any_more_is_not_read(expo, pump, air, watchers) -> None:
    watchers.leave("ana")
    watchers.leave("ben")
    expo.as_("dan").open()
    pump.look()
    assert (air.said, watchers.pushed) == ([], {})


def test_who_holds_the_called_post_is_summoned_and_another_is_not(expo, pump, air, watchers) -> None:
    expo.as_("dan").open("CASUALTY")
    expo.forward(minutes=30, step=300)
    pump.look()
    summoned = [(told, to) for event, told, to in air.said if event == "summons"]
    assert summoned
    assert all(told["kind"] == "call" and told["obligation"] for told, _ in summoned)
    assert all(watchers.by_sid[to].asker.desk == told["desk"] for told, to in summoned)
