"""What a review is read from: the desk's feed, the cards of its circle, and the clocks it may know of."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from incident_hub.incidents import queries as incidents
from incident_hub.kernel import feeds
from incident_hub.kernel.text import canonical
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.reviews import figures
from incident_hub.reviews.words import moment

AT_ONCE = 5000
# A page of a feed is small enough that the board does not stall while a long review is read.
PAGE = 500
# What everybody in a circle was told of an incident; who is let in with all of its past may read it too.
TOLD_TO_ALL = (
    "incident.opened", "incident.imported", "incident.amended", "incident.status_changed", "incident.verified",
    "incident.graded", "incident.acknowledged", "access.granted", "access.withdrawn", "figure.stated",
    "figure.made_official",
)  # fmt: skip

Entries = dict[str, list[dict[str, Any]]]


def shown(chain: int, desk_id: int, head: int) -> Entries:
    """What the desk was shown up to a position, by incident; what concerns the whole operation stands under ""."""
    found: Entries = {}
    after = 0
    while after < head:
        page = feeds.feed(chain, desk_id, after, min(PAGE, head - after), with_cards=False)
        if not page:
            break
        for entry in page:
            if not entry.get("withheld") and entry["kind"] != "incident.withdrawn":
                subject = entry["subject"]
                found.setdefault(subject["ref"] if subject["kind"] == "incident" else "", []).append(entry)
        after = page[-1]["position"]
        give_way()
    return found


def give_way() -> None:
    """Let others of this process have their turn; it waits for nothing."""
    time.sleep(0)


def cards(operation: operations.Operation, desk_id: int) -> list[dict[str, Any]]:
    """The cards of every incident the desk may know of, newest first."""
    found: list[dict[str, Any]] = []
    before: tuple[datetime, str] | None = None
    while True:
        page, before = incidents.listed(operation, desk_id, incidents.Wanted(), before, AT_ONCE)
        found += page
        if before is None:
            return found


def clocks(
    operation: operations.Operation, desk_id: int, lang: str
) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
    """Every clock the desk may know of: by incident, and those of the operation itself."""
    of_incidents: dict[str, list[dict[str, Any]]] = {}
    others: list[dict[str, Any]] = []
    for debt in _debts(operation.id, desk_id):
        clock, subject = _clock(debt, lang), debt["subject"]
        if subject["kind"] == "incident":
            of_incidents.setdefault(subject["ref"], []).append(clock)
        else:
            others.append(clock)
    return of_incidents, others


def _debts(chain: int, desk_id: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: tuple[datetime, str] | None = None
    while True:
        page, after = obligations.listed(chain, desk_id, obligations.Wanted(), after, AT_ONCE)
        found += page
        if after is None:
            return found


def _clock(debt: Mapping[str, Any], lang: str) -> dict[str, Any]:
    rule = operations.plan_of(debt["plan_version"]).rule(debt["rule"])
    due, met = debt["due_at"], debt["met_at"]
    return {
        "id": debt["id"],
        "rule": debt["rule"],
        "title": rule.title.of(lang) if rule else debt["rule"],
        "force": debt["force"],
        "basis": rule.basis if rule else "",
        "confirmed": rule.confirmed if rule else False,
        "owed_by": debt["owed_by"],
        "starts_at": debt["starts_at"],
        "opened_at": debt["opened_at"],
        "due_at": due,
        "state": debt["state"],
        "met_at": met,
        "slack_s": figures.slack(due, met),
        "slack_entered_s": debt["slack_entered_s"],
        "proof": debt["proof"],
        "entered_late": debt["entered_late"],
        "reason": debt["reason"],
    }


def stated(chain: int, refs: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """When agencies knew of incidents before the Hub told them, where somebody said so."""
    found: dict[str, Mapping[str, Any]] = {}
    for start in range(0, len(refs), AT_ONCE):
        for incident in incidents.refs_of(chain, refs[start : start + AT_ONCE]):
            found[incident.ref] = incident.known_at
    return found


def readable(
    operation: operations.Operation, card: Mapping[str, Any], shown: list[dict[str, Any]], desk: str, desk_id: int
) -> list[dict[str, Any]]:
    """What a desk may read of an incident: what it was shown and, if it came later with all of the past, all before."""
    mine = next((row for row in card["access"] if row["desk"] == desk), None)
    since, created = moment(mine["since"]) if mine else None, moment(card["created_at"])
    if since is None or created is None or since <= created:
        return _with_facts(shown, card)
    found = incidents.known(card["ref"], desk_id)
    if found.access.history == "from_now":
        return _with_facts([one for one in shown if one["at"] >= since], card)
    past = feeds.entries_of(operation.id, found.subject, TOLD_TO_ALL)
    past += [_written(line) for line in incidents.journal_of(found, desk)]
    seen = {_mark(one) for one in shown}
    earlier = [one for one in past if one["at"] <= since and _mark(one) not in seen]
    return _with_facts([*sorted(earlier, key=lambda one: one["at"]), *shown], card)


def _mark(entry: Mapping[str, Any]) -> bytes:
    if entry["kind"].startswith("journal.") and entry["kind"] != "journal.struck":
        return str(entry["data"]["id"]).encode()
    return canonical([entry["kind"], entry["at"], entry["data"]])


def _written(line: Mapping[str, Any]) -> dict[str, Any]:
    """A journal entry from before, in the form of the entries a feed is made of."""
    via = line["via"]
    data = {name: line[name] for name in ("id", "kind", "text", "milestone")} | {"via": via}
    data |= {"occurred_at": line["occurred_at"] if line["occurred_at"] != line["at"] else None}
    data |= {"stated_at": via["stated_at"] if via else None}
    return {"kind": "journal.added", "at": line["at"], "by": line["by"], "data": data, "struck": line["struck"]}


def _with_facts(entries: list[dict[str, Any]], card: Mapping[str, Any]) -> list[dict[str, Any]]:
    """When it happened as it is known by now; the entry that logged it may have known less."""
    for entry in entries:
        if entry["kind"] in ("incident.opened", "incident.imported"):
            entry["facts"] = {"occurred_at": card["occurred_at"]}
    return entries
