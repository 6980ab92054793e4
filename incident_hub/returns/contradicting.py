"""What the Hub knows of a unit's day: what speaks against a nought, and what may be offered to be stated. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from incident_hub.plan.frame import Category


@dataclass(frozen=True)
class Place:
    """Where a unit is: one site of an agency, or with None the agency as a whole."""

    agency: str
    site: str | None


@dataclass(frozen=True)
class Day:
    """What a return covers, and up to when it can be judged.

    Units: aware UTC, from `since` up to and without `until`; `as_of` is no later than that.
    """

    since: datetime
    until: datetime
    as_of: datetime


@dataclass(frozen=True)
class Fact:
    """An incident or a hazard at a place, as far as a return can contradict it.

    Shape: `noun` is incident or hazard; `type`, `attention` and `open` are an incident's, `closed_at` and `deadline` a
    hazard's, the latter None once it is put right.
    """

    noun: str
    ref: str
    place: Place
    at: datetime
    type: str = ""
    attention: str | None = None
    open: bool = False
    closed_at: datetime | None = None
    deadline: datetime | None = None


def at_unit(facts: Sequence[Fact], unit: Place, units: Collection[Place]) -> list[Fact] | None:
    """The facts of a unit: those at its site; for an agency as a whole those at no site that is a unit of its own.

    None where several units of an agency are at no site: nobody can say at which of them something was.
    Shape: `units` is where every unit of the agency is, this one among them.
    """
    here = [fact for fact in facts if fact.place.agency == unit.agency]
    if unit.site:
        return [fact for fact in here if fact.place.site == unit.site]
    if [one.site for one in units].count(None) != 1:
        return None
    sites = {one.site for one in units if one.site}
    return [fact for fact in here if fact.place.site not in sites]


def counts_as(fact: Fact, day: Day) -> set[str]:
    """The words of the plan under which a fact counts in a day: its type, and what the Hub counts by itself."""
    within = day.since <= fact.at < day.until
    if fact.noun == "incident":
        return ({fact.type} if within else set[str]()) | (
            {"incidents.open"} if fact.open and fact.at < day.until else set[str]()
        )
    told = {
        "hazards.found": within,
        "hazards.closed": fact.closed_at is not None and day.since <= fact.closed_at < day.until,
        "hazards.overdue": fact.deadline is not None and fact.deadline < day.as_of,
    }
    return {word for word, so in told.items() if so}


def contradicted(
    counts: Mapping[str, object], categories: Sequence[Category], facts: Sequence[Fact], day: Day
) -> dict[str, list[Fact]]:
    """The categories whose nought something at the unit speaks against, each with what does.

    Shape: whoever asks hands over only what the desk that is answered may know.
    """
    found: dict[str, list[Fact]] = {}
    for category in categories:
        if counts.get(category.code) == 0:
            against = [fact for fact in facts if _speaks_against(category, fact, day)]
            if against:
                found[category.code] = against
    return found


def suggested(categories: Sequence[Category], facts: Sequence[Fact], day: Day) -> dict[str, int]:
    """What the Hub counts itself, for the categories that the plan lets it offer; a person states it, or another."""
    words = [counts_as(fact, day) for fact in facts]
    return {
        category.code: sum(1 for one in words if category.suggested_from in one)
        for category in categories
        if category.suggested_from
    }


def _speaks_against(category: Category, fact: Fact, day: Day) -> bool:
    words = counts_as(fact, day)
    if fact.type in words and category.attention and fact.attention not in category.attention:
        words.discard(fact.type)
    return bool(words & set(category.contradicted_by))
