"""The forms a review can be written in: one file here each, found by itself.

A document has NAME (the ending of its file), MEDIA_TYPE and `render(review, lang) -> bytes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol, cast


class Document(Protocol):
    """One form of a written review."""

    NAME: str
    MEDIA_TYPE: str

    def render(self, review: Mapping[str, Any], lang: str) -> bytes:
        """The whole document."""
        ...


_found = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__) if not one.name.startswith("_")]
# In the order in which they are offered: what is signed first, what programs read last.
_ORDER = ("pdf", "docx", "xlsx", "html", "md", "json")
_named = {one.NAME: cast("Document", one) for one in _found}
REGISTERED: dict[str, Document] = {name: _named[name] for name in (*_ORDER, *_named) if name in _named}
