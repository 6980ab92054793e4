"""The review as a Word document: to complete by hand before it goes up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incident_hub import paper

from ._sheet import sheet

NAME = "docx"
MEDIA_TYPE = paper.DOCX


def render(review: Mapping[str, Any], lang: str) -> bytes:
    """The whole document."""
    return paper.docx("sheet", sheet(review, lang))
