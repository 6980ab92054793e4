"""Ben of the regulator sends; Dan and Cleo, of two carriers, are each asked and learn nothing of each other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from incident_hub.kernel import chains
from incident_hub.kernel.text import instant
from tests.bulletins.rooms import heard, kinds, sent
from tests.databases import on_both
from tests.night import NIGHT, Hub

pytestmark = on_both


def of(hub: Hub, login: str) -> dict[str, Any]:
    """The one bulletin somebody's desk may know of."""
    (one,) = hub.as_(login).get("/operations/EXPO/bulletins").json["items"]
    return one


def owed(hub: Hub, login: str) -> list[tuple[str, str, str]]:
    debts = hub.as_(login).get("/operations/EXPO/obligations?limit=200").json["items"]
    return sorted((one["rule"], one["owed_by"]["desk"], one["state"]) for one in debts)


def test_each_desk_owes_its_own_answer_and_the_sender_counts_them(expo: Hub) -> None:
    made = sent(expo)
    assert made.status_code == 201, made.text
    assert made.json["count"]["missing"] == ["carrier-a/duty", "carrier-b/duty"]
    assert owed(expo, "ben") == [("WARN", "carrier-a/duty", "open"), ("WARN", "carrier-b/duty", "open")]
    answered = expo.as_("dan").post(f"/bulletins/{of(expo, 'dan')['id']}/replies", {"answer": "noted"})
    assert answered.status_code == 201, answered.text
    told = expo.as_("ben").get(f"/bulletins/{made.json['id']}").json
    assert (told["count"]["answered"], told["count"]["of"], told["count"]["missing"]) == (1, 2, ["carrier-b/duty"])
    assert owed(expo, "ben")[0] == ("WARN", "carrier-a/duty", "met")
    assert kinds(expo, "ben") == ["bulletin.sent", "bulletin.sent", "bulletin.answered"]
    assert chains.verify_database(expo.expo.id)[1] is None


def test_an_addressee_learns_nothing_of_the_others(expo: Hub) -> None:
    made = sent(expo)
    expo.as_("dan").post(f"/bulletins/{of(expo, 'dan')['id']}/replies", {"answer": "cannot", "words": "系统停机"})
    hers = of(expo, "cleo")
    page = expo.as_("cleo").get(f"/bulletins/{hers['id']}")
    listed = expo.as_("cleo").get("/operations/EXPO/bulletins")
    debts = expo.as_("cleo").get("/operations/EXPO/obligations")
    for told in (page.text, heard(expo, "cleo"), listed.text, debts.text):
        assert "carrier-a" not in told
        assert "系统停机" not in told
    assert "count" not in page.json
    assert kinds(expo, "cleo") == ["bulletin.sent"]
    # By the bulletin's own id an addressee finds its own sheet; another's sheet is not there.
    assert expo.as_("cleo").get(f"/bulletins/{made.json['id']}").json["id"] == hers["id"]
    assert expo.as_("cleo").get(f"/bulletins/{of(expo, 'dan')['id']}").status_code == 404
    assert expo.as_("ana").get(f"/bulletins/{made.json['id']}").status_code == 404
    assert expo.as_("ana").get("/operations/EXPO/bulletins").json["items"] == []


def test_the_incident_behind_it_is_told_to_those_who_may_know_it_alone(expo: Hub) -> None:
    ref = expo.as_("dan").open(title="柜台发现可疑液体", site="carrier-a/site-001", tlp="AMBER")
    made = sent(expo, incident=ref)
    assert made.json["incident"] == {"ref": ref, "title": "柜台发现可疑液体"}
    assert of(expo, "dan")["incident"]["ref"] == ref
    assert of(expo, "cleo")["incident"] is None
    for path in ("/operations/EXPO/feed?limit=1000", f"/bulletins/{made.json['id']}", "/operations/EXPO/obligations"):
        assert ref not in expo.as_("cleo").get(path).text
    # Shared with her later, it is there.
    expo.as_("ben").post(f"/incidents/{ref}/access", {"desk": "carrier-b/duty", "role": "informed", "history": "full"})
    assert of(expo, "cleo")["incident"]["ref"] == ref
    assert sent(expo, login="cleo", to=["carrier-a/duty"], incident="NOSUCH").status_code == 404


def test_who_has_noted_an_instruction_still_owes_it(expo: Hub) -> None:
    sent(expo, kind="instruction", to=["carrier-a/duty"])
    path = f"/bulletins/{of(expo, 'dan')['id']}/replies"
    assert owed(expo, "dan") == [("INSTR", "carrier-a/duty", "open")]
    assert expo.as_("dan").post(path, {"answer": "noted"}).status_code == 201
    assert owed(expo, "dan") == [("INSTR", "carrier-a/duty", "open")]
    refused = expo.as_("dan").post(path, {"answer": "cannot"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/words")
    assert expo.as_("dan").post(path, {"answer": "done", "words": "已逐件复检"}).status_code == 201
    assert owed(expo, "dan") == [("INSTR", "carrier-a/duty", "met")]
    assert expo.as_("dan").post(path, {"answer": "cannot", "words": "x"}).status_code == 409


def test_the_plan_says_who_may_instruct(expo: Hub) -> None:
    refused = sent(expo, login="cleo", kind="instruction", to=["postal/duty"])
    assert refused.status_code == 403
    assert "send a warning" in refused.json["detail"]
    assert sent(expo, login="cleo", kind="warning", to=["postal/duty"]).status_code == 201
    assert sent(expo, login="obs", kind="warning").status_code == 403


def test_what_was_said_on_the_telephone_counts_from_when_it_was_said(expo: Hub) -> None:
    made = sent(expo, kind="roll_call", to=["carrier-a/duty"], within_minutes=10)
    expo.forward(minutes=12)
    path = f"/bulletins/{made.json['id']}/replies"
    via = {"channel": "phone", "from": {"desk": "carrier-a/duty", "post": "duty_officer", "words_by": "值班员"}}
    ben = expo.as_("ben")
    assert ben.post(path, {"answer": "present"}).status_code == 403
    early = via | {"stated_at": instant(NIGHT - timedelta(minutes=1))}
    assert ben.post(path, {"answer": "present", "via": early}).status_code == 422
    other = {"channel": "phone", "from": {"desk": "carrier-b/duty"}}
    assert ben.post(path, {"answer": "present", "via": other}).status_code == 422
    said = via | {"stated_at": instant(NIGHT + timedelta(minutes=4))}
    told = ben.post(path, {"answer": "present", "via": said})
    assert told.status_code == 201, told.text
    (sheet,) = told.json["sheets"]
    assert (sheet["answer"], sheet["on_time"], sheet["seconds"]) == ("present", True, 240)
    assert owed(expo, "dan") == [("ROLL", "carrier-a/duty", "met")]


def test_what_is_recalled_is_owed_no_longer_and_says_why(expo: Hub) -> None:
    made = sent(expo)
    door = f"/bulletins/{made.json['id']}/closing"
    assert expo.as_("dan").post(door, {"how": "recalled", "reason": "x"}).status_code == 403
    assert expo.as_("ben").post(door, {"how": "recalled", "reason": "发错对象"}).status_code == 200
    assert {state for _, _, state in owed(expo, "ben")} == {"superseded"}
    his = of(expo, "dan")
    assert (his["ended"], his["reason"]) == ("recalled", "发错对象")
    assert expo.as_("dan").post(f"/bulletins/{his['id']}/replies", {"answer": "noted"}).status_code == 409
    assert expo.as_("ben").post(door, {"how": "closed", "reason": "x"}).status_code == 409


def test_whoever_oversees_counts_the_carriers_and_reads_nothing_that_was_said(expo: Hub) -> None:
    made = sent(expo, login="ana", to=["carrier-a/duty", "state-security/duty"], words="勿外传的一句")
    assert made.status_code == 201, made.text
    (sheet,) = [one for one in expo.as_("dan").get("/operations/EXPO/bulletins").json["items"]]
    expo.as_("dan").post(f"/bulletins/{sheet['id']}/replies", {"answer": "cannot", "words": "系统停机"})
    ben = expo.as_("ben").get(f"/bulletins/{made.json['id']}")
    assert (ben.json["role"], ben.json["count"]["of"], ben.json["count"]["missing"]) == ("overseer", 1, [])
    assert [(one["desk"], one["answer"]) for one in ben.json["sheets"]] == [("carrier-a/duty", "cannot")]
    listed = expo.as_("ben").get("/operations/EXPO/bulletins")
    for told in (ben.text, listed.text, heard(expo, "ben")):
        assert "勿外传的一句" not in told
        assert "系统停机" not in told
        assert "注意同类包裹" not in told
        assert "state-security" not in told
    path = f"/bulletins/{made.json['id']}"
    assert expo.as_("ben").post(f"{path}/replies", {"answer": "noted"}).status_code == 403
    assert expo.as_("ben").post(f"{path}/closing", {"reason": "x"}).status_code == 403
    # By the reference of another's sheet nobody finds anything but the sender.
    assert expo.as_("ben").get(f"/bulletins/{sheet['id']}").status_code == 404
    assert expo.as_("ana").get(f"/bulletins/{sheet['id']}").json["id"] == made.json["id"]


def test_whoever_oversees_and_is_asked_too_answers_and_counts(expo: Hub) -> None:
    made = sent(expo, login="ana", to=["carrier-a/duty", "postal/duty"])
    told = expo.as_("ben").get(f"/bulletins/{made.json['id']}").json
    assert (told["role"], told["title"], told["answer"]) == ("addressee", "注意同类包裹", "waiting")
    assert told["count"]["missing"] == ["carrier-a/duty"]
    assert expo.as_("ben").post(f"/bulletins/{told['id']}/replies", {"answer": "noted"}).status_code == 201


def test_a_correction_ends_what_it_corrects_and_each_desk_finds_its_own(expo: Hub) -> None:
    first = sent(expo)
    old = {login: of(expo, login)["id"] for login in ("dan", "cleo")}
    second = sent(expo, title="更正：注意同类邮件", to=["carrier-a/duty"], corrects=first.json["id"])
    assert second.status_code == 201, second.text
    assert second.json["corrects"] == first.json["id"]
    assert sorted(state for _, _, state in owed(expo, "ben")) == ["open", "superseded", "superseded"]
    his = expo.as_("dan").get(f"/bulletins/{old['dan']}").json
    new = expo.as_("dan").get(f"/bulletins/{his['corrected_by']}").json
    assert (his["ended"], new["title"], new["corrects"]) == ("corrected", "更正：注意同类邮件", old["dan"])
    hers = expo.as_("cleo").get(f"/bulletins/{old['cleo']}").json
    assert (hers["ended"], hers["corrected_by"]) == ("corrected", None)
    assert sent(expo, login="dan", to=["carrier-b/duty"], corrects=old["dan"]).status_code == 403
    assert sent(expo, login="ana", corrects=first.json["id"]).status_code == 404


def test_the_list_goes_on_where_it_stopped(expo: Hub) -> None:
    made = [sent(expo, title=f"第{n}号").json["id"] for n in range(5)]
    found, path = [], "/operations/EXPO/bulletins?limit=2"
    told = expo.as_("ben").get(path).json
    while True:
        found += [one["id"] for one in told["items"]]
        if not told["next"]:
            break
        told = expo.as_("ben").get(f"{path}&cursor={told['next']}").json
    assert sorted(found) == sorted(made)
    assert len(found) == 5


def test_whom_it_goes_to_is_chosen_by_desk_agency_or_party_and_each_is_asked_once(expo: Hub) -> None:
    made = sent(expo, to=["carrier-a/duty"], agencies=["police"], parties=["carrier", "postal"])
    assert [one["desk"] for one in made.json["sheets"]] == ["carrier-a/duty", "carrier-b/duty", "police/duty"]
    bodies: tuple[tuple[dict[str, Any], str], ...] = (
        ({"to": []}, "/to"),
        ({"to": ["postal/duty"]}, "/to"),
        ({"to": ["nobody/duty"]}, "/to"),
        ({"parties": ["nobody"]}, "/parties"),
        ({"agencies": ["nobody"]}, "/agencies"),
        ({"within_minutes": None}, "/deadline"),
        ({"within_minutes": None, "deadline": instant(NIGHT - timedelta(minutes=1))}, "/deadline"),
    )
    for body, pointer in bodies:
        refused = sent(expo, **body)
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer), refused.text
