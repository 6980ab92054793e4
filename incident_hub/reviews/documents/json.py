"""The review as JSON: everything, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incident_hub.kernel.text import canonical
from incident_hub.reviews.outward import exported

NAME = "json"
MEDIA_TYPE = "application/json"


def render(review: Mapping[str, Any], lang: str) -> bytes:
    """The whole document, in the language the review was read in."""
    return canonical(exported(review)) + b"\n"
