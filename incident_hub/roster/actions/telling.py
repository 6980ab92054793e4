"""Every change of the roster is one entry of the house's record, and moves what was read of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from incident_hub.kernel import record
from incident_hub.kernel.database import HOUSE
from incident_hub.kernel.record import By, Draft
from incident_hub.roster.queries.arranged import moved


def tell(
    kind: str, post_id: int, at: datetime, by: By, facts: Mapping[str, Any], texts: Mapping[str, str] | None = None
) -> None:
    """Write down what was done to a post."""
    moved()
    subject, told = ("post", str(post_id)), {"post": post_id, **facts}
    record.append(Draft(HOUSE, kind, at, by, subject, data=told, texts=dict(texts or {})))
