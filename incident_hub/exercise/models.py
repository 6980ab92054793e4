"""The table of injects: what the control desk of an exercise has yet to play, and what it has played."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import NOBODY, OWN, holds_text, kind

SCHEDULED = kind("inject.scheduled", NOBODY)
PLAYED = kind("inject.played", NOBODY)
REFUSED = kind("inject.refused", NOBODY)
# What control says to one desk without an incident; told to that desk alone.
SAID = kind("inject.said", OWN)

holds_text("inject.body", "what the control desk of an exercise is going to say; invented, and kept with the exercise")
holds_text("inject.refusal", "why an inject could not be played, in the words of the refusal")


class Inject(Base):
    """One thing the control desk of an exercise does by itself at its instant, exactly once."""

    __tablename__ = "inject"

    #: Random; says nothing about how many there are.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The exercise's chain.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: Its place in the file, from 1.
    place: Mapped[int] = mapped_column(Integer)
    #: When it is played.
    due_at: Mapped[datetime] = mapped_column(Instant)
    #: open, journal, figure, status or say.
    what: Mapped[str] = mapped_column(String(16))
    #: What the file calls the incident it opens, or the one it is about.
    incident: Mapped[str | None] = mapped_column(String(64))
    #: The rest of what the file says.
    body: Mapped[Any] = mapped_column(Json)
    #: armed, played or refused.
    state: Mapped[str] = mapped_column(String(8))
    #: When it was played or refused; null while it waits.
    played_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The incident it opened or was about; null before, and for what is only said.
    ref: Mapped[str | None] = mapped_column(String(64))
    #: Why it could not be played; null otherwise.
    refusal: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index("ix_inject_due", "state", "due_at"), Index("ix_inject_chain", "chain", "due_at"))
