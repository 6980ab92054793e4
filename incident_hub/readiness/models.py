"""What carriers stated to be in place, and what whoever oversees them said to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, holds_text, kind, noun

READINESS = noun("readiness", "/operations/{operation}/readiness", ("四个到位", "Readiness"))

STATED = kind("readiness.stated", ACCESS)
CONFIRMED = kind("readiness.confirmed", ACCESS)
OBJECTED = kind("readiness.objected", ACCESS)

holds_text("readiness_statement.words", "what a statement rests on")
holds_text("readiness_statement.by", "the name it was stated under")
holds_text("readiness_statement.verdict_words", "what is objected to")


class Statement(Base):
    """One carrier's word that one thing is in place. Never edited; the newest one counts."""

    __tablename__ = "readiness_statement"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of its operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: The agency that states it of itself.
    agency: Mapped[str] = mapped_column(String(64))
    #: The code of the plan's requirement.
    item: Mapped[str] = mapped_column(String(40))
    #: true or false, a number, or a day as YYYY-MM-DD; null for a document.
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    #: Of when it is true.
    as_of: Mapped[datetime] = mapped_column(Instant)
    #: Until when it holds by its own word; null where only the plan bounds it.
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    #: What it rests on.
    words: Mapped[str | None] = mapped_column(Text)
    #: When it was stated.
    at: Mapped[datetime] = mapped_column(Instant)
    #: Who stated it.
    by: Mapped[Any] = mapped_column(Json)
    #: Their desk.
    desk: Mapped[int] = mapped_column(Integer)
    #: confirmed or objected; null while nobody who oversees has said.
    verdict: Mapped[str | None] = mapped_column(String(12))
    #: What is objected to, or seen.
    verdict_words: Mapped[str | None] = mapped_column(Text)
    #: When that was said.
    verdict_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The agency that said it.
    verdict_by: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (Index("ix_readiness_statement_item", "chain", "agency", "item", "at"),)
