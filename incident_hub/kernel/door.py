"""What a door of the JSON API is: one method and path, and all that its document says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel


@dataclass(frozen=True)
class Media:
    """An answer that is no JSON but a file, of one of these types."""

    types: tuple[str, ...]


@dataclass(frozen=True)
class Door:
    """One method and path, what it takes and gives, and who it lets in."""

    room: str
    method: str
    path: str
    scope: str | None
    says: str
    function: Callable[..., Any]
    takes: type[BaseModel] | None
    query: type[BaseModel] | None
    gives: Any
    status: int
    errors: tuple[int, ...]
    signed: Callable[..., None] | None = None
    uploads: int | None = None
    plain: bool = False
    versioned: bool = False
    standing: int | None = None
