"""The review of an operation as one desk may know it: its own feed, read once, and the incidents of its circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.anchors import queries as anchors
from incident_hub.kernel import feeds
from incident_hub.operations import queries as operations
from incident_hub.reviews import figures, knowing, timeline
from incident_hub.reviews.words import HOUSE, moment, pick

from . import gathering


def review(
    operation: operations.Operation, desk: str, desk_id: int, at: datetime, lang: str, newest: int | None = None
) -> dict[str, Any]:
    """The after-action report of an operation for one desk, newest incident first.

    Shape: `newest` limits whole timelines to that many incidents, the figures still count all; `detail` says so.
    """
    head, sealed = feeds.sealed_head(operation.id, desk_id)
    entries = gathering.shown(operation.id, desk_id, head)
    cards = gathering.cards(operation, desk_id)
    clocks, others = gathering.clocks(operation, desk_id, lang)
    tongue = timeline.Tongue(lang, operation.zone, _names(operation, cards, lang))
    known_at = gathering.stated(operation.id, [card["ref"] for card in cards])
    told: list[dict[str, Any]] = []
    for place, card in enumerate(cards):
        if place % 50 == 0:
            gathering.give_way()
        own = gathering.readable(operation, card, entries.get(card["ref"], []), desk, desk_id)
        whole = newest is None or place < newest
        told.append(_incident(card, own, clocks.get(card["ref"], []), known_at.get(card["ref"], {}), tongue, whole))
    instants = [moment(one["at"]) for found in entries.values() for one in found]
    instants += [one["occurred_at"] for one in told]
    shown = [one for one in instants if one is not None]
    return {
        "operation": _head(operation, lang),
        "from": min(shown, default=at),
        "to": max(shown, default=at),
        "generated_at": at,
        "as_desk": desk,
        "lang": lang,
        "detail": {"timelines": len(told) if newest is None else min(newest, len(told)), "incidents": len(told)},
        "course": timeline.lines(entries.get("", []), others, tongue),
        "incidents": told,
        "figures": figures.figures(told, others),
        "names": dict(tongue.names),
        "integrity": _integrity(operation, head, sealed),
    }


def _integrity(operation: operations.Operation, head: int, sealed: str) -> dict[str, Any]:
    shown = {"feed_position": head, "feed_hash": sealed or None, "plan": operation.plan_version}
    return shown | {"record_mark": anchors.newest_mark(operation.id)}


def _incident(
    card: Mapping[str, Any],
    entries: Sequence[dict[str, Any]],
    clocks: list[dict[str, Any]],
    stated: Mapping[str, Any],
    tongue: timeline.Tongue,
    whole: bool,
) -> dict[str, Any]:
    knew = knowing.who_knew(entries, card["access"])
    titles = {clock["rule"]: clock["title"] for clock in clocks}
    return {
        "ref": card["ref"],
        "title": card["title"],
        "type": card["type"],
        "type_title": tongue.name(card["type"]),
        "grade": card["grade"],
        "attention": card["attention"],
        "status": card["status"],
        "verification": card["verification"],
        "lead": card["lead"],
        "tlp": card["tlp"],
        "opened_at": moment(card["created_at"]),
        "occurred_at": moment(card["occurred_at"]),
        "occurred_about": card["occurred_about"],
        "figures": card["figures"],
        "clocks": sorted(clocks, key=lambda clock: (clock["due_at"], clock["rule"])),
        "acknowledgements": knowing.acknowledgements(entries, knowing.came_to_know(knew, stated), titles),
        "who_knew": knew,
        "timeline": timeline.lines(entries, clocks, tongue) if whole else [],
        "timeline_left_out": not whole,
    }


def _names(operation: operations.Operation, cards: Sequence[Mapping[str, Any]], lang: str) -> dict[str, str]:
    """What agencies, their desks and the types are called; titles of rules come with their clocks."""
    spoken = {one.code: _said(one.title, lang) for one in agencies.agencies()}
    names = {code: title for code, title in spoken.items() if title}
    for desk in agencies.all_desks():
        agency = names.get(desk.agency, desk.agency)
        names[desk.code] = f"{agency} {_said(desk.title, lang)}".strip()
    _, plan = operations.plan_in_force(operation.id)
    names |= {one.code: one.title.of(lang) for one in plan.types.values()}
    names |= {code: pick(both, lang) for code, both in HOUSE.items()}
    taking_part = {"house", *operations.participants(operation.id)}
    needed = taking_part | {card["type"] for card in cards} | {card["lead"] for card in cards}
    return {code: name for code, name in names.items() if code in needed or code.partition("/")[0] in taking_part}


def _head(operation: operations.Operation, lang: str) -> dict[str, Any]:
    return {
        "code": operation.code,
        "title": _said(operation.title, lang),
        "zone": operation.zone,
        "exercise": operation.exercise,
        "phase": operation.phase,
        "plan": operation.plan_version,
    }


def _said(title: Mapping[str, str], lang: str) -> str:
    return title.get(lang) or title.get("en") or next(iter(title.values()), "")
