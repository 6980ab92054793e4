"""Ana takes knives into custody; Ben takes them over; Cleo, who does not know the incident, must see nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from incident_hub.kernel import chains
from tests.databases import on_both
from tests.night import NIGHT, Hub

pytestmark = on_both
THING = {"sort": "class_b", "title": "管制刀具", "quantity": 12, "seal": "S-0001", "place": "证物柜 3"}
WHOLE = {"counted": 12, "seal": "S-0001"}


def taken(hub: Hub, **changed: Any) -> str:
    ref = hub.as_("ana").open(title="收寄环节查获刀具", site="carrier-a/site-001")
    made = hub.as_("ana").post(f"/incidents/{ref}/items", {**THING, **changed})
    assert made.status_code == 201, made.text
    return f"/items/{made.json['ref']}"


def offered(hub: Hub, to: str = "postal/duty", **more: Any) -> str:
    path = taken(hub)
    made = hub.as_("ana").post(f"{path}/offer", {"to": to, **more})
    assert made.status_code == 200, made.text
    return path


def kinds(hub: Hub, login: str) -> list[str]:
    every = [one["kind"] for one in hub.as_(login).get("/operations/EXPO/feed?limit=500").json["items"]]
    return [one for one in every if one.startswith("item.")]


def debts(hub: Hub, path: str, login: str = "ana") -> dict[str, tuple[str, str, str]]:
    told = hub.as_(login).get(path).json["obligations"]
    return {one["rule"]: (one["state"], one["owed_by"]["desk"], one["owed_by"]["post"]) for one in told}


def test_a_thing_goes_from_hand_to_hand_and_both_sides_say_so(expo: Hub) -> None:
    path = offered(expo)
    told = expo.as_("ben").get(path).json
    assert (told["state"], told["holder"], told["offered_to"]) == ("offered", "police/duty", "postal/duty")
    assert debts(expo, path) == {"ITEM-TAKE": ("open", "postal/duty", "duty_officer")}
    taken_over = expo.as_("ben").post(f"{path}/acceptance", {**WHOLE, "place": "邮管局物证室"})
    assert (taken_over.json["holder"], taken_over.json["place"]) == ("postal/duty", "邮管局物证室")
    assert debts(expo, path)["ITEM-TAKE"][0] == "met"
    moves = [(one["deed"], one["giver"], one["taker"], one["counted"]) for one in taken_over.json["moves"]]
    assert moves == [
        ("taken_in", None, "police/duty", 12),
        ("offered", "police/duty", "postal/duty", 12),
        ("accepted", "police/duty", "postal/duty", 12),
    ]
    assert kinds(expo, "ana") == kinds(expo, "ben") == ["item.taken_in", "item.offered", "item.accepted"]
    assert chains.verify_database(expo.expo.id)[1] is None


def test_a_count_that_differs_is_told_and_the_giver_accounts_for_it(expo: Hub) -> None:
    path = offered(expo)
    ben = expo.as_("ben")
    refused = ben.post(f"{path}/acceptance", {"counted": 11, "seal": "S-0001"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/words")
    assert ben.get(path).json["state"] == "offered"
    told = ben.post(f"{path}/acceptance", {"counted": 11, "seal": "S-0001", "words": "少一把折叠刀"}).json
    assert (told["quantity"], told["moves"][-1]["differs"], told["moves"][-1]["words"]) == (11, True, "少一把折叠刀")
    assert debts(expo, path) == {
        "ITEM-TAKE": ("met", "postal/duty", "duty_officer"),
        "ITEM-DIFF": ("open", "police/duty", "duty_leader"),
    }
    entry = expo.as_("ana").get("/operations/EXPO/feed?limit=500").json["items"]
    data = next(one["data"] for one in reversed(entry) if one["kind"] == "item.accepted")
    assert (data["offered"], data["counted"], data["differs"], data["words"]) == (12, 11, "yes", "少一把折叠刀")
    owed = next(one for one in ben.get(path).json["obligations"] if one["rule"] == "ITEM-DIFF")
    settled = expo.as_("anna.leader").post(f"/obligations/{owed['id']}/settlement", {"words": "登记时误计"})
    assert settled.status_code == 200, settled.text
    assert debts(expo, path)["ITEM-DIFF"][0] == "met"


def test_what_is_refused_or_taken_back_stays_with_the_giver(expo: Hub) -> None:
    path, ana, ben = offered(expo), expo.as_("ana"), expo.as_("ben")
    assert ben.post(f"{path}/refusal", {"reason": " "}).status_code == 422
    told = ben.post(f"{path}/refusal", {"reason": "封签破损"}).json
    assert (told["state"], told["holder"], told["offered_to"]) == ("held", "police/duty", None)
    assert debts(expo, path)["ITEM-TAKE"][0] == "met"
    ana.post(f"{path}/offer", {"to": "postal/duty"})
    assert ben.post(f"{path}/recall", {"reason": "x"}).status_code == 409
    assert ana.post(f"{path}/recall", {"reason": "改由特警押送"}).json["state"] == "held"
    states = sorted(one["state"] for one in ana.get(path).json["obligations"])
    assert states == ["met", "superseded"]
    assert ben.post(f"{path}/acceptance", WHOLE).status_code == 409


def test_an_offer_that_nobody_answers_is_missed_and_climbs_its_ladder(expo: Hub) -> None:
    path = offered(expo, deadline=(NIGHT + timedelta(minutes=20)).isoformat())
    other = taken(expo)
    expo.forward(minutes=36, step=60)
    assert debts(expo, path) == {"ITEM-TAKE": ("missed", "postal/duty", "duty_officer")}
    steps = [
        one["data"]["step"] if "step" in one["data"] else one["data"]
        for one in expo.as_("ben").get("/operations/EXPO/feed?limit=500").json["items"]
        if one["kind"] == "obligation.step_taken" and one["data"].get("rule") == "ITEM-TAKE"
    ]
    assert len(steps) == 3
    # Another thing of another incident owes nothing.
    assert debts(expo, other) == {}


def test_custody_goes_on_after_the_incident_is_closed(expo: Hub) -> None:
    path, later = offered(expo), taken(expo)
    refs = [expo.as_("ana").get(one).json["incident"] for one in (path, later)]
    for ref in refs:
        closed = expo.as_("ben").post(f"/incidents/{ref}/status", {"to": "false_alarm", "reason": "误报"})
        assert closed.status_code == 200, closed.text
    assert debts(expo, path)["ITEM-TAKE"][0] == "open"
    expo.as_("ana").post(f"{later}/offer", {"to": "postal/duty"})
    assert debts(expo, later)["ITEM-TAKE"][0] == "open"
    assert expo.as_("ben").post(f"{path}/acceptance", WHOLE).json["holder"] == "postal/duty"


def test_two_things_of_one_incident_are_owed_apart(expo: Hub) -> None:
    first = offered(expo)
    ref = expo.as_("ana").get(first).json["incident"]
    second = f"/items/{expo.as_('ana').post(f'/incidents/{ref}/items', {**THING, 'seal': 'S-0002'}).json['ref']}"
    expo.as_("ana").post(f"{second}/offer", {"to": "postal/duty"})
    expo.as_("ben").post(f"{first}/acceptance", WHOLE)
    assert (debts(expo, first)["ITEM-TAKE"][0], debts(expo, second)["ITEM-TAKE"][0]) == ("met", "open")


def test_a_batch_is_split_and_each_part_keeps_the_history(expo: Hub) -> None:
    path, ana = taken(expo), expo.as_("ana")
    wrong = ana.post(f"{path}/parts", {"parts": [{"quantity": 5}, {"quantity": 6}]})
    assert (wrong.status_code, "11 together" in wrong.json["detail"]) == (422, True)
    whole = ana.post(f"{path}/parts", {"parts": [{"quantity": 5, "seal": "S-2"}, {"quantity": 7}]}).json
    assert (whole["state"], sorted(one["quantity"] for one in whole["parts"])) == ("split", [5, 7])
    part = next(one for one in whole["parts"] if one["quantity"] == 5)
    ana.post(f"/items/{part['ref']}/offer", {"to": "postal/duty"})
    told = expo.as_("ben").post(f"/items/{part['ref']}/acceptance", {"counted": 5, "seal": "S-2"}).json
    assert [one["deed"] for one in told["moves"]] == ["taken_in", "split", "offered", "accepted"]
    assert ana.post(f"{path}/offer", {"to": "postal/duty"}).status_code == 409
    here = ana.get(f"/incidents/{whole['incident']}/items").json["items"]
    assert sorted((one["quantity"], one["holder"]) for one in here) == [(5, "postal/duty"), (7, "police/duty")]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"outcome": "destroyed", "words": "领导批准"}, "/witness"),
        ({"outcome": "handed_over", "words": "移送", "receipt": "R-9"}, "/receiver"),
        ({"outcome": "returned", "words": "退回"}, "/receipt"),
        ({"outcome": "returned", "words": "", "receipt": "R-9"}, "/words"),
        ({"outcome": "destroyed", "words": "批准", "witness": "carrier-b/duty"}, "/witness"),
    ],
)
def test_an_outcome_without_what_it_rests_on_is_refused(expo: Hub, body: dict[str, Any], told: str) -> None:
    path = taken(expo)
    refused = expo.as_("anna.leader").post(f"{path}/outcome", body)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, told)


def test_what_leaves_custody_leaves_it_once_and_by_who_leads(expo: Hub) -> None:
    path, leader = taken(expo), expo.as_("anna.leader")
    body = {"outcome": "destroyed", "words": "依决定书销毁", "witness": "postal/duty"}
    assert expo.as_("ana").post(f"{path}/outcome", body).status_code == 403
    told = leader.post(f"{path}/outcome", body).json
    assert (told["state"], told["outcome"], told["moves"][-1]["taker"]) == ("disposed", "destroyed", "postal/duty")
    assert leader.post(f"{path}/outcome", body).status_code == 409
    assert told["may"] == []


def test_it_is_put_elsewhere_and_sealed_anew_with_a_reason(expo: Hub) -> None:
    path, ana = taken(expo), expo.as_("ana")
    assert ana.post(f"{path}/placing", {"place": "证物室", "words": ""}).status_code == 422
    assert ana.post(f"{path}/placing", {"words": "没有变化"}).status_code == 422
    told = ana.post(f"{path}/placing", {"seal": "S-0009", "words": "开封拍照后重封"}).json
    assert (told["seal"], told["place"], told["moves"][-1]["deed"]) == ("S-0009", "证物柜 3", "placed")
    assert expo.as_("ben").post(f"{path}/placing", {"place": "x", "words": "x"}).status_code == 409


def test_who_may_not_know_finds_nothing_at_any_door(expo: Hub) -> None:
    path, cleo = offered(expo), expo.as_("cleo")
    incident = expo.as_("ana").get(path).json["incident"]
    bodies: dict[str, Any] = {
        "offer": {"to": "postal/duty"}, "acceptance": WHOLE, "refusal": {"reason": "x"}, "recall": {"reason": "x"},
        "placing": {"place": "x", "words": "x"}, "parts": {"parts": []}, "outcome": {"outcome": "returned"},
    }  # fmt: skip
    said = {name: cleo.post(f"{path}/{name}", body).status_code for name, body in bodies.items()}
    assert said == dict.fromkeys(bodies, 404)
    assert [cleo.get(one).status_code for one in (path, f"/incidents/{incident}/items")] == [404, 404]
    assert cleo.post(f"/incidents/{incident}/items", THING).status_code == 404
    assert cleo.get("/operations/EXPO/items").json["items"] == []
    assert kinds(expo, "cleo") == []


def test_it_is_offered_only_to_a_desk_that_knows_of_the_incident(expo: Hub) -> None:
    path, ana = taken(expo), expo.as_("ana")
    refused = ana.post(f"{path}/offer", {"to": "carrier-b/duty"})
    assert (refused.status_code, "share it" in refused.json["detail"]) == (422, True)
    assert ana.post(f"{path}/offer", {"to": "police/duty"}).status_code == 422
    past = {"to": "postal/duty", "deadline": (NIGHT - timedelta(minutes=1)).isoformat()}
    assert ana.post(f"{path}/offer", past).status_code == 422
    assert expo.as_("ben").post(f"{path}/offer", {"to": "carrier-a/duty"}).status_code == 409


def test_what_was_said_by_telephone_counts_from_when_it_was_said(expo: Hub) -> None:
    via = {"channel": "phone", "stated_at": (NIGHT - timedelta(minutes=9)).isoformat(), "from": {"words_by": "收寄员"}}
    path = taken(expo, via=via)
    told = expo.as_("ana").get(path).json
    assert told["taken_at"].startswith("2026-09-01T19:01")
    expo.as_("ana").post(f"{path}/offer", {"to": "postal/duty"})
    for minutes in (-1, 60):
        said = {"channel": "face", "stated_at": (NIGHT + timedelta(minutes=minutes)).isoformat()}
        assert expo.as_("ben").post(f"{path}/acceptance", {**WHOLE, "via": said}).status_code == 422


def test_the_list_goes_on_and_says_what_is_mine(expo: Hub) -> None:
    paths = {offered(expo), taken(expo), taken(expo)}
    ana, ben = expo.as_("ana"), expo.as_("ben")
    first = ana.get("/operations/EXPO/items?limit=2").json
    rest = ana.get(f"/operations/EXPO/items?limit=2&cursor={first['next']}").json
    assert {f"/items/{one['ref']}" for one in first["items"] + rest["items"]} == paths
    assert rest["next"] is None
    assert len(ben.get("/operations/EXPO/items?mine=true").json["items"]) == 1
    assert len(ben.get("/operations/EXPO/items").json["items"]) == 3
    assert ben.get("/operations/EXPO/items?sort=suspect").json["items"] == []
