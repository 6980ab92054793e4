"""Another password for somebody who lost theirs: a link of one use, sent to the address that is known already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import delete, select, update

from incident_hub.agencies import actions as agencies
from incident_hub.agencies import queries as directory
from incident_hub.agencies.askers import session_id
from incident_hub.kernel.database import HOUSE, db
from incident_hub.kernel.record import By, Draft, append
from incident_hub.kernel.text import opaque
from incident_hub.notify import actions as notify
from incident_hub.notify.messages import Matter
from incident_hub.sign_in import sealing
from incident_hub.sign_in.models import Ceremony, PasswordReset

from .house import pose

RESET_LASTS = timedelta(minutes=30)
_NONE = {"zh": "", "en": ""}


def ask_reset(login: str, address: str, *, at: datetime) -> None:
    """Keep that somebody asked for another password; the same is done whether or not there is such a login."""
    name = opaque()
    asked = orjson.dumps({"login": login, "address": address}).decode()
    pose(name, "reset", None, sealing.sealed(asked, name) + f" {name}", at=at)


def answer_reset(question: str, settings: Mapping[str, Any], *, at: datetime) -> bool:
    """Send a member a link, if somebody of this login is welcome; False when it was answered already.

    A link that was sent before is good no longer; the address in it is the configured one, whatever host was asked.
    Tells: reset.asked; an unknown login is not kept.
    """
    kept = db.session.execute(delete(Ceremony).where(Ceremony.hash == question).returning(Ceremony.value)).scalar()
    if kept is None:
        return False
    words, _, name = kept.partition(" ")
    asked = orjson.loads(sealing.opened(words, name))
    member = directory.member_by_login(asked["login"])
    seats = directory.seats_of(member.id) if member and not member.disabled else []
    subject = ("member", member.id) if member else ("sign_in", "unknown")
    append(
        Draft(
            HOUSE, "reset.asked", at, agencies.HUB, subject, data={"member": member.id if member else None},
            texts={"address": asked["address"]},
        )
    )  # fmt: skip
    if member is None or not seats or not settings.get("HUB_LINK"):
        return True
    _spend(member.id, at)
    id = opaque()
    hash = session_id(sealing.link_secret(id, str(settings["HUB_FOLDER"])))
    row = PasswordReset(hash=hash, member_id=member.id, asked_at=at, expires_at=at + RESET_LASTS, used_at=None)
    db.session.add(row)
    matter = Matter("", _NONE, "UTC", False, "member", "", _NONE, _NONE, "reset", "", at, False, None, f"/reset/{id}")
    notify.prepare(notify.Occasion(HOUSE, None, 0, 0, False), member, seats[0][0].id, "email", matter, at)
    return True


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
