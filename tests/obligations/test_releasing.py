"""Letting off and explaining, through the API: by whose authority, what stops, what stays visible."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from incident_hub.agencies.models import Agency
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.text import instant
from incident_hub.obligations.answer import may_release, reason_wanted
from tests.night import NIGHT, Hub
from tests.obligations.debts import debt, entries, rungs

SITE = "carrier-a/site-001"


@pytest.fixture
def ref(expo: Hub) -> str:
    """A find without a class, logged by the carrier, whose agency lies under the postal regulator's."""
    with unit_of_work():
        above = db.session.scalar(select(Agency.id).where(Agency.code == "postal"))
        db.session.execute(update(Agency).where(Agency.code == "carrier-a").values(parent_id=above))
    return expo.as_("dan").open(site=SITE)


def written(expo: Hub, ref: str) -> dict[str, Any]:
    """The carrier's written report, which the plan wants."""
    return debt(expo, ref, "K3", "carrier-a")


@pytest.mark.parametrize(
    ("authority", "agency", "desk", "itself", "may"),
    [
        ("same_agency", "carrier-a", "carrier-a/duty", False, True),
        ("same_agency", "carrier-a", "carrier-a/duty", True, False),
        ("same_agency", "postal", "postal/duty", False, False),
        ("parent", "postal", "postal/duty", False, True),
        ("parent", "carrier-a", "carrier-a/duty", False, False),
        ("parent", "police", "police/duty", False, False),
        ("joint_desk", "postal", "joint/duty", False, True),
        ("joint_desk", "postal", "postal/duty", False, False),
    ],
)
def test_who_lets_somebody_off_is_for_the_plan_to_say(
    authority: str, agency: str, desk: str, itself: bool, may: bool
) -> None:
    assert (may_release("plan", authority, (agency, desk, itself), "carrier-a", ["postal"]) is None) is may
    assert "law" in (may_release("law", authority, (agency, desk, itself), "carrier-a", ["postal"]) or "")


@pytest.mark.parametrize(
    ("state", "ended_by", "asked"),
    [
        ("missed", None, True), ("met_late", None, True), ("superseded", "incident closed", True),
        ("superseded", "moved to another desk", False), ("met", None, False), ("open", None, False),
        ("waived", "waived", False),
    ],
)  # fmt: skip
def test_a_reason_is_asked_of_what_is_late_missed_or_left_undone(state: str, ended_by: str | None, asked: bool) -> None:
    assert reason_wanted(state, ended_by, None) is asked
    assert reason_wanted(state, ended_by, NIGHT) is False


def test_a_waiver_by_the_parent_ends_the_debt_and_its_calls(expo: Hub, ref: str) -> None:
    mine = written(expo, ref)
    answer = expo.as_("ben.leader").post(f"/obligations/{mine['id']}/waiver", {"reason": "演练，不需要书面报告"})
    assert answer.status_code == 200, answer.text
    assert (answer.json["state"], answer.json["next_step"]) == ("waived", None)
    (waived,) = entries(expo, ref, "obligation.waived")
    assert (waived["obligation"], waived["force"], waived["reason"]) == (mine["id"], "plan", "演练，不需要书面报告")
    expo.forward(minutes=125, step=300)
    assert (rungs(expo, ref, mine["id"]), written(expo, ref)["state"]) == ([], "waived")
    again = expo.as_("ben.leader").post(f"/obligations/{mine['id']}/waiver", {"reason": "x"})
    assert again.status_code == 409


def test_nobody_else_waives_and_the_refusal_says_who_may(expo: Hub, ref: str) -> None:
    path = f"/obligations/{written(expo, ref)['id']}/waiver"
    for login, says in (("dan", "duty leaders"), ("ben", "duty leaders"), ("anna.leader", "postal")):
        answer = expo.as_(login).post(path, {"reason": "x"})
        assert (answer.status_code, says in answer.json["detail"]) == (403, True), login
    assert expo.as_("cleo").post(path, {"reason": "x"}).status_code == 404
    assert expo.as_("ben.leader").post(path, {"reason": ""}).status_code == 422


def test_a_laws_clock_is_neither_waived_nor_extended(expo: Hub, ref: str) -> None:
    fire = expo.as_("ana").open("EXP-FIRE", site=SITE)
    law = debt(expo, fire, "K2", "carrier-a")
    assert law["force"] == "law"
    later = instant(NIGHT + timedelta(hours=9))
    for verb, body in (("waiver", {"reason": "x"}), ("extension", {"until": later, "reason": "x"})):
        answer = expo.as_("ben.leader").post(f"/obligations/{law['id']}/{verb}", body)
        assert (answer.status_code, "never waived or extended" in answer.json["detail"]) == (409, True), verb


def test_an_extension_keeps_the_old_deadline_visible_and_reminds_before_the_new_one(expo: Hub, ref: str) -> None:
    mine = written(expo, ref)
    later = NIGHT + timedelta(hours=5)
    path = f"/obligations/{mine['id']}/extension"
    answer = expo.as_("ben.leader").post(path, {"until": instant(later), "reason": "现场仍在处置"})
    assert answer.status_code == 200, answer.text
    assert answer.json["due_at"] == instant(later)
    assert answer.json["original_due_at"] == instant(mine["due_at"])
    (extended,) = entries(expo, ref, "obligation.extended")
    assert (extended["from"], extended["until"]) == (instant(mine["due_at"]), instant(later))
    before = mine["due_at"] - mine["next_step"]["at"]
    assert written(expo, ref)["next_step"]["at"] == later - before
    expo.forward(minutes=299, step=300)
    assert written(expo, ref)["state"] == "open"
    assert min(at for at, *_ in rungs(expo, ref, mine["id"])) == 270
    expo.forward(minutes=2)
    assert written(expo, ref)["state"] == "missed"
    card = expo.as_("ben").get(f"/incidents/{ref}").json
    assert card["version"] >= 3


def test_an_extension_goes_forward_and_only_before_the_deadline(expo: Hub, ref: str) -> None:
    path = f"/obligations/{written(expo, ref)['id']}/extension"
    leader = expo.as_("ben.leader")
    early = leader.post(path, {"until": instant(NIGHT + timedelta(hours=1)), "reason": "x"})
    assert (early.status_code, early.json["errors"][0]["pointer"]) == (422, "/until")
    expo.clock.forward(minutes=120)
    late = leader.post(path, {"until": instant(NIGHT + timedelta(hours=9)), "reason": "x"})
    assert (late.status_code, "stays a fact" in late.json["detail"]) == (409, True)


def test_who_has_seen_the_old_deadline_is_reminded_of_the_new_one(expo: Hub, ref: str) -> None:
    mine = written(expo, ref)
    expo.forward(minutes=100, step=60)
    assert expo.as_("dan").post(f"/obligations/{mine['id']}/acknowledgement", {"kind": "seen"}).status_code == 200
    later = NIGHT + timedelta(hours=5)
    path = f"/obligations/{mine['id']}/extension"
    assert expo.as_("ben.leader").post(path, {"until": instant(later), "reason": "x"}).status_code == 200
    expo.forward(minutes=200, step=60)
    reached = [who for at, _, _, who in rungs(expo, ref, mine["id"]) if at > 130]
    assert reached[0] == "carrier-a/duty:duty_officer"


def test_an_authority_that_phoned_counts_as_who_spoke(expo: Hub, ref: str) -> None:
    mine = written(expo, ref)
    speaker = {"agency": "postal", "desk": "postal/duty", "post": "executive", "words_by": "Ben Boss"}
    via = {"channel": "phone", "from": speaker, "words": "同意免报"}
    answer = expo.as_("anna.leader").post(f"/obligations/{mine['id']}/waiver", {"reason": "电话同意", "via": via})
    assert answer.status_code == 200, answer.text
    (waived,) = entries(expo, ref, "obligation.waived")
    assert waived["on_behalf_of"] == "postal/duty"
    assert waived["via"]["channel"] == "phone"


def test_what_is_missed_asks_for_a_reason_until_it_has_one(expo: Hub, ref: str) -> None:
    mine = written(expo, ref)["id"]
    reason = {"code": "facts_unknown", "words": "现场封控，数据未核实"}
    early = expo.as_("dan").post(f"/obligations/{mine}/reason", reason)
    assert early.status_code == 409
    expo.forward(minutes=121, step=300)
    assert written(expo, ref)["reason_wanted"] is True
    desk = expo.as_("dan").get("/me/desk").json
    assert mine in [one["id"] for one in desk["to_explain"]]
    assert "explain" in next(one for one in desk["to_explain"] if one["id"] == mine)["may"]
    asked = (
        expo.as_("ben").get("/operations/EXPO/obligations?reason_wanted=true&agency=carrier-a&rule=K3").json["items"]
    )
    assert [one["id"] for one in asked] == [mine]
    assert expo.as_("ana").post(f"/obligations/{mine}/reason", reason).status_code == 403
    answer = expo.as_("dan").post(f"/obligations/{mine}/reason", reason)
    assert answer.status_code == 200
    assert (answer.json["state"], answer.json["reason_wanted"]) == ("missed", False)
    assert answer.json["explanation"] | {"at": None} == reason | {"at": None}
    (explained,) = entries(expo, ref, "obligation.explained")
    assert (explained["code"], explained["reason"]) == ("facts_unknown", "现场封控，数据未核实")
    assert mine not in [one["id"] for one in expo.as_("dan").get("/me/desk").json["to_explain"]]


def test_a_pre_report_is_refused_where_the_plan_wants_all_of_it(expo: Hub, ref: str) -> None:
    answer = expo.as_("dan").post(
        f"/obligations/{debt(expo, ref, 'K1', 'carrier-a')['id']}/settlement",
        {"completeness": "pre_report", "reason": "x"},
    )
    assert answer.status_code == 409


def test_each_asker_is_offered_what_they_may_do(expo: Hub, ref: str) -> None:
    def offered(login: str) -> list[str]:
        items = expo.as_(login).get(f"/operations/EXPO/obligations?subject={ref}&rule=K3").json["items"]
        return items[0]["may"]

    assert offered("dan") == ["settle"]
    assert offered("ben.leader") == ["waive", "extend"]
    assert offered("ben") == offered("ana") == offered("anna.leader") == []
