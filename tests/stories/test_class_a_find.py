"""A class-A find at 03:10: who is called when, what stops it, and what a restart with overdue steps says afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from incident_hub.kernel import feeds
from tests.databases import on_both
from tests.night import NIGHT, Hub
from tests.notify.sink import smtp_sink

pytestmark = [pytest.mark.story, on_both]


def steps(expo: Hub, login: str = "ana") -> list[dict]:
    """The steps somebody's desk was shown, in order."""
    entries = expo.as_(login).get("/operations/EXPO/feed?limit=1000").json["items"]
    return [one for one in entries if one.get("kind") == "obligation.step_taken"]


def minute(entry: dict) -> float:
    """Minutes after 03:10."""
    from_start = entry["at"]
    return round((_instant(from_start) - NIGHT) / timedelta(minutes=1), 2)


def of_police(entries: list[dict]) -> list[dict]:
    """The steps of the police's own debt to answer."""
    return [one for one in entries if one["data"]["rule"] == "ACK" and one["data"]["desk"] == "police/duty"]


def test_nobody_answers_and_the_ladder_climbs_at_the_plans_instants(expo: Hub) -> None:
    expo.as_("dan").open(attention="A", site="carrier-a/site-001")
    expo.forward(minutes=16, step=60)
    climbed = [(minute(one), one["data"]["step"], one["data"]["kind"]) for one in of_police(steps(expo))]
    assert climbed[:6] == [*((minute, 0, "call") for minute in range(5)), (5, 1, "call")]
    first, second = of_police(steps(expo))[0]["data"], of_police(steps(expo))[5]["data"]
    assert [target["post"] for target in first["targets"]] == ["duty_officer"]
    assert [target["post"] for target in second["targets"]] == ["duty_leader"]
    assert [one["post"] for one in second["withheld"] if one["why"] == "vacant"] == ["deputy"]


def test_taken_stops_ones_own_ladder_and_nobody_elses(expo: Hub) -> None:
    ref = expo.as_("dan").open(attention="A", site="carrier-a/site-001")
    expo.forward(minutes=2)
    expo.as_("ana").post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"})
    before = len(of_police(steps(expo)))
    expo.forward(minutes=6)
    assert len(of_police(steps(expo))) == before
    others = [one for one in steps(expo) if one["data"]["desk"] == "postal/duty" and one["data"]["rule"] == "ACK"]
    assert max(minute(one) for one in others) == 5
    debts = expo.as_("ana").get(f"/operations/EXPO/obligations?subject={ref}").json["items"]
    states = {(debt["rule"], debt["owed_by"]["agency"]): debt["state"] for debt in debts}
    assert states["ACK", "police"] == "met"
    assert states["ACK", "postal"] == "missed"
    assert states["K3", "carrier-a"] == "open"


def test_seen_quietens_the_repeats_of_that_post_and_answers_nothing(expo: Hub) -> None:
    ref = expo.as_("dan").open(attention="A", site="carrier-a/site-001")
    expo.forward(seconds=30)
    expo.as_("ana").post(f"/incidents/{ref}/acknowledgement", {"kind": "seen"})
    expo.forward(minutes=6)
    assert [minute(one) for one in of_police(steps(expo))] == [0, 5]


def test_the_mail_arrives_once_for_each_call_and_says_no_more_than_it_may(expo: Hub) -> None:
    with smtp_sink() as (sink, settings):
        expo.app.config.update(settings)
        ref = expo.as_("dan").open(title="疑似枪支 收件人李某", attention="A", site="carrier-a/site-001")
        expo.forward(seconds=61)
        mine = sink.to("ana@example.org")
        assert len(mine) == 2
        assert len({mail["Message-ID"] for mail in mine}) == 2
        text = mine[0].get_content()
        assert ref in text
        assert "李某" not in str(mine[0])
        expo.as_("ana").post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"})
        expo.forward(minutes=3)
        assert len(sink.to("ana@example.org")) == 2


def test_after_an_outage_only_the_highest_step_is_sent_and_the_rest_is_said_to_be_withheld(expo: Hub) -> None:
    ref = expo.as_("dan").open(attention="A", site="carrier-a/site-001")
    expo.forward(seconds=1)
    expo.clock.forward(minutes=7)
    expo.restart()
    expo.tick()
    recorded = [one for one in of_police(steps(expo)) if minute(one) > 1]
    places = [(one["data"]["step"], one["data"]["occurrence"]) for one in recorded]
    assert places == [(0, 1), (0, 2), (0, 3), (0, 4), (1, 0)]
    assert all(one["data"]["withheld"][0]["why"] == "outage" for one in recorded[:4])
    assert recorded[4]["data"]["late_s"] == pytest.approx(121, abs=1)
    assert recorded[4]["data"]["targets"]
    expo.tick()
    assert len([one for one in of_police(steps(expo)) if minute(one) > 1]) == 5
    keys = [(e["data"]["obligation"], e["data"]["step"], e["data"]["occurrence"]) for e in steps(expo)]
    assert len(keys) == len(set(keys))
    assert expo.as_("ana").get(f"/incidents/{ref}").json["obligations"]["late"] >= 1


def test_what_was_due_before_it_was_entered_starts_its_ladder_when_entered_and_reads_so(expo: Hub) -> None:
    via = {"channel": "phone", "from": {"agency": "carrier-a"}, "stated_at": "2026-09-02T02:40:00+08:00"}
    ref = expo.as_("dan").open(attention="A", site="carrier-a/site-001", via=via)
    debts = expo.as_("ana").get(f"/operations/EXPO/obligations?subject={ref}").json["items"]
    oral = next(one for one in debts if one["rule"] == "K1")
    assert oral["due_at"] == "2026-09-01T18:55:00.000+00:00"
    assert oral["entered_late"] is True
    answer = next(one for one in debts if one["rule"] == "ACK" and one["owed_by"]["agency"] == "police")
    assert answer["starts_at"] == "2026-09-01T19:10:00.000+00:00"


def test_a_written_report_told_by_telephone_before_the_deadline_meets_it(expo: Hub) -> None:
    ref = expo.as_("dan").open(site="carrier-a/site-001")
    expo.forward(minutes=125, step=60)
    debts = expo.as_("dan").get(f"/operations/EXPO/obligations?subject={ref}").json["items"]
    written = next(one for one in debts if one["rule"] == "K3")
    assert written["state"] == "missed"
    via = {"channel": "fax", "from": {"agency": "carrier-a"}, "words": "已传真"}
    via["stated_at"] = "2026-09-02T05:00:00+08:00"
    done = expo.as_("dan").post(f"/obligations/{written['id']}/settlement", {"words": "书面初报已传真", "via": via})
    assert done.status_code == 200
    assert (done.json["state"], done.json["proof"]) == ("met", "stated")
    assert done.json["slack_s"] == 600
    assert done.json["slack_entered_s"] == -300


def test_an_outsider_is_called_by_nobody_and_hears_of_nothing(expo: Hub) -> None:
    expo.as_("dan").open(attention="A", site="carrier-a/site-001")
    expo.forward(minutes=4)
    heard = expo.as_("cleo").get("/operations/EXPO/feed").json["items"]
    assert [one["kind"] for one in heard] == ["operation.opened"]
    assert feeds.head(expo.expo.id, 0) == 0
    assert expo.as_("cleo").get("/me/desk").json["obligations"] == []


def _instant(words: str) -> datetime:
    return datetime.fromisoformat(words)
