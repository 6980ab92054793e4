"""What the doors of the roster have in common: which desk is meant, which post, and who of its people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock, doors
from incident_hub.kernel.doors import Shape
from incident_hub.kernel.errors import BadInput, NotKnown
from incident_hub.kernel.saying import say
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation

room = doors.Room("roster")

AHEAD = timedelta(days=400)
Member = Annotated[str, Field(min_length=1, max_length=64, description="A member's id or login.")]


class Person(BaseModel):
    """Somebody, without contacts."""

    id: str
    name: str


class Made(Shape):
    """What was made, or is meant, by its id."""

    id: str


class Span(Shape):
    """Which desk, which post, from when to when; one's own desk, from now on, if left out."""

    desk: str | None = None
    post: str | None = None
    since: Annotated[AwareDatetime | None, Field(alias="from")] = None
    until: Annotated[AwareDatetime | None, Field(alias="to")] = None

    def within(self, days: int) -> tuple[datetime, datetime]:
        """The span that is asked for; so many days from its beginning when no end is given.

        Raises: BadInput for one that is longer than 400 days, or none.
        """
        since = self.since or clock.now()
        until = self.until or since + timedelta(days=days)
        if not since < until <= since + AHEAD:
            raise BadInput("Ask for a span that ends after it begins, and for 400 days at most.")
        return since, until


def the_desk(op: str, asker: Asker, code: str | None) -> tuple[Operation, agencies.Desk]:
    """The operation, and the desk in it that is meant: who is on duty is known to all that take part (rulings 2).

    Raises: NotKnown for a desk that takes no part.
    """
    operation = operations.for_desk(op, asker.desk_id)
    desk = agencies.desk(code or asker.desk)
    if desk is None or (desk.id != asker.desk_id and desk.agency not in operations.participants(operation.id)):
        raise NotKnown
    return operation, desk


def the_post(desk_id: int, code: str) -> agencies.Post:
    """A post of a desk.

    Raises: BadInput when there is none.
    """
    found = agencies.post(desk_id, code)
    if found is None:
        raise BadInput(
            say("This desk has no post {code}.", code=code), errors=[{"pointer": "/post", "detail": "no such post"}]
        )
    return found


def the_member(desk_id: int, named: str) -> str:
    """Somebody who sits at this desk, by id or login.

    Raises: BadInput for anybody else.
    """
    for member, _, _ in agencies.seats_at(desk_id):
        if named in (member.id, member.login):
            return member.id
    raise BadInput(say("Nobody called {named} sits at this desk; seat them there first.", named=named))
