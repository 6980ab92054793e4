"""Shapes of answers about files."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import ByOut


class FileOut(TypedDict):
    """One file as it is listed; its bytes are at `/files/{id}`."""

    id: str
    name: str
    media: str
    size: int
    sha256: str
    note: str | None
    at: datetime
    by: ByOut
    picture: bool


class Attached(TypedDict):
    """What was attached, by its id, and when."""

    id: str
    at: datetime
