"""One way to write a thing down so that two machines write the same bytes."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from typing import Any

import orjson

# Without 0, 1, I, L, O and U: what is left survives a bad telephone line and spells no word.
SPEAKABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def canonical(value: Any) -> bytes:
    """The bytes of a value: JSON with sorted keys and no spaces; instants as RFC 3339 in UTC."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME)


def sha256(*parts: bytes) -> str:
    """The SHA-256 of the parts one after another, in hex."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def instant(at: datetime) -> str:
    """An instant as it is written everywhere: RFC 3339, UTC, milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def read_instant(words: str) -> datetime:
    """An RFC 3339 instant as aware UTC.

    Raises: ValueError when it cannot be read or names no offset.
    """
    at = datetime.fromisoformat(words)
    if at.tzinfo is None:
        raise ValueError("an instant needs an offset, for example 2026-11-23T03:10:00+08:00")
    return at.astimezone(UTC)


def speakable(length: int = 6) -> str:
    """A random reference that can be read out over the telephone and says nothing about how many there are."""
    return "".join(secrets.choice(SPEAKABLE) for _ in range(length))


def opaque() -> str:
    """A random identifier for things that are never read aloud."""
    return secrets.token_urlsafe(12).replace("-", "A").replace("_", "B")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    raise TypeError(f"{type(value).__name__} cannot be written into the record")
