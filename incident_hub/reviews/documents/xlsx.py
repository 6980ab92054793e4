"""The review as a spreadsheet: key figures, clocks and timelines to sort and count; nothing in it computes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incident_hub import paper
from incident_hub.kernel.beside import aside

from ._sheet import tables

NAME = "xlsx"
MEDIA_TYPE = paper.XLSX


def render(review: Mapping[str, Any], lang: str) -> bytes:
    """The whole document."""
    title = f"{review['operation']['title']} {review['operation']['code']}"
    return paper.xlsx(title, review["generated_at"], aside(tables, review, lang))
