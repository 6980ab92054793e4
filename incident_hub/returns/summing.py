"""The roll-up of a day: received n of m, who is missing, and totals of what was received alone. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Standing:
    """How one unit's day stands.

    Shape: `state` is due, missing, received, returned or exempt; `assumed` is what nobody stated.
    """

    unit: str
    state: str
    late: bool = False
    assumed: bool = False
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    unknown: Collection[str] = ()


@dataclass(frozen=True)
class Total:
    """One category: the sum, of how many units, and of how many more it is not known."""

    n: int
    of: int
    unknown: int


@dataclass(frozen=True)
class RollUp:
    """A day of one tier. Shape: those let off are not among `owed`; `missing` and `late` name the units."""

    owed: int
    received: int
    exempt: int
    missing: tuple[str, ...]
    late: tuple[str, ...]
    totals: Mapping[str, Total]


def rolled_up(units: Sequence[Standing], categories: Sequence[str]) -> RollUp:
    """What is sent upward. Whoever is missing adds nothing, not even a nought; an unknown is counted apart."""
    owing = [one for one in units if one.state != "exempt"]
    there = [one for one in owing if counts_as_received(one)]
    return RollUp(
        owed=len(owing),
        received=len(there),
        exempt=len(units) - len(owing),
        missing=tuple(one.unit for one in owing if not counts_as_received(one)),
        late=tuple(one.unit for one in there if one.late),
        totals={category: _total(there, category) for category in categories},
    )


def counts_as_received(one: Standing) -> bool:
    """Whether somebody stated it: what is assumed, sent back or not there yet does not count."""
    return one.state == "received" and not one.assumed


def _total(there: Sequence[Standing], category: str) -> Total:
    known = [one.counts[category] for one in there if category in one.counts]
    return Total(sum(known), len(known), sum(1 for one in there if category in one.unknown))
