"""What a child plan takes away from the grades, parties, types and authority it rests on. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from incident_hub.plan.contingency import IncidentType, Party, Plan
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.vocabulary import TLPS

_SAME = "it is the parent's to say; drop it here"


def loosened(parent: Plan, child: Plan) -> Iterator[Judgement]:
    """Whatever stands less firm than in the parent."""
    if child.zone != parent.zone:
        yield ("plan", "zone"), "loosens-zone", f"its hours are in {child.zone}, the parent's in {parent.zone}", _SAME
    for key in ("countersign", "extend", "waive", "direct_lead"):
        before, now = getattr(parent.authority, key), getattr(child.authority, key)
        if before != now:
            yield ("authority", key), "loosens-authority", f"{key} was {before} and is now {now}", _SAME
    yield from _grades(parent, child)
    for number, party in enumerate(child.parties.values()):
        before = parent.parties.get(party.code)
        for key, message in _party(before, party) if before else ():
            hint = "keep what the parent says of it, or give the party a code of its own"
            yield ("party", number, key), "loosens-party", f"party {party.code}: {message}", hint
    for number, kind in enumerate(child.types.values()):
        before = parent.types.get(kind.code)
        for key, message in _type(before, kind) if before else ():
            hint = "keep what the parent says of it, or give the type a code of its own"
            yield ("type", number, key), "loosens-type", f"type {kind.code}: {message}", hint


def _grades(parent: Plan, child: Plan) -> Iterator[Judgement]:
    now = {grade.code: grade.criteria for grade in child.grades}
    for grade in parent.grades:
        if grade.code not in now:
            yield ("levels",), "loosens-grades", f"grade {grade.code} is gone", _SAME
            continue
        for figure in _higher(grade.criteria, now[grade.code]):
            message = f"grade {grade.code} is reached later by {figure}"
            yield ("levels",), "loosens-grades", message, "a child may lower a number, never raise it"


def _higher(before: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    return [figure for figure, number in before.items() if now.get(figure, float("inf")) > number]


def _party(before: Party, now: Party) -> Iterator[tuple[str, str]]:
    missing = [post for post in before.posts if post not in now.posts]
    if missing:
        yield "posts", f"no longer mans {', '.join(missing)}"
    if before.by != now.by:
        yield "by", f"was found by {before.by}, and now by {now.by}"
    if set(now.kinds) != set(before.kinds):
        yield "kinds", "other kinds of agency may play it"


def _type(before: IncidentType, now: IncidentType) -> Iterator[tuple[str, str]]:
    for key in ("category", "lead"):
        if getattr(before, key) != getattr(now, key):
            yield key, f"its {key} was {getattr(before, key)} and is now {getattr(now, key)}"
    if before.life_safety and not now.life_safety:
        yield "life_safety", "is no longer a matter of life safety"
    if TLPS.index(now.tlp) > TLPS.index(before.tlp):
        yield "tlp", f"may be told further: {before.tlp} became {now.tlp}"
    for key in ("support", "informed"):
        missing = [party for party in getattr(before, key) if party not in getattr(now, key)]
        if missing:
            yield key, f"{', '.join(missing)} no longer learns of it from the start"
    missing = [line.en for line in before.checklist if line not in now.checklist]
    if missing:
        yield "checklist", f"its check-list lacks: {missing[0]}"
    for grade, criteria in before.criteria.items():
        for figure in _higher(criteria, now.criteria.get(grade, {})):
            yield "criteria", f"grade {grade} is reached later by {figure}"
