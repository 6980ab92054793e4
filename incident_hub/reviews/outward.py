"""What of a review may stand in a file: nothing under TLP:RED, which is read at the listed desks alone (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def exported(review: Mapping[str, Any]) -> dict[str, Any]:
    """A review without the incidents under TLP:RED; its figures still count them, and `unnamed` says how many they are.

    Source: rulings 8.
    """
    named = [one for one in review["incidents"] if one.get("tlp") != "RED"]
    return {**review, "incidents": named, "unnamed": len(review["incidents"]) - len(named)}
