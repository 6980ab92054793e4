"""Who knew since when, and who acknowledged what when, read from an incident's entries (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from .words import moment

Entry = Mapping[str, Any]


def who_knew(entries: Sequence[Entry], circle: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The desks that could know of an incident, in the order they came to.

    Shape: {desk, role, since, until}; `circle` is who may know now, and decides where the entries say less.
    """
    past: list[dict[str, Any]] = []
    now: dict[str, dict[str, Any]] = {}
    for entry in entries:
        data, at = entry["data"], moment(entry["at"])
        if entry["kind"] in ("incident.opened", "incident.imported"):
            for row in data.get("access", ()):
                now[row["desk"]] = {"desk": row["desk"], "role": row["role"], "since": at, "until": None}
        elif entry["kind"] == "access.granted":
            since = now[data["desk"]]["since"] if data["desk"] in now else at
            now[data["desk"]] = {"desk": data["desk"], "role": data["role"], "since": since, "until": None}
        elif entry["kind"] == "obligation.step_taken":
            for desk in data.get("disclosed", ()):
                now.setdefault(desk, {"desk": desk, "role": "informed", "since": at, "until": None})
        elif entry["kind"] == "access.withdrawn" and data["desk"] in now:
            past.append(now.pop(data["desk"]) | {"until": at})
    present = [
        {"desk": row["desk"], "role": row["role"], "since": moment(row["since"]), "until": None} for row in circle
    ]
    return sorted([*past, *present], key=lambda row: (str(row["since"]), row["desk"]))


def came_to_know(knew: Iterable[Mapping[str, Any]], stated: Mapping[str, Any]) -> dict[str, datetime]:
    """When each agency came to know: its first desk's access, or earlier where somebody said so (rulings 18)."""
    known: dict[str, datetime] = {}
    told = [(row["desk"].partition("/")[0], row["since"]) for row in knew]
    told += [(agency, moment(at)) for agency, at in stated.items()]
    for agency, at in told:
        if at is not None and (agency not in known or at < known[agency]):
            known[agency] = at
    return known


def acknowledgements(
    entries: Sequence[Entry], known: Mapping[str, datetime], titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Every seen and taken, in order of when it was said.

    Shape: {at, entered_at, agency, desk, post, kind, of, of_title, via, after_s}; `of` is the incident, or the rule
    whose clock it is; `titles` are those of the rules.
    """
    told = [_acknowledgement(entry, known, titles) for entry in entries if entry["kind"] in _ACKNOWLEDGED]
    return sorted(told, key=lambda one: (one["at"], one["entered_at"]))


def speaker(entry: Entry) -> str:
    """The desk whose answer an entry is: what one desk types for another after a telephone call is the other's."""
    data = entry["data"]
    source = (data.get("via") or {}).get("from") or {}
    if not data.get("on_behalf_of") and source.get("agency"):
        own = data.get("desk") or entry["by"]["desk"]
        same = own.partition("/")[0] == source["agency"]
        return source.get("desk") or (own if same else f"{source['agency']}/duty")
    return data.get("on_behalf_of") or data.get("desk") or entry["by"]["desk"]


_ACKNOWLEDGED = ("incident.acknowledged", "obligation.acknowledged")


def _acknowledgement(entry: Entry, known: Mapping[str, datetime], titles: Mapping[str, str]) -> dict[str, Any]:
    data, by = entry["data"], entry["by"]
    desk = speaker(entry)
    agency = desk.partition("/")[0]
    entered = moment(entry["at"])
    at = moment(data.get("stated_at")) or entered
    after = int((at - known[agency]).total_seconds()) if at and agency in known else None
    via = data.get("via")
    return {
        "at": at,
        "entered_at": entered,
        "agency": agency,
        "desk": desk,
        "post": data.get("post") or (by.get("post") if desk == by["desk"] else None),
        "kind": data.get("kind") or "seen",
        "of": data.get("rule") or "incident",
        "of_title": titles.get(data.get("rule", "")),
        "via": via["channel"] if via else None,
        "after_s": None if after is None else max(0, after),
    }
