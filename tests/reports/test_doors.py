"""Dan's carrier reports a fire to Ben; Cleo, of another carrier, must see nothing."""

from __future__ import annotations

from typing import Any

import pytest

from incident_hub.kernel import chains, clock
from tests.databases import on_both
from tests.night import Hub
from tests.reports.writing import (
    SAID,
    Person,
    begin,
    debts,
    fill,
    fire,
    leader,
    sent,
    signed,
    unknown,
    whole,
)

pytestmark = on_both


@pytest.fixture(autouse=True)
def dora(expo: Hub) -> None:
    leader(expo)


def test_a_first_report_is_compiled_signed_sent_and_received(expo: Hub) -> None:
    ref = fire(expo)
    report = whole(expo, ref)
    told = {one["code"]: one for one in report["content"]}
    assert told["nature"]["value"]["en"] == "Explosion or fire at a processing site"
    assert told["place"]["value"] == {"zh": "港区营业厅", "en": "Harbour counter"}
    assert "已切断电源" in told["measures"]["value"]["zh"]
    assert [(row["category"], row["period"], row["to_date"]) for row in told["casualties"]["rows"]] == [
        ("deaths", 0, 0), ("injured", 2, 2), ("missing", 0, 0),
    ]  # fmt: skip
    assert report["unknown"] == {}
    sent(expo, signed(expo, report))
    assert debts(expo, ref)["K3"]["state"] == "met"
    assert "K3S" not in debts(expo, ref)
    receipt = debts(expo, ref)["RCPT"]
    assert (receipt["owed_by"]["desk"], receipt["state"]) == ("postal/duty", "open")
    assert expo.as_("ben").post(f"/reports/{report['id']}/receipt").status_code == 200
    assert debts(expo, ref)["RCPT"]["state"] == "met"
    assert expo.as_("ben").post(f"/reports/{report['id']}/receipt").status_code == 409
    assert chains.verify_database(expo.expo.id)[1] is None


def test_the_text_is_for_sender_and_receiver_and_that_it_went_for_the_circle(expo: Hub) -> None:
    ref = fire(expo)
    report = whole(expo, ref)
    path = f"/reports/{report['id']}"
    everybody = ("ana", "ben", "gus", "cleo")
    assert [expo.as_(one).get(path).status_code for one in everybody] == [404] * 4
    sent(expo, signed(expo, report))
    assert [expo.as_(one).get(path).status_code for one in everybody] == [200, 200, 200, 404]
    assert expo.as_("ben").get(path).json["content"]
    ana = expo.as_("ana").get(path).json
    assert (ana["content"], ana["readable"], ana["sendings"][0]["to"]) == (None, False, "postal/duty")
    assert "words" not in ana
    assert expo.as_("ana").get(f"/incidents/{ref}/reports").json["items"][0]["readable"] is False
    assert expo.as_("cleo").get(f"/incidents/{ref}/reports").status_code == 404
    assert expo.as_("cleo").get("/operations/EXPO/reports").json["items"] == []


def test_who_may_not_know_finds_nothing_at_any_door(expo: Hub) -> None:
    report = signed(expo, whole(expo, fire(expo)))
    path, bodies = f"/reports/{report['id']}", {
        "signature": {"sha256": "0" * 64}, "reopening": {}, "amendment": {"why": "x"}, "sending": {"to": "police/duty"},
        "forwarding": {"to": "police/duty"}, "receipt": {},
    }  # fmt: skip
    for login in ("cleo", "ana"):
        found = {name: expo.as_(login).post(f"{path}/{name}", body).status_code for name, body in bodies.items()}
        signs = {"signature", "reopening"}
        assert found == {name: 403 if name in signs else 404 for name in bodies}
        assert expo.as_(login).patch(path, {"content": {}}, 1).status_code == 404
        assert expo.as_(login).delete(path).status_code == 404
        assert expo.as_(login).get(f"{path}/attachments").status_code == 404


def test_only_a_person_who_leads_signs_and_only_what_they_have_seen(expo: Hub) -> None:
    report = whole(expo, fire(expo))
    path, seen = f"/reports/{report['id']}/signature", {"sha256": report["sha256"]}
    assert "duty leaders" in expo.as_("dan").post(path, seen).json["detail"]
    assert "a person" in expo.as_("dora").post(path, seen).json["detail"]
    assert Person(expo, "dora").post(path, {"sha256": "0" * 64}).status_code == 412
    expo.as_("dan").post(f"/incidents/{report['incident']}/journal", {"kind": "action", "text": "消防到场"})
    moved = Person(expo, "dora").post(path, seen)
    assert moved.status_code == 412
    assert Person(expo, "dora").post(path, {"sha256": moved.json["sha256"]}).status_code == 200


def test_nothing_is_blank_and_what_is_unknown_says_why(expo: Hub) -> None:
    ref = fire(expo)
    report = begin(expo, ref)
    path = f"/reports/{report['id']}/signature"
    refused = Person(expo, "dora").post(path, {"sha256": report["sha256"]})
    assert refused.status_code == 422
    assert {one["pointer"].rpartition("/")[2] for one in refused.json["errors"]} == {
        "area", "leaders", "consequence", "casualties", "loss", "measures",
    }  # fmt: skip
    lines: dict[str, Any] = {
        **SAID,
        "leaders": unknown(),
        "casualties": unknown(),
        "loss": unknown(),
        "measures": "已疏散",
    }
    report = fill(expo, report, **lines)
    assert set(report["unknown"]) == {"leaders", "casualties", "loss"}
    assert [(one["desk"], [clock["rule"] for clock in one["settles"]]) for one in report["to"]][:2] == [
        ("postal/duty", ["K3"]), ("government/duty", []),
    ]  # fmt: skip
    sent(expo, signed(expo, report))
    owed = debts(expo, ref)
    assert (owed["K3"]["state"], owed["K3S"]["owed_by"]["desk"]) == ("met", "carrier-a/duty")


def test_two_at_one_desk_write_different_lines_and_are_told_of_the_same(expo: Hub) -> None:
    report = begin(expo, fire(expo))
    path, dan = f"/reports/{report['id']}", expo.as_("dan")
    assert begin(expo, report["incident"])["id"] == report["id"]
    assert dan.patch(path, {"content": {"area": {"value": "一号线"}}}, 1).status_code == 200
    assert expo.as_("dora").patch(path, {"content": {"cause": {"value": "电气"}}}, 1).status_code == 200
    clash = expo.as_("dora").patch(path, {"content": {"area": {"value": "二号线"}}}, 1)
    assert clash.status_code == 412
    assert clash.json["fields"] == {"area": {"yours": {"value": "二号线"}, "theirs": {"value": "一号线"}}}
    assert dan.call("PATCH", path, json={"content": {}}).status_code == 428
    assert dan.patch(path, {"content": {"casualties": {"value": "两人"}}}, 9).status_code == 422
    assert dan.patch(path, {"content": {"nonsense": {"value": "x"}}}, 9).status_code == 422
    back = dan.patch(path, {"content": {"area": None}}, 3).json
    assert next(one for one in back["content"] if one["code"] == "area")["value"] is None
    assert dan.delete(path).status_code == 200
    assert dan.get(path).status_code == 404


def test_a_follow_up_tells_what_moved_and_is_numbered_by_its_agency(expo: Hub) -> None:
    ref, dan = fire(expo), expo.as_("dan")
    assert dan.post(f"/incidents/{ref}/reports", {"form": "follow_up"}).status_code == 409
    sent(expo, signed(expo, whole(expo, ref)))
    assert dan.post(f"/incidents/{ref}/reports", {"form": "first"}).status_code == 409
    nothing = begin(expo, ref, "follow_up")
    assert [one["code"] for one in nothing["content"] if one["value"] or one["rows"]] == []
    refused = Person(expo, "dora").post(f"/reports/{nothing['id']}/signature", {"sha256": nothing["sha256"]})
    assert "Nothing has moved" in refused.json["detail"]
    expo.forward(minutes=20)
    expo.as_("ben").post(f"/incidents/{ref}/figures", {"category": "injured", "n": 3, "source": "医院"})
    dan.post(f"/incidents/{ref}/journal", {"kind": "action", "text": "明火扑灭"})
    report = begin(expo, ref, "follow_up")
    told = {one["code"]: one for one in report["content"] if one["value"] or one["rows"]}
    assert set(told) == {"casualties", "measures"}
    (row,) = told["casualties"]["rows"]
    assert (row["category"], row["period"], row["to_date"]) == ("injured", 1, 3)
    assert "切断电源" not in told["measures"]["value"]["zh"]
    assert "明火扑灭" in told["measures"]["value"]["zh"]
    assert sent(expo, signed(expo, report))["number"] == 1
    expo.forward(minutes=1)
    dan.post(f"/incidents/{ref}/journal", {"kind": "action", "text": "开始清理"})
    second = sent(expo, signed(expo, begin(expo, ref, "follow_up")))
    assert (second["number"], second["title"]["zh"]) == (2, "续报（第 2 期）")


def test_what_was_sent_never_changes_and_is_amended_by_another(expo: Hub) -> None:
    ref, dan = fire(expo), expo.as_("dan")
    old = sent(expo, signed(expo, whole(expo, ref)))
    path = f"/reports/{old['id']}"
    assert dan.patch(path, {"content": {"area": {"value": "x"}}}, 9).status_code == 409
    assert dan.delete(path).status_code == 409
    assert Person(expo, "dora").post(f"{path}/reopening").status_code == 409
    made = dan.post(f"{path}/amendment", {"why": "受损件数有误"})
    assert (made.status_code, made.json["amends"]) == (201, old["id"])
    report = fill(expo, made.json, consequence="约九百件受损")
    new = sent(expo, signed(expo, report))
    assert (new["number"], new["why"]) == (2, "受损件数有误")
    before = dan.get(path).json
    assert (before["amended_by"], before["sha256"]) == (new["id"], old["sha256"])
    assert dan.post(f"{path}/amendment", {"why": "x"}).status_code == 409
    kinds = [one["kind"] for one in expo.as_("ana").get("/operations/EXPO/feed?limit=200").json["items"]]
    assert [one for one in kinds if one.startswith("report.")] == [
        "report.signed", "report.sent", "report.signed", "report.sent", "report.amended",
    ]  # fmt: skip


def test_a_signature_is_taken_back_before_it_is_sent(expo: Hub) -> None:
    report = signed(expo, whole(expo, fire(expo)))
    path, dan = f"/reports/{report['id']}", expo.as_("dan")
    assert dan.patch(path, {"content": {"cause": {"value": "x"}}}, report["version"]).status_code == 409
    assert Person(expo, "dora").post(f"{path}/reopening").json["state"] == "draft"
    assert dan.post(f"{path}/sending", {"to": "postal/duty"}).status_code == 409


def test_an_oral_report_settles_the_oral_clock_by_when_it_was_said_whoever_typed_it(expo: Hub) -> None:
    for typist, to, speaker in (("dan", "postal/duty", None), ("ben", None, "carrier-a/duty")):
        ref = fire(expo)
        said_at = clock.now()
        expo.forward(minutes=10, engine=False)
        via = {"channel": "phone", "stated_at": said_at.isoformat(), "words": "分拣线起火，两人受伤"}
        via |= {"from": {"desk": speaker}} if speaker else {}
        body = {"form": "first", "spoken": True, "via": via} | ({"to": to} if to else {})
        made = expo.as_(typist).post(f"/incidents/{ref}/reports", body)
        assert made.status_code == 201, made.text
        assert (made.json["mode"], made.json["desk"], made.json["number"]) == ("spoken", "carrier-a/duty", None)
        owed = debts(expo, ref)
        assert (owed["K1"]["state"], owed["K1"]["slack_s"], owed["K3"]["state"]) == ("met", 15 * 60, "open")
        assert "RCPT" not in owed
        assert expo.as_("dan").get(f"/reports/{made.json['id']}").json["words"] == "分拣线起火，两人受伤"


@pytest.mark.parametrize(
    ("to", "via", "pointer"),
    [
        ("postal/duty", None, "/via"),
        ("postal/duty", {"channel": "fax", "words": "x"}, "/spoken"),
        ("postal/duty", {"channel": "phone"}, "/via/words"),
        (None, {"channel": "phone", "words": "x"}, "/to"),
        ("carrier-b/nobody", {"channel": "phone", "words": "x"}, "/to"),
        ("postal/duty", {"channel": "phone", "words": "x", "from": {"desk": "police/duty"}}, "/to"),
        (None, {"channel": "phone", "words": "x", "from": {"desk": "carrier-b/duty"}}, "/via/from/desk"),
        ("postal/duty", {"channel": "phone", "words": "x", "stated_at": "2027-01-01T00:00:00Z"}, "/via/stated_at"),
    ],
)
def test_what_cannot_have_been_said_is_refused_by_its_field(expo: Hub, to, via, pointer) -> None:
    body = {"form": "first", "spoken": True} | ({"to": to} if to else {}) | ({"via": via} if via else {})
    refused = expo.as_("dan").post(f"/incidents/{fire(expo)}/reports", body)
    assert refused.status_code == 422
    assert pointer in {one["pointer"] for one in refused.json["errors"]}


def test_the_next_work_is_what_the_desk_owes_and_never_that_it_has_to_report(expo: Hub) -> None:
    ref = fire(expo)
    line = next(one for one in begin(expo, ref)["content"] if one["code"] == "next")
    owed = {rule: one for rule, one in debts(expo, ref, "dan").items() if one["owed_by"]["desk"] == "carrier-a/duty"}
    assert set(owed) == {"K1", "K2", "K3"}
    assert line["value"]["en"].startswith(owed["K2"]["what"]["en"])
    assert owed["K3"]["what"]["en"] not in line["value"]["en"]
