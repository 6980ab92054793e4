"""The roll-up of a day: received n of m, who is missing, and totals of what was received alone. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .cells import RECEIVED, cell, count


@dataclass(frozen=True)
class Standing:
    """How one unit's day stands.

    Shape: `state` is due, missing, received, returned or exempt; `filing` is the version that counts, `counts` and
    `unknown` are its own.
    """

    unit: str
    state: str
    late: bool = False
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    unknown: Collection[str] = ()
    filing: str | None = None

    @property
    def word(self) -> str:
        """The word of its cell, as far as a roll-up tells one from another."""
        return cell(self.state, late=self.late, nothing=None, incomplete=bool(self.unknown))


@dataclass(frozen=True)
class Total:
    """One category: the sum, of how many units, and of how many more it is not known."""

    n: int
    of: int
    unknown: int


@dataclass(frozen=True)
class RollUp:
    """A day of one tier.

    Shape: those let off are not among `owed`; `missing`, `late` and `returned` name the units, and what was sent back
    is missing as well.
    """

    owed: int
    received: int
    exempt: int
    missing: tuple[str, ...]
    late: tuple[str, ...]
    returned: tuple[str, ...]
    totals: Mapping[str, Total]


@dataclass(frozen=True)
class Since:
    """What came after an earlier roll-up of the same day, by unit: new, stated anew, and no longer there."""

    came: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def rolled_up(units: Sequence[Standing], categories: Sequence[str]) -> RollUp:
    """What is sent upward. Whoever is missing adds nothing, not even a nought; an unknown is counted apart."""
    counted = count(Counter(one.word for one in units))
    owing = [one for one in units if one.state != "exempt"]
    there = [one for one in owing if one.word in RECEIVED]
    return RollUp(
        owed=counted.owed,
        received=counted.received,
        exempt=counted.exempt,
        missing=tuple(one.unit for one in owing if one.word not in RECEIVED),
        late=tuple(one.unit for one in there if one.late),
        returned=tuple(one.unit for one in owing if one.state == "returned"),
        totals={category: _total(there, category) for category in categories},
    )


def merged(sent: Iterable[Iterable[Standing]]) -> list[Standing]:
    """The units of several roll-ups, each once, by code: what the later one says of a unit stands."""
    units = {one.unit: one for each in sent for one in each}
    return [units[code] for code in sorted(units)]


def came_since(before: Mapping[str, str | None], now: Mapping[str, str | None]) -> Since:
    """What an amendment adds to the roll-up it amends. Shape: the filing that counts, by unit; None without one."""
    there = {code for code, filing in now.items() if filing}
    earlier = {code for code, filing in before.items() if filing}
    return Since(
        came=tuple(sorted(there - earlier)),
        changed=tuple(sorted(code for code in there & earlier if now[code] != before[code])),
        gone=tuple(sorted(earlier - there)),
    )


def _total(there: Sequence[Standing], category: str) -> Total:
    known = [one.counts[category] for one in there if category in one.counts]
    return Total(sum(known), len(known), sum(1 for one in there if category in one.unknown))
