"""Dan states what his carrier has in place; Ben oversees; Cleo sees her own carrier alone."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from incident_hub.kernel import chains
from tests.databases import on_both
from tests.files.test_doors import photograph
from tests.night import NIGHT, Hub

pytestmark = on_both
DOOR = "/operations/EXPO/readiness"


def state(hub: Hub, item: str, login: str = "dan", **said: Any) -> Any:
    return hub.as_(login).post(DOOR, {"item": item, **said})


def stated(hub: Hub, item: str, **said: Any) -> str:
    made = state(hub, item, **said)
    assert made.status_code == 201, made.text
    return made.json["id"]


def attach(hub: Hub, id: str, login: str = "dan") -> Any:
    boundary, body = encode_multipart({"file": FileStorage(BytesIO(photograph()), "a.jpg")})
    media = f"multipart/form-data; boundary={boundary}"
    return hub.as_(login).call("POST", f"/readiness/{id}/attachments", data=body, content_type=media)


def carriers(hub: Hub, login: str, query: str = "") -> list[str]:
    return [one["agency"] for one in hub.as_(login).get(f"{DOOR}{query}").json["items"]]


def state_of(hub: Hub, item: str, login: str = "ben", at: str = "") -> str:
    told = hub.as_(login).get(f"{DOOR}?agency=carrier-a{f'&at={at}' if at else ''}").json["items"][0]
    return next(one["state"] for part in told["parts"].values() for one in part["items"] if one["code"] == item)


def in_place(hub: Hub) -> None:
    """State everything the plan asks, as it should be."""
    yes = ("budget", "ledgers", "kit")
    numbers = {"scanners": 2, "trained": 97, "unlicensed": 0, "vehicles": 4, "staff": 9}
    for item in yes:
        stated(hub, item, value=True)
    for item, n in numbers.items():
        stated(hub, item, value=n)
    for item in ("scanner-certificate", "exercise"):
        stated(hub, item, value="2027-06-30")
    for item in ("systems", "plan"):
        assert attach(hub, stated(hub, item)).status_code == 201


def test_a_carrier_that_states_all_four_parts_is_ready(expo: Hub) -> None:
    before = expo.as_("ben").get(DOOR).json["items"]
    assert [(one["agency"], one["ready"]) for one in before] == [("carrier-a", False), ("carrier-b", False)]
    in_place(expo)
    after = expo.as_("ben").get(DOOR).json["items"]
    assert [(one["agency"], one["ready"]) for one in after] == [("carrier-a", True), ("carrier-b", False)]
    assert {name: part["ready"] for name, part in after[0]["parts"].items()} == dict.fromkeys(
        ("investment", "training", "management", "rescue"), True
    )
    assert chains.verify_database(expo.expo.id)[1] is None


def test_whoever_oversees_sees_all_and_a_carrier_itself_alone(expo: Hub) -> None:
    id = stated(expo, "budget", value=True)
    assert carriers(expo, "ben") == ["carrier-a", "carrier-b"]
    assert carriers(expo, "dan") == ["carrier-a"]
    assert carriers(expo, "cleo") == ["carrier-b"]
    assert carriers(expo, "cleo", "?agency=carrier-a") == []
    assert carriers(expo, "ana") == []
    assert expo.as_("cleo").get(f"/readiness/{id}/attachments").status_code == 404
    assert expo.as_("cleo").post(f"/readiness/{id}/verdict", {"accepted": False, "words": "x"}).status_code == 404
    kinds = [one["kind"] for one in expo.as_("cleo").get("/operations/EXPO/feed?limit=500").json["items"]]
    assert "readiness.stated" not in kinds


def test_what_was_stated_ends_by_the_clock(expo: Hub) -> None:
    stated(expo, "trained", value=97)
    assert state_of(expo, "trained") == "ready"
    later = {days: (NIGHT + timedelta(days=days)).isoformat().replace("+00:00", "Z") for days in (-1, 80, 91)}
    assert [state_of(expo, "trained", at=at) for at in later.values()] == ["missing", "expiring", "expired"]


def test_whoever_oversees_objects_with_a_reason_until_it_is_stated_anew(expo: Hub) -> None:
    id, ben = stated(expo, "kit", value=True), expo.as_("ben")
    assert ben.post(f"/readiness/{id}/verdict", {"accepted": False}).status_code == 422
    assert expo.as_("dan").post(f"/readiness/{id}/verdict", {"accepted": True}).status_code == 403
    assert ben.post(f"/readiness/{id}/verdict", {"accepted": False, "words": "灭火毯缺失"}).status_code == 200
    assert ben.post(f"/readiness/{id}/verdict", {"accepted": True}).status_code == 409
    assert state_of(expo, "kit", "dan") == "objected"
    expo.forward(seconds=1, engine=False)
    again = stated(expo, "kit", value=True)
    assert ben.post(f"/readiness/{again}/verdict", {"accepted": True}).json["verdict"] == "confirmed"
    assert state_of(expo, "kit") == "ready"


def test_the_share_of_hazards_closed_is_counted_and_not_stated(expo: Hub) -> None:
    assert state(expo, "hazard-closure", value=100).status_code == 422
    assert state_of(expo, "hazard-closure") == "ready"
    body = {"title": "x", "origin": "authority", "agency": "carrier-a"}
    assert expo.as_("ben").post("/operations/EXPO/hazards", body).status_code == 201
    assert state_of(expo, "hazard-closure") == "short"


def test_what_is_not_sound_is_refused_in_words(expo: Hub) -> None:
    assert state(expo, "budget", "ben", value=True).status_code == 403
    assert "asks for no" in state(expo, "nothing", value=True).json["detail"]
    assert state(expo, "budget", value=1).json["errors"][0]["pointer"] == "/value"
    tomorrow = (NIGHT + timedelta(days=1)).isoformat()
    assert state(expo, "budget", value=True, as_of=tomorrow).json["errors"][0]["pointer"] == "/as_of"
    before = (NIGHT - timedelta(days=1)).isoformat()
    assert state(expo, "budget", value=True, expires_at=before).json["errors"][0]["pointer"] == "/expires_at"
    assert attach(expo, stated(expo, "plan"), "ben").status_code == 403


def test_the_page_shows_who_is_not_ready_and_why(expo: Hub) -> None:
    stated(expo, "unlicensed", value=2)
    ben, dan, ana = (expo.as_(login) for login in ("ben", "dan", "ana"))
    told = ben.client.get(f"{DOOR}?lang=en", headers={**ben.headers, "Accept": "text/html"}).text
    assert "Less than is asked" in told
    assert 'data-carrier="carrier-b"' in told
    assert 'data-deed="object"' in told
    own = dan.client.get(f"{DOOR}?lang=en", headers={**dan.headers, "Accept": "text/html"}).text
    assert ('data-carrier="carrier-b"' in own, 'data-deed="state"' in own) == (False, True)
    none = ana.client.get(f"{DOOR}?lang=en", headers={**ana.headers, "Accept": "text/html"}).text
    assert "no carrier whose readiness" in none
