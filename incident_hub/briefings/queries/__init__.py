"""The briefing of an operation for one desk, what of it was issued, and what is to be issued now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.anchors import queries as anchors
from incident_hub.briefings.models import ISSUED
from incident_hub.briefings.outward import RED, printable
from incident_hub.briefings.period import DAY, Due, Period, due
from incident_hub.briefings.reading import Block, Reader
from incident_hub.incidents.counting import queries as counting
from incident_hub.incidents.lifecycle import TLP
from incident_hub.kernel import feeds
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.text import canonical, read_instant, sha256
from incident_hub.operations import queries as operations
from incident_hub.operations.zones import zone_title
from incident_hub.plan.contingency import Plan
from incident_hub.plan.recurrence import hours

from .asked import Asked
from .sections import SECTIONS


def briefing(operation: operations.Operation, desk: str, desk_id: int, period: Period) -> dict[str, Any]:
    """The situation as one desk may know it; the same record and the same cut-off are the same bytes.

    Shape: `sections` are those that tell this desk anything, each by its code; `tlp` is the strictest of what is named.
    """
    asked = Asked(operation, desk, desk_id, period)
    found = [(one.CODE, one.told(asked)) for one in SECTIONS]
    told: dict[str, Any] = {
        "operation": operation.code, "exercise": operation.exercise, "desk": desk, "zone": operation.zone,
        "at": period.at, "from": period.since, "to": period.until, "tlp": _strictest(asked),
        "sections": {code: body for code, body in found if body is not None},
    }  # fmt: skip
    return told | {"sha256": sha256(canonical(told))}


def shown(operation: operations.Operation, told: dict[str, Any], lang: str) -> list[dict[str, Any]]:
    """The same in words, section by section: {code, title, blocks}."""
    reader = reader_of(operation, lang)
    return [
        {"code": one.CODE, "title": reader.pick(*one.TITLE), "blocks": one.blocks(told["sections"][one.CODE], reader)}
        for one in SECTIONS
        if one.CODE in told["sections"]
    ]


def printed(operation: operations.Operation, desk: str, desk_id: int, period: Period, lang: str) -> dict[str, Any]:
    """The briefing as a sheet of paper (see `paper`), with the hash of what the desk itself reads."""
    told = briefing(operation, desk, desk_id, period)
    known = counting.standing(operation.id, desk_id, period.at)
    return _sheet(operation, printable(told, {one.ref for one in known if one.tlp == RED}, TLP), lang)


def _sheet(operation: operations.Operation, told: dict[str, Any], lang: str) -> dict[str, Any]:
    reader, desk = reader_of(operation, lang), agencies.desk(told["desk"])
    parts: list[Block] = []
    for number, section in enumerate(shown(operation, told, lang), 1):
        for place, block in enumerate(section["blocks"]):
            under = f" · {block['heading']}" if block.get("heading") else ""
            heading = f"{number}. {section['title']}{under}" if place == 0 else block.get("heading")
            parts.append({**block, "heading": heading})
    span = f"{reader.wall(told['from'])} – {reader.wall(told['to'])}"
    agency = desk.agency if desk else ""
    return {
        "lang": lang, "agency": reader.agencies.get(agency, agency), "title": reader.pick("值班简报", "Duty briefing"),
        "subtitle": f"{operation.title.get(lang) or operation.code} · {told['desk']}",
        "at": told["at"].isoformat(), "issued": span, "cut_off": reader.wall(told["at"]),
        "zone": zone_title(operation.zone, lang), "tlp": told["tlp"],
        "exercise": operation.exercise, "sections": parts, "sha256": told["sha256"],
        "record_mark": anchors.newest_mark(operation.id, told["at"]),
    }  # fmt: skip


def reader_of(operation: operations.Operation, lang: str) -> Reader:
    """Titles in one language, of types and rules as the plan in force has them."""
    plan = operations.plan_of(operation.plan_version)
    return Reader(
        lang, operation.zone, {code: one.title.of(lang) for code, one in plan.types.items()},
        {one.code: one.title.of(lang) for one in plan.rules},
        {one["code"]: one["title"].get(lang) or one["code"] for one in operations.titles(operation.id)},
    )  # fmt: skip


def issued(operation: operations.Operation, desk: str) -> list[dict[str, Any]]:
    """What was issued to a desk, newest first: {id, occurrence, at, from, to, issued_at, sha256, late_s, skipped}."""
    return [one for one in reversed(_issued(operation)) if one["desk"] == desk]


def one_issued(operation: operations.Operation, desk: str, id: str) -> dict[str, Any]:
    """One of them.

    Raises: NotKnown when there is none, or it was made for another desk.
    """
    found = next((one for one in issued(operation, desk) if one["id"] == id), None)
    if found is None:
        raise NotKnown
    return found


def to_issue(
    operation: operations.Operation, since: datetime, until: datetime, *, again: bool
) -> tuple[Due, list[agencies.Desk]] | None:
    """The newest briefing that came due in a span, and the desks that were not sent it yet; None when there is none.

    Shape: `since` is when this phase of this plan began or, when it is looked at `again`, up to where that was done.
    """
    asked = operations.plan_of(operation.plan_version).briefing
    if asked is None or (again and not hours(asked.every, since, until, operation.zone)):
        return None
    told = _issued(operation)
    ends = sorted({one["to"] for one in told})
    rounds = hours(asked.every, max([since, *ends[-1:]]), until, operation.zone)
    found = due(rounds, ends[-1] if ends else None, operation.zone)
    if found is None and ends and since < ends[-1]:
        # One that was begun and cut short: the desks that are missing are sent the same.
        begun = next(one for one in told if one["to"] == ends[-1])
        found = Due(Period(begun["from"], begun["to"], begun["to"]), begun["occurrence"], tuple(begun["skipped"]))
    if found is None:
        return None
    done = {one["desk"] for one in told if one["occurrence"] == found.occurrence}
    wanted = [agencies.desk(one) for one in addressed(operation) if one not in done]
    return found, [one for one in wanted if one is not None]


def next_due(at: datetime) -> datetime | None:
    """When the next briefing of any operation comes due after an instant, within a day or so; None when none does."""
    plans = [(operations.plan_of(one.plan_version).briefing, one.zone) for one in operations.live()]
    found = [hours(asked.every, at, at + 2 * DAY, zone)[:1] for asked, zone in plans if asked]
    return min((one for some in found for one in some), default=None)


def addressed(operation: operations.Operation) -> list[str]:
    """The desks whose posts the plan names, each once."""
    plan: Plan = operations.plan_of(operation.plan_version)
    seats = operations.seats(operation.id, {"phase": operation.phase, "plan": operation.plan_version})
    parties = [one.party for one in plan.briefing.to] if plan.briefing else []
    return list(dict.fromkeys(place[1] for party in parties for place in seats.get(party, ())))


def posts_of(operation: operations.Operation, desk: str) -> list[str]:
    """The posts at a desk to which the plan sends the briefing."""
    plan = operations.plan_of(operation.plan_version)
    seats = operations.seats(operation.id, {"phase": operation.phase, "plan": operation.plan_version})
    wanted = plan.briefing.to if plan.briefing else ()
    found = [one.post for one in wanted if desk in {place[1] for place in seats.get(one.party, ())}]
    return list(dict.fromkeys(found))


def _issued(operation: operations.Operation) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for entry in feeds.of_kind(operation.id, 0, ISSUED):
        data = entry["data"]
        names = ("briefing", "desk", "occurrence", "sha256", "late_s", "skipped")
        row = {"id" if name == "briefing" else name: data[name] for name in names}
        ends = {name: read_instant(data[name]) for name in ("at", "from", "to")}
        rows.append(row | ends | {"issued_at": entry["at"]})
    return rows


def _strictest(asked: Asked) -> str | None:
    found = {one.tlp for one in asked.incidents if one.open}
    return next((one for one in TLP if one in found), None)
