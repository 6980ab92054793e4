"""Ben finds what is wrong at Dan's counter; Dan puts it right; Cleo, of another carrier, must see nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from incident_hub.hazards import queries
from incident_hub.kernel import chains
from tests.databases import on_both
from tests.night import NIGHT, Hub

pytestmark = on_both
DOOR = "/operations/EXPO/hazards"
SITE = {"agency": "carrier-a", "site": "carrier-a/site-001"}
FIVE = {"post": "duty_leader", "measure": "更换配电箱", "funds": "企业自筹2万元", "interim": "断电停用，专人看守"}


def soon(hours: float) -> str:
    return (NIGHT + timedelta(hours=hours)).isoformat()


def found(hub: Hub, login: str = "ben", **changed: Any) -> str:
    made = hub.as_(login).post(DOOR, {"title": "配电箱裸露", "origin": "authority", **SITE, **changed})
    assert made.status_code == 201, made.text
    return f"/hazards/{made.json['ref']}"


def settled(hub: Hub, hours: float = 48, login: str = "dan", *, of: str | None = None, **changed: Any) -> str:
    path = of or found(hub)
    made = hub.as_(login).post(f"{path}/settlement", {**FIVE, "deadline": soon(hours), **changed})
    assert made.status_code == 200, made.text
    return path


def rectified(hub: Hub, hours: float = 48) -> str:
    path = settled(hub, hours)
    assert hub.as_("dan").post(f"{path}/evidence", {"words": "已更换并复测"}).status_code == 200
    return path


def kinds(hub: Hub, login: str, noun: str = "hazard.") -> list[str]:
    every = [one["kind"] for one in hub.as_(login).get("/operations/EXPO/feed?limit=500").json["items"]]
    return [one for one in every if one.startswith(noun)]


def test_a_refusal_stays_english_for_programs_and_names_the_agency_in_chinese(expo: Hub):
    refused = expo.as_("ben").post(f"{settled(expo)}/evidence", {"words": "已更换"})
    assert refused.status_code == 403
    assert refused.json["detail"] == "carrier-a puts this right and shows it; others verify."
    assert refused.json["detail_zh"] == "整改和证明由甲快递负责，其他单位负责复查。"
    unfit = expo.as_("ben").post(DOOR, {"title": "x" * 500, "agency": 7})
    told = {one["pointer"]: one["detail_zh"] for one in unfit.json["errors"]}
    assert told["/agency"] == "请填文字"
    assert told["/title"].startswith("最多填")
    assert "事件名称" in unfit.json["detail_zh"]


def debts(hub: Hub, path: str, login: str = "ben") -> dict[str, str]:
    return {one["rule"]: one["state"] for one in hub.as_(login).get(path).json["obligations"]}


def test_a_hazard_goes_through_its_whole_course(expo: Hub) -> None:
    path, ben, dan = rectified(expo), expo.as_("ben"), expo.as_("dan")
    assert ben.post(f"{path}/verification", {"accepted": False, "words": "线头仍裸露"}).json["state"] == "rejected"
    assert dan.post(f"{path}/evidence", {"words": "已包覆"}).json["state"] == "rectified"
    assert ben.post(f"{path}/verification", {"accepted": True}).json["state"] == "verified"
    assert ben.post(f"{path}/reopening", {"reason": "又裸露了"}).json["state"] == "reopened"
    settled(expo, of=path)
    deeds = [one["deed"] for one in dan.get(path).json["steps"]]
    assert deeds == [
        "found", "settled", "evidenced", "rejected", "evidenced", "verified", "reopened", "settled",
    ]  # fmt: skip
    assert kinds(expo, "dan") == kinds(expo, "ben") == [f"hazard.{deed}" for deed in deeds]
    assert chains.verify_database(expo.expo.id)[1] is None


def test_each_step_of_the_course_stops_one_clock_and_starts_the_next(expo: Hub) -> None:
    path = found(expo)
    assert debts(expo, path) == {"HAZ-SETTLE": "open"}
    settled(expo, of=path)
    assert debts(expo, path) == {"HAZ-SETTLE": "met", "HAZ-FIX": "open"}
    expo.as_("dan").post(f"{path}/evidence", {"words": "已更换"})
    told = expo.as_("ben").get(path).json["obligations"]
    assert {one["rule"]: (one["state"], one["owed_by"]["desk"]) for one in told} == {
        "HAZ-SETTLE": ("met", "carrier-a/duty"),
        "HAZ-FIX": ("met", "carrier-a/duty"),
        "HAZ-CHECK": ("open", "postal/duty"),
    }
    expo.as_("ben").post(f"{path}/verification", {"accepted": True})
    assert set(debts(expo, path).values()) == {"met"}


def test_a_settlement_names_what_is_missing(expo: Hub) -> None:
    path = found(expo)
    refused = expo.as_("dan").post(f"{path}/settlement", {"measure": "更换", "post": "duty_leader"})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json["errors"]] == ["/funds", "/deadline", "/interim"]
    assert "the funds" in refused.json["detail"]
    past = expo.as_("dan").post(f"{path}/settlement", {**FIVE, "deadline": soon(-1)})
    assert "has passed already" in past.json["detail"]
    nobody = expo.as_("dan").post(f"{path}/settlement", {**FIVE, "deadline": soon(1), "post": "janitor"})
    assert "no such post" in nobody.json["detail"]
    assert expo.as_("dan").get(path).json["state"] == "found"


def test_its_owner_neither_verifies_it_nor_gives_itself_time(expo: Hub) -> None:
    path, dan = rectified(expo), expo.as_("dan")
    refused = dan.post(f"{path}/verification", {"accepted": True})
    assert (refused.status_code, "does not verify it" in refused.json["detail"]) == (403, True)
    assert "verify" not in dan.get(path).json["may"]
    assert "verify" in expo.as_("ben").get(path).json["may"]
    again = settled(expo)
    body = {"until": soon(96), "reason": "备件未到", "monitoring": "每日拍照"}
    assert dan.post(f"{again}/extension", body).status_code == 403
    assert expo.as_("ben").post(f"{again}/extension", body).status_code == 403


def test_who_oversees_extends_before_the_deadline_and_the_old_one_stays(expo: Hub) -> None:
    path, leader = settled(expo, 2), expo.as_("ben.leader")
    body = {"until": soon(4), "reason": "备件未到", "monitoring": "每小时巡查"}
    assert "later than" in leader.post(f"{path}/extension", {**body, "until": soon(1)}).json["detail"]
    assert leader.post(f"{path}/extension", body).status_code == 200
    told = expo.as_("dan").get(path).json
    assert (told["steps"][-1]["words"], told["steps"][-1]["further"]) == ("备件未到", "每小时巡查")
    fixes = [(one["state"], one["due_at"][:16]) for one in told["obligations"] if one["rule"] == "HAZ-FIX"]
    assert fixes == [("superseded", "2026-09-01T21:10"), ("open", "2026-09-01T23:10")]
    expo.forward(minutes=60 * 4 + 1, step=1800)
    late = leader.post(f"{path}/extension", {**body, "until": soon(9)})
    assert (late.status_code, "stays a fact" in late.json["detail"]) == (409, True)


def test_what_is_over_its_deadline_is_overdue_and_called_for(expo: Hub) -> None:
    path = settled(expo, 2)
    dan = expo.as_("dan")
    assert dan.get(f"{DOOR}?overdue=true").json["items"] == []
    expo.forward(minutes=121, step=1800)
    expo.tick()
    assert [one["ref"] for one in dan.get(f"{DOOR}?overdue=true").json["items"]] == [path.rpartition("/")[2]]
    assert debts(expo, path)["HAZ-FIX"] == "missed"
    assert "obligation.step_taken" in kinds(expo, "dan", "obligation.")
    at = NIGHT + timedelta(hours=3)
    chain = expo.expo.id
    assert queries.counted(chain, "carrier-a", None, NIGHT, at) == {"found": 1, "closed": 0, "overdue": 1}
    assert queries.counted(chain, "carrier-a", "carrier-a/site-002", NIGHT, at)["found"] == 0
    dan.post(f"{path}/evidence", {"words": "已更换"})
    assert dan.get(f"{DOOR}?overdue=true").json["items"] == []
    # Handed back after the deadline it is due at once.
    expo.as_("ben").post(f"{path}/verification", {"accepted": False, "words": "没有换"})
    assert dan.get(path).json["overdue"] is True


def test_a_major_hazard_is_verified_by_the_desk_that_supervises_it_alone(expo: Hub) -> None:
    path = found(expo, grade="major")
    assert debts(expo, path) == {"HAZ-MAJOR": "open"}
    ben, dan, ana = expo.as_("ben"), expo.as_("dan"), expo.as_("ana")
    body = {**FIVE, "deadline": soon(48)}
    assert "supervising desk" in dan.post(f"{path}/settlement", body).json["detail"]
    assert ana.get(path).status_code == 404
    settled(expo, login="ben", of=path, supervisor="police/duty")
    assert ana.get(path).status_code == 200
    dan.post(f"{path}/evidence", {"words": "已更换"})
    refused = ben.post(f"{path}/verification", {"accepted": True})
    assert (refused.status_code, "police/duty" in refused.json["detail"]) == (403, True)
    assert ana.post(f"{path}/verification", {"accepted": True}).json["state"] == "verified"


def test_who_may_not_know_finds_nothing_at_any_door(expo: Hub) -> None:
    path, cleo = rectified(expo), expo.as_("cleo")
    bodies: dict[str, Any] = {
        "settlement": FIVE, "evidence": {"words": "x"}, "verification": {"accepted": True},
        "reopening": {"reason": "x"}, "extension": {"until": soon(9), "reason": "x", "monitoring": "x"},
        "links": {"incident": "AAAAAA"}, "enforcement": {"outcome": "warning", "basis": "x"},
    }  # fmt: skip
    assert (cleo.get(path).status_code, cleo.get(f"{path}/attachments").status_code) == (404, 404)
    said = {name: cleo.post(f"{path}/{name}", body).status_code for name, body in bodies.items()}
    assert said == dict.fromkeys(bodies, 404)
    assert cleo.get(DOOR).json["items"] == []
    assert kinds(expo, "cleo") == []


def test_nobody_raises_what_is_not_theirs_to_find(expo: Hub) -> None:
    body = {"title": "x", "origin": "authority", **SITE}
    assert expo.as_("cleo").post(DOOR, body).status_code == 403
    assert expo.as_("dan").post(DOOR, body).status_code == 403
    assert expo.as_("ben").post(DOOR, body | {"site": "carrier-b/site-001"}).status_code == 422
    assert expo.as_("ben").post(DOOR, body | {"owner": "police/duty"}).status_code == 422
    assert expo.as_("dan").post(DOOR, body | {"origin": "self"}).status_code == 201


def test_a_link_is_seen_from_each_side_by_those_who_may_know_both(expo: Hub) -> None:
    path = found(expo)
    ref = path.rpartition("/")[2]
    incident = expo.as_("ana").open(title="仓库冒烟")
    # Dan knows the hazard and not the incident: he can neither link it nor see that Ben did.
    assert expo.as_("dan").post(f"{path}/links", {"incident": incident}).status_code == 404
    ben = expo.as_("ben")
    assert ben.post(f"{path}/links", {"incident": incident, "relation": "caused_by"}).status_code == 200
    assert ben.post(f"{path}/links", {"incident": incident}).status_code == 409
    assert [one["incident"] for one in ben.get(path).json["links"]] == [incident]
    assert [one["ref"] for one in ben.get(f"/incidents/{incident}/hazards").json["items"]] == [ref]
    assert expo.as_("dan").get(path).json["links"] == []
    assert "linked" not in [one["deed"] for one in expo.as_("dan").get(path).json["steps"]]
    assert expo.as_("ana").get(f"/incidents/{incident}/hazards").json["items"] == []
    assert ("hazard.linked" in kinds(expo, "ben"), "hazard.linked" in kinds(expo, "dan")) == (True, False)


def test_what_a_carrier_found_itself_is_enforced_only_for_a_cause_that_is_said(expo: Hub) -> None:
    path, leader = found(expo, "dan", origin="self"), expo.as_("ben.leader")
    body = {"outcome": "order", "basis": "快递暂行条例"}
    refused = leader.post(f"{path}/enforcement", body)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/cause")
    assert leader.post(f"{path}/enforcement", body | {"cause": "隐瞒一个月"}).status_code == 200
    assert expo.as_("anna.leader").post(f"{path}/enforcement", body).status_code == 404
    by_the_authority = found(expo)
    assert leader.post(f"{by_the_authority}/enforcement", body).status_code == 200


def test_readers_and_lists_page_on(expo: Hub) -> None:
    refs = [found(expo, title=f"隐患 {n}").rpartition("/")[2] for n in range(3)]
    ben = expo.as_("ben")
    first = ben.get(f"{DOOR}?limit=2").json
    rest = ben.get(f"{DOOR}?limit=2&cursor={first['next']}").json
    assert {one["ref"] for one in first["items"] + rest["items"]} == set(refs)
    assert rest["next"] is None
    assert ben.get(f"{DOOR}?state=verified").json["items"] == []
    assert queries.closure(expo.expo.id, "carrier-a", NIGHT + timedelta(days=1)) == (0, 3)
