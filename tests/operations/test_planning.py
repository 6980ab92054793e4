"""A plan comes in by two signatures, and every version that was ever in force can be read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.night import Hub
from tests.operations.plans import join, put_in_force, revised, text

PLAN = "/operations/EXPO/plan"
SIGN = f"{PLAN}/countersignature"


@pytest.fixture(autouse=True)
def chief(expo: Hub) -> None:
    join(expo, "police.chief", "police/duty", "duty_leader")


def propose(hub: Hub, login: str = "anna.leader", body: str | None = None) -> Any:
    return hub.as_(login).post(PLAN, {"text": body or revised(), "reason": "阶梯收紧"})


def waiting(hub: Hub) -> dict[str, Any]:
    (one,) = [one for one in hub.as_("ana").get(PLAN).json["proposals"] if not one["lapsed"]]
    return one


def parent_signs(body: str) -> str:
    assert 'countersign = "same_agency"' in body
    return body.replace('countersign = "same_agency"', 'countersign = "parent"')


def test_a_proposal_changes_nothing_until_a_colleague_countersigns_it(expo: Hub) -> None:
    before = expo.expo.plan_version
    made = propose(expo)
    assert made.status_code == 201, made.text
    one = waiting(expo)
    assert (one["before"], one["by"]["agency"], one["reason"]) == (before, "police", "阶梯收紧")
    assert "member" not in one["by"]
    assert expo.expo.plan_version == before
    signed = expo.as_("police.chief").post(SIGN, {"proposal": one["id"]})
    assert signed.status_code == 200, signed.text
    told = expo.as_("cleo").get(PLAN).json
    assert expo.expo.plan_version == one["version"] == signed.json["version"] == told["in_force"]["version"]
    assert told["proposals"] == []
    assert [line["version"] for line in told["history"]] == [before, one["version"]]
    assert told["history"][0]["until"] == told["history"][1]["since"]
    assert [(who["agency"], who["desk"]) for who in told["in_force"]["signed"]] == [("police", "police/duty")] * 2
    assert len({who["name"] for who in told["in_force"]["signed"]}) == 2


def test_the_entry_that_puts_it_in_force_names_both(expo: Hub) -> None:
    propose(expo)
    expo.as_("police.chief").post(SIGN, {"proposal": waiting(expo)["id"]})
    proposed, activated = expo.as_("cleo").get("/operations/EXPO/feed").json["items"][-2:]
    assert (proposed["kind"], activated["kind"]) == ("plan.proposed", "plan.activated")
    members = [one["member"] for one in activated["data"]["signatures"]]
    assert len(set(members)) == 2
    assert all(members)
    assert activated["data"]["signed_by.1"] != activated["data"]["signed_by.2"]


@pytest.mark.parametrize(
    ("login", "status", "sentence"),
    [
        ("anna.leader", 403, "cannot countersign"),
        ("ana", 403, "may sign a plan"),
        ("ben.leader", 403, "Only police itself may do this"),
    ],
)
def test_who_may_not_countersign_is_told_why(expo: Hub, login: str, status: int, sentence: str) -> None:
    propose(expo)
    refused = expo.as_(login).post(SIGN, {"proposal": waiting(expo)["id"]})
    assert (refused.status_code, sentence in refused.json["detail"]) == (status, True), refused.text
    assert waiting(expo)


def test_the_authority_is_the_one_of_the_plan_in_force_and_not_of_the_proposal(expo: Hub) -> None:
    put_in_force(expo, parent_signs(text()))
    propose(expo, body=revised())
    refused = expo.as_("police.chief").post(SIGN, {"proposal": waiting(expo)["id"]})
    assert (refused.status_code, "an agency above police" in refused.json["detail"]) == (403, True), refused.text


def test_a_proposal_made_against_another_plan_lapses(expo: Hub) -> None:
    propose(expo)
    first = waiting(expo)["id"]
    put_in_force(expo, revised("meanwhile"))
    (lapsed,) = expo.as_("ana").get(PLAN).json["proposals"]
    assert lapsed["lapsed"]
    refused = expo.as_("police.chief").post(SIGN, {"proposal": first})
    assert (refused.status_code, "propose it again" in refused.json["detail"]) == (409, True)


def test_a_faulty_plan_is_refused_with_the_line_of_every_fault(expo: Hub) -> None:
    broken = text().replace('force = "law"', 'force = "lore"', 1)
    refused = propose(expo, body=broken)
    line = broken[: broken.index('force = "lore"')].count("\n") + 1
    assert refused.status_code == 422
    assert [one["line"] for one in refused.json["faults"]] == [line]
    assert refused.json["errors"][0]["detail"].startswith(f"Line {line}: ")
    found = expo.as_("ana").post(f"{PLAN}/check", {"text": broken})
    assert (found.status_code, found.json["faults"][0]["line"]) == (200, line)
    assert expo.as_("ana").post(f"{PLAN}/check", {"text": text()}).json == {
        "code": "expo", "faults": [], "changes": [],
    }  # fmt: skip
    longer = expo.as_("ana").post(f"{PLAN}/check", {"text": parent_signs(text())}).json["changes"]
    assert len(longer) == 1
    assert longer[0]["zh"] != longer[0]["en"]


def test_a_plan_with_a_role_nobody_plays_is_refused(expo: Hub) -> None:
    title = 'title = { zh = "海警", en = "Coast guard" }'
    role = f'\n[[party]]\ncode = "coastguard"\n{title}\nposts = ["duty_officer"]\nby = "named"\n'
    refused = propose(expo, body=text() + role)
    assert (refused.status_code, "coastguard" in refused.json["detail"]) == (422, True), refused.text


def test_the_same_text_again_is_refused_and_an_ended_operation_keeps_its_plan(expo: Hub) -> None:
    assert propose(expo, body=text()).status_code == 409
    for to in ("standing_down", "closed"):
        expo.as_("anna.leader").post("/operations/EXPO/phase", {"to": to, "statement": "收尾"})
    refused = propose(expo)
    assert (refused.status_code, "is closed" in refused.json["detail"]) == (409, True)


def test_every_version_can_be_read_and_no_other(expo: Hub) -> None:
    ana = expo.as_("ana")
    version = ana.get(PLAN).json["in_force"]["version"]
    assert ana.get(f"{PLAN}/versions/{version}").json["text"] == text()
    assert ana.get(f"{PLAN}/versions/expo@1-00000000").status_code == 404
    assert expo.as_("ana").get("/operations/NONE/plan").status_code == 404
