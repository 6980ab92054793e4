"""Ben of the regulator asks Dan's carrier for something; Cleo, of another carrier, learns nothing of it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from incident_hub.kernel import chains
from incident_hub.kernel.text import instant
from tests.databases import on_both
from tests.files.test_doors import photograph
from tests.night import NIGHT, Hub

pytestmark = on_both
ASKED = {"to": "carrier-a/duty", "words": "请于一小时内封存同批次包裹", "within_minutes": 60}


def asked(hub: Hub, login: str = "ben", ref: str | None = None, **changed: Any) -> Any:
    door = f"/incidents/{ref}/tasks" if ref else "/operations/EXPO/tasks"
    body = {name: value for name, value in (ASKED | changed).items() if value is not None}
    return hub.as_(login).post(door, body)


def debts(hub: Hub, login: str) -> list[tuple[str, str]]:
    every = hub.as_(login).get("/operations/EXPO/obligations?limit=200").json["items"]
    return sorted((one["rule"], one["state"]) for one in every if one["rule"].startswith("TASK"))


def mine(hub: Hub, login: str) -> list[str]:
    return [one["id"] for one in hub.as_(login).get("/operations/EXPO/tasks").json["items"]]


def test_what_is_asked_is_owed_answered_and_done(expo: Hub) -> None:
    made = asked(expo)
    assert made.status_code == 201, made.text
    assert debts(expo, "dan") == debts(expo, "ben") == [("TASK", "open"), ("TASK-ANS", "open")]
    path, dan = f"/tasks/{made.json['id']}", expo.as_("dan")
    assert dan.post(f"{path}/answer", {"accept": True}).json["state"] == "accepted"
    assert debts(expo, "dan") == [("TASK", "open"), ("TASK-ANS", "met")]
    assert dan.post(f"{path}/answer", {"accept": True}).status_code == 409
    done = dan.post(f"{path}/completion", {"words": "已封存42件"})
    assert (done.json["state"], done.json["said"]) == ("done", "已封存42件")
    assert debts(expo, "ben") == [("TASK", "met"), ("TASK-ANS", "met")]
    assert dan.post(f"{path}/completion", {"words": "又一次"}).status_code == 409
    assert expo.as_("ben").post(f"{path}/withdrawal", {"reason": "x"}).status_code == 409
    assert chains.verify_database(expo.expo.id)[1] is None


def test_nobody_else_learns_of_it(expo: Hub) -> None:
    path = f"/tasks/{asked(expo).json['id']}"
    cleo = expo.as_("cleo")
    assert mine(expo, "dan") == mine(expo, "ben") == [path.rpartition("/")[2]]
    assert (mine(expo, "cleo"), debts(expo, "cleo")) == ([], [])
    assert cleo.get(path).status_code == 404
    assert cleo.post(f"{path}/answer", {"accept": True}).status_code == 404
    assert "task." not in cleo.get("/operations/EXPO/feed?limit=500").text


def test_it_is_declined_with_a_reason_and_asked_again(expo: Hub) -> None:
    first = asked(expo).json["id"]
    dan, path = expo.as_("dan"), f"/tasks/{first}/answer"
    refused = dan.post(path, {"accept": False})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/reason")
    assert asked(expo, again=first).status_code == 409
    assert dan.post(path, {"accept": False, "reason": "系统停机"}).json["state"] == "declined"
    assert debts(expo, "ben") == [("TASK", "met"), ("TASK-ANS", "met")]
    assert asked(expo, "dan", again=first, to="postal/duty").status_code == 403
    again = asked(expo, again=first)
    assert (again.status_code, again.json["again"]) == (201, first)
    assert debts(expo, "dan").count(("TASK", "open")) == 1


def test_what_is_withdrawn_is_owed_no_longer(expo: Hub) -> None:
    one, other = asked(expo).json["id"], asked(expo).json["id"]
    assert expo.as_("dan").post(f"/tasks/{one}/withdrawal", {"reason": "x"}).status_code == 403
    assert expo.as_("ben").post(f"/tasks/{one}/withdrawal", {"reason": "已另行安排"}).json["state"] == "withdrawn"
    # Each task is a debt of its own: the other one is still owed.
    states = ["open", "superseded"]
    assert debts(expo, "dan") == [("TASK", one) for one in states] + [("TASK-ANS", one) for one in states]
    assert expo.as_("dan").get(f"/tasks/{other}").json["state"] == "asked"


def test_on_an_incident_it_is_known_to_those_who_may_know_that_and_asking_never_shares(expo: Hub) -> None:
    ref = expo.as_("dan").open(title="柜台发现可疑液体", site="carrier-a/site-001")
    refused = asked(expo, ref=ref, to="carrier-b/duty")
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/to")
    made = asked(expo, ref=ref)
    assert made.status_code == 201, made.text
    (there,) = expo.as_("dan").get(f"/incidents/{ref}/tasks").json["items"]
    assert there["id"] == made.json["id"]
    assert expo.as_("cleo").get(f"/incidents/{ref}/tasks").status_code == 404
    assert asked(expo, "cleo", ref=ref).status_code == 404
    assert expo.as_("cleo").get(f"/tasks/{made.json['id']}").status_code == 404


def test_a_file_shows_that_it_is_done(expo: Hub) -> None:
    path, dan = f"/tasks/{asked(expo).json['id']}", expo.as_("dan")
    unknown = dan.post(f"{path}/completion", {"words": "已封存", "evidence": ["nothing"]})
    assert (unknown.status_code, unknown.json["errors"][0]["pointer"]) == (422, "/evidence")
    body = {"file": (io.BytesIO(photograph()), "封存.jpg")}
    kept = dan.call("POST", f"{path}/attachments", data=body, content_type="multipart/form-data").json["id"]
    done = dan.post(f"{path}/completion", {"words": "已封存", "evidence": [kept]})
    assert (done.status_code, done.json["evidence"]) == (200, [kept])
    assert [one["id"] for one in expo.as_("ben").get(f"{path}/attachments").json["items"]] == [kept]
    assert expo.as_("ben").get(f"/files/{kept}").status_code == 200
    assert expo.as_("cleo").get(f"/files/{kept}").status_code == 404


def test_what_was_said_on_the_telephone_is_written_down_by_who_asked(expo: Hub) -> None:
    path, ben = f"/tasks/{asked(expo).json['id']}", expo.as_("ben")
    assert ben.post(f"{path}/answer", {"accept": True}).status_code == 403
    via = {"channel": "phone", "from": {"desk": "carrier-a/duty"}}
    expo.forward(minutes=20)
    late = via | {"stated_at": instant(NIGHT + timedelta(minutes=90))}
    assert ben.post(f"{path}/answer", {"accept": True, "via": late}).status_code == 422
    said = via | {"stated_at": instant(NIGHT + timedelta(minutes=4))}
    assert ben.post(f"{path}/answer", {"accept": True, "via": said}).json["state"] == "accepted"
    assert ("TASK-ANS", "met") in debts(expo, "dan")


def test_what_cannot_be_asked_is_refused_in_a_sentence(expo: Hub) -> None:
    bodies: tuple[tuple[dict[str, Any], str], ...] = (
        ({"to": "nobody/duty"}, "/to"),
        ({"within_minutes": None}, "/deadline"),
        ({"within_minutes": None, "deadline": instant(NIGHT - timedelta(minutes=1))}, "/deadline"),
    )
    for body, pointer in bodies:
        refused = asked(expo, **body)
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer), refused.text
    assert asked(expo, "obs").status_code == 403
