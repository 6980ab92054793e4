"""Keeping a file: judged and drawn anew before the record is locked, then stated in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incident_hub.files import content, queries
from incident_hub.files.models import ATTACHED, Attachment
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By, Draft, Subject
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque, sha256

from .pictures import drawn_anew

# So many on one subject; more belong into another place.
MOST = 200
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Sound:
    """A file that may be kept: what it is, what it is called, and the bytes that are kept."""

    media: str
    name: str
    raw: bytes


def sound(name: str | None, raw: bytes) -> Sound:
    """Judge a file by its content; a picture is drawn anew. Called before a unit of work is opened: it takes time.

    Raises: BadInput with the sentence that says what is taken.
    """
    media = content.media_of(raw) if raw and len(raw) <= content.LARGEST else None
    if media is None:
        told = content.refusal(raw) or ""
        raise BadInput(told, errors=[{"pointer": "/file", "detail": told}])
    kept = drawn_anew(raw, media) if media in content.PICTURES else raw
    return Sound(media, content.told_name(name, media), kept)


def keep(
    chain: int, subject: Subject, facts: Mapping[str, Any], file: Sound, note: str | None, at: datetime, by: By
) -> str:
    """Keep a file on a subject that the actor may know, and state it. Tells: file.attached.

    Shape: its id. The bytes are on disk before the record speaks of them; a unit of work that fails leaves a file
    that nothing names, never a name without its file.
    """
    if queries.count(chain, subject, at) >= MOST:
        raise Conflict(say("There are {most} files here already; attach this one to what it tells of.", most=MOST))
    note = (note or "").strip()
    if len(note) > LONGEST_NOTE:
        told = say(
            "The note is longer than {most} characters; write the rest where it is discussed.",
            most=LONGEST_NOTE,
        )
        raise BadInput(told, errors=[{"pointer": "/note", "detail": told}])
    id, mark = opaque(), sha256(file.raw)
    _write(id, file.raw)
    who = {"agency": by.agency, "desk": by.desk, "post": by.post, "name": by.name, "assurance": by.assurance}
    row = Attachment(
        id=id, chain=chain, subject=record.written(subject), media=file.media, size=len(file.raw), sha256=mark,
        name=file.name, note=note or None, at=at, by=who,
    )  # fmt: skip
    db.session.add(row)
    data = {"file": id, "media": file.media.partition(";")[0], "size": len(file.raw), "sha256": mark}
    texts = {"name": file.name, "note": note}
    record.append(Draft(chain, ATTACHED, at, by, subject, facts, data, texts))
    return id


def shred(id: str) -> bool:
    """Overwrite the bytes of a file and take it away; False when it is gone already."""
    place = queries.place_of(id)
    try:
        with place.open("r+b") as file:
            file.write(bytes(place.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return False
    place.unlink()
    return True


def _write(id: str, raw: bytes) -> None:
    place = queries.place_of(id)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
