"""A timeline as plain things for JSON: instants in RFC 3339, everything else as it is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from .load import load_of
from .timeline import Timeline


def shape(timeline: Timeline) -> dict[str, Any]:
    """The timeline and its load. Shape: {title, operation, plan, zone, start, until, debts, steps, moments, people,
    ended, load}."""
    return cast("dict[str, Any]", plain(timeline)) | {"load": plain(load_of(timeline))}


def plain(thing: Any) -> Any:
    """Anything of a timeline as JSON knows it."""
    if is_dataclass(thing):
        return {one.name: plain(getattr(thing, one.name)) for one in fields(thing)}
    if isinstance(thing, datetime):
        return thing.isoformat().replace("+00:00", "Z")
    if isinstance(thing, timedelta):
        return thing.total_seconds()
    if isinstance(thing, Mapping):
        return {str(name): plain(value) for name, value in cast("Mapping[str, Any]", thing).items()}
    if isinstance(thing, list | tuple):
        return [plain(one) for one in cast("list[Any]", thing)]
    return thing
