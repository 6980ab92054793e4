"""What the board is made of, read in one snapshot for one desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker, may
from incident_hub.hazards import queries as hazards
from incident_hub.kernel import feeds, record
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.text import instant, read_instant
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.returns import queries as returns
from incident_hub.roster import queries as roster

from . import flood, snapshot

DUE_NEXT = 12
# What the engine, a floor above, calls its own statement.
OUTAGE_STATED = "engine.outage_stated"


def board(operation: operations.Operation, asker: Asker, at: datetime) -> dict[str, Any]:
    """The board of an operation as the asker's desk may see it now (contract: `board`)."""
    hung = feeds.hung_cards(operation.id, asker.desk_id)
    cards = [orjson.loads(body) for _, body, _ in hung]
    return {
        "operation": operation.code,
        "head": feeds.head(operation.id, asker.desk_id),
        "now": instant(at),
        "phase": operation.phase,
        "response_level": None,
        "cards": cards,
        "digest": feeds.digest((ref, mark) for ref, _, mark in hung),
        "counts": snapshot.counted(cards),
        "on_duty": on_duty(operation, at),
        "due_next": obligations.due_next(operation.id, asker.desk_id, DUE_NEXT),
        "hazards_overdue": hazards.overdue(operation.id, asker.desk_id, at),
        "flood": flooded(operation.id, asker.desk_id, at),
        "zero_reports": returns.figure(operation, asker.desk_id, at),
    }


def flooded(chain: int, desk_id: int, at: datetime) -> dict[str, Any] | None:
    """Since when more comes to a desk than it can read, and how many came in ten minutes; None when it can."""
    found = flood.flood(record.came_to_know(chain, desk_id, "incident", at - flood.LOOK_BACK), at)
    return {"since": instant(found.since), "new": found.new} if found else None


def on_duty(operation: operations.Operation, at: datetime, now: datetime | None = None) -> list[dict[str, Any]]:
    """Who holds which post at the desks that take part: names and posts, no contacts (rulings 2)."""
    desks = [desk for agency in operations.participants(operation.id) for desk in agencies.desks_of_agency(agency)]
    return roster.on_duty([desk.id for desk in desks], at, now)


def handed_over(desk_id: int, since: datetime) -> dict[str, Any]:
    """What the watch that comes has to know, as far as the desk may: filled in by the Hub, so that nobody forgets it.

    Shape: {since, incidents: [ref], moved: [ref] since the watch began, debts: [id], unanswered: [id]}; codes alone.
    """
    facts: dict[str, Any] = {"since": instant(since), "incidents": [], "moved": [], "debts": [], "unanswered": []}
    for operation in operations.known_to(desk_id):
        cards = [orjson.loads(body) for _, body, _ in feeds.hung_cards(operation.id, desk_id)]
        facts["incidents"] += [card["ref"] for card in cards]
        facts["moved"] += [card["ref"] for card in cards if card["updated_at"] >= facts["since"]]
    for debt in obligations.debts_of_posts(desk_id):
        facts["debts"].append(debt["id"])
        if not debt["acknowledged"]:
            facts["unanswered"].append(debt["id"])
    return facts


def handover(row: roster.Handover, asker: Asker, at: datetime) -> dict[str, Any]:
    """A hand-over as its page shows it, with what of its facts the desk may still know.

    Shape: {handover, facts, cards, debts, incoming, may_prepare, may_sign}.
    """
    shown = roster.as_read(row)
    facts = row.facts or handed_over(asker.desk_id, roster.began(row))
    cards = [
        orjson.loads(body)
        for operation in operations.known_to(asker.desk_id)
        for ref, body, _ in feeds.hung_cards(operation.id, asker.desk_id)
        if ref in facts["incidents"]
    ]
    debts = [one for one in obligations.debts_of_posts(asker.desk_id) if one["id"] in facts["debts"]]
    incoming = asker.member in row.incoming and asker.member not in row.outgoing
    due, unsigned = at >= row.due_at, row.signed_at is None
    signs = may(asker, "handover.sign") is None and incoming and (due or row.state == "prepared")
    takes = may(asker, "handover.take") is None and due
    return {
        "handover": shown, "facts": facts, "cards": cards, "debts": debts, "incoming": incoming,
        "may_prepare": unsigned and not incoming and may(asker, "handover.prepare") is None,
        "may_sign": unsigned and (signs or takes),
    }  # fmt: skip


def outages(operation: operations.Operation) -> list[dict[str, Any]]:
    """When the Hub was silent in an operation, newest first."""
    told = feeds.of_kind(operation.id, 0, OUTAGE_STATED)
    shown = [
        {"id": one["data"]["outage"], "from": one["data"]["from"], "to": one["data"]["to"], "stated_at": one["at"]}
        for one in told
    ]
    return shown[::-1]


def outage(operation: operations.Operation, id: str, desk_id: int) -> dict[str, Any]:
    """One silence with what fell due in it, as far as a desk may know of that.

    Raises: NotKnown when there was no such silence.
    """
    found = next((one for one in outages(operation) if one["id"] == id), None)
    if found is None:
        raise NotKnown
    since, until = read_instant(found["from"]), read_instant(found["to"])
    lasted = {"seconds": (until - since).total_seconds()}
    return found | lasted | obligations.fell_due(operation.id, desk_id, since, until)
