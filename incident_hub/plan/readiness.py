"""The part of a plan file that says what each carrier has in place before the event, item by item. Pure."""

from __future__ import annotations

from . import vocabulary
from .contingency import Requirement
from .shapes import Table

_NUMBERS = ("count", "percent")


def requirement(table: Table) -> Requirement:
    """One thing that has to be in place."""
    kind = table.word("kind", vocabulary.PREPARED)
    found = Requirement(
        code=table.text("code"),
        part=table.word("part", vocabulary.IN_PLACE),
        title=table.title("title"),
        kind=kind,
        at_least=table.count("at_least"),
        at_most=table.count("at_most", least=0),
        measured=table.word("measured", vocabulary.MEASURED, "") or None,
        valid_for=table.length("valid_for"),
        warn=table.length("warn"),
        basis=table.text("basis"),
        confirmed=table.flag("confirmed"),
    )
    _judge(table, kind)
    table.done()
    return found


def _judge(table: Table, kind: str) -> None:
    """A number has one bound; what is no number has none."""
    bounds = [key for key in ("at_least", "at_most") if key in table.raw]
    if kind in _NUMBERS and not bounds:
        message = f"{table.name} is a {kind} and says neither at_least nor at_most"
        table.notes.key(table.path, "missing-key", message, "write at_least = 95, or at_most = 0")
    if kind in _NUMBERS and len(bounds) == 2:
        message = f"{table.name} has both at_least and at_most, and may have one of them"
        table.notes.key((*table.path, "at_most"), "one-of-two", message, "keep one of them")
    if kind and kind not in _NUMBERS and bounds:
        message = f"{bounds[0]} of {table.name} bounds no number: its kind is {kind}"
        table.notes.key((*table.path, bounds[0]), "bad-number", message, "drop it, or make it a count or a percent")
    for key in bounds:
        value = table.raw[key]
        if kind == "percent" and isinstance(value, int) and value > 100:
            message = f"{key} of {table.name} is {value} percent"
            table.notes.value((*table.path, key), "bad-number", message, "write 0 to 100")
