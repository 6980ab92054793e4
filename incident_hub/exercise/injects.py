"""The file of an exercise's injects: read, and every fault named with its place in the file (pure).

An inject does one thing at an instant counted from the start: `open` an incident, write into its `journal`, state a
`figure`, move its `status`, or `say` something to a desk.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from incident_hub.kernel import toml

# What each kind must say, and what it may say besides.
FORMS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "open": (
        frozenset({"type", "title"}),
        frozenset({"incident", "summary", "site", "place", "attention", "channel", "from", "words"}),
    ),
    "journal": (frozenset({"incident", "text"}), frozenset({"kind", "milestone", "to"})),
    "figure": (frozenset({"incident", "category", "n", "source"}), frozenset({"basis"})),
    "status": (frozenset({"incident", "to"}), frozenset({"reason"})),
    "say": (frozenset({"to", "text"}), frozenset({"post"})),
}
_SPAN = re.compile(r"\+(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,5})s)?")


@dataclass(frozen=True)
class Inject:
    """One inject as the file has it. Units: `after` counts from the start of the exercise."""

    place: int
    after: timedelta
    what: str
    incident: str | None
    body: Mapping[str, Any]


def read(text: str, types: Sequence[str]) -> tuple[list[Inject], list[str]]:
    """The injects in a file's text in the order they are played, or the sentences that say what is wrong with it.

    Shape: `types` are the incident types of the exercise's plan.
    """
    try:
        whole = toml.tables(text)
    except toml.TomlFault as fault:
        return [], [f"The file is not valid TOML: {fault}."]
    rows = cast("list[dict[str, Any]]", whole.get("inject") or [])
    faults = [
        f"The key {name} is unknown; a file of injects has [[inject]] alone." for name in sorted({*whole} - {"inject"})
    ]
    if not rows:
        faults.append("There is no [[inject]] in the file.")
    for place, row in enumerate(rows, 1):
        faults += [f"Inject {place}: {sentence}" for sentence in _faults(row, types)]
    if faults:
        return [], faults
    found = [_inject(place, row) for place, row in enumerate(rows, 1)]
    found.sort(key=lambda one: (one.after, one.place))
    return found, _unheard_of(found)


def read_span(words: str) -> timedelta | None:
    """`+1h05m30s` from the start; None when it is written otherwise."""
    found = _SPAN.fullmatch(words)
    if found is None or not any(found.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _inject(place: int, row: Mapping[str, Any]) -> Inject:
    body = {name: value for name, value in row.items() if name not in ("at", "do", "incident")}
    return Inject(place, read_span(row["at"]) or timedelta(), row["do"], row.get("incident"), body)


def _faults(row: Mapping[str, Any], types: Sequence[str]) -> list[str]:
    if row.get("do") not in FORMS:
        return [f"do is {row.get('do')!r}; it must be one of {', '.join(FORMS)}."]
    must, may = FORMS[row["do"]]
    faults = [f"{name} is missing." for name in sorted({"at", *must} - {*row})]
    faults += [f"the key {name} is unknown for {row['do']}." for name in sorted({*row} - must - may - {"at", "do"})]
    if isinstance(row.get("at"), str) and read_span(row["at"]) is None:
        faults.append(f"at is {row['at']!r}; write how long after the start, for example +10m or +1h05m.")
    faults += [
        f"{name} must be text." for name in sorted({*must} - {"n"}) if name in row and not isinstance(row[name], str)
    ]
    if row["do"] == "open" and row.get("type") not in types:
        faults.append(f"the plan has no type {row.get('type')}; it has {', '.join(types)}.")
    if row["do"] == "figure" and not isinstance(row.get("n"), int):
        faults.append("n must be a whole number.")
    return faults


def _unheard_of(injects: Sequence[Inject]) -> list[str]:
    """An incident has to be opened before anything is said of it, and only once."""
    faults: list[str] = []
    opened: set[str] = set()
    for one in injects:
        if one.what == "open" and one.incident:
            if one.incident in opened:
                faults.append(f"Inject {one.place}: an incident is called {one.incident} already.")
            opened.add(one.incident)
        elif one.incident and one.incident not in opened:
            faults.append(f"Inject {one.place}: no inject before it opens an incident called {one.incident}.")
    return faults
