"""Destruction: texts are overwritten where they lie, in any table that registered them, and the record still holds.

Every text column finds its operation by its own chain or by following foreign keys to a table that has one, and the
incident it belongs to in the same way; so a new table needs a class and no line here. What was destroyed reads `■`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    FromClause,
    Select,
    String,
    Table,
    delete,
    func,
    literal,
    select,
    update,
)

from .cards import builders, touch
from .database import Base, current_work, db
from .models import Answer, Chain, Entry, Wording

TOMBSTONE = "■"
# Codes inside a kept value: they say what kind of thing it was, and name nobody.
CODES = frozenset({
    "agency", "desk", "post", "member", "assurance", "channel", "area", "datum", "lat", "lon", "kind", "code", "id",
    "type", "category", "status", "grade", "state", "stated_at", "at", "as_of", "due_at", "ref", "incident", "site",
    "unit", "date", "rule", "force", "role", "sha256", "file", "outcome", "expected_by",
})  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where the texts of one table lie: how its operation and its incident are found.

    Shape: `source` is the table with what it was joined to; `subject` is null where no incident or other subject is
    known, so that only the whole operation can be held.
    """

    table: Table
    source: FromClause
    chain: ColumnElement[Any]
    subject: ColumnElement[Any] | None


@dataclass(frozen=True)
class Behind:
    """One text behind an entry: where it stands, and what the entry is."""

    number: int
    field: str
    kind: str
    subject: str
    by: Mapping[str, Any]
    data: Mapping[str, Any]


def place_of(name: str) -> Place | None:
    """How a table's rows find their operation; None for a table of the house, which belongs to none."""
    table = Base.metadata.tables[name]
    steps = _way_to_chain(table)
    if steps is None:
        return None
    source: FromClause = table
    for key in steps:
        source = source.outerjoin(key.column.table, key.parent == key.column)
    tables = [table, *(key.column.table for key in steps)]
    about = next((found for one in tables if (found := _subject_in(one)) is not None), None)
    return Place(table, source, tables[-1].c.chain, about)


def overwrite(column: Column[Any], keys: Mapping[str, Any], value: Any) -> bool:
    """Overwrite one text of one row; False when there is nothing left in it to destroy."""
    gone = emptied(column, value)
    if gone == value:
        return False
    where = [column.table.c[name] == key for name, key in keys.items()]
    db.session.execute(update(column.table).where(*where).values({column.name: gone}))
    return True


def emptied(column: Column[Any], value: Any) -> Any:
    """What stands in a column after its text is destroyed: nothing where it may be empty, else a tombstone."""
    if value is None:
        return None
    if isinstance(value, dict | list):
        return blanked(value)
    return None if column.nullable else TOMBSTONE


def blanked(value: Any, name: str = "") -> Any:
    """A structured value with its codes, numbers and instants kept and every word in it gone."""
    if isinstance(value, dict):
        return {one: blanked(held, one) for one, held in value.items()}
    if isinstance(value, list):
        return [blanked(one, name) for one in value]
    return TOMBSTONE if isinstance(value, str) and value and name not in CODES else value


def rows_with_text(place: Place, column: Column[Any], chain: int) -> Select[Any]:
    """The rows of an operation in which a column still holds something: value, subject, and the keys by `key_…`."""
    keys = [one.label(f"key_{one.name}") for one in place.table.primary_key.columns]
    about = literal("") if place.subject is None else func.coalesce(place.subject, "")
    query = select(column.label("value"), about.label("subject"), *keys).select_from(place.source)
    query = query.where(place.chain == chain, column.is_not(None))
    if isinstance(column.type, String):
        query = query.where(column != TOMBSTONE)
    return query.order_by(*place.table.primary_key.columns)


def forget_words(chain: int, number: int, field: str) -> None:
    """Destroy one text behind an entry, and its salt, without which the commitment tells nothing."""
    mine = (Wording.chain == chain, Wording.number == number, Wording.field == field)
    db.session.execute(update(Wording).where(*mine).values(value=None, salt=""))


def words_left(chain: int) -> list[Behind]:
    """Every text behind the entries of a chain that is not destroyed, in order."""
    behind = (Entry.chain == Wording.chain) & (Entry.number == Wording.number)
    query = select(Wording.number, Wording.field, Entry.kind, Entry.subject, Entry.by, Entry.data).join(Entry, behind)
    rows = query.where(Wording.chain == chain, Wording.value.is_not(None)).order_by(Wording.number, Wording.field)
    return [Behind(*row) for row in db.session.execute(rows)]


def forget_answers(before: datetime) -> int:
    """Destroy what repeated requests were answered with, from before an instant; says how many."""
    gone = db.session.execute(delete(Answer).where(Answer.at < before))
    return int(getattr(gone, "rowcount", 0))


def entries_about(chain: int, subject: str, kinds: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The entries of a subject whose kinds begin so: number and codes."""
    query = select(Entry.number, Entry.data).where(
        Entry.chain == chain, Entry.subject == subject, Entry.kind.startswith(kinds)
    )
    return [(number, data) for number, data in db.session.execute(query)]


def redraw(chain: int, subjects: Collection[str]) -> None:
    """Have the cards of these subjects drawn anew at the end of the unit of work, from what is left of them."""
    work = current_work()
    number = db.session.scalar(select(Chain.number).where(Chain.id == chain)) or 0
    for subject in subjects:
        if subject.partition("/")[0] in builders:
            touch(work, chain, subject, number, work.at)


def destroyed_words(chain: int) -> int:
    """How many texts behind the entries of a chain were destroyed; their commitments stand."""
    rows = select(Wording.number).where(Wording.chain == chain, Wording.value.is_(None))
    return len(db.session.execute(rows).all())


def _way_to_chain(table: Table) -> list[ForeignKey] | None:
    """The foreign keys to follow, the fewest there are, to a table that knows its operation."""
    ways: list[tuple[Table, list[ForeignKey]]] = [(table, [])]
    seen = {table.name}
    while ways:
        here, steps = ways.pop(0)
        if "chain" in here.c:
            return steps
        for key in sorted(here.foreign_keys, key=lambda one: one.parent.name):
            if key.column.table.name not in seen:
                seen.add(key.column.table.name)
                ways.append((key.column.table, [*steps, key]))
    return None


def _subject_in(table: Table) -> ColumnElement[Any] | None:
    if table.name == "incident":
        return "incident/" + table.c.ref
    for key in table.foreign_keys:
        if key.column.table.name == "incident":
            return "incident/" + key.parent
    if "subject" in table.c:
        return table.c.subject
    if "incident" in table.c:
        return "incident/" + table.c.incident
    if "noun" in table.c and "ref" in table.c:
        return table.c.noun + "/" + table.c.ref
    return None
