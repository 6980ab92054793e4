"""Rotations, peaks, holidays, stand-ins and exchanges as verbs: what changed, what was recorded, what was refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import by_of
from incident_hub.agencies.standing import Asker
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel import chains
from incident_hub.kernel.database import HOUSE, unit_of_work
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.roster import actions, queries
from tests.night import NIGHT

from .conftest import MORNING, Watch

DAY = timedelta(days=1)


def recorded(kind: str) -> list[dict[str, Any]]:
    """What the house's record says of one kind."""
    return [entry["data"] for entry in chains.exported(HOUSE) if entry["kind"] == kind]


def as_(watch: Watch, login: str) -> By:
    """Somebody at the police's desk."""
    member = agencies.member_by_login(login)
    assert member is not None
    seat = ("police/duty", watch.desk, "police", "duty_officer", None)
    return by_of(Asker(member.id, login, member.name, *seat, "personal", None, "en"))


def names(watch: Watch, *, days: float = 0) -> list[str]:
    """Who holds the post some days after the first hand-over."""
    members = {one.id: one.login for one in agencies.members()}
    held = queries.schedule_of(watch.desk, "duty_officer")
    return [members[id] for id in queries.rotation.holders(held, MORNING + days * DAY)]


def test_crews_take_a_post_in_turn_from_now_on_and_the_record_says_who(watch: Watch) -> None:
    made = watch.take_turns()
    assert queries.holders_of(watch.desk, "duty_officer", NIGHT) == [watch.member("abe")]
    assert [names(watch, days=day) for day in (0, 1, 2, 3)] == [["ada"], ["ana"], ["abe"], ["ada"]]
    told = recorded("rotation.set")[-1]
    assert (told["post"], told["arrangement"], told["kind"]) == (watch.post, made, "rotation")
    assert told["crews"] == [[watch.member(login)] for login in ("abe", "ada", "ana")]
    assert told["pattern"]["handovers"] == ["08:00"]


def test_a_new_rotation_ends_the_one_before_where_it_begins(watch: Watch) -> None:
    watch.take_turns()
    with unit_of_work() as at:
        actions.set_rotation(watch.post, watch.rotation("ana", since=MORNING + DAY), at, CONSOLE)
    assert [names(watch, days=day) for day in (0, 1, 2)] == [["ada"], ["ana"], ["ana"]]
    assert queries.posts_held(watch.member("abe"), NIGHT) == [watch.post]
    assert queries.posts_held(watch.member("abe"), MORNING + 5 * DAY) == []


def test_what_was_read_before_is_forgotten_within_the_same_unit_of_work_and_after_it_failed(watch: Watch) -> None:
    assert names(watch) == ["ana"]
    with suppress(ZeroDivisionError), unit_of_work() as at:
        actions.set_rotation(watch.post, watch.rotation("abe"), at, CONSOLE)
        assert names(watch) == ["ana", "abe"]
        raise ZeroDivisionError
    assert names(watch) == ["ana"]


def test_a_peak_and_holidays_go_before_the_rotation_and_end_when_they_are_ended(watch: Watch) -> None:
    watch.take_turns()
    with unit_of_work() as at:
        peak = replace(watch.rotation("anna.leader", since=MORNING + DAY), until=MORNING + 2 * DAY)
        made = actions.add_temporary(watch.post, peak, at, CONSOLE)
        actions.set_holidays(watch.post, [date(2026, 9, 5)], watch.rotation("ana"), at, CONSOLE)
    assert [names(watch, days=day) for day in (1, 2, 3, 4)] == [["anna.leader"], ["abe"], ["ana"], ["ana"]]
    with unit_of_work() as at:
        actions.end_rotation(made, at, CONSOLE)
    assert names(watch, days=1) == ["ana"]
    with pytest.raises(Conflict), unit_of_work() as at:
        actions.end_rotation("nothing", at, CONSOLE)


def test_what_cannot_hold_is_refused(watch: Watch) -> None:
    good = watch.rotation("ana")
    for wrong in (
        replace(good, zone="Mars/Base"),
        replace(good, crews=(("nobody",),)),
        replace(good, since=NIGHT - DAY),
    ):
        with pytest.raises(BadInput), unit_of_work() as at:
            actions.set_rotation(watch.post, wrong, at, CONSOLE)
    with pytest.raises(BadInput), unit_of_work() as at:
        actions.add_temporary(watch.post, good, at, CONSOLE)
    with pytest.raises(BadInput), unit_of_work() as at:
        actions.set_holidays(watch.post, [], good, at, CONSOLE)


def test_somebody_stands_in_and_somebody_comes_in_addition(watch: Watch) -> None:
    watch.take_turns()
    leader, ada = watch.member("anna.leader"), watch.member("ada")
    with unit_of_work() as at:
        actions.override(watch.post, leader, ada, MORNING, MORNING + DAY / 2, "ill", at, CONSOLE)
        actions.override(watch.post, watch.member("abe"), None, MORNING, MORNING + DAY, "", at, CONSOLE)
    assert names(watch) == ["anna.leader", "abe"]
    assert names(watch, days=0.75) == ["ada", "abe"]
    assert [one["instead_of"] for one in recorded("override.set")] == [ada, None]
    with pytest.raises(Conflict), unit_of_work() as at:
        actions.override(watch.post, leader, ada, MORNING + DAY, MORNING + 2 * DAY, "", at, CONSOLE)
    with pytest.raises(BadInput), unit_of_work() as at:
        actions.override(watch.post, leader, ada, NIGHT - DAY, MORNING, "", at, CONSOLE)


def test_two_exchange_their_shifts_once_the_other_and_a_leader_agree(watch: Watch) -> None:
    watch.take_turns()
    with unit_of_work() as at:
        made = actions.propose_swap(watch.post, MORNING, watch.member("ana"), MORNING + DAY, at, as_(watch, "ada"))
    swap = queries.swap(made, watch.desk)
    with pytest.raises(NotAllowed), unit_of_work() as at:
        actions.accept_swap(queries.swap(made, watch.desk), at, as_(watch, "ada"))
    with pytest.raises(Conflict), unit_of_work() as at:
        actions.approve_swap(queries.swap(made, watch.desk), at, as_(watch, "anna.leader"))
    with unit_of_work() as at:
        actions.accept_swap(queries.swap(made, watch.desk), at, as_(watch, "ana"))
    assert [names(watch, days=day) for day in (0, 1)] == [["ada"], ["ana"]]
    with pytest.raises(NotAllowed), unit_of_work() as at:
        actions.approve_swap(queries.swap(made, watch.desk), at, as_(watch, "ana"))
    with unit_of_work() as at:
        actions.approve_swap(queries.swap(made, watch.desk), at, as_(watch, "anna.leader"))
    assert [names(watch, days=day) for day in (0, 1)] == [["ana"], ["ada"]]
    assert swap.state == "approved"
    for kind in ("proposed", "accepted", "approved"):
        assert [one["swap"] for one in recorded(f"swap.{kind}")] == [made]


def test_an_exchange_of_a_shift_that_is_anothers_by_now_is_not_approved(watch: Watch) -> None:
    watch.take_turns()
    with unit_of_work() as at:
        made = actions.propose_swap(watch.post, MORNING, watch.member("ana"), MORNING + DAY, at, as_(watch, "ada"))
        actions.accept_swap(queries.swap(made, watch.desk), at, as_(watch, "ana"))
        actions.override(
            watch.post, watch.member("abe"), watch.member("ana"), MORNING + DAY, MORNING + 2 * DAY, "", at, CONSOLE
        )
    with pytest.raises(Conflict), unit_of_work() as at:
        actions.approve_swap(queries.swap(made, watch.desk), at, as_(watch, "anna.leader"))
    with unit_of_work() as at:
        actions.decline_swap(queries.swap(made, watch.desk), False, at, as_(watch, "ada"))
    with pytest.raises(Conflict), unit_of_work() as at:
        actions.propose_swap(watch.post, MORNING + DAY, watch.member("ada"), MORNING, at, as_(watch, "ana"))


def test_gaps_are_found_and_a_post_nobody_ever_holds_is_one_gap(watch: Watch) -> None:
    with unit_of_work() as at:
        actions.relieve(watch.post, watch.member("ana"), at, CONSOLE)
        turns = replace(watch.rotation("abe", "ada"), until=MORNING + 10 * DAY)
        actions.set_rotation(watch.post, turns, at, CONSOLE)
    found = queries.holes(watch.desk, NIGHT, NIGHT + 400 * DAY)
    shown = [(one["post"], one["kind"], one["since"]) for one in found]
    assert ("duty_officer", "gap", MORNING + 10 * DAY) in shown
    assert ("executive", "gap", NIGHT) in shown
    assert not [one for one in shown if one[0] == "duty_leader" or one[1] == "overlap"]
