"""The review as Markdown: plain text that can be read as it is, pasted, and kept with the papers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from ._paper import seen, sheet, told

NAME = "md"
MEDIA_TYPE = "text/markdown; charset=utf-8"

_BREAKS = re.compile(r"[\r\n\t\u2028\u2029\x85\x0b\x0c]+")
_SPECIAL = re.compile(r"([\\`*_\[\]|~#!$])")
_LEADING = re.compile(r"^(\d{1,9})([.)])|^([-+=])")


def render(review: Mapping[str, Any], lang: str) -> bytes:
    """The whole document."""
    text = sheet(inert).get_template("review.md").render(told(review, lang))
    return text.encode()


def inert(value: Any) -> str:
    """What people typed, as text that Markdown shows and does not act on: one line, no HTML, no table broken."""
    if isinstance(value, Markup):
        return str(value)
    line = seen(_BREAKS.sub(" ", str(value))).strip()
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _SPECIAL.sub(r"\\\1", line).replace("://", r"\://").replace("www.", r"www\.").replace("@", "&#64;")
    return _LEADING.sub(_held, line)


def _held(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"
