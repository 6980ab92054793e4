"""Subscribing: an address that shows shifts to a calendar client, until it is revoked."""

from __future__ import annotations

import secrets
from datetime import datetime

from incident_hub.kernel import record
from incident_hub.kernel.database import HOUSE, db
from incident_hub.kernel.errors import Conflict
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import opaque, sha256
from incident_hub.roster import models


def subscribe(member_id: str, desk_id: int, post: str | None, scope: str, at: datetime, by: By) -> tuple[str, str]:
    """Make an address that shows shifts; its secret part is said this once. Tells: calendar.subscribed.

    Shape: (id, token); `scope` is mine or all.
    """
    secret = secrets.token_urlsafe(24)
    row = models.Calendar(
        id=opaque(), hash=sha256(secret.encode()), member_id=member_id, desk_id=desk_id, post=post, scope=scope,
        made_at=at, revoked_at=None,
    )  # fmt: skip
    db.session.add(row)
    told = {"calendar": row.id, "desk": desk_id, "post": post, "scope": scope}
    record.append(Draft(HOUSE, models.CALENDAR_SUBSCRIBED, at, by, ("calendar", row.id), data=told))
    return row.id, f"{row.id}.{secret}"


def revoke(row: models.Calendar, at: datetime, by: By) -> None:
    """Let an address show nothing any more. Tells: calendar.revoked.

    Raises: Conflict when it was revoked before.
    """
    if row.revoked_at is not None:
        raise Conflict("This subscription is revoked already.")
    row.revoked_at = at
    told = {"calendar": row.id}
    record.append(Draft(HOUSE, models.CALENDAR_REVOKED, at, by, ("calendar", row.id), data=told))
