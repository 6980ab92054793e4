"""The course of an incident: entries and clocks as lines in the order in which things happened (pure; rulings 15).

A line stands where its fact occurred if that is known, else when it was said, else when it was entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from . import sentences, words
from .sentences import SENTENCES
from .slots import Slots, Tongue, clock_slots
from .words import moment, pick, said

Entry = Mapping[str, Any]
# Telling of something later than this after it happened is worth saying; less is the time it takes to type.
WORTH_SAYING = 60
# Of what has the same instant, an entry stands before the clocks that it moved.
LAST = 1 << 62


def lines(entries: Sequence[Entry], clocks: Iterable[Mapping[str, Any]], tongue: Tongue) -> list[dict[str, Any]]:
    """All lines of one incident.

    Shape: {at, occurred_at, kind, by, text, via, entered_late, struck}; `at` is when it was entered, `occurred_at`
    None when it is not known apart from that. Entries are {number or position, kind, at, by, data, facts}.
    """
    held = list(clocks)
    struck = {entry["data"].get("id"): entry["data"] for entry in entries if entry["kind"] == "journal.struck"}
    settled = {entry["data"].get("obligation") for entry in entries if entry["kind"] == "obligation.settled"}
    by_id = {clock["id"]: clock for clock in held}
    placed = [(_place(entry), _line(entry, by_id, struck, tongue)) for entry in entries]
    for clock in held:
        placed += [(LAST, line) for line in _of_clock(clock, clock["id"] in settled, tongue)]
    placed.sort(key=lambda pair: (pair[1]["occurred_at"] or pair[1]["at"], pair[1]["at"], pair[0]))
    return [line for _, line in placed]


def occurred(entry: Entry) -> datetime | None:
    """When the fact of an entry occurred, as far as it says so apart from when it was entered."""
    data, kind = entry["data"], entry["kind"]
    # An amended incident also names an occurred_at: the value it was changed to, not when it was changed.
    if kind in ("incident.opened", "incident.imported"):
        facts = entry.get("facts") or {}
        return moment(facts.get("occurred_at")) or moment(data.get("occurred_at")) or moment(data.get("stated_at"))
    if kind.startswith("journal."):
        return moment(data.get("occurred_at")) or moment(data.get("stated_at"))
    return moment(data.get("stated_at"))


def _place(entry: Entry) -> int:
    return entry.get("number") or entry.get("position") or 0


def _entered(entry: Entry) -> datetime:
    at = moment(entry["at"])
    if at is None:
        raise ValueError(f"an entry of kind {entry['kind']} has no instant")
    return at


def _line(
    entry: Entry, clocks: Mapping[str, Mapping[str, Any]], struck: Mapping[str, Entry], tongue: Tongue
) -> dict[str, Any]:
    data, at, happened = entry["data"], _entered(entry), occurred(entry)
    clock = clocks.get(data.get("obligation", ""), {})
    text = _fill(_sentence(entry), Slots(entry, clock, tongue), tongue.lang)
    via = data.get("via")
    notes: list[str] = []
    if via:
        channel = said(words.CHANNELS, via["channel"], tongue.lang)
        notes.append(pick(sentences.RELAYED, tongue.lang).format(channel=channel))
    if entry["kind"] == "obligation.step_taken" and data.get("late_s"):
        notes.append(words.slack_words(-data["late_s"], tongue.lang))
    late = happened is not None and (at - happened).total_seconds() >= WORTH_SAYING
    if late and happened and not entry["kind"].endswith(".imported"):
        length = words.span((at - happened).total_seconds(), tongue.lang)
        notes.append(pick(sentences.ENTERED, tongue.lang).format(span=length))
    written = entry["kind"] in ("journal.added", "journal.imported")
    gone = (entry.get("struck") or struck.get(data.get("id", ""))) if written else None
    if gone is not None:
        notes.append(pick(sentences.STRUCK, tongue.lang).format(reason=gone.get("reason") or "—"))
    return {
        "at": at,
        "occurred_at": happened,
        "kind": entry["kind"],
        "by": {name: entry["by"].get(name) for name in ("agency", "desk", "post", "assurance")},
        "text": _noted(text, notes, tongue.lang),
        "via": via["channel"] if via else None,
        "entered_late": late,
        "struck": gone is not None,
    }


def _of_clock(clock: Mapping[str, Any], told: bool, tongue: Tongue) -> list[dict[str, Any]]:
    """A clock's beginning, and its end where no entry of its own tells of it."""
    notes: list[str] = []
    if clock["entered_late"]:
        notes.append(pick(sentences.ENTERED_LATE, tongue.lang))
    if not clock["confirmed"]:
        notes.append(pick(sentences.UNCONFIRMED, tongue.lang))
    slots = clock_slots(clock, tongue)
    opened = _fill(SENTENCES["obligation.opened"], slots, tongue.lang)
    began = _clock_line("obligation.opened", clock["opened_at"], clock["starts_at"], _noted(opened, notes, tongue.lang))
    made = [began | {"entered_late": clock["entered_late"]}]
    if clock["met_at"] is not None and not told:
        proof = [] if clock["proof"] in (None, "system") else [said(words.PROOFS, clock["proof"], tongue.lang)]
        met = _fill(SENTENCES["obligation.met"], slots, tongue.lang)
        made.append(_clock_line("obligation.met", clock["met_at"], None, _noted(met, proof, tongue.lang)))
    return made


def _clock_line(kind: str, at: datetime, occurred_at: datetime | None, text: str) -> dict[str, Any]:
    happened = None if occurred_at == at else occurred_at
    line: dict[str, Any] = {"at": at, "occurred_at": happened, "kind": kind, "by": None, "text": text}
    return line | {"via": None, "entered_late": False, "struck": False}


def _sentence(entry: Entry) -> words.Both:
    kind, data = entry["kind"], entry["data"]
    if kind in ("journal.added", "journal.imported"):
        kind = f"journal.{data.get('kind')}"
    if kind.endswith(".acknowledged"):
        kind = f"{kind}/{data.get('kind') or 'seen'}"
    if kind == "report.sent":
        kind = f"{kind}/{data.get('mode') or 'written'}"
    if kind == "bulletin.sent":
        kind = f"{kind}/{data.get('kind')}"
    return SENTENCES.get(kind, sentences.OTHER)


def _fill(sentence: words.Both, slots: Mapping[str, str], lang: str) -> str:
    # What people typed is put in last and is never read as a pattern itself.
    return pick(sentence, lang).format_map(slots).strip()


def _noted(text: str, notes: Sequence[str], lang: str) -> str:
    if not notes:
        return text
    return pick(("{0}（{1}）", "{0} ({1})"), lang).format(text, pick(("；", "; "), lang).join(notes))
