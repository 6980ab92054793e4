"""Whom a rung reaches: party, desk, post, holders, cut to those who may know (product, spine 3). Pure.

The engine asks the database, the simulation asks its scenario; both through a `World`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .chase import Chased
from .ladder import Rung

Place = tuple[str, str, str]


class World(Protocol):
    """Who is who at this instant, for the subject of one debt."""

    def places(self, party: str) -> Sequence[Place]:
        """Who plays a party: (agency, desk, why). `linked` are the desks that share it as lead or support, `access`
        all that the last call may reach.
        """
        ...

    def is_desk(self, desk: str) -> bool:
        """Whether there is such a desk."""
        ...

    def may_know(self, desk: str) -> bool:
        """Whether the desk may know of the subject."""
        ...

    def may_widen(self) -> bool:
        """Whether a step that discloses may let a further desk know; never under TLP:RED (rulings 8)."""
        ...

    def posts(self, desk: str) -> Sequence[str]:
        """The posts of a desk."""
        ...

    def holders(self, desk: str, post: str) -> Sequence[str]:
        """The members who hold a post of a desk and can be called at all."""
        ...


@dataclass
class Reached:
    """Whom a rung reaches, and whom it does not and why.

    Shape: `targets` and `withheld` as the entry states them; `people` maps each member to the desk they are called at,
    once; `disclosed` are desks that learn of the subject by this very rung.
    """

    targets: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    withheld: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    people: dict[str, str] = field(default_factory=dict[str, str])
    disclosed: list[str] = field(default_factory=list[str])

    @property
    def answered(self) -> bool:
        """Whether a post was left in peace because it has seen it."""
        return any(one["why"] == "seen" for one in self.withheld)


def reach(debt: Chased, rung: Rung, world: World) -> Reached:
    """Resolve the targets of a rung as things stand.

    A rung that discloses lets the desk know in the same transaction; any other leaves it out and says so.
    """
    found = Reached()
    named: set[tuple[str, str]] = set()
    for post, party in rung.to:
        for agency, desk, _ in _places(debt, party, world):
            for one in world.posts(desk) if rung.exhausts else (post,):
                if (desk, one) in named:
                    continue
                named.add((desk, one))
                _try(found, debt, rung, world, {"agency": agency, "desk": desk, "post": one})
    return found


def by_some_channel(faults: Mapping[str, Mapping[str, str | None]]) -> list[str]:
    """Whom at least one channel can carry something to. Shape: {member: {channel: None, or why not}}."""
    return [member for member, channels in faults.items() if None in channels.values()]


def _places(debt: Chased, party: str, world: World) -> Sequence[Place]:
    return [(debt.agency, debt.desk, "owes it")] if party == "own" else world.places(party)


def _try(found: Reached, debt: Chased, rung: Rung, world: World, told: dict[str, Any]) -> None:
    desk, post = told["desk"], told["post"]
    why = _why_not(debt, rung, world, desk, post, found.disclosed)
    if why == "not_cleared" and rung.discloses and world.may_widen():
        found.disclosed.append(desk)
        why = None
    if why:
        found.withheld.append(told | {"why": why})
        return
    holders = world.holders(desk, post)
    if not holders:
        found.withheld.append(told | {"why": "vacant"})
        return
    found.targets.append(told | {"members": list(holders)})
    for member in holders:
        found.people.setdefault(member, desk)


def _why_not(debt: Chased, rung: Rung, world: World, desk: str, post: str, disclosed: Sequence[str]) -> str | None:
    if not world.is_desk(desk):
        return "no_desk"
    if rung.occurrence > 0 and f"{desk}:{post}" in debt.seen_by:
        return "seen"
    return None if desk in disclosed or world.may_know(desk) else "not_cleared"
