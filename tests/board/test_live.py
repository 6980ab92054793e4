"""The live line on a real server with real sockets: who is let in, what they hear, and when they are put out."""

from __future__ import annotations

import http.client
import time

import pytest
from socketio.exceptions import ConnectionError as Refused

from incident_hub.agencies import actions as agencies_actions
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import unit_of_work
from tests.board.deeds import Deeds
from tests.board.picture import Picture
from tests.board.served import Served
from tests.board.sockets import ear
from tests.night import Caller

pytestmark = pytest.mark.served

BOARD = "/operations/EXPO/board"
UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def knock(hub: Served, **headers: str) -> int:
    """The status a WebSocket upgrade is answered with."""
    line = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=5)
    line.request("GET", "/socket.io/?EIO=4&transport=websocket", headers={**UPGRADE, **headers})
    try:
        return line.getresponse().status
    finally:
        line.close()


def test_without_credentials_there_is_no_upgrade(hub: Served) -> None:
    assert knock(hub) == 401
    assert knock(hub, Authorization="Bearer ih_nobody_secret") == 401
    assert knock(hub, Cookie="hub_session=made-up") == 401
    assert knock(hub, Authorization=f"Bearer {hub.tokens['ana']}") == 101
    assert knock(hub, Cookie=f"hub_session={hub.session('ana')}", Origin=hub.url) == 101


def test_a_token_enters_at_its_own_desk_and_at_no_other(hub: Served) -> None:
    with ear(hub, "ana", "police/duty") as ana:
        assert ana.watch().keys() == {"head", "reset"}
    for desk in ("carrier-a/duty", "no/such"):
        with pytest.raises(Refused), ear(hub, "ana", desk):
            pass


def test_a_role_that_may_not_read_the_board_is_not_let_in(hub: Served) -> None:
    with pytest.raises(Refused), ear(hub, "adm", "postal/duty"):
        pass


def test_a_small_gap_is_answered_with_its_entries_and_another_with_word_to_start_anew(hub: Served) -> None:
    before = hub.as_("ana").get(BOARD).json["head"]
    ref = hub.as_("dan").open()
    with ear(hub, "ana") as ana:
        answer = ana.watch(after=before)
        assert [one["position"] for one in answer["entries"]] == list(range(before + 1, answer["head"] + 1))
        assert [one["card"]["ref"] for one in answer["entries"] if "card" in one] == [ref]
        assert ana.watch(after=answer["head"]) == {"head": answer["head"], "entries": []}
        for impossible in (answer["head"] + 1, -1, "1", None, 1.5, True, 10**30):
            assert ana.watch(after=impossible).get("reset") is True, impossible


def test_an_operation_that_is_not_yours_is_answered_like_one_that_is_not_there(hub: Served) -> None:
    with hub.beside(), unit_of_work() as at:
        agencies_actions.add_agency("guest", {"zh": "外", "en": "Guest"}, "carrier", at=at, by=CONSOLE)
        agencies_actions.add_desk("guest", "desk", {"zh": "外", "en": "Guest"}, at=at, by=CONSOLE)
        made = agencies_actions.add_member("gert", "Gert", None, at=at, by=CONSOLE)
        agencies_actions.seat(made, "guest/desk", "duty_officer", at=at, by=CONSOLE)
    hub.tokens["gert"] = hub.command("token", "issue", "--member", "gert").strip()
    with ear(hub, "gert") as gert:
        answers = [gert.watch(one) for one in ("EXPO", "NOSUCH", "", None, 7, {"a": []})]
    assert answers[0]["error"]
    assert answers == [answers[0]] * 6


def test_nonsense_is_answered_and_the_line_stays(hub: Served) -> None:
    with ear(hub, "ana") as ana:
        for nonsense in (None, 7, [], "EXPO", [["operation", "EXPO"]]):
            assert "error" in ana.say("watch", nonsense), nonsense
        assert "error" in ana.say("watch")
        assert ana.say("watch", {"operation": "EXPO"}, 1, 2)["reset"]
        assert "head" in ana.watch()


def test_those_with_access_hear_every_entry_in_order_and_others_nothing(hub: Served) -> None:
    with ear(hub, "ana") as ana, ear(hub, "ben") as ben, ear(hub, "dan") as dan, ear(hub, "cleo") as cleo:
        heads = [one.watch()["head"] for one in (ana, ben, dan)]
        silent = cleo.watch()["head"]
        ref = hub.as_("dan").open(site="carrier-a/site-001")
        hub.as_("ana").post(f"/incidents/{ref}/journal", {"text": "已到场"})
        hub.as_("ben").post(f"/incidents/{ref}/status", {"to": "responding"})
        for one, head in zip((ana, ben, dan), heads, strict=True):
            one.wait(lambda one=one: "incident.status_changed" in [v.get("kind") for n, v in one.heard if n == "entry"])
            told = [kind for kind in one.kinds(ref) if not kind.startswith("obligation.")]
            assert told == ["incident.opened", "journal.added", "incident.status_changed"]
            positions = [entry["position"] for entry in one.entries()]
            assert positions == list(range(head + 1, head + 1 + len(positions)))
            assert one.entries(ref)[-1]["card"]["status"] == "responding"
        cards = [
            next(entry for entry in one.entries(ref) if entry["kind"] == "incident.status_changed")["card"]
            for one in (ana, ben, dan)
        ]
        assert cards[0] == cards[1] == cards[2]
        # Cleo hears the next thing that is hers, so all that was not hers would have come before it.
        own = hub.as_("cleo").open("VIOL", site="carrier-b/site-001")
        cleo.wait(lambda: any(name == "entry" for name, _ in cleo.heard))
        assert {one["subject"]["ref"] for one in cleo.entries()} == {own}
        assert cleo.entries()[0]["position"] == silent + 1
        assert ref not in str(cleo.heard)


def test_what_is_for_ones_own_desk_alone_is_heard_there_alone(hub: Served) -> None:
    ref = hub.as_("dan").open()
    with ear(hub, "ana") as ana, ear(hub, "ben") as ben:
        ana.watch()
        ben.watch()
        hub.as_("ana").post(f"/incidents/{ref}/journal", {"text": "内部", "audience": "own"})
        hub.as_("ana").post(f"/incidents/{ref}/journal", {"text": "大家"})
        for one, texts in ((ana, ["内部", "大家"]), (ben, ["大家"])):
            one.wait(lambda one=one: "大家" in str(one.heard))
            assert [entry["data"]["text"] for entry in one.entries(ref) if "text" in entry["data"]] == texts


def test_boards_folded_from_the_live_line_equal_fresh_ones_through_many_verbs(hub: Served) -> None:
    logins = ("ana", "ben", "dan", "cleo")
    with ear(hub, "ana") as ana, ear(hub, "ben") as ben, ear(hub, "dan") as dan, ear(hub, "cleo") as cleo:
        ears = dict(zip(logins, (ana, ben, dan, cleo), strict=True))
        kept = {login: Picture(hub.as_(login).get(BOARD).json) for login in logins}
        for login in logins:
            kept[login].hear_all(ears[login].watch(after=kept[login].head)["entries"])
        deeds = Deeds(hub.as_, 11)
        for _ in range(5):
            for _ in range(12):
                deeds.one()
            for login in logins:
                fresh = hub.as_(login).get(BOARD).json
                if fresh["head"] > kept[login].head:
                    ears[login].wait_for_head(fresh["head"])
                kept[login].hear_all(one for one in ears[login].entries() if one["position"] <= fresh["head"])
                assert (kept[login].head, kept[login].digest) == (fresh["head"], fresh["digest"]), login
                assert kept[login].holes == []


def test_a_desk_that_loses_an_incident_is_told_so_within_two_seconds_and_nothing_after(hub: Served) -> None:
    ref = hub.as_("dan").open()
    with ear(hub, "dan") as dan:
        head = dan.watch()["head"]
        hub.as_("ben").delete(f"/incidents/{ref}/access?desk=carrier-a/duty")
        dan.wait(lambda: any(n == "entry" and v.get("kind") == "incident.withdrawn" for n, v in dan.heard), 2)
        farewell = dan.entries(ref)[-1]
        assert (farewell["kind"], farewell.get("card")) == ("incident.withdrawn", None)
        hub.as_("ben").post(f"/incidents/{ref}/journal", {"text": "不给甲快递"})
        again = dan.watch(after=0)
        positions = {one["position"]: one for one in again["entries"]}
        assert positions[head] == {"operation": "EXPO", "position": head, "withheld": True}
        assert "不给甲快递" not in str(again)


def test_what_another_process_writes_is_pushed_within_a_second_or_so(hub: Served) -> None:
    ref = hub.as_("dan").open()
    with ear(hub, "ana") as ana:
        ana.watch()
        with hub.beside() as app:
            said = Caller(app, hub.tokens["ben"]).post(
                f"/incidents/{ref}/verification", {"state": "verified", "basis": "电话核实"}
            )
        assert said.status_code == 200, said.text
        ana.wait(lambda: any(n == "entry" and v["kind"] == "incident.verified" for n, v in ana.heard), 2)
        assert ana.entries(ref)[-1]["card"]["verification"] == "verified"


def test_a_look_and_a_refusal_are_written_within_a_second(hub: Served) -> None:
    ref = hub.as_("ana").open()
    hub.as_("ana").get(f"/incidents/{ref}")
    assert hub.as_("cleo").get(f"/incidents/{ref}").status_code == 404
    began = time.monotonic()
    found: set[tuple[str, str]] = set()
    while time.monotonic() - began < 5 and len(found) < 2:
        rows = hub.as_("ben").get(f"/incidents/{ref}/looks").json["items"]
        found = {(one["desk"], one["outcome"]) for one in rows if one["desk"] != "postal/duty"}
    assert found == {("police/duty", "looked"), ("carrier-b/duty", "refused")}
    assert time.monotonic() - began < 2
