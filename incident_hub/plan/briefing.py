"""The part of a plan file that says when the briefing is issued, to which posts and over which channels. Pure."""

from __future__ import annotations

from . import vocabulary
from .contingency import Briefing, Every
from .recurrence import read_every
from .rungs import owed_each
from .sections import Codes
from .shapes import Table


def briefing(table: Table | None, codes: Codes) -> Briefing | None:
    """The briefing, if the plan asks for one."""
    if table is None:
        return None
    found = Briefing(
        every=_every(table),
        to=owed_each(table, "to", codes.parties),
        channels=table.words("channels", vocabulary.CHANNELS, required=True),
        basis=table.text("basis"),
        confirmed=table.flag("confirmed"),
    )
    table.done()
    return found


def _every(table: Table) -> Every:
    words = table.text("every")
    found = read_every(words) if words.strip() else Every()
    if found is None or found.shift:
        message = f"every of {table.name}: {words[:60]!r} names no hour at which it could be issued"
        hint = 'write "day at 08:00", or cron: minute hour day month weekday'
        table.notes.value((*table.path, "every"), "bad-every", message, hint)
    return found or Every()
