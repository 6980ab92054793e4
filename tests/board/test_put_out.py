"""Whoever may no longer listen is told so and cut off within two seconds, and does not get in again (rulings 22)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from socketio.exceptions import ConnectionError as Refused

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import askers
from incident_hub.agencies import queries as agencies
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import unit_of_work
from tests.board.served import Served
from tests.board.sockets import Ear

pytestmark = pytest.mark.served

Ending = Callable[[Served, str], tuple[dict[str, str], Callable[[], Any]]]


def member_of(login: str) -> str:
    """A member's id."""
    found = agencies.member_by_login(login)
    assert found is not None
    return found.id


def end_session(hub: Served, login: str) -> tuple[dict[str, str], Callable[[], Any]]:
    cookie = hub.session(login)

    def end() -> None:
        with hub.beside(), unit_of_work() as at:
            agencies_actions.end_session(askers.session_id(cookie), at=at, by=CONSOLE)

    return {"Cookie": f"hub_session={cookie}"}, end


def disable(hub: Served, login: str) -> tuple[dict[str, str], Callable[[], Any]]:
    def end() -> None:
        with hub.beside(), unit_of_work() as at:
            agencies_actions.disable_member(member_of(login), at=at, by=CONSOLE)

    return {"Authorization": f"Bearer {hub.tokens[login]}"}, end


def revoke_token(hub: Served, login: str) -> tuple[dict[str, str], Callable[[], Any]]:
    token = hub.tokens[login]

    def end() -> None:
        with hub.beside(), unit_of_work() as at:
            agencies_actions.revoke_token(askers.token_id(token), at=at, by=CONSOLE)

    return {"Authorization": f"Bearer {token}"}, end


def unseat(hub: Served, login: str) -> tuple[dict[str, str], Callable[[], Any]]:
    def end() -> None:
        with hub.beside(), unit_of_work() as at:
            agencies_actions.unseat(member_of(login), "police/duty", at=at, by=CONSOLE)

    return {"Authorization": f"Bearer {hub.tokens[login]}"}, end


@pytest.mark.parametrize(
    ("login", "ending"), [("ana", end_session), ("sid", disable), ("gus", revoke_token), ("anna.leader", unseat)]
)
def test_whoever_is_put_out_is_told_and_cut_off_within_two_seconds(hub: Served, login: str, ending: Ending) -> None:
    headers, end = ending(hub, login)
    listener = Ear(hub.url, headers)
    try:
        listener.watch()
        end()
        took = listener.wait(lambda: listener.gone and ("revoked" in dict(listener.heard)), 2)
        assert took < 2
        with pytest.raises(Refused):
            Ear(hub.url, headers)
    finally:
        listener.close()


def test_a_token_that_may_not_read_incidents_opens_no_socket(hub: Served) -> None:
    with hub.beside(), unit_of_work() as at:
        member, until = member_of("ben"), at + timedelta(days=1)
        desk = agencies.seats_of(member)[0][0].id
        scopes = ["roster:read"]
        narrow = agencies_actions.issue_token(member, desk, scopes, label="narrow", expires_at=until, at=at, by=CONSOLE)
    with pytest.raises(Refused):
        Ear(hub.url, {"Authorization": f"Bearer {narrow}"})
    Ear(hub.url, {"Authorization": f"Bearer {hub.tokens['ben']}"}).close()
