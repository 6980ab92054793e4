"""What a desk reads that was let in from now on, and what it reads when it was sent away: every door is tried."""

from __future__ import annotations

from typing import Any

import pytest

from tests.databases import on_both
from tests.files.test_doors import attach, photograph
from tests.night import Hub
from tests.reports.writing import Person, begin, fill, leader, sent, signed, unknown

pytestmark = on_both
# Gus of the government's duty room is the newcomer.
NEW = "government/duty"
COUNTS = ("casualties", "deaths", "injured", "missing", "loss", "items")


@pytest.fixture
def ref(expo: Hub) -> str:
    """A find at a carrier, led by Ben, that may be shared."""
    leader(expo)
    return expo.as_("dan").open(
        "PROH-XRAY", "可疑包裹", summary="EARLY-summary", site="carrier-a/site-001", tlp="AMBER"
    )


def share(hub: Hub, ref: str, history: str = "full", desk: str = NEW, role: str = "informed") -> Any:
    return hub.as_("ben").post(f"/incidents/{ref}/access", {"desk": desk, "role": role, "history": history})


def send_away(hub: Hub, ref: str, reason: str = "不再需要") -> Any:
    return hub.as_("ben").post(f"/incidents/{ref}/access/withdrawal", {"desk": NEW, "reason": reason})


def fill_everything(hub: Hub, ref: str, mark: str, form: str = "first") -> dict[str, str]:
    """Write the mark into everything an incident has, and say where it lies."""
    dan, ana, ben, path = hub.as_("dan"), hub.as_("ana"), hub.as_("ben"), f"/incidents/{ref}"
    assert dan.post(f"{path}/journal", {"text": f"{mark}-journal"}).status_code == 201
    stated = {"category": "injured", "n": len(mark), "source": f"{mark}-figure"}
    assert ana.post(f"{path}/figures", stated).status_code == 201
    assert ana.post(f"{path}/figures", stated | {"n": 9, "source": "现在"}).status_code == 201
    file = attach(hub, "dan", ref, photograph(), f"{mark}-file.jpg", note=f"{mark}-note").json["id"]
    asked = {"to": "carrier-a/duty", "words": f"{mark}-task", "within_minutes": 60}
    task = ben.post(f"{path}/tasks", asked).json["id"]
    thing = {"sort": "class_b", "title": "刀具", "quantity": 2, "seal": "S-1", "place": "柜"}
    item = ana.post(f"{path}/items", {**thing, "place": f"{mark}-place"}).json["ref"]
    assert ana.post(f"/items/{item}/placing", {"place": "证物室", "words": "移库"}).status_code == 200
    report = begin(hub, ref, form)
    blank = [one["pointer"].rpartition("/")[2] for one in dan.get(f"/reports/{report['id']}").json["blank"]]
    said: dict[str, Any] = {code: unknown() if code in COUNTS else f"{mark}-report" for code in blank}
    report = fill(hub, report, **said)
    sent(hub, signed(hub, report))
    return {
        "file": f"/files/{file}",
        "task": f"/tasks/{task}",
        "item": f"/items/{item}",
        "report": f"/reports/{report['id']}",
    }


def doors(ref: str, ways: dict[str, str]) -> list[str]:
    """Every door through which something of an incident can be read."""
    of = [f"/incidents/{ref}{one}" for one in (
        "", "/journal", "/figures", "/attachments", "/tasks", "/items", "/reports", "/hazards", "/access",
    )]  # fmt: skip
    operation = [f"/operations/EXPO/{one}" for one in (
        "board", "feed?limit=1000", "incidents", "incidents?q=EARLY", "review?lang=en", "review?lang=zh", "reports",
        "tasks", "items", "obligations", "bulletins",
    )]  # fmt: skip
    return [*of, *operation, *ways.values(), "/me/desk"]


def read(hub: Hub, login: str, ref: str, ways: dict[str, str]) -> dict[str, str]:
    """Everything a desk is given, by door: the documents of the review and the pages among them."""
    caller, person = hub.as_(login), Person(hub, login)
    told = {path: caller.get(path).data for path in doors(ref, ways)}
    for form in ("html", "md", "json"):
        path = f"/operations/EXPO/review.{form}?lang=en"
        told[path] = person.client.get(path).data
    for path in (f"/incidents/{ref}", ways["item"], ways["task"], ways["report"], "/operations/EXPO/briefing"):
        told[f"page of {path}"] = person.client.get(path, headers={"Accept": "text/html"}).data
    return {path: body.decode(errors="replace") for path, body in told.items()}


def where(told: dict[str, str], words: str) -> list[str]:
    """The doors through which these words came."""
    return [path for path, body in told.items() if words in body]


def test_from_now_on_hides_the_past_at_every_door_and_sent_away_hides_everything(expo: Hub, ref: str) -> None:
    early = fill_everything(expo, ref, "EARLY")
    assert expo.as_("ben").post(f"/incidents/{ref}/status", {"to": "responding"}).status_code == 200
    version = expo.as_("ben").get(f"/incidents/{ref}").json["version"]
    assert expo.as_("ben").patch(f"/incidents/{ref}", {"summary": "现在的情况"}, version).status_code == 200
    expo.forward(minutes=1, engine=False)
    assert share(expo, ref, "from_now").status_code == 201
    expo.forward(minutes=1, engine=False)
    told = read(expo, "gus", ref, early)
    assert where(told, "可疑包裹")
    assert where(told, "EARLY-") == []
    assert expo.as_("gus").get(early["file"]).status_code == 404
    later = fill_everything(expo, ref, "LATER", "follow_up")
    told = read(expo, "gus", ref, later)
    for thing in ("journal", "figure", "file", "task", "place", "report"):
        # The text of a report is for sender and receivers; of this one he is told that it went.
        assert bool(where(told, f"LATER-{thing}")) is (thing != "report"), thing

    assert send_away(expo, ref).status_code == 200
    for ways in (early, later):
        told = read(expo, "gus", ref, ways)
        assert [where(told, words) for words in ("EARLY-", "LATER-", "可疑包裹")] == [[], [], []]
        assert {expo.as_("gus").get(path).status_code for path in ways.values()} == {404}
    # Let in a second time, from then on: nothing of the first time comes back, also not in the feed.
    expo.forward(minutes=1, engine=False)
    assert share(expo, ref, "from_now").status_code == 201
    told = read(expo, "gus", ref, later)
    assert [where(told, words) for words in ("EARLY-", "LATER-")] == [[], []]
    assert where(told, "可疑包裹")


def test_the_past_may_be_opened_later_and_is_not_closed_again(expo: Hub, ref: str) -> None:
    expo.as_("dan").post(f"/incidents/{ref}/journal", {"text": "早先"})
    expo.forward(minutes=1, engine=False)
    for history, role, seen in (("from_now", "informed", 0), ("full", "informed", 1), ("from_now", "support", 1)):
        assert share(expo, ref, history, role=role).status_code == 201
        assert len(expo.as_("gus").get(f"/incidents/{ref}/journal").json["items"]) == seen, history
    mine = next(one for one in expo.as_("gus").get(f"/incidents/{ref}/access").json["items"] if one["desk"] == NEW)
    assert (mine["role"], mine["history"], mine["by"]) == ("support", "full", "postal/duty")
    last = expo.as_("ana").get("/operations/EXPO/feed?limit=1000").json["items"][-1]
    assert (last["kind"], last["data"]["was"], last["data"]["history"]) == ("access.granted", "informed", "full")


def test_who_stays_reads_who_could_know_until_when_and_why_and_who_left_does_not(expo: Hub, ref: str) -> None:
    share(expo, ref)
    expo.forward(minutes=3, engine=False)
    assert expo.as_("ben").post(f"/incidents/{ref}/access/withdrawal", {"desk": NEW}).status_code == 422
    assert send_away(expo, ref, "已转交省里").status_code == 200
    (gone,) = expo.as_("ana").get(f"/incidents/{ref}/access").json["past"]
    assert (gone["desk"], gone["ended_by"], gone["reason"]) == (NEW, "postal/duty", "已转交省里")
    assert gone["since"] < gone["until"]
    feed = expo.as_("gus").get("/operations/EXPO/feed?limit=1000").json["items"]
    assert feed[-1]["kind"] == "incident.withdrawn"
    assert "已转交省里" not in str(feed)
    # Who comes after, from then on, is not told who had left before.
    expo.forward(minutes=1, engine=False)
    share(expo, ref, "from_now", desk="health/duty")
    share(expo, ref, "from_now")
    assert expo.as_("gus").get(f"/incidents/{ref}/access").json["past"] == []


def test_before_it_is_shared_the_page_says_what_will_be_read(expo: Hub, ref: str) -> None:
    early = fill_everything(expo, ref, "EARLY")
    own = {"text": "EARLY-ours", "audience": "own"}
    assert expo.as_("ben").post(f"/incidents/{ref}/journal", own).status_code == 201
    told = expo.as_("ben").get(f"/incidents/{ref}/access/preview").json
    now, past = ({(one["kind"], one["title"]["zh"]) for one in told[name]} for name in ("now", "past"))
    assert {("card", "可疑包裹"), ("item", "刀具")} <= now
    assert {("journal", "EARLY-journal"), ("file", "EARLY-file.jpg"), ("task", "EARLY-task")} <= past
    assert "report" in {kind for kind, _ in past}
    assert told["closed"] == 1
    assert "EARLY-ours" not in str(told)
    # It says the truth: with the past opened, each of these titles is there to be read.
    expo.forward(minutes=1, engine=False)
    share(expo, ref)
    seen = read(expo, "gus", ref, early)
    assert all(where(seen, title) for kind, title in now | past if kind in ("card", "item", "journal", "file", "task"))
    assert where(seen, "EARLY-ours") == []
    assert expo.as_("cleo").get(f"/incidents/{ref}/access/preview").status_code == 404
    assert expo.as_("obs").get(f"/incidents/{ref}/access/preview").status_code == 403


@pytest.mark.parametrize(
    ("tlp", "desk", "status"),
    [
        ("RED", NEW, 403), ("RED", "postal/inspection", 403), ("AMBER+STRICT", NEW, 403),
        ("AMBER+STRICT", "postal/inspection", 201), ("AMBER", NEW, 201), ("GREEN", NEW, 201), ("CLEAR", NEW, 201),
    ],
)  # fmt: skip
def test_a_mark_says_who_may_be_let_in(expo: Hub, tlp: str, desk: str, status: int) -> None:
    ref = expo.as_("dan").open("PROH-XRAY", site="carrier-a/site-001", tlp=tlp)
    made = share(expo, ref, desk=desk)
    assert made.status_code == status
    if status == 403:
        assert f"TLP:{tlp}" in made.json["detail"]
        assert f"TLP:{tlp}" in made.json["detail_zh"]
        assert expo.as_("gus").get(f"/incidents/{ref}").status_code == 404
    # Whoever is listed already may still be given another role.
    assert share(expo, ref, desk="police/duty", role="informed").status_code == 201


def test_the_leader_in_the_lead_changes_the_mark_with_a_reason(expo: Hub) -> None:
    ref = expo.as_("dan").open("PROH-XRAY", site="carrier-a/site-001", tlp="RED")
    body = {"tlp": "AMBER", "basis": "会商同意"}
    for login, status in (("ben", 403), ("anna.leader", 403), ("cleo", 403), ("ben.leader", 200), ("ben.leader", 409)):
        assert expo.as_(login).post(f"/incidents/{ref}/tlp", body).status_code == status, login
    assert expo.as_("ana").get("/operations/EXPO/board").json["cards"][0]["tlp"] == "AMBER"
    assert share(expo, ref).status_code == 201
    last = [one for one in expo.as_("ana").get("/operations/EXPO/feed?limit=1000").json["items"]][-2]
    assert (last["kind"], last["data"]["from"], last["data"]["basis"]) == ("incident.marked", "RED", "会商同意")


@pytest.mark.parametrize(("tlp", "told_by_plan"), [("RED", False), ("AMBER+STRICT", True)])
def test_nothing_but_a_grant_widens_it_and_the_plan_only_where_the_mark_lets_it(
    expo: Hub, tlp: str, told_by_plan: bool
) -> None:
    leader(expo)
    ref = expo.as_("dan").open("PROH-XRAY", "可疑包裹", site="carrier-a/site-001", tlp=tlp, attention="A")
    ben, ana, path = expo.as_("ben"), expo.as_("ana"), f"/incidents/{ref}"
    task = {"to": NEW, "words": "查", "within_minutes": 60}
    assert ben.post(f"{path}/tasks", task).status_code == 422
    item = ana.post(f"{path}/items", {"sort": "class_b", "title": "刀", "quantity": 1, "seal": "S", "place": "柜"}).json
    assert ana.post(f"/items/{item['ref']}/offer", {"to": NEW}).status_code == 422
    bulletin = {"kind": "warning", "title": "提示", "words": "注意", "to": [NEW], "incident": ref, "within_minutes": 60}
    assert ben.post("/operations/EXPO/bulletins", bulletin).status_code == 201
    assert expo.as_("gus").get(path).status_code == 404
    # A silent desk is chased up to the government's duty room, which the ladder lets know where the mark allows it.
    expo.forward(minutes=17, step=60)
    assert expo.as_("gus").get(path).status_code == (200 if told_by_plan else 404)
    told = expo.as_("gus").get("/operations/EXPO/feed?limit=1000").text
    assert ("可疑包裹" in told) is told_by_plan


def test_under_red_a_report_goes_to_nobody_who_is_not_listed_and_nothing_goes_into_a_file(expo: Hub) -> None:
    leader(expo)
    ref = expo.as_("dan").open("PROH-XRAY", "可疑包裹", site="carrier-a/site-001", tlp="RED")
    report = begin(expo, ref)
    blank = [one["pointer"].rpartition("/")[2] for one in expo.as_("dan").get(f"/reports/{report['id']}").json["blank"]]
    said: dict[str, Any] = {code: unknown() if code in COUNTS else "说明" for code in blank}
    report = signed(expo, fill(expo, report, **said))
    refused = expo.as_("dan").post(f"/reports/{report['id']}/sending", {"to": NEW, "reason": "值班电话不通"})
    assert refused.status_code == 403
    assert "TLP:RED" in refused.json["detail_zh"]
    assert expo.as_("gus").get(f"/incidents/{ref}").status_code == 404
    dan = Person(expo, "dan").client
    page = dan.get(f"/reports/{report['id']}.pdf?lang=zh", headers={"Accept": "text/html"})
    assert (page.status_code, "不写入任何文件" in page.text) == (403, True)
    for form in ("html", "md", "json"):
        assert "可疑包裹" not in dan.get(f"/operations/EXPO/review.{form}").text
