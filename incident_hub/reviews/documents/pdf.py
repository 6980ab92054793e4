"""The review as PDF: to print, to sign, to keep for years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incident_hub import paper

from ._sheet import sheet

NAME = "pdf"
MEDIA_TYPE = paper.PDF


def render(review: Mapping[str, Any], lang: str) -> bytes:
    """The whole document."""
    return paper.pdf("sheet", sheet(review, lang))
