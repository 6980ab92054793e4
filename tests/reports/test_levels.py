"""Level by level: the carrier to the city, the city to the province; past a level, by fax, and handed on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import actions as acting
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import chains, clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.record import By
from tests.databases import on_both
from tests.files.test_doors import BytesIO, photograph
from tests.night import Hub
from tests.reports.writing import Person, begin, debts, fill, fire, leader, levelled, sent, signed, whole

pytestmark = on_both


@pytest.fixture
def city(hub: Hub) -> Hub:
    levelled(hub)
    return hub


def ready(city: Hub) -> tuple[str, dict[str, Any]]:
    """A signed first report of Dan's."""
    ref = fire(city)
    return ref, signed(city, whole(city, ref))


def to(city: Hub, ref: str, login: str) -> list[tuple[str, str | None, bool, list[str]]]:
    places = city.as_(login).get(f"/incidents/{ref}/reports").json["to"]
    return [(one["desk"], one["tier"], one["contact_only"], one["skipped"]) for one in places]


def test_the_plan_says_where_a_report_goes_next_and_whom_it_could_pass_over(city: Hub) -> None:
    ref = fire(city)
    by_plan = [one for one in to(city, ref, "dan") if one[1]]
    assert by_plan == [
        ("postal/duty", "city", False, []),
        ("government/duty", "emergency", False, []),
        ("cyber/duty", "cyberspace", True, []),
        ("province/duty", "province", False, ["city"]),
        ("government/duty", "government", False, ["city"]),
    ]
    assert [one for one in to(city, ref, "ben") if one[1]] == [
        ("province/duty", "province", False, []), ("government/duty", "government", False, []),
    ]  # fmt: skip


def test_no_level_above_is_no_next_level_and_nothing_is_handed_back_to_whom_it_came_from(city: Hub) -> None:
    ref, report = ready(city)
    sent(city, report, "government/duty", reason="市局值班电话不通")
    places = city.as_("gus").get(f"/incidents/{ref}/reports").json["to"]
    assert [one["next"] for one in places] == [False] * len(places)
    page = Person(city, "gus").client.get(f"/reports/{report['id']}", headers={"Accept": "text/html"}).text
    offered = page[page.index('id="send-to"') :].partition("</select>")[0]
    assert "postal/duty" in offered
    assert "carrier-a/duty" not in offered


def test_past_a_level_needs_a_reason_and_the_level_is_sent_it_too(city: Hub) -> None:
    ref, report = ready(city)
    path, dan = f"/reports/{report['id']}", city.as_("dan")
    assert city.as_("pia").get(f"/incidents/{ref}").status_code == 404
    refused = dan.post(f"{path}/sending", {"to": "province/duty"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/reason")
    gone = sent(city, report, "province/duty", reason="市局值班电话无人接听")
    assert [(one["to"], one["copy_of"], one["skip_level"]) for one in gone["sendings"]] == [
        ("province/duty", None, True), ("postal/duty", "province/duty", False),
    ]  # fmt: skip
    items = city.as_("ben").get(f"/operations/EXPO/obligations?subject={ref}&limit=200").json["items"]
    receipts = {one["owed_by"]["desk"] for one in items if one["rule"] == "RCPT"}
    assert receipts == {"province/duty", "postal/duty"}
    assert debts(city, ref)["K3"]["state"] == "met"
    for login in ("pia", "ben"):
        assert city.as_(login).get(path).json["content"]
        assert city.as_(login).post(f"{path}/receipt").status_code == 200
    assert city.as_("pia").get(f"/incidents/{ref}").json["my_role"] == "informed"


def test_a_desk_that_does_not_work_here_is_faxed_and_rung(city: Hub) -> None:
    ref, report = ready(city)
    path, dan = f"/reports/{report['id']}", city.as_("dan")
    assert dan.post(f"{path}/sending", {"to": "cyber/duty"}).json["errors"][0]["pointer"] == "/channel"
    went_at = clock.now()
    city.forward(minutes=5, engine=False)
    via = {"channel": "fax", "stated_at": went_at.isoformat()}
    gone = sent(city, report, "cyber/duty", channel="fax", via=via)
    assert gone["sent_at"] == went_at.isoformat(timespec="milliseconds")
    call = debts(city, ref)["RCPT-CALL"]
    assert (call["owed_by"]["desk"], call["state"]) == ("carrier-a/duty", "open")
    assert dan.post(f"{path}/receipt", {"sending": gone["sendings"][0]["id"]}).status_code == 422
    took = {
        "channel": "phone",
        "from": {"desk": "cyber/duty", "words_by": "值班同志"},
        "stated_at": clock.now().isoformat(),
    }
    assert dan.post(f"{path}/receipt", {"via": took}).status_code == 200
    assert debts(city, ref)["RCPT-CALL"]["state"] == "met"
    assert city.as_("dan").get(path).json["sendings"][0]["received_by"]["desk"] == "cyber/duty"


def test_a_receipt_on_the_telephone_is_the_receiver_s_by_when_it_was_said(city: Hub) -> None:
    ref, report = ready(city)
    sent(city, report)
    city.forward(minutes=3, engine=False)
    said_at = clock.now()
    city.forward(minutes=30, engine=False)
    early = {
        "channel": "phone",
        "from": {"desk": "postal/duty"},
        "stated_at": (said_at - timedelta(hours=1)).isoformat(),
    }
    path = f"/reports/{report['id']}/receipt"
    assert city.as_("dan").post(path, {"via": early}).status_code == 422
    said = early | {"stated_at": said_at.isoformat()}
    assert city.as_("ana").post(path, {"via": said}).status_code == 404
    assert city.as_("dan").post(path, {"via": said}).status_code == 200
    receipt = debts(city, ref)["RCPT"]
    assert (receipt["state"], receipt["slack_s"], receipt["proof"]) == ("met", 12 * 60, "stated")


def test_who_received_it_hands_it_on_unchanged_or_writes_their_own(city: Hub) -> None:
    ref, report = ready(city)
    path, ben = f"/reports/{report['id']}", city.as_("ben")
    assert ben.post(f"{path}/forwarding", {"to": "province/duty"}).status_code == 404
    sent(city, report)
    assert city.as_("dan").post(f"{path}/forwarding", {"to": "province/duty"}).status_code == 409
    assert ben.post(f"{path}/sending", {"to": "province/duty"}).status_code == 409
    handed = ben.post(f"{path}/forwarding", {"to": "province/duty"})
    assert handed.status_code == 200, handed.text
    assert ben.post(f"{path}/forwarding", {"to": "province/duty"}).status_code == 409
    relay = handed.json["sendings"][-1]
    assert (relay["desk"], relay["to"], relay["relay"]) == ("postal/duty", "province/duty", True)
    assert city.as_("pia").get(path).json["sha256"] == report["sha256"]
    own = begin(city, ref, login="ben", based_on=report["id"])
    told = {one["code"]: one for one in own["content"]}
    assert (told["consequence"]["value"]["zh"], told["consequence"]["from"]) == ("约八百件邮件快件受损", "typed")
    leader(city, "leo", "postal/duty")
    own = sent(city, signed(city, own, "leo"), "government/duty", "ben")
    assert own["number"] == 1
    assert debts(city, ref)["K3"]["state"] == "met"


def test_tlp_red_is_widened_by_no_report(city: Hub) -> None:
    ref = fire(city, tlp="RED")
    report = signed(city, whole(city, ref))
    refused = city.as_("dan").post(f"/reports/{report['id']}/sending", {"to": "province/duty", "reason": "x"})
    assert refused.status_code == 403
    assert city.as_("pia").get(f"/incidents/{ref}").status_code == 404
    assert city.as_("dan").get(f"/reports/{report['id']}").json["state"] == "signed"


def test_the_stamped_copy_is_known_with_the_report(city: Hub) -> None:
    _, report = ready(city)
    boundary, body = encode_multipart({"file": FileStorage(BytesIO(photograph()), "盖章件.jpg")})
    media, path = f"multipart/form-data; boundary={boundary}", f"/reports/{report['id']}/attachments"
    made = city.as_("dan").call("POST", path, data=body, content_type=media)
    assert made.status_code == 201, made.text
    file = f"/files/{made.json['id']}"
    assert [city.as_(one).get(file).status_code for one in ("dan", "ben", "ana")] == [200, 404, 404]
    sent(city, report)
    assert [city.as_(one).get(file).status_code for one in ("dan", "ben", "ana")] == [200, 200, 404]
    assert city.as_("ben").get(path).json["items"][0]["name"] == "盖章件.jpg"
    assert chains.verify_database(city.expo.id)[1] is None


def test_what_is_filled_in_later_settles_the_rest_that_was_owed(city: Hub) -> None:
    ref = fire(city)
    lines: dict[str, Any] = {
        one: {"unknown": "正在核实"} for one in ("area", "leaders", "consequence", "casualties", "loss")
    }
    report = fill(city, begin(city, ref), measures="已疏散", **lines)
    sent(city, signed(city, report))
    assert debts(city, ref)["K3S"]["state"] == "open"
    for category in ("deaths", "injured", "missing", "items"):
        city.as_("ben").post(f"/incidents/{ref}/figures", {"category": category, "n": 0, "source": "现场"})
    part = begin(city, ref, "follow_up")
    sent(city, signed(city, fill(city, part, area="二号线")))
    assert debts(city, ref)["K3S"]["state"] == "open"
    rest = fill(city, begin(city, ref, "follow_up"), leaders="值班经理到场", consequence="无")
    assert {one["code"]: one["carried"] for one in rest["content"] if one["carried"]} == {
        "leaders": "正在核实", "consequence": "正在核实",
    }  # fmt: skip
    assert sent(city, signed(city, rest))["whole"] is True
    assert debts(city, ref)["K3S"]["state"] == "met"


def test_who_loses_the_incident_loses_the_report_and_its_papers(city: Hub) -> None:
    ref, report = ready(city)
    boundary, body = encode_multipart({"file": FileStorage(BytesIO(photograph()), "a.jpg")})
    media, path = f"multipart/form-data; boundary={boundary}", f"/reports/{report['id']}"
    file = city.as_("dan").call("POST", f"{path}/attachments", data=body, content_type=media).json["id"]
    sent(city, report, "government/duty")
    assert [city.as_("gus").get(one).status_code for one in (path, f"/files/{file}")] == [200, 200]
    with unit_of_work(city.expo.id) as at:
        desk = agencies.desk("fire/duty")
        assert desk is not None
        found = incidents.known(ref, desk.id)
        acting.withdraw_access(found, "government/duty", at, By("fire", "fire/duty", desk.id))
    assert [city.as_("gus").get(one).status_code for one in (path, f"/files/{file}")] == [404, 404]
    assert city.as_("dan").get(path).status_code == 200
