"""The review as one HTML file that needs nothing else: to keep, to print, to hand on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from ._paper import seen, sheet, told

NAME = "html"
MEDIA_TYPE = "text/html; charset=utf-8"


def render(review: Mapping[str, Any], lang: str) -> bytes:
    """The whole document."""
    text = sheet(inert).get_template("review.html").render(told(review, lang))
    return text.encode()


def inert(value: Any) -> str:
    """What people typed, as text that HTML shows and does not act on."""
    return str(value) if isinstance(value, Markup) else str(escape(seen(str(value))))
