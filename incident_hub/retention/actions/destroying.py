"""Destroying what is over: found once, destroyed in slices, stated in the record. Doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from incident_hub.files import actions as files
from incident_hub.files import queries as attached
from incident_hub.kernel import destruction, looks, record, vault
from incident_hub.kernel.database import Base, db
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import opaque
from incident_hub.operations.queries import Operation
from incident_hub.personal import actions as personal
from incident_hub.retention import classes, models, queries
from incident_hub.retention.classes import Kept
from incident_hub.retention.models import Destruction
from incident_hub.roster import actions as roster

# How many texts one unit of work destroys, so that nobody waits long for the record.
SLICE = 40


@dataclass(frozen=True)
class Piece:
    """One text that is over: in a table, behind an entry, in the vault, or a file on disk."""

    name: str
    subject: str
    keys: dict[str, Any]
    value: Any = None


@dataclass
class Going:
    """One class of one operation: what is left to destroy, and how much is held back."""

    operation: Operation
    kept: Kept
    left: list[Piece] = field(default_factory=list[Piece])
    held: int = 0


def begin(operation: Operation, kept: Kept, at: datetime) -> Going:
    """Find everything of a class that is over and not held; reads only."""
    going = Going(operation, kept)
    held = queries.held_subjects(operation, at)
    for piece, subjects in _found(operation, kept, at):
        if held is None or not held.isdisjoint(subjects):
            going.held += 1
        else:
            going.left.append(piece)
    return going


def destroy(going: Going, at: datetime) -> int:
    """Destroy the next slice, inside a unit of work, and count it; says how many are left."""
    now, going.left = going.left[:SLICE], going.left[SLICE:]
    row = _ledger(going, at)
    counts = dict(row.counts)
    for piece in now:
        if _gone(piece, going.operation.id, at):
            counts[piece.name] = counts.get(piece.name, 0) + 1
    row.counts, row.held = counts, going.held
    destruction.redraw(going.operation.id, {piece.subject for piece in now})
    return len(going.left)


def conclude(going: Going, at: datetime, by: By) -> int:
    """State what was destroyed, once nothing is left; says how many texts it was. Tells: retention.destroyed."""
    row = _open(going)
    if row is None or going.left:
        return 0
    row.finished_at, row.held = at, going.held
    data = {"class": row.code, "days": going.kept.days, "due_at": row.due_at, "begun_at": row.begun_at}
    data |= {"counts": row.counts, "held": row.held}
    record.append(Draft(row.chain, models.DESTROYED, at, by, going.operation.subject, {}, data))
    return sum(row.counts.values())


def sweep(roster_days: int, looks_days: int, at: datetime) -> int:
    """What belongs to no operation and goes by its age: answers of yesterday, notes of old watches, old looks."""
    answers = destruction.forget_answers(at - timedelta(days=1))
    notes = roster.forget_notes(at - timedelta(days=roster_days))
    return answers + notes + looks.prune(at - timedelta(days=looks_days))


def _found(operation: Operation, kept: Kept, at: datetime) -> Iterator[tuple[Piece, set[str]]]:
    if kept.code == classes.VAULT:
        yield from _values(operation, kept, at)
    elif not kept.over(at):
        return
    if kept.code == classes.FILES:
        yield from _files(operation)
    if kept.over(at):
        yield from _wordings(operation, kept.code)
    for name, code in classes.OF.items():
        if code == kept.code and name not in ("wording.value", "vault.sealed", "reveal.reason"):
            yield from _rows(operation, name)


def _rows(operation: Operation, name: str) -> Iterator[tuple[Piece, set[str]]]:
    table, _, one = name.partition(".")
    place = destruction.place_of(table)
    if place is None:
        return
    column = place.table.c[one]
    names = [key.name for key in place.table.primary_key.columns]
    for row in db.session.execute(destruction.rows_with_text(place, column, operation.id)).all():
        value, subject, *keys = list[Any](row)
        if destruction.emptied(column, value) != value:
            yield Piece(name, subject, dict(zip(names, keys, strict=True)), value), {subject}


def _wordings(operation: Operation, code: str) -> Iterator[tuple[Piece, set[str]]]:
    for one in destruction.words_left(operation.id):
        if classes.of_wording(one.kind) == code and not one.kind.startswith("retention."):
            keys = {"number": one.number, "field": one.field}
            yield Piece("wording.value", one.subject, keys), {one.subject, f"incident/{one.data.get('incident')}"}


def _values(operation: Operation, kept: Kept, at: datetime) -> Iterator[tuple[Piece, set[str]]]:
    rows = vault.every(operation.id)
    since = {subject: queries.ended_at(operation, subject) for subject in {row.subject for row in rows}}
    for row in rows:
        ended = since[row.subject]
        due = classes.due_at(ended, min(row.keep_days, kept.days))
        if due is not None and at >= due:
            yield Piece("vault.sealed", row.subject, {"id": row.id}), {row.subject}


def _files(operation: Operation) -> Iterator[tuple[Piece, set[str]]]:
    for id, subject in attached.on_disk(operation.id):
        yield Piece("files", subject, {"id": id}), {subject}


def _gone(piece: Piece, chain: int, at: datetime) -> bool:
    if piece.name == "files":
        return files.shred(piece.keys["id"])
    if piece.name == "wording.value":
        destruction.forget_words(chain, piece.keys["number"], piece.keys["field"])
        return True
    if piece.name == "vault.sealed":
        return personal.destroy(piece.keys["id"], at)
    table, _, one = piece.name.partition(".")
    return destruction.overwrite(Base.metadata.tables[table].c[one], piece.keys, piece.value)


def _open(going: Going) -> Destruction | None:
    mine = (Destruction.chain == going.operation.id, Destruction.code == going.kept.code)
    return db.session.scalars(select(Destruction).where(*mine, Destruction.finished_at.is_(None))).first()


def _ledger(going: Going, at: datetime) -> Destruction:
    """What was destroyed so far; a destruction that was killed goes on where its last slice was kept."""
    row = _open(going)
    if row is None:
        due = going.kept.due_at or at
        row = Destruction(
            id=opaque(), chain=going.operation.id, code=going.kept.code, due_at=due, begun_at=at, counts={}, held=0,
            finished_at=None,
        )  # fmt: skip
        db.session.add(row)
    return row
