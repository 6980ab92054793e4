"""The verbs of an incident through the API: what they change, what they tell, and what they refuse."""

from __future__ import annotations

import pytest

from incident_hub.kernel import chains, feeds
from tests.databases import on_both
from tests.night import Hub

pytestmark = on_both

JOURNAL = "/incidents/{}/journal"


def kinds(expo: Hub, login: str) -> list[str]:
    """The kinds of entries somebody's desk was shown."""
    return [one.get("kind", "withheld") for one in expo.as_(login).get("/operations/EXPO/feed").json["items"]]


def test_logging_an_incident_tells_the_plans_circle_and_nobody_else(expo: Hub) -> None:
    ref = expo.as_("dan").open("PROH-XRAY", site="carrier-a/site-001")
    for login in ("ana", "ben", "dan"):
        assert expo.as_(login).get(f"/incidents/{ref}").status_code == 200, login
    for login in ("cleo", "gus"):
        response = expo.as_(login).get(f"/incidents/{ref}")
        assert response.status_code == 404, login
        assert response.json == expo.as_(login).get("/incidents/NOSUCH").json
        assert expo.as_(login).get("/operations/EXPO/incidents").json["items"] == []
        assert "incident.opened" not in kinds(expo, login)


def test_every_desk_with_access_is_shown_the_same_card(expo: Hub) -> None:
    ref = expo.as_("dan").open()
    cards = [expo.as_(login).get("/operations/EXPO/board").json["cards"] for login in ("ana", "ben", "dan")]
    assert cards[0] == cards[1] == cards[2]
    assert cards[0][0]["ref"] == ref
    digests = {expo.as_(login).get("/operations/EXPO/board").json["digest"] for login in ("ana", "ben", "dan")}
    assert digests == {feeds.digest([(ref, feeds.card_hash(cards[0][0]))])}


def test_the_same_key_gives_the_same_answer_and_one_incident(expo: Hub) -> None:
    dan = expo.as_("dan")
    body = {"type": "VIOL", "title": "未执行当面验视"}
    first = dan.post("/operations/EXPO/incidents", body, headers={"Idempotency-Key": "k1"})
    again = dan.post("/operations/EXPO/incidents", body, headers={"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert first.headers["ETag"] == again.headers["ETag"]
    other = dan.post("/operations/EXPO/incidents", {**body, "title": "x"}, headers={"Idempotency-Key": "k1"})
    assert other.status_code == 422
    assert len(dan.get("/operations/EXPO/incidents").json["items"]) == 1


def test_a_body_that_does_not_fit_is_refused_field_by_field_and_nothing_is_kept(expo: Hub) -> None:
    dan = expo.as_("dan")
    ahead = {"type": "NOPE", "title": "x", "occurred_at": "2099-01-01T00:00:00Z"}
    response = dan.post("/operations/EXPO/incidents", ahead)
    assert response.status_code == 422
    assert {error["pointer"] for error in response.json["errors"]} == {"/type", "/occurred_at"}
    unknown = dan.post("/operations/EXPO/incidents", {"type": "VIOL", "title": "x", "color": "red"})
    assert [error["pointer"] for error in unknown.json["errors"]] == ["/color"]
    naive = dan.post("/operations/EXPO/incidents", {"type": "VIOL", "title": "x", "known_at": "2026-09-01T10:00:00"})
    assert naive.json["errors"][0]["pointer"] == "/known_at"
    assert dan.get("/operations/EXPO/incidents").json["items"] == []


def test_edits_of_different_fields_merge_and_of_the_same_field_are_shown_both_values(expo: Hub) -> None:
    ref = expo.as_("dan").open(title="包裹")
    ana, ben = expo.as_("ana"), expo.as_("ben")
    seen = ana.get(f"/incidents/{ref}").json["version"]
    assert ben.patch(f"/incidents/{ref}", {"summary": "新情况"}, seen).status_code == 200
    merged = ana.patch(f"/incidents/{ref}", {"title": "两个包裹"}, seen)
    assert (merged.status_code, merged.json["title"], merged.json["summary"]) == (200, "两个包裹", "新情况")
    clash = ben.patch(f"/incidents/{ref}", {"title": "三个包裹"}, seen)
    assert clash.status_code == 412
    assert clash.json["fields"] == [{"field": "title", "yours": "三个包裹", "theirs": "两个包裹"}]
    assert ana.get(f"/incidents/{ref}").json["title"] == "两个包裹"
    assert ana.call("PATCH", f"/incidents/{ref}", json={"title": "x"}).status_code == 428


def test_the_lead_moves_the_status_and_others_are_told_whose_it_is(expo: Hub) -> None:
    ref = expo.as_("dan").open()
    refused = expo.as_("dan").post(f"/incidents/{ref}/status", {"to": "responding"})
    assert refused.status_code == 403
    assert "lead" in refused.json["detail"]
    lead = expo.as_("dan").get(f"/incidents/{ref}").json["lead"]
    boss = expo.as_({"postal": "ben", "police": "ana"}[lead])
    assert boss.post(f"/incidents/{ref}/status", {"to": "closed"}).status_code == 409
    for to in ("responding", "contained", "lifted", "closed"):
        assert boss.post(f"/incidents/{ref}/status", {"to": to}).json["status"] == to
    assert expo.as_("ana").get("/operations/EXPO/board").json["cards"] == []
    assert boss.post(f"/incidents/{ref}/status", {"to": "responding"}).status_code == 409
    assert boss.post(f"/incidents/{ref}/status", {"to": "responding", "reason": "复燃"}).status_code == 200


def test_figures_follow_one_another_and_the_lead_makes_one_official(expo: Hub) -> None:
    ref = expo.as_("dan").open("EXP-FIRE", "分拨中心火情", site="carrier-a/site-001")
    dan = expo.as_("dan")
    first = dan.post(f"/incidents/{ref}/figures", {"category": "injured", "n": 2, "source": "现场"}).json["id"]
    dan.post(f"/incidents/{ref}/figures", {"category": "injured", "n": 3, "source": "医院"})
    card = dan.get(f"/incidents/{ref}").json
    assert card["figures"]["injured"]["n"] == 3
    assert dan.post(f"/incidents/{ref}/figures/{first}/official").status_code == 403
    assert dan.post(f"/incidents/{ref}/figures", {"category": "injured"}).status_code == 422
    assert dan.post(f"/incidents/{ref}/figures", {"category": "missing", "unknown": True}).status_code == 201
    assert dan.get(f"/incidents/{ref}").json["figures"]["missing"]["n"] is None
    assert len(dan.get(f"/incidents/{ref}/figures").json["items"]) == 3


def test_figures_suggest_a_grade_by_the_plans_criteria_and_a_person_decides(expo: Hub) -> None:
    ref = expo.as_("dan").open("EXP-FIRE", "分拨中心火情", site="carrier-a/site-001")
    dan = expo.as_("dan")
    assert dan.get(f"/incidents/{ref}").json["suggested_grade"] is None
    dan.post(f"/incidents/{ref}/figures", {"category": "deaths", "n": 3, "source": "现场"})
    page = dan.get(f"/incidents/{ref}").json
    assert (page["grade"], page["suggested_grade"]) == (None, {"grade": "III", "criterion": "deaths>=3"})
    robbed = expo.as_("ana").open("THEFT", "押运车被抢")
    expo.as_("ana").post(f"/incidents/{robbed}/figures", {"category": "deaths", "n": 3, "source": "现场"})
    assert expo.as_("ana").get(f"/incidents/{robbed}").json["suggested_grade"] is None


def test_what_a_desk_writes_for_itself_reaches_nobody_else_and_moves_no_card(expo: Hub) -> None:
    ref = expo.as_("dan").open()
    before = expo.as_("ana").get(f"/incidents/{ref}")
    made = expo.as_("ben").post(JOURNAL.format(ref), {"text": "内部核查", "audience": "own"})
    assert made.status_code == 201
    assert expo.as_("ana").get(f"/incidents/{ref}").json == before.json
    assert expo.as_("ana").get(f"/incidents/{ref}").headers["ETag"] == before.headers["ETag"]
    assert expo.as_("ana").get(JOURNAL.format(ref)).json["items"] == []
    assert "journal.added" not in kinds(expo, "ana")
    assert [one["text"] for one in expo.as_("ben").get(JOURNAL.format(ref)).json["items"]] == ["内部核查"]
    outside = expo.as_("ben").post(JOURNAL.format(ref), {"text": "x", "audience": ["carrier-b/duty"]})
    assert outside.status_code == 422


def test_striking_out_keeps_the_words_and_the_reason(expo: Hub) -> None:
    ref = expo.as_("dan").open()
    made = expo.as_("dan").post(JOURNAL.format(ref), {"text": "误报车牌"}).json["id"]
    assert expo.as_("dan").post(f"/incidents/{ref}/journal/{made}/strike", {"reason": ""}).status_code == 422
    assert expo.as_("dan").post(f"/incidents/{ref}/journal/{made}/strike", {"reason": "看错了"}).status_code == 200
    entry = expo.as_("ana").get(JOURNAL.format(ref)).json["items"][0]
    assert (entry["text"], entry["struck"]["reason"]) == ("误报车牌", "看错了")
    again = expo.as_("dan").post(f"/incidents/{ref}/journal/{made}/strike", {"reason": "再次"})
    assert again.status_code == 409


def test_a_decision_keeps_how_far_its_desk_had_been_told(expo: Hub) -> None:
    ref = expo.as_("dan").open()
    shown = expo.as_("ana").get("/operations/EXPO/feed").json["head"]
    body = {"kind": "decision", "text": "扩大警戒", "decision": {"options": "扩大或维持", "basis": "疑似爆炸物"}}
    expo.as_("ana").post(JOURNAL.format(ref), body)
    decision = expo.as_("ben").get(JOURNAL.format(ref)).json["items"][0]["decision"]
    assert decision == {"options": "扩大或维持", "basis": "疑似爆炸物", "shown": shown}


def test_what_was_said_by_telephone_carries_who_when_and_the_words(expo: Hub) -> None:
    ref = expo.as_("dan").open()
    via = {"channel": "phone", "from": {"agency": "police", "words_by": "值班员"}, "words": "已派人"}
    via["stated_at"] = "2026-09-02T03:08:00+08:00"
    expo.as_("ben").post(JOURNAL.format(ref), {"kind": "milestone", "milestone": "set_out", "text": "出警", "via": via})
    entry = expo.as_("ana").get(JOURNAL.format(ref)).json["items"][0]
    assert entry["by"]["assurance"] == "relayed"
    assert entry["via"]["words"] == "已派人"
    assert entry["occurred_at"] == "2026-09-01T19:08:00.000+00:00"
    ahead = {**via, "stated_at": "2026-09-02T09:00:00+08:00"}
    assert expo.as_("ben").post(JOURNAL.format(ref), {"text": "x", "via": ahead}).status_code == 422


def test_sharing_tells_the_newcomer_everything_and_withdrawing_takes_it_away(expo: Hub) -> None:
    ref = expo.as_("dan").open(tlp="AMBER")
    expo.as_("dan").post(JOURNAL.format(ref), {"text": "早先的记录"})
    lead = expo.as_("dan").get(f"/incidents/{ref}").json["lead"]
    boss = expo.as_({"postal": "ben", "police": "ana"}[lead])
    expo.clock.forward(minutes=1)
    assert boss.post(f"/incidents/{ref}/access", {"desk": "government/duty"}).status_code == 201
    assert [one["text"] for one in expo.as_("gus").get(JOURNAL.format(ref)).json["items"]] == ["早先的记录"]
    entries = expo.as_("gus").get("/operations/EXPO/feed").json["items"]
    assert entries[-1]["kind"] == "access.granted"
    assert entries[-1]["card"]["ref"] == ref
    assert boss.delete(f"/incidents/{ref}/access?desk=government/duty").status_code == 200
    assert expo.as_("gus").get(f"/incidents/{ref}").status_code == 404
    left = expo.as_("gus").get("/operations/EXPO/feed").json["items"]
    assert left[-1]["kind"] == "incident.withdrawn"
    assert [one["kind"] for one in left[:-1] if not one.get("withheld")] == ["operation.opened"]
    assert boss.delete(f"/incidents/{ref}/access?desk=government/duty").status_code == 422


def test_who_joins_from_now_reads_nothing_older(expo: Hub) -> None:
    ref = expo.as_("dan").open(tlp="AMBER")
    expo.as_("dan").post(JOURNAL.format(ref), {"text": "旧"})
    expo.clock.forward(minutes=1)
    lead = expo.as_("dan").get(f"/incidents/{ref}").json["lead"]
    boss = expo.as_({"postal": "ben", "police": "ana"}[lead])
    boss.post(f"/incidents/{ref}/access", {"desk": "government/duty", "history": "from_now"})
    expo.as_("dan").post(JOURNAL.format(ref), {"text": "新"})
    assert [one["text"] for one in expo.as_("gus").get(JOURNAL.format(ref)).json["items"]] == ["新"]


def test_red_is_never_widened_and_the_lead_is_never_withdrawn(expo: Hub) -> None:
    ref = expo.as_("ana").open("THEFT", "押运车被盗", tlp="RED")
    lead = expo.as_("ana").get(f"/incidents/{ref}").json["lead"]
    boss = expo.as_({"postal": "ben", "police": "ana"}[lead])
    assert boss.post(f"/incidents/{ref}/access", {"desk": "government/duty"}).status_code == 403
    assert boss.delete(f"/incidents/{ref}/access?desk={lead}/duty").status_code == 409


def test_an_observer_and_an_administrator_change_nothing(expo: Hub) -> None:
    ref = expo.as_("dan").open()
    assert expo.as_("obs").get(f"/incidents/{ref}").status_code == 200
    assert expo.as_("obs").post(JOURNAL.format(ref), {"text": "x"}).status_code == 403
    assert expo.as_("adm").get(f"/incidents/{ref}").status_code == 403
    assert expo.as_("adm").get("/operations/EXPO/board").status_code == 403


def test_pages_of_a_list_follow_one_another_without_loss(expo: Hub) -> None:
    refs = []
    for _ in range(5):
        refs.append(expo.as_("dan").open("VIOL", "抽查"))
        expo.clock.forward(seconds=1)
    first = expo.as_("dan").get("/operations/EXPO/incidents?limit=2").json
    second = expo.as_("dan").get(f"/operations/EXPO/incidents?limit=2&cursor={first['next']}").json
    third = expo.as_("dan").get(f"/operations/EXPO/incidents?limit=2&cursor={second['next']}").json
    seen = [one["ref"] for page in (first, second, third) for one in page["items"]]
    assert seen == refs[::-1]
    assert third["next"] is None
    assert expo.as_("dan").get("/operations/EXPO/incidents?cursor=zzz").status_code == 422
    found = expo.as_("dan").get("/operations/EXPO/incidents?q=抽查&type=VIOL").json["items"]
    assert [one["ref"] for one in found] == refs[::-1]
    assert expo.as_("dan").get("/operations/EXPO/incidents?q=%25").json["items"] == []


@pytest.mark.parametrize("login", ["ana", "ben", "dan"])
def test_a_folded_feed_equals_a_fresh_board(expo: Hub, login: str) -> None:
    ref = expo.as_("dan").open()
    start = expo.as_(login).get("/operations/EXPO/board").json
    boss = expo.as_("ben")
    boss.post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"})
    boss.post(f"/incidents/{ref}/status", {"to": "responding"})
    expo.as_("ana").post(JOURNAL.format(ref), {"text": "到场"})
    second = expo.as_("dan").open("VIOL", "另一件")
    folded = {card["ref"]: card for card in start["cards"]}
    for entry in expo.as_(login).get(f"/operations/EXPO/feed?after={start['head']}").json["items"]:
        if entry.get("card"):
            folded[entry["card"]["ref"]] = entry["card"]
    fresh = expo.as_(login).get("/operations/EXPO/board").json
    assert {ref, second} >= set(folded)
    assert feeds.digest((one, feeds.card_hash(card)) for one, card in folded.items()) == fresh["digest"]


def test_the_record_of_a_busy_night_holds(expo: Hub) -> None:
    test_sharing_tells_the_newcomer_everything_and_withdrawing_takes_it_away(expo)
    count, fault = chains.verify_database(expo.expo.id)
    assert fault is None
    assert count > 5


def test_an_administrator_learns_nothing_of_incidents_by_what_is_owed_or_by_a_page(expo: Hub) -> None:
    ref = expo.as_("dan").open()
    adm = expo.as_("adm")
    debt = expo.as_("ben").get(f"/operations/EXPO/obligations?subject={ref}").json["items"][0]["id"]
    assert adm.get(f"/operations/EXPO/obligations?subject={ref}").status_code == 403
    assert adm.get("/me/desk").status_code == 403
    answers = [adm.post(f"/obligations/{one}/acknowledgement", {"kind": "seen"}) for one in (debt, "NOSUCH")]
    assert answers[0].status_code == 403
    assert answers[0].json == answers[1].json
    for there, nowhere in ((f"/incidents/{ref}", "/incidents/NOSUCH"), ("/desk", "/desk")):
        pages = [adm.client.get(path, headers=adm.headers) for path in (there, nowhere)]
        assert [page.status_code for page in pages] == [403, 403]
        assert pages[0].json == pages[1].json
