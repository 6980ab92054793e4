"""What is attached to a subject, for a desk that may know the subject; to every other it is not there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.record import Subject

from .content import PICTURES
from .models import Attachment


@dataclass(frozen=True)
class Kept:
    """One file as it is sent out."""

    id: str
    media: str
    name: str
    raw: bytes

    @property
    def shown(self) -> bool:
        """Whether a browser may show it in its page: pictures that we drew ourselves, and nothing else."""
        return self.media in PICTURES


def of(chain: int, subject: Subject, desk_id: int) -> list[dict[str, Any]]:
    """The files of a subject as a desk may know them, oldest first; who joined “from now” is shown nothing older.

    Shape: {id, media, size, sha256, name, note, at, by, picture}.
    """
    access = record.may_know(chain, subject, desk_id)
    if access is None:
        return []
    query = select(Attachment).where(Attachment.chain == chain, Attachment.subject == record.written(subject))
    if access.history == "from_now":
        query = query.where(Attachment.at >= access.since)
    return [_shape(row) for row in db.session.scalars(query.order_by(Attachment.at, Attachment.id))]


def one(id: str, desk_id: int) -> Kept:
    """One file with its bytes.

    Raises: NotKnown when there is none, or the desk may not know what it belongs to.
    """
    row = db.session.get(Attachment, id)
    if row is None:
        raise NotKnown
    noun, _, ref = row.subject.partition("/")
    access = record.may_know(row.chain, (noun, ref), desk_id)
    if access is None or (access.history == "from_now" and row.at < access.since):
        raise NotKnown
    try:
        raw = place_of(row.id).read_bytes()
    except FileNotFoundError as fault:
        raise NotKnown from fault
    return Kept(row.id, row.media, row.name, raw)


def count(chain: int, subject: Subject, at: datetime) -> int:
    """How many files a subject had at an instant."""
    mine = (Attachment.chain == chain) & (Attachment.subject == record.written(subject))
    asked = select(func.count()).where(mine, Attachment.at <= at)
    return db.session.execute(asked).scalar_one()


def on_disk(chain: int) -> list[tuple[str, str]]:
    """The files of an operation whose bytes are still there, each with what it belongs to."""
    rows = db.session.execute(select(Attachment.id, Attachment.subject).where(Attachment.chain == chain))
    return [(id, subject) for id, subject in rows if place_of(id).exists()]


def subjects(ids: Collection[str]) -> dict[str, str]:
    """What each of these files belongs to, as the record writes it."""
    rows = db.session.execute(select(Attachment.id, Attachment.subject).where(Attachment.id.in_(ids)))
    return {id: subject for id, subject in rows}


def place_of(id: str) -> Path:
    """Where the bytes of a file lie."""
    return Path(current_app.config["HUB_FOLDER"]) / "files" / id


def _shape(row: Attachment) -> dict[str, Any]:
    return {
        "id": row.id, "media": row.media.partition(";")[0], "size": row.size, "sha256": row.sha256, "name": row.name,
        "note": row.note, "at": row.at, "by": row.by, "picture": row.media in PICTURES,
    }  # fmt: skip
