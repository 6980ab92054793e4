"""Ben inspects Dan's counter; Cleo, of another carrier, must see nothing."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from incident_hub.kernel import chains
from tests.databases import on_both
from tests.files.test_doors import BytesIO, photograph
from tests.night import Hub

pytestmark = on_both
DOOR = "/operations/EXPO/inspections"
TWO = [{"agency": "postal", "post": post} for post in ("duty_officer", "deputy")]
JOINT = [TWO[0], {"agency": "police", "post": "duty_officer"}]


def begin(hub: Hub, login: str = "ben", **changed: Any) -> Any:
    body = {"visit": "unannounced", "origin": "authority", "agency": "carrier-a", "site": "carrier-a/site-001"}
    more = {"inspectors": TWO, "checklists": ["sealing"], **changed}
    return hub.as_(login).post(DOOR, body | more)


def begun(hub: Hub, **changed: Any) -> str:
    made = begin(hub, **changed)
    assert made.status_code == 201, made.text
    return f"/inspections/{made.json['ref']}"


def answered(hub: Hub, path: str, answer: str = "no", login: str = "ben") -> Any:
    return hub.as_(login).post(f"{path}/answers", {"checklist": "sealing", "item": "sealed", "answer": answer})


def found(hub: Hub, path: str, words: str = "胶带缺失") -> str:
    made = hub.as_("ben").post(f"{path}/findings", {"words": words, "checklist": "sealing", "item": "sealed"})
    assert made.status_code == 201, made.text
    return f"{path}/findings/{made.json['id']}/hazard"


def kinds(hub: Hub, login: str) -> list[str]:
    every = [one["kind"] for one in hub.as_(login).get("/operations/EXPO/feed").json["items"]]
    return [one for one in every if one.startswith("inspection.")]


def test_a_visit_is_answered_found_signed_and_concluded(expo: Hub) -> None:
    path = begun(expo)
    assert answered(expo, path, "yes").status_code == 200
    assert answered(expo, path, "no").status_code == 200
    assert expo.as_("ben").post(f"{path}/findings", {"words": "胶带缺失", "checklist": "sealing"}).status_code == 201
    assert expo.as_("ben").post(f"{path}/conclusion").status_code == 409
    assert expo.as_("dan").post(f"{path}/signature").status_code == 200
    assert answered(expo, path, "yes").status_code == 409
    assert expo.as_("ben").post(f"{path}/conclusion").status_code == 200
    told = expo.as_("dan").get(path).json
    assert (told["score"]["points"], told["score"]["possible"]) == (0, 20)
    assert (told["score"]["grave"], told["outcome"]) == (["sealing/sealed"], "signed")
    wanted = ["inspection.begun", "inspection.found", "inspection.signed", "inspection.concluded"]
    assert kinds(expo, "dan") == kinds(expo, "ben") == wanted
    assert chains.verify_database(expo.expo.id)[1] is None


def test_a_mystery_check_is_not_known_to_the_inspected_before_it_is_concluded(expo: Hub) -> None:
    path, dan = begun(expo, visit="mystery"), expo.as_("dan")
    assert dan.get(path).status_code == 404
    assert dan.get(DOOR).json["items"] == []
    assert kinds(expo, "dan") == []
    answered(expo, path)
    assert expo.as_("ben").post(f"{path}/conclusion").status_code == 200
    assert dan.get(path).status_code == 200
    assert kinds(expo, "dan") == ["inspection.concluded"]


def test_who_may_not_know_finds_nothing_at_any_door(expo: Hub) -> None:
    path, cleo = begun(expo), expo.as_("cleo")
    bodies = {
        "answers": {"checklist": "sealing", "item": "sealed", "answer": "yes"}, "findings": {"words": "x"},
        "signature": {}, "refusal": {"words": "x", "witness": TWO[0]}, "conclusion": {},
    }  # fmt: skip
    assert (cleo.get(path).status_code, cleo.get(f"{path}/attachments").status_code) == (404, 404)
    assert {name: cleo.post(f"{path}/{name}", body).status_code for name, body in bodies.items()} == dict.fromkeys(
        bodies, 404
    )
    assert cleo.get(DOOR).json["items"] == []


def test_the_inspected_read_and_do_not_answer(expo: Hub) -> None:
    path = begun(expo)
    body = {"checklist": "sealing", "item": "sealed", "answer": "yes"}
    assert expo.as_("dan").post(f"{path}/answers", body).status_code == 403
    assert expo.as_("ben").post(f"{path}/signature").status_code == 403


def test_a_refusal_names_a_witness_of_another_agency(expo: Hub) -> None:
    path, ben = begun(expo), expo.as_("ben")
    answered(expo, path)
    own = {"words": "不认可", "witness": {"agency": "carrier-a", "post": "duty_officer"}}
    assert ben.post(f"{path}/refusal", own).status_code == 422
    other = own | {"witness": {"agency": "police", "post": "duty_officer"}}
    assert ben.post(f"{path}/refusal", other).status_code == 200
    assert expo.as_("dan").get(path).json["refusal"] == "不认可"


def test_what_is_not_sound_is_refused_in_words(expo: Hub) -> None:
    assert "2 inspectors" in begin(expo, inspectors=TWO[:1]).json["detail"]
    assert "no check-list training" in begin(expo, visit="mystery", checklists=["training"]).json["detail"]
    assert begin(expo, site="carrier-b/site-001").status_code == 422
    path = begun(expo)
    refused = expo.as_("ben").post(f"{path}/answers", {"checklist": "sealing", "item": "x", "answer": "yes"})
    assert refused.status_code == 422


def test_nothing_is_signed_or_refused_while_a_question_is_open(expo: Hub) -> None:
    path = begun(expo)
    refusal = {"words": "不认可", "witness": {"agency": "police", "post": "duty_officer"}}
    assert expo.as_("dan").post(f"{path}/signature").status_code == 409
    assert expo.as_("ben").post(f"{path}/refusal", refusal).status_code == 409
    assert expo.as_("dan").get(path).json["may"] == []
    answered(expo, path)
    assert expo.as_("dan").get(path).json["may"] == ["sign"]
    assert expo.as_("ben").get(path).json["may"] == ["answer", "refuse", "raise"]


def test_the_inspectors_of_a_joint_visit_write_on_it_from_their_own_desks(expo: Hub) -> None:
    path = begun(expo, origin="joint", inspectors=JOINT)
    assert answered(expo, path, "yes").status_code == answered(expo, path, "no", "ana").status_code == 200
    (told,) = expo.as_("dan").get(path).json["answers"]
    assert (told["answer"], told["desk"]) == ("no", "police/duty")
    raised = expo.as_("ana").post(found(expo, path)).json["ref"]
    knowing = [expo.as_(login).get(f"/hazards/{raised}").status_code for login in ("ben", "ana", "dan", "cleo")]
    assert knowing == [200, 200, 200, 404]


def test_a_finding_becomes_one_hazard_linked_both_ways(expo: Hub) -> None:
    path = begun(expo)
    door = found(expo, path)
    assert (expo.as_("cleo").post(door).status_code, expo.as_("dan").post(door).status_code) == (404, 403)
    ref = expo.as_("ben").post(door).json["ref"]
    assert expo.as_("ben").post(door).status_code == 409
    hazard = expo.as_("dan").get(f"/hazards/{ref}").json
    assert [hazard[name] for name in ("title", "clause", "site", "origin", "came_from")] == [
        "胶带缺失", "sealing/sealed", "carrier-a/site-001", "authority", path,
    ]  # fmt: skip
    (finding,) = expo.as_("dan").get(path).json["findings"]
    assert finding["hazard"]["ref"] == ref
    other = begun(expo)
    assert expo.as_("ben").post(door.replace(path, other)).status_code == 404


def test_what_a_mystery_check_found_is_no_hazard_before_it_is_concluded(expo: Hub) -> None:
    path, ben = begun(expo, visit="mystery"), expo.as_("ben")
    door = found(expo, path)
    assert ben.post(door).status_code == 409
    assert expo.as_("dan").get("/operations/EXPO/hazards").json["items"] == []
    answered(expo, path)
    ben.post(f"{path}/conclusion")
    ref = ben.post(door).json["ref"]
    assert expo.as_("dan").get(f"/hazards/{ref}").json["origin"] == "mystery"


def test_the_list_is_narrowed_and_goes_on_by_cursor(expo: Hub) -> None:
    first = begun(expo)
    expo.forward(seconds=1, engine=False)
    second = begun(expo, origin="joint", inspectors=JOINT)
    answered(expo, first)
    expo.as_("dan").post(f"{first}/signature")

    def refs(query: str) -> list[str]:
        return [f"/inspections/{one['ref']}" for one in expo.as_("ben").get(f"{DOOR}?{query}").json["items"]]

    assert (refs(""), refs("state=going"), refs("state=signed")) == ([second, first], [second], [first])
    assert (refs("origin=joint"), refs("visit=mystery"), refs("agency=carrier-b")) == ([second], [], [])
    page = expo.as_("ben").get(f"{DOOR}?limit=1").json
    assert refs(f"limit=1&cursor={page['next']}") == [first]


def test_nobody_is_named_and_only_those_who_take_part_inspect(expo: Hub) -> None:
    assert begin(expo, inspectors=[TWO[0], {"agency": "postal", "post": "Zhang San"}]).status_code == 422
    assert begin(expo, inspectors=[TWO[0], {"agency": "nobody", "post": "deputy"}]).status_code == 422
    assert begin(expo, "cleo", inspectors=[{"agency": "carrier-b", "post": "deputy"}] * 2).status_code == 422
    assert begin(expo, visit="mystery", inspectors=[*TWO, {"agency": "carrier-a", "post": "deputy"}]).status_code == 422


def test_a_photograph_is_kept_at_its_question(expo: Hub) -> None:
    path = begun(expo)
    parts = {"file": FileStorage(BytesIO(photograph()), "a.jpg"), "checklist": "sealing", "item": "sealed"}
    boundary, body = encode_multipart(parts)
    media = f"multipart/form-data; boundary={boundary}"
    made = expo.as_("ben").call("POST", f"{path}/attachments", data=body, content_type=media)
    assert made.status_code == 201, made.text
    assert expo.as_("dan").call("POST", f"{path}/attachments", data=body, content_type=media).status_code == 403
    wanted = [{"file": made.json["id"], "checklist": "sealing", "item": "sealed"}]
    assert expo.as_("dan").get(path).json["photographs"] == wanted


def test_a_photograph_of_a_visit_is_known_with_the_visit(expo: Hub) -> None:
    path = begun(expo)
    boundary, body = encode_multipart({"file": FileStorage(BytesIO(photograph()), "a.jpg")})
    media = f"multipart/form-data; boundary={boundary}"
    made = expo.as_("ben").call("POST", f"{path}/attachments", data=body, content_type=media)
    assert made.status_code == 201, made.text
    assert b"Maker" not in expo.as_("dan").get(f"/files/{made.json['id']}").data
    assert expo.as_("cleo").get(f"/files/{made.json['id']}").status_code == 404
