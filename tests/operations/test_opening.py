"""Opening an operation: every fault of its file is named, its phases follow one another, its plan takes two hands."""

from __future__ import annotations

import pytest

from incident_hub.cli.place import CONSOLE
from incident_hub.cli.plans import plan_in
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.operations import actions, opening, queries
from tests.night import FILES, Hub

GOOD = (FILES / "operation.toml").read_text()


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('code = "EXPO"', "", "lacks code"),
        ('zone = "Asia/Shanghai"', 'zone = "Mars/Olympus"', "Mars/Olympus is not an IANA zone"),
        ('phase = "active"', 'phase = "running"', "phase is running"),
        ('kind = "special"', 'kind = "big"', "kind is big"),
        ("[parties]", "[partys]", "[parties] is missing"),
        (', en = "Expo mail security"', "", "needs both zh and en"),
        ('phase = "active"', 'phase = "active"\ncolour = 1', "unknown key colour"),
        ("[operation]", "[operation", "not valid TOML"),
    ],
)
def test_a_fault_in_the_file_is_a_sentence(before: str, after: str, sentence: str) -> None:
    found, faults = opening.read(GOOD.replace(before, after))
    assert found is None
    assert any(sentence in fault for fault in faults), faults


def test_a_good_file_names_agencies_and_roles() -> None:
    found, faults = opening.read(GOOD)
    assert faults == []
    assert found is not None
    assert found.parties["carrier"] == ("carrier-a", "carrier-b")
    assert found.zone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("phase", "to", "may"),
    [
        ("preparing", "active", True), ("preparing", "closed", True), ("active", "standing_down", True),
        ("active", "closed", False), ("standing_down", "active", True), ("standing_down", "closed", True),
        ("closed", "archived", True), ("closed", "active", False), ("archived", "active", False),
        ("active", "holiday", False),
    ],
)  # fmt: skip
def test_phases_follow_one_another(phase: str, to: str, may: bool) -> None:
    assert (opening.may_become(phase, to) is None) is may


def test_a_role_nobody_plays_and_a_stranger_are_named_at_once(expo: Hub) -> None:
    text = GOOD.replace('code = "EXPO"', 'code = "TWO"').replace('fire = "fire"', "").replace('"health", "gov', '"gov')
    found, _ = opening.read(text)
    assert found is not None
    body = (FILES / found.plan).resolve().read_text()
    with pytest.raises(BadInput) as refusal, unit_of_work() as at:
        actions.open_operation(found, plan_in(body, "expo.toml"), body, at, CONSOLE)
    pointers = {(error["pointer"], error["detail"]) for error in refusal.value.errors}
    assert ("/parties/fire", "Nobody plays the role fire.") in pointers
    assert ("/parties/health", "health does not take part.") in pointers
    assert queries.operation("TWO") is None


def test_the_leader_moves_the_phase_and_everybody_taking_part_is_told(expo: Hub) -> None:
    body = {"to": "standing_down", "statement": "博览会闭幕"}
    assert expo.as_("ana").post("/operations/EXPO/phase", body).status_code == 403
    assert expo.as_("anna.leader").post("/operations/EXPO/phase", body).json["phase"] == "standing_down"
    entry = expo.as_("cleo").get("/operations/EXPO/feed").json["items"][-1]
    assert (entry["kind"], entry["data"]["to"]) == ("operation.phase_changed", "standing_down")
    assert entry["data"]["statement"] == "博览会闭幕"
    assert expo.as_("anna.leader").post("/operations/EXPO/phase", {**body, "to": "archived"}).status_code == 409


def test_a_plan_is_put_in_force_by_two_and_running_incidents_keep_theirs(expo: Hub) -> None:
    ref = expo.as_("dan").open()
    before = expo.expo.plan_version
    body = (FILES / "../../config/plans/expo.toml").resolve().read_text() + "\n# revised\n"
    plan = plan_in(body, "expo.toml")
    with pytest.raises(BadInput, match="two different people"), unit_of_work(expo.expo.id) as at:
        actions.activate_plan(expo.expo, plan, body, ["Ana", "Ana"], at, CONSOLE)
    with unit_of_work(expo.expo.id) as at:
        after = actions.activate_plan(expo.expo, plan, body, ["Ana", "Ben"], at, CONSOLE)
    assert after != before
    assert expo.as_("ana").get(f"/incidents/{ref}").json["plan_version"] == before
    later = expo.as_("dan").open("VIOL", "抽查")
    assert expo.as_("dan").get(f"/incidents/{later}").json["plan_version"] == after
    with pytest.raises(Conflict, match="in force already"), unit_of_work(expo.expo.id) as at:
        actions.activate_plan(expo.expo, plan, body, ["Ana", "Ben"], at, CONSOLE)
