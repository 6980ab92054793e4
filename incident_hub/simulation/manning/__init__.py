"""Whether a plan can be kept by those who are there: its parties, posts and steps against a roster. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from incident_hub.plan.check.unused import concerns
from incident_hub.plan.contingency import IncidentType, Ladder, Owed, Plan, Step
from incident_hub.plan.faults import Fault
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.positions import Positions

# An agency's duty desk and one of its posts.
Seat = tuple[str, str]


@dataclass(frozen=True)
class Manning:
    """Who is there, as far as a plan asks for it.

    Shape: `bound` are the agencies of each party; `posts` those of each agency's duty desk; `unmanned` the agencies at
    which nobody works on a screen, and why; `around` gives the area that an area lies in, `answers` the areas an agency
    answers for; `gaps` the first instant at which nobody holds a post, within the days looked ahead; `reached` the
    channels each holder has an address on, one set a person.
    """

    bound: Mapping[str, Sequence[str]]
    posts: Mapping[str, Sequence[str]]
    unmanned: Mapping[str, str] = field(default_factory=dict[str, str])
    around: Mapping[str, str | None] = field(default_factory=dict[str, "str | None"])
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    gaps: Mapping[Seat, datetime] = field(default_factory=dict[Seat, datetime])
    reached: Mapping[Seat, Sequence[frozenset[str]]] = field(default_factory=dict[Seat, Sequence[frozenset[str]]])


def judge(plan: Plan, positions: Positions, manning: Manning) -> list[Fault]:
    """Everything the plan counts on and nobody is there for, in the order of its file."""
    found = (*_parties(plan, manning), *_steps(plan, manning))
    return sorted({Fault(*positions.value(path), rule, message, hint) for path, rule, message, hint in found})


def _parties(plan: Plan, manning: Manning) -> Iterator[Judgement]:
    for number, party in enumerate(plan.parties.values()):
        bound = manning.bound.get(party.code, ())
        if not bound and party.by != "lead":
            message = f"no agency of the operation plays {party.code}"
            yield ("party", number, "code"), "party-unbound", message, "bind one to it"
        if party.by == "area":
            for message, rule, hint in _areas(party.code, bound, manning):
                yield ("party", number, "by"), rule, message, hint
        for place, post in enumerate(party.posts):
            for agency in (one for one in bound if one not in manning.unmanned):
                where = ("party", number, "posts", place)
                if post not in manning.posts.get(agency, ()):
                    message = f"{agency}/duty has no post {post}"
                    yield where, "post-missing", message, f"add it, or bind another agency to {party.code}"
                elif since := manning.gaps.get((agency, post)):
                    message = f"nobody holds {post} at {agency}/duty from {since:%Y-%m-%d %H:%M} UTC on"
                    yield where, "post-unheld", message, "appoint somebody, or mend the rotation"


def _areas(party: str, bound: Sequence[str], manning: Manning) -> Iterator[tuple[str, str, str]]:
    """Areas that nobody of a party answers for, not even around them, and those that two do."""
    for area in manning.around:
        walked: list[str] = []
        here: str | None = area
        while here is not None and here not in walked:
            walked.append(here)
            here = manning.around.get(here)
        levels = [[agency for agency in bound if one in manning.answers.get(agency, ())] for one in walked]
        found = next((level for level in levels if level), [])
        if not found:
            yield f"nobody who plays {party} answers for {area}", "area-unplayed", "give the area to one of them"
        elif len(found) > 1 and levels[0]:
            message = f"{' and '.join(found)} both play {party} and answer for {area}"
            yield message, "area-contested", "give the area to one of them"


def _steps(plan: Plan, manning: Manning) -> Iterator[Judgement]:
    for number, ladder in enumerate(plan.ladders.values()):
        for place, step in enumerate(ladder.steps):
            silent = sorted({where for owed in step.to for where in _silent(plan, ladder, step, owed, manning)})
            if silent:
                message = f"step {place + 1} of {ladder.code} cannot reach everybody who holds {', '.join(silent)}"
                hint = f"give them an address for {' or '.join(step.channels)}, or add a channel they have"
                yield ("ladder", number, "step", place, "channels"), "step-unreachable", message, hint


def _silent(plan: Plan, ladder: Ladder, step: Step, owed: Owed, manning: Manning) -> Iterator[str]:
    """The posts among the targets of a step that somebody holds whom none of its channels reaches."""
    for party in _played(plan, ladder, owed.party):
        for agency in manning.bound.get(party, ()):
            people = manning.reached.get((agency, owed.post), ())
            if agency not in manning.unmanned and any(not channels & set(step.channels) for channels in people):
                yield f"{owed.post} at {agency}/duty"


def _played(plan: Plan, ladder: Ladder, word: str) -> set[str]:
    """The parties a word of a step may turn out to be."""
    chased = [rule for rule in plan.rules if ladder.code in rule.ladder.values()]
    kinds = [kind for kind in plan.types.values() if any(concerns(rule, kind) for rule in chased)]
    if word == "own":
        return {party for rule in chased for party in _found(plan, rule.owed_by.party, kinds)}
    return _found(plan, word, kinds)


def _found(plan: Plan, word: str, kinds: Sequence[IncidentType]) -> set[str]:
    if word == "site_owner":
        return {code for code, party in plan.parties.items() if party.by == "site_owner"}
    if word == "lead":
        return {kind.lead for kind in kinds}
    if word in ("access", "linked", "actor", "addressed"):
        return {party for kind in kinds for party in (kind.lead, *kind.support)}
    return {word}
