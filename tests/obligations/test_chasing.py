"""The clock's side of a debt: steps at the plan's instants, what stops them, and what an outage leaves."""

from __future__ import annotations

from datetime import timedelta

from incident_hub.agencies import queries as agencies
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.text import instant
from incident_hub.roster import actions as roster
from tests.night import NIGHT, Hub
from tests.obligations.debts import debt, entries, posts, rungs, taken

SITE = "carrier-a/site-001"
ANA, ANNA = "police/duty:duty_officer", "police/duty:duty_leader"
LINKED = "carrier-a/duty:duty_officer postal/duty:duty_officer state-security/duty:duty_officer"
GOVERNMENT = "government/duty:duty_officer"


def find(expo: Hub, attention: str | None = "A") -> str:
    """A class-A find at 03:10, logged by the carrier."""
    return expo.as_("dan").open(site=SITE, attention=attention)


def sorted_linked(one: tuple[float, int, int, str]) -> tuple[float, int, int, str]:
    """A rung with those it reached in order of their names."""
    return (*one[:3], " ".join(sorted(one[3].split())))


def police(expo: Hub, ref: str) -> str:
    """The id of what the police owe first."""
    return debt(expo, ref, "ACK", "police")["id"]


def test_an_unanswered_find_climbs_at_the_plans_instants(expo: Hub) -> None:
    ref = find(expo)
    expo.tick()
    expo.forward(minutes=25)
    # The executive's post is vacant, so the rung at 10 passes to the government's at once, five minutes early.
    assert [sorted_linked(one) for one in rungs(expo, ref, police(expo, ref))] == [
        (0, 0, 0, ANA), (1, 0, 1, ANA), (2, 0, 2, ANA), (3, 0, 3, ANA), (4, 0, 4, ANA),
        (5, 1, 0, ANNA),
        (10, 2, 0, ""), (10, 3, 0, LINKED),
        (10, 4, 0, GOVERNMENT), (15, 4, 1, GOVERNMENT), (20, 4, 2, GOVERNMENT),
    ]  # fmt: skip
    executive = taken(expo, ref, police(expo, ref))[6]
    assert executive["withheld"] == [{"agency": "police", "desk": "police/duty", "post": "executive", "why": "vacant"}]
    assert executive["passed_on"] == 4


def test_nothing_is_taken_before_its_instant(expo: Hub) -> None:
    ref = find(expo)
    expo.tick()
    expo.forward(seconds=59, step=59)
    assert [minute for minute, *_ in rungs(expo, ref, police(expo, ref))] == [0]
    expo.forward(seconds=1)
    assert [minute for minute, *_ in rungs(expo, ref, police(expo, ref))] == [0, 1]


def test_taken_stops_ones_own_ladder_and_nobody_elses(expo: Hub) -> None:
    ref = find(expo)
    expo.forward(minutes=2)
    assert expo.as_("ana").post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"}).status_code < 300
    postal = debt(expo, ref, "ACK", "postal")["id"]
    before = len(rungs(expo, ref, police(expo, ref))), len(rungs(expo, ref, postal))
    expo.forward(minutes=3)
    after = len(rungs(expo, ref, police(expo, ref))), len(rungs(expo, ref, postal))
    assert after[0] == before[0]
    assert after[1] > before[1]
    assert debt(expo, ref, "ACK", "police")["state"] == "met"
    card = expo.as_("ben").get(f"/incidents/{ref}").json
    assert [one["agency"] for one in card["taken"]] == ["police"]


def test_taken_ends_the_calls_and_the_other_clocks_go_on_reminding(expo: Hub) -> None:
    ref = expo.as_("ana").open("EXP-FIRE", site=SITE)
    called = debt(expo, ref, "ACK", "carrier-a")
    assert called["next_step"]["kind"] == "call"
    assert expo.as_("dan").post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"}).status_code < 300
    answered, law, written = (debt(expo, ref, rule, "carrier-a") for rule in ("ACK", "K2", "K3"))
    assert (answered["state"], answered["next_step"]) == ("met", None)
    assert (law["force"], law["state"], law["next_step"]["kind"]) == ("law", "open", "remind")
    assert (written["force"], written["state"], written["next_step"]["kind"]) == ("plan", "open", "remind")


def test_an_acknowledgement_a_moment_before_the_step_prevents_it(expo: Hub) -> None:
    ref = find(expo)
    expo.clock.forward(minutes=5)
    expo.as_("ana").post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"})
    expo.tick()
    assert rungs(expo, ref, police(expo, ref)) == []


def test_seen_stops_the_repeats_to_that_post_and_the_leader_is_called_all_the_same(expo: Hub) -> None:
    ref = find(expo)
    expo.tick()
    expo.forward(minutes=1)
    assert expo.as_("ana").post(f"/incidents/{ref}/acknowledgement", {"kind": "seen"}).status_code < 300
    expo.forward(minutes=5)
    assert [(at, who) for at, _, _, who in rungs(expo, ref, police(expo, ref))] == [(0, ANA), (1, ANA), (5, ANNA)]
    assert debt(expo, ref, "ACK", "police")["state"] == "missed"


def test_a_deadline_that_passes_is_an_entry_and_moves_the_card(expo: Hub) -> None:
    ref = find(expo)
    expo.forward(minutes=4, seconds=45)
    before = expo.as_("ben").get(f"/incidents/{ref}").json
    assert (before["obligations"]["late"], entries(expo, ref, "obligation.missed")) == (0, [])
    expo.forward(seconds=15)
    missed = entries(expo, ref, "obligation.missed")
    assert {(one["agency"], one["at"]) for one in missed} == {
        (agency, 5) for agency in ("police", "postal", "state-security")
    }
    after = expo.as_("ben").get(f"/incidents/{ref}").json
    assert after["obligations"]["late"] == 3
    assert after["version"] > before["version"]


def test_after_an_outage_every_step_is_recorded_once_and_only_the_highest_is_sent(expo: Hub) -> None:
    ref = find(expo)
    expo.tick()
    expo.clock.forward(minutes=8)
    expo.restart()
    expo.tick()
    expo.tick()
    steps = taken(expo, ref, police(expo, ref))
    assert [(one["at"], one["step"], one["occurrence"]) for one in steps] == [
        (0, 0, 0), (8, 0, 1), (8, 0, 2), (8, 0, 3), (8, 0, 4), (8, 1, 0)
    ]  # fmt: skip
    assert [one["withheld"] for one in steps[1:5]] == [[{"why": "outage"}]] * 4
    assert all(one["targets"] == [] for one in steps[1:5])
    assert (posts(steps[5]), steps[5]["late_s"]) == (ANNA, 180)
    expo.forward(minutes=2)
    assert rungs(expo, ref, police(expo, ref))[6][:2] == (10, 2)


def test_who_may_not_know_is_not_called_and_the_record_says_so(expo: Hub) -> None:
    expo.clock.forward(minutes=360)  # In the night the everyday row keeps quiet.
    ref = find(expo, attention=None)
    expo.forward(minutes=31)
    last = taken(expo, ref, police(expo, ref))[-1]
    assert (last["step"], last["targets"]) == (4, [])
    assert last["withheld"][0] == {
        "agency": "government", "desk": "government/duty", "post": "duty_officer", "why": "not_cleared"
    }  # fmt: skip
    assert expo.as_("gus").get(f"/incidents/{ref}").status_code == 404


def test_a_step_that_discloses_lets_the_desk_know_in_the_same_entry(expo: Hub) -> None:
    ref = find(expo)
    expo.forward(minutes=4, seconds=45)
    assert expo.as_("gus").get(f"/incidents/{ref}").status_code == 404
    # State security has filled no other post than its duty officer's: at 5 its ladder passes to the government's.
    expo.forward(seconds=15)
    shown = expo.as_("gus").get(f"/incidents/{ref}").json
    assert [one["role"] for one in shown["access"] if one["desk"] == "government/duty"] == ["informed"]
    fed = [one for one in expo.as_("gus").get("/operations/EXPO/feed").json["items"] if one["subject"]["ref"] == ref]
    assert fed[0]["kind"] == "obligation.step_taken"
    assert any("government/duty" in one["data"].get("disclosed", []) for one in fed)


def test_a_post_without_a_holder_passes_its_call_on_at_once_and_only_once(expo: Hub) -> None:
    with unit_of_work() as at:
        desk, ana = agencies.desk("police/duty"), agencies.member_by_login("ana")
        assert desk is not None
        assert ana is not None
        post = agencies.post(desk.id, "duty_officer")
        assert post is not None
        roster.relieve(post.id, ana.id, at, CONSOLE)
    ref = find(expo)
    expo.tick()
    assert rungs(expo, ref, police(expo, ref)) == [(0, 0, 0, ""), (0, 1, 0, ANNA)]
    expo.forward(minutes=9)
    assert len(rungs(expo, ref, police(expo, ref))) == 2


def test_what_was_due_before_it_was_entered_starts_its_ladder_then_and_reads_entered_late(expo: Hub) -> None:
    known = instant(NIGHT - timedelta(minutes=20))
    ref = expo.as_("dan").open(site=SITE, attention="A", known_at=known)
    mine = debt(expo, ref, "K1", "carrier-a")
    assert (mine["entered_late"], mine["due_at"]) == (True, NIGHT - timedelta(minutes=5))
    expo.tick()
    expo.forward(minutes=15)
    assert [at for at, *_ in rungs(expo, ref, mine["id"])] == [10, 15]
    (missed,) = [one for one in entries(expo, ref, "obligation.missed") if one["obligation"] == mine["id"]]
    assert (missed["at"], missed["entered_late"]) == (0, True)
    assert "late_s" not in missed
    assert debt(expo, ref, "ACK", "police")["starts_at"] == NIGHT


def test_what_fell_due_while_it_was_not_entered_is_not_called_an_outage(expo: Hub) -> None:
    known = instant(NIGHT - timedelta(minutes=12))
    ref = expo.as_("dan").open(site=SITE, attention="A", known_at=known)
    mine = debt(expo, ref, "K1", "carrier-a")
    expo.tick()
    (reminder,) = taken(expo, ref, mine["id"])
    assert (reminder["was_due"], reminder["withheld"]) == (instant(NIGHT - timedelta(minutes=2)), [])
    assert "late_s" not in reminder
