"""The doors of channels and addresses."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from flask import current_app
from pydantic import Field

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.errors import BadInput, NotAllowed, NotKnown
from incident_hub.kernel.saying import say
from incident_hub.notify import actions, queries
from incident_hub.notify.queries import ways

from .room import room


class ChannelOut(Shape):
    """A channel: what it needs, whether it is set up, since when it is left alone, the key browsers subscribe with."""

    name: str
    carries: bool
    whose: str
    takes: str | None
    set_up: bool
    left_alone_since: datetime | None
    push_key: str | None


class Channels(Shape):
    """All channels, by name."""

    items: list[ChannelOut]
    next: str | None


class AddressIn(Shape):
    """An address of one's own, or with `desk` the common telephone of a desk."""

    channel: Annotated[str, Field(max_length=16)]
    value: Annotated[str, Field(min_length=1, max_length=4000)]
    desk: Annotated[str, Field(max_length=96)] | None = None


class AddressOut(Shape):
    """Where somebody is reached; a browser is shown by the place it asks for its messages alone."""

    id: str
    desk: str | None
    channel: str
    value: str
    added_at: datetime
    verified_at: datetime | None
    bad_since: datetime | None
    bad_why: str | None


class Addresses(Shape):
    """The asker's own addresses and those of the asker's desk."""

    items: list[AddressOut]
    next: str | None


class Named(Shape):
    """What was made, by its id."""

    id: str


class Removed(Shape):
    """Whether there was something to remove."""

    removed: bool


@room.door("GET", "/channels", scope="notices:read", gives=Channels, errors=(401, 403))
def channels(asker: Asker) -> dict[str, Any]:
    """The channels of this Hub, and how they fare."""
    allow(asker, "notice.read")
    return {"items": ways.channels(current_app.config, clock.now()), "next": None}


@room.door("GET", "/addresses", scope="notices:read", gives=Addresses, errors=(401, 403))
def addresses(asker: Asker) -> dict[str, Any]:
    """Where the asker is reached, and the asker's desk."""
    allow(asker, "address.own")
    return {"items": ways.addresses_of(asker.member, asker.desk_id), "next": None}


@room.door(
    "POST", "/addresses", scope="notices:write", takes=AddressIn, gives=Named, status=201,
    errors=(401, 403, 409, 422), plain=True,
)  # fmt: skip
def add_address(asker: Asker, body: AddressIn) -> Answer:
    """Say where one is reached; for a desk, its own leaders say so, and for one where nobody works, any leader."""
    owner = _owner(asker, body.desk)
    with unit_of_work() as at:
        id = actions.add_address(owner, body.channel, body.value, current_app.config, at, by_of(asker))
        return answer({"id": id}, status=201)


@room.door("DELETE", "/addresses/<id>", scope="notices:write", gives=Removed, errors=(401, 403, 404))
def remove_address(asker: Asker, id: str) -> dict[str, bool]:
    """Forget an address of one's own, or of a desk one may answer for."""
    owner = ways.owner_of(id)
    if owner is None:
        raise NotKnown
    member, desk_id = owner
    if member is not None and member != asker.member:
        raise NotKnown
    _owner(asker, queries.desk_code(desk_id) if desk_id is not None else None)
    with unit_of_work() as at:
        actions.remove_address(id, at, by_of(asker))
    return {"removed": True}


def _owner(asker: Asker, desk_code: str | None) -> actions.Owner:
    """Whose address it is to be, if the asker may say so."""
    if desk_code is None:
        allow(asker, "address.own")
        return actions.Owner(member=asker.member)
    allow(asker, "address.desk")
    desk = agencies.desk(desk_code)
    if desk is None:
        words = say("There is no desk {desk}; desks are written agency/desk.", desk=desk_code)
        raise BadInput(words, errors=[{"pointer": "/desk", "detail": words}])
    agency = agencies.agency(desk.agency)
    stranger = agency is None or agency.membership != "contact_only"
    if asker.role != "administrator" and desk.code != asker.desk and stranger:
        raise NotAllowed(
            say("Where {desk} is reached, its own leaders say; yours is {yours}.", desk=desk.code, yours=asker.desk)
        )
    return actions.Owner(desk=desk.id)
