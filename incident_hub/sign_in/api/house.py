"""What an agency asks of those who sign in, and which computers stand at a desk."""

from __future__ import annotations

import secrets
from datetime import datetime

from flask import Response, after_this_request
from pydantic import AwareDatetime, Field

from incident_hub.agencies import queries as directory
from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape
from incident_hub.kernel.errors import NotKnown
from incident_hub.sign_in import actions, queries, sitting
from incident_hub.sign_in.actions.factors import label_of
from incident_hub.sign_in.asking import IDLE_BOUNDS, IDLE_MINUTES, Policy

from .room import Done, person, room


class PolicyIn(Shape):
    """From when on a second factor is asked, who may go on without, and how long a shared desk waits.

    Shape: from `open_from` on it is asked in sessions too that are open already: twelve hours later if left out, at
    once if it has passed, and within seven days.
    """

    second_from: AwareDatetime | None = None
    open_from: AwareDatetime | None = None
    alone: list[str] = Field(default_factory=list[str], max_length=16)
    idle_minutes: int = Field(IDLE_MINUTES, ge=IDLE_BOUNDS[0], le=IDLE_BOUNDS[1])


class PolicyOut(PolicyIn):
    """What an agency asks."""

    agency: str


class DeviceIn(Shape):
    """What the computer is called in the room."""

    label: str = Field(min_length=1, max_length=64)


class DeviceOut(Shape):
    """A computer that stands at the asker's desk; `here` marks the one that asks."""

    id: str
    label: str
    enrolled_at: datetime
    here: bool


class Devices(Shape):
    """The computers of the asker's desk, the oldest first."""

    items: list[DeviceOut]
    next: str | None


@room.door("GET", "/agencies/<agency>/sign-in-policy", scope="directory:read", gives=PolicyOut, errors=(401, 403, 404))
def read_policy(asker: Asker, agency: str) -> dict[str, object]:
    """What an agency asks of those who sign in for it; told to itself and to the agencies above it."""
    return _told(_policy(asker, agency))


@room.door(
    "POST", "/agencies/<agency>/sign-in-policy", scope="directory:write", takes=PolicyIn, gives=PolicyOut,
    errors=(401, 403, 404, 422),
)  # fmt: skip
def set_policy(asker: Asker, body: PolicyIn, agency: str) -> dict[str, object]:
    """Say what an agency asks; its own administrator does, or one of an agency above it."""
    _policy(asker, agency)
    allow(asker, "directory.change")
    policy = Policy(agency, body.second_from, tuple(body.alone), body.idle_minutes, body.open_from)
    with unit_of_work() as at:
        actions.set_policy(policy, at=at, by=by_of(asker))
    return _told(queries.policies([agency])[agency])


@room.door("GET", "/devices", scope="directory:read", gives=Devices, errors=(401, 403))
def read_devices(asker: Asker) -> dict[str, object]:
    """The computers that stand at the asker's desk."""
    return {"items": sitting.standing_at(asker.desk_id), "next": None}


@room.door("POST", "/devices", scope=None, takes=DeviceIn, gives=Done, status=201, errors=(401, 403, 422))
def enrol_device(asker: Asker, body: DeviceIn) -> Answer:
    """Let the computer this is sent from stand at the asker's desk; from then on members sit down there by PIN."""
    allow(person(asker), "device.enrol")
    label, secret = label_of(body.label), secrets.token_urlsafe(32)
    with unit_of_work() as at:
        actions.enrol_device(secret, asker.desk_id, label, at=at, by=by_of(asker))

    @after_this_request
    def _hand_over(response: Response) -> Response:
        sitting.stay(response, secret)
        return response

    return Answer({"done": True}, 201, kept=False)


@room.door("DELETE", "/devices/<id>", scope=None, gives=Done, errors=(401, 403, 404))
def withdraw_device(asker: Asker, id: str) -> dict[str, bool]:
    """Let a computer stand at the asker's desk no longer; whoever sits at it is stood up at once."""
    allow(person(asker), "device.enrol")
    with unit_of_work() as at:
        actions.withdraw_device(id, asker.desk_id, at=at, by=by_of(asker))
    return {"done": True}


def _policy(asker: Asker, agency: str) -> Policy:
    above = [one.code for one in directory.parent_chain(agency)]
    if directory.agency(agency) is None or asker.agency not in (agency, *above):
        raise NotKnown()
    return queries.policies([agency])[agency]


def _told(policy: Policy) -> dict[str, object]:
    return {
        "agency": policy.agency, "second_from": policy.second_from, "alone": list(policy.alone),
        "idle_minutes": policy.idle_minutes, "open_from": policy.open_from,
    }  # fmt: skip
