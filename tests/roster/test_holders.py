"""Who holds a post: appointed, relieved, seen at an instant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import queries as agencies
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.errors import Conflict
from incident_hub.roster import actions, queries
from tests.night import NIGHT, Hub


def post_of(desk: str, code: str) -> int:
    """The number of a post."""
    found = agencies.desk(desk)
    assert found is not None
    post = agencies.post(found.id, code)
    assert post is not None
    return post.id


def member(login: str) -> str:
    """The id of a member."""
    found = agencies.member_by_login(login)
    assert found is not None
    return found.id


def test_a_post_has_the_holders_it_was_given_and_none_before(expo: Hub) -> None:
    post = post_of("police/duty", "duty_officer")
    assert queries.holders(post, expo.clock.at) == [member("ana")]
    assert queries.holders(post, NIGHT - timedelta(seconds=1)) == []


def test_two_may_hold_one_post_and_nobody_holds_it_twice(expo: Hub) -> None:
    post = post_of("police/duty", "duty_officer")
    expo.clock.forward(minutes=1)
    with unit_of_work() as at:
        actions.appoint(post, member("anna.leader"), at, CONSOLE)
    assert queries.holders(post, expo.clock.at) == [member("ana"), member("anna.leader")]
    with pytest.raises(Conflict), unit_of_work() as at:
        actions.appoint(post, member("ana"), at, CONSOLE)


def test_whoever_is_relieved_held_it_until_then(expo: Hub) -> None:
    post = post_of("police/duty", "duty_officer")
    expo.clock.forward(minutes=10)
    with unit_of_work() as at:
        actions.relieve(post, member("ana"), at, CONSOLE)
    assert queries.holders(post, at) == []
    assert queries.holders(post, at - timedelta(seconds=1)) == [member("ana")]
    assert queries.posts_held(member("ana"), at) == []
    with pytest.raises(Conflict), unit_of_work() as at:
        actions.relieve(post, member("ana"), at, CONSOLE)


def test_who_is_on_duty_is_named_without_contacts_and_vacant_posts_are_shown(expo: Hub) -> None:
    desk = agencies.desk("police/duty")
    assert desk is not None
    shown = {one["post"]: one for one in queries.on_duty([desk.id], expo.clock.at)}
    assert shown["duty_officer"]["members"] == [{"id": member("ana"), "name": "Ana"}]
    assert shown["executive"]["members"] == []
    assert "example.org" not in str(shown)


def test_a_disabled_member_is_not_on_duty(expo: Hub) -> None:
    desk = agencies.desk("police/duty")
    assert desk is not None
    with unit_of_work() as at:
        agencies_actions.disable_member(member("ana"), at=at, by=CONSOLE)
    shown = {one["post"]: one["members"] for one in queries.on_duty([desk.id], at)}
    assert shown["duty_officer"] == []
