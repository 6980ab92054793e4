"""The part of a plan file that says what is looked at on a visit: check-lists, item by item. Pure."""

from __future__ import annotations

from . import vocabulary
from .contingency import Checklist, Item
from .sections import own_codes
from .shapes import Table


def checklist(table: Table) -> Checklist:
    """One check-list."""
    rows = table.tables("item", required=True)
    own_codes(rows, "item")
    visits = table.words("visits", vocabulary.VISITS, required=True)
    found = Checklist(table.text("code"), table.title("title"), visits, tuple(_item(row) for row in rows))
    table.done()
    return found


def _item(table: Table) -> Item:
    points = table.count("points")
    if "points" not in table.raw:
        table.notes.key(table.path, "missing-key", f"{table.name} lacks points", "add points: a whole number")
    elif points is not None and not 1 <= points <= 100:
        message = f"points of {table.name} is {points}"
        table.notes.value((*table.path, "points"), "bad-number", message, "write 1 to 100")
    found = Item(
        code=table.text("code"),
        question=table.title("question"),
        points=points or 1,
        grave=table.flag("grave"),
        basis=table.text("basis"),
        confirmed=table.flag("confirmed"),
    )
    table.done()
    return found
