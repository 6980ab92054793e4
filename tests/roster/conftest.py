"""A police desk with two more officers, whose duty officer's post is taken in turn by three."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import queries as agencies
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import unit_of_work
from incident_hub.roster import actions
from incident_hub.roster.turns import Rotation
from tests.night import NIGHT, Hub

# The first hand-over after the night of the tests: 08:00 in Beijing.
MORNING = NIGHT + timedelta(hours=4, minutes=50)


class Watch:
    """The duty officer's post of the police, and the people who take it."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        with unit_of_work() as at:
            for login in ("abe", "ada"):
                made = agencies_actions.add_member(
                    login, login.title(), None, at=at, by=CONSOLE, language="en", email=f"{login}@example.org"
                )
                agencies_actions.seat(made, "police/duty", "duty_officer", at=at, by=CONSOLE)
        desk = agencies.desk("police/duty")
        assert desk is not None
        self.desk = desk.id
        post = agencies.post(desk.id, "duty_officer")
        assert post is not None
        self.post = post.id

    def member(self, login: str) -> str:
        """The id of somebody."""
        found = agencies.member_by_login(login)
        assert found is not None
        return found.id

    def rotation(self, *logins: str, since: datetime | None = None) -> Rotation:
        """A day each, handed over at 08:00 in Beijing, the first having the day of the tests' night."""
        crews = tuple((self.member(login),) for login in logins)
        return Rotation("Asia/Shanghai", date(2026, 9, 1), crews, (time(8),), since=since)

    def take_turns(self) -> str:
        """Ana is relieved, and Abe, Ada and Ana take the post in turn from now on; Abe has this night."""
        with unit_of_work() as at:
            actions.relieve(self.post, self.member("ana"), at, CONSOLE)
            return actions.set_rotation(self.post, self.rotation("abe", "ada", "ana"), at, CONSOLE)


@pytest.fixture
def watch(expo: Hub) -> Watch:
    """The police's duty desk with Ana, Abe, Ada and their leader."""
    return Watch(expo)
