"""What fills the sentences of a review: names, codes and instants of an entry in words (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from incident_hub.operations.zones import zone_title

from . import sentences, words
from .knowing import Entry, speaker
from .words import moment, pick, said


@dataclass(frozen=True)
class Tongue:
    """How a review speaks: language, zone, and the names of agencies, desks, types and rules by their codes."""

    lang: str
    zone: str
    names: Mapping[str, str] = field(default_factory=dict[str, str])

    def name(self, code: Any) -> str:
        """What a code is called; a code without a name stands for itself."""
        return "" if code is None else self.names.get(str(code), str(code))


class Slots(dict[str, str]):
    """What may fill a sentence; each is put into words only when a sentence asks for it."""

    def __init__(self, entry: Entry, clock: Mapping[str, Any], tongue: Tongue) -> None:
        super().__init__(kind=entry["kind"])
        self.entry, self.clock, self.tongue = entry, clock, tongue

    def __missing__(self, name: str) -> str:
        if name in CODED:
            return said(CODED[name], self.entry["data"].get(name), self.tongue.lang)
        if name in _SPOKEN:
            return _SPOKEN[name](self.entry, self.tongue)
        if name in _OF_CLOCK:
            return _of_its_clock(name, self.entry, self.clock, self.tongue)
        return str(self.entry["data"].get(name) or "")


CODED: Mapping[str, Mapping[str, words.Both]] = {
    "state": words.VERIFICATIONS,
    "grade": words.GRADES,
    "role": words.ROLES,
    "history": words.HISTORIES,
    "milestone": words.MILESTONES,
    "form": words.FORMS,
}
_OF_CLOCK = ("rule", "owed_by", "due_at", "force", "slack")


def _of_its_clock(name: str, entry: Entry, clock: Mapping[str, Any], tongue: Tongue) -> str:
    if clock:
        return clock_slots(clock, tongue)[name]
    # A clock the desk may not see any more still has the code of its rule.
    return tongue.name(entry["data"].get("rule")) if name == "rule" else "—"


def _from(entry: Entry, tongue: Tongue, end: str = "from") -> str:
    if entry["kind"] in ("engine.outage_stated", "briefing.issued"):
        return _instant(entry["data"].get(end), tongue)
    if entry["kind"] not in _MOVES:
        return tongue.name(entry["data"].get(end))
    tables = {"operation.phase_changed": words.PHASES, "incident.graded": words.GRADES}
    return said(tables.get(entry["kind"], words.STATUSES), entry["data"].get(end), tongue.lang)


def _to(entry: Entry, tongue: Tongue) -> str:
    called = entry["kind"] in ("obligation.step_taken", "obligation.exhausted")
    return _reached(entry["data"], tongue) if called else _from(entry, tongue, "to")


# Kinds that go from one word of a table to another; every other `from` and `to` is a name.
_MOVES = ("operation.phase_changed", "incident.graded", "incident.status_changed")


def _instant(words_of_it: Any, tongue: Tongue) -> str:
    at = moment(words_of_it)
    return f"{words.wall(at, tongue.zone)} {zone_title(tongue.zone, tongue.lang)}" if at else "—"


def _whom(entry: Entry, tongue: Tongue) -> str:
    return tongue.name(entry["data"].get("desk") if entry["kind"].startswith(("access.", "audit.")) else speaker(entry))


def _fields(entry: Entry, tongue: Tongue) -> str:
    named = [said(words.FIELDS, name, tongue.lang) for name in entry["data"].get("fields", ())]
    return pick(("、", ", "), tongue.lang).join(named)


def _count(entry: Entry, tongue: Tongue) -> str:
    count = entry["data"].get("n")
    return pick(("不详", "unknown"), tongue.lang) if count is None else str(count)


_SPOKEN: Mapping[str, Callable[[Entry, Tongue], str]] = {
    "from": _from,
    "to": _to,
    "desk": _whom,
    "fields": _fields,
    "until": lambda entry, tongue: _instant(entry["data"].get("until"), tongue),
    "n": _count,
    "lead": lambda entry, tongue: tongue.name(entry["data"].get("lead")),
    "call": lambda entry, tongue: said(words.CALLS, entry["data"].get("kind"), tongue.lang),
}


def _reached(data: Mapping[str, Any], tongue: Tongue) -> str:
    """The posts a step reached; where it reached none, why it was kept back."""
    lang = tongue.lang
    told = [f"{tongue.name(one['desk'])} {said(words.POSTS, one['post'], lang)}" for one in data.get("targets", ())]
    comma = pick(("、", ", "), lang)
    if told:
        return comma.join(told)
    whys = dict.fromkeys(said(words.WITHHELD, one.get("why"), lang) for one in data.get("withheld", ()))
    return pick(sentences.NOBODY, lang).format(why=comma.join(whys) or "—")


def clock_slots(clock: Mapping[str, Any], tongue: Tongue) -> dict[str, str]:
    return {
        "rule": clock["title"],
        "owed_by": tongue.name(clock["owed_by"]["desk"]),
        "due_at": _instant(clock["due_at"], tongue),
        "force": said(words.FORCES, clock["force"], tongue.lang),
        "slack": words.slack_words(clock["slack_s"], tongue.lang),
    }
