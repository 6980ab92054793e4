"""Another password for somebody who lost theirs: a link of one use, sent to the address that is known already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from incident_hub.agencies import actions as agencies
from incident_hub.agencies import queries as directory
from incident_hub.agencies.askers import session_id
from incident_hub.kernel.database import HOUSE, db
from incident_hub.kernel.record import By, Draft, append
from incident_hub.kernel.text import opaque
from incident_hub.notify import actions as notify
from incident_hub.notify.messages import Matter
from incident_hub.sign_in import sealing
from incident_hub.sign_in.models import PasswordReset

RESET_LASTS = timedelta(minutes=30)
_NONE = {"zh": "", "en": ""}


def ask_reset(login: str, settings: Mapping[str, Any], address: str, *, at: datetime) -> None:
    """Send a member a link, if there is one of this login who is welcome; nothing tells whoever asks which it was.

    A link that was sent before is good no longer; the address in it is the configured one, whatever host was asked.
    Tells: reset.asked; an unknown login is not kept.
    """
    member = directory.member_by_login(login)
    seats = directory.seats_of(member.id) if member and not member.disabled else []
    subject = ("member", member.id) if member else ("sign_in", "unknown")
    append(
        Draft(
            HOUSE, "reset.asked", at, agencies.HUB, subject, data={"member": member.id if member else None},
            texts={"address": address},
        )
    )  # fmt: skip
    if member is None or not seats or not settings.get("HUB_LINK"):
        return
    _spend(member.id, at)
    id = opaque()
    hash = session_id(sealing.link_secret(id, str(settings["HUB_FOLDER"])))
    row = PasswordReset(hash=hash, member_id=member.id, asked_at=at, expires_at=at + RESET_LASTS, used_at=None)
    db.session.add(row)
    matter = Matter("", _NONE, "UTC", False, "member", "", _NONE, _NONE, "reset", "", at, False, None, f"/reset/{id}")
    notify.prepare(notify.Occasion(HOUSE, None, 0, 0, False), member, seats[0][0].id, "email", matter, at)


def member_of(secret: str, at: datetime) -> str | None:
    """Whose password a link lets choose; None when it was used, is over, or never was."""
    return db.session.scalar(select(PasswordReset.member_id).where(_good(secret, at)))


def reset(secret: str, password_hash: str, *, at: datetime) -> bool:
    """Choose another password with a link; False when it is good no longer. Every session of the member ends.

    Of many who use one link at once, the database lets one. Tells: password.changed, session.ended.
    """
    used = update(PasswordReset).where(_good(secret, at)).values(used_at=at).returning(PasswordReset.member_id)
    member_id = db.session.execute(used).scalar()
    if member_id is None:
        return False
    by = By("house", "house/door", 0, member=member_id, assurance="service")
    agencies.change_password(member_id, password_hash, at=at, by=by)
    return True


def _good(secret: str, at: datetime) -> Any:
    unused = PasswordReset.used_at.is_(None) & (PasswordReset.expires_at > at)
    return (PasswordReset.hash == session_id(secret)) & unused


def _spend(member_id: str, at: datetime) -> None:
    mine = (PasswordReset.member_id == member_id) & PasswordReset.used_at.is_(None)
    db.session.execute(update(PasswordReset).where(mine).values(used_at=at))
