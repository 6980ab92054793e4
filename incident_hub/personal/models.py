"""A reveal: somebody asks to read one value, somebody else agrees, and it is shown once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant
from incident_hub.kernel.registry import ACCESS, holds_text, kind

KEPT = kind("personal.kept", ACCESS)
REVEAL_ASKED = kind("personal.reveal_asked", ACCESS)
REVEAL_CONFIRMED = kind("personal.reveal_confirmed", ACCESS)
REVEAL_DECLINED = kind("personal.reveal_declined", ACCESS)
REVEALED = kind("personal.revealed", ACCESS)

holds_text("reveal.reason", "why somebody has to read a value of a person")


class Reveal(Base):
    """One request to read a value, with the second person and whether it was shown."""

    __tablename__ = "reveal"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The value.
    value: Mapped[str] = mapped_column(ForeignKey("vault.id"), index=True)
    #: Who asks to read it.
    member: Mapped[str] = mapped_column(String(24))
    #: From which desk, `agency/desk`.
    desk: Mapped[str] = mapped_column(String(96))
    #: The same desk as the kernel knows it.
    desk_id: Mapped[int] = mapped_column(Integer)
    #: Why.
    reason: Mapped[str] = mapped_column(Text)
    #: When it was asked.
    asked_at: Mapped[datetime] = mapped_column(Instant)
    #: asked, confirmed, declined, shown.
    state: Mapped[str] = mapped_column(String(12))
    #: The second person.
    second: Mapped[str | None] = mapped_column(String(24))
    #: The desk they answered from.
    second_desk: Mapped[str | None] = mapped_column(String(96))
    #: When they answered.
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When it was shown.
    shown_at: Mapped[datetime | None] = mapped_column(Instant)
