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
TWO = [{"agency": "postal", "post": "inspector"}] * 2


def begin(hub: Hub, login: str = "ben", **changed: Any) -> Any:
    body = {"visit": "unannounced", "origin": "authority", "agency": "carrier-a", "site": "carrier-a/site-001"}
    more = {"inspectors": TWO, "checklists": ["sealing"], **changed}
    return hub.as_(login).post(DOOR, body | more)


def begun(hub: Hub, **changed: Any) -> str:
    made = begin(hub, **changed)
    assert made.status_code == 201, made.text
    return f"/inspections/{made.json['ref']}"


def answered(hub: Hub, path: str, answer: str = "no") -> Any:
    return hub.as_("ben").post(f"{path}/answers", {"checklist": "sealing", "item": "sealed", "answer": answer})


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


def test_a_photograph_of_a_visit_is_known_with_the_visit(expo: Hub) -> None:
    path = begun(expo)
    boundary, body = encode_multipart({"file": FileStorage(BytesIO(photograph()), "a.jpg")})
    media = f"multipart/form-data; boundary={boundary}"
    made = expo.as_("ben").call("POST", f"{path}/attachments", data=body, content_type=media)
    assert made.status_code == 201, made.text
    assert b"Maker" not in expo.as_("dan").get(f"/files/{made.json['id']}").data
    assert expo.as_("cleo").get(f"/files/{made.json['id']}").status_code == 404
