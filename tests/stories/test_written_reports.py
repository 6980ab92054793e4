"""A fire at a sorting centre, reported: spoken, written with two unknowns, supplemented, past a level once, and closed.

Every clock is worked out by hand, in seconds of slack: due minus met.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from incident_hub.agencies import actions as people
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel import chains
from incident_hub.kernel.database import unit_of_work
from tests.databases import on_both
from tests.night import NIGHT, Hub
from tests.reports.writing import begin, fill, leader, levelled, sent, signed, unknown

pytestmark = [pytest.mark.story, on_both]


class Fire:
    """The night of the fire, minute by minute."""

    def __init__(self, hub: Hub) -> None:
        levelled(hub)
        leader(hub, "flo", "fire/duty")
        with unit_of_work() as at:
            fay = people.add_member("fay", "Fay", None, at=at, by=CONSOLE)
            people.seat(fay, "fire/duty", "duty_officer", "duty_officer", at=at, by=CONSOLE)
        self.hub, self.now = hub, 0.0
        said = {"summary": "皮带机起火", "site": "carrier-a/site-001", "occurred_at": NIGHT.isoformat()}
        self.ref = hub.as_("dan").open("EXP-FIRE", "分拣中心起火", **said)
        self.path = f"/incidents/{self.ref}"

    def at(self, minute: float) -> None:
        """Let it become that minute of the night."""
        self.hub.forward(minutes=minute - self.now, engine=False)
        self.now = minute

    def says(self, login: str, door: str, body: dict[str, Any]) -> Any:
        """Somebody states something of the fire."""
        made = self.hub.as_(login).post(f"{self.path}/{door}", body)
        assert made.status_code in (200, 201), made.text
        return made.json

    def receives(self, login: str, report: dict[str, Any]) -> None:
        made = self.hub.as_(login).post(f"/reports/{report['id']}/receipt")
        assert made.status_code == 200, made.text

    def slack(self, *rules: str) -> list[tuple[str, str, str, int | None]]:
        """How the clocks of these rules ended: rule, desk, state, and the seconds that were to spare."""
        items = self.hub.as_("ana").get(f"/operations/EXPO/obligations?subject={self.ref}&limit=200").json["items"]
        found = [(one["rule"], one["owed_by"]["desk"], one["state"], one["slack_s"]) for one in items]
        return sorted(one for one in found if one[0] in rules)


@pytest.fixture
def fire(hub: Hub) -> Fire:
    return Fire(hub)


def burn(fire: Fire) -> list[dict[str, Any]]:
    """Spoken at +9:20 and typed at +12, written at +80, followed at +90 and +100, and final at +200."""
    hub = fire.hub
    fire.at(12)
    stated = (NIGHT + timedelta(minutes=9, seconds=20)).isoformat()
    via = {"channel": "phone", "stated_at": stated, "words": "分拣中心起火，正在疏散，伤亡不明"}
    spoken = fire.says("dan", "reports", {"form": "first", "spoken": True, "to": "postal/duty", "via": via})
    fire.at(20)
    fire.says("fay", "status", {"to": "responding"})
    for category, n in (("deaths", 0), ("injured", 2), ("missing", 0)):
        fire.says("fay", "figures", {"category": category, "n": n, "source": "现场指挥"})
    fire.says("dan", "journal", {"kind": "action", "text": "切断电源，疏散一百二十人"})
    fire.says("dan", "journal", {"kind": "milestone", "milestone": "arrived", "text": "带班领导到场"})
    fire.at(80)
    lines: dict[str, Any] = {"area": unknown("火势未控制"), "loss": unknown("无法进入现场"), "consequence": "分拣中断"}
    first = sent(hub, signed(hub, fill(hub, begin(hub, fire.ref), **lines)))
    fire.at(84)
    fire.receives("ben", first)
    fire.at(90)
    follow_up = sent(hub, signed(hub, fill(hub, begin(hub, fire.ref, "follow_up"), area="一号厅，约八百平方米")))
    fire.at(95)
    fire.says("fay", "figures", {"category": "injured", "n": 3, "source": "医院"})
    fire.says("fay", "figures", {"category": "items", "n": 800, "source": "甲快递清点"})
    fire.at(100)
    second = signed(hub, begin(hub, fire.ref, "follow_up"))
    second = sent(hub, second, "province/duty", reason="市局值班电话无人接听")
    fire.at(102)
    fire.receives("pia", second)
    fire.at(103.5)
    fire.receives("ben", second)
    fire.at(180)
    fire.says("fay", "status", {"to": "lifted"})
    fire.at(200)
    said = {
        "cause": "皮带机轴承过热",
        "handling": "明火扑灭",
        "aftermath": "清点赔付",
        "area": "一号厅",
        "consequence": "八百件受损",
    }
    final = sent(
        hub,
        signed(hub, fill(hub, begin(hub, fire.ref, "final", "fay"), "fay", **said), "flo"),
        "government/duty",
        "fay",
    )
    return [spoken, first, follow_up, second, final]


def test_every_clock_is_settled_by_its_report_to_the_second(fire: Fire) -> None:
    burn(fire)
    carrier = "carrier-a/duty"
    assert fire.slack("K1", "K3", "K3S", "K9-7", "K13") == [
        ("K1", carrier, "met", 5 * 60 + 40),
        ("K13", "fire/duty", "met", (24 * 60 - 20) * 60),
        ("K3", carrier, "met", 40 * 60),
        ("K3S", carrier, "met", (80 + 240 - 100) * 60),
        ("K9-7", carrier, "met", 0),
        ("K9-7", carrier, "met", 55 * 60),
    ]
    assert chains.verify_database(fire.hub.expo.id)[1] is None


def test_every_report_to_every_desk_is_a_receipt_of_its_own(fire: Fire) -> None:
    burn(fire)
    assert fire.slack("RCPT") == [
        ("RCPT", "government/duty", "open", None),
        ("RCPT", "postal/duty", "met", 11 * 60),  # the first
        ("RCPT", "postal/duty", "met", 11 * 60 + 30),  # the copy of the one that passed it over
        ("RCPT", "postal/duty", "open", None),  # the first follow-up, not signed for
        ("RCPT", "province/duty", "met", 13 * 60),
    ]
    fire.at(206)
    fire.hub.tick()
    assert [one[2] for one in fire.slack("RCPT") if one[3] is None] == ["open", "missed"]


def test_what_each_report_says_is_what_was_new_and_what_is_open(fire: Fire) -> None:
    _, first, follow_up, second, final = burn(fire)
    assert [one["whole"] for one in (first, follow_up, second, final)] == [False, False, True, True]
    assert [one["number"] for one in (first, follow_up, second, final)] == [1, 1, 2, 1]
    assert {one["code"] for one in follow_up["content"]} == {"area"}
    counts = {row["category"]: (row["period"], row["to_date"]) for one in second["content"] for row in one["rows"]}
    assert counts == {"injured": (1, 3), "items": (800, 800)}
    assert {one["code"] for one in second["content"]} == {"casualties", "loss"}
    assert all(one["unknown"] is None for one in final["content"])


def test_the_review_tells_of_each_report_and_the_record_keeps_none_of_its_text(fire: Fire) -> None:
    burn(fire)
    kinds: list[str] = []
    for one in fire.hub.as_("ana").get("/operations/EXPO/feed?limit=1000").json["items"]:
        if one["kind"].startswith("report."):
            kinds.append(one["kind"].partition(".")[2])
            assert "轴承" not in str(one)
    signed_and_sent = ["signed", "sent"]
    assert kinds == ["sent", *signed_and_sent, "received", *signed_and_sent * 2, *["received"] * 2, *signed_and_sent]
    review = fire.hub.as_("ana").get("/operations/EXPO/review?lang=zh").json
    told = [line["text"] for one in review["incidents"] for line in one["timeline"] if line["kind"] == "report.sent"]
    assert len(told) == 5
    assert told[0].startswith("口头初报：甲快递")
    assert "市局值班电话无人接听" in " ".join(told)
