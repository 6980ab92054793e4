"""Who is there for a plan, read from the directory, the bindings of an operation and its roster."""

from __future__ import annotations

from datetime import datetime, timedelta

from incident_hub.agencies import queries as agencies
from incident_hub.notify import queries as notices
from incident_hub.notify.channels import CHANNELS
from incident_hub.operations import queries as operations
from incident_hub.roster import queries as roster
from incident_hub.roster.rotation import gaps, shifts

from . import Manning, Seat

AHEAD = timedelta(days=400)


def manning_of(operation: operations.Operation, at: datetime) -> Manning:
    """Everybody there is in the next 400 days for the parties of an operation's plan."""
    bound = operations.bound(operation.id)
    desks = {code: agencies.duty_desk(code) for codes in bound.values() for code in codes}
    schedules = roster.schedules_of([desk.id for desk in desks.values() if desk])
    vacant: dict[Seat, datetime] = {}
    reached: dict[Seat, list[frozenset[str]]] = {}
    for agency, desk in desks.items():
        for (place, post), schedule in schedules.items():
            if desk is None or place != desk.id:
                continue
            empty = gaps(schedule, at, at + AHEAD)
            if empty:
                vacant[agency, post] = empty[0].since
            crew = dict.fromkeys(member for shift in shifts(schedule, at, at + AHEAD) for member in shift.members)
            reached[agency, post] = [_reached(member, place) for member in crew]
    return Manning(
        bound=bound,
        posts={agency: [post.code for post in agencies.posts_of(desk.id)] for agency, desk in desks.items() if desk},
        unmanned=agencies.unmanned(),
        around=agencies.around(),
        answers=agencies.answered_areas(),
        gaps=vacant,
        reached=reached,
    )


def _reached(member: str, desk: int) -> frozenset[str]:
    """The channels on which somebody has an address that is not known to be wrong; the board itself needs none."""
    found = agencies.member(member)
    if found is None or found.disabled:
        return frozenset()
    ways = [name for name, way in CHANNELS.items() if way.whose != "none"]
    with_address = [name for name in ways if notices.addresses_for(found, desk, name)[0]]
    return frozenset({*with_address, *(name for name in CHANNELS if name not in ways)})
