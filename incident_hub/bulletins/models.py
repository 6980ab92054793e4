"""Bulletins, the sheet of each desk they went to, and every answer that came.

A sheet is what one addressee has of a bulletin: its own subject in the record, known to the sender and that desk alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, holds_text, kind, noun

NOUN = noun("bulletin", "/bulletins/{ref}", ("通报", "Bulletin"))
SENT = kind("bulletin.sent", ACCESS)
ANSWERED = kind("bulletin.answered", ACCESS)
CLOSED = kind("bulletin.closed", ACCESS)

holds_text("bulletin.title", "what a bulletin is about")
holds_text("bulletin.words", "what a bulletin says")
holds_text("bulletin.reason", "why it was recalled or closed")
holds_text("bulletin_answer.words", "what an addressee answered")
holds_text("bulletin_answer.via", "who said it by telephone, and how")
holds_text("bulletin_answer.by", "the name it was answered under")


class Bulletin(Base):
    """One message to many desks, as its sender sees it. What was sent never changes."""

    __tablename__ = "bulletin"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of its operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: instruction, warning or roll_call.
    kind: Mapped[str] = mapped_column(String(16))
    #: What it is about.
    title: Mapped[str] = mapped_column(Text)
    #: What it says; null where the title says all.
    words: Mapped[str | None] = mapped_column(Text)
    #: The desk that sent it, `agency/desk`.
    desk: Mapped[str] = mapped_column(String(96))
    #: The same desk as the kernel knows it.
    desk_id: Mapped[int] = mapped_column(Integer)
    #: The incident behind it, told only to those who may know it.
    incident: Mapped[str | None] = mapped_column(String(16))
    #: The bulletin of the same desk that it corrects.
    corrects: Mapped[str | None] = mapped_column(ForeignKey("bulletin.id"))
    #: When it was sent.
    sent_at: Mapped[datetime] = mapped_column(Instant)
    #: By when it wants an answer.
    due_at: Mapped[datetime] = mapped_column(Instant)
    #: closed, recalled or corrected; null while it runs.
    ended: Mapped[str | None] = mapped_column(String(12))
    #: When that was.
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    #: Why; null where a new one says it.
    reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index("ix_bulletin_chain", "chain", "sent_at"),)


class Sheet(Base):
    """One desk a bulletin went to."""

    __tablename__ = "bulletin_sheet"

    #: Random; what the record and this desk's page know it by.
    ref: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The bulletin.
    bulletin: Mapped[str] = mapped_column(ForeignKey("bulletin.id"))
    #: The desk, `agency/desk`.
    desk: Mapped[str] = mapped_column(String(96))
    #: The same desk as the kernel knows it.
    desk_id: Mapped[int] = mapped_column(Integer)
    #: hub, or phone where nobody of that agency works here.
    reached: Mapped[str] = mapped_column(String(8))

    __table_args__ = (Index("uq_bulletin_sheet", "bulletin", "desk_id", unique=True),)


class Reply(Base):
    """One answer of one desk. Never changed; the newest counts."""

    __tablename__ = "bulletin_answer"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The sheet it stands on.
    sheet: Mapped[str] = mapped_column(ForeignKey("bulletin_sheet.ref"))
    #: Its place among the answers of that sheet, from 1.
    place: Mapped[int] = mapped_column(Integer)
    #: noted, done, cannot or present.
    answer: Mapped[str] = mapped_column(String(8))
    #: What was said with it.
    words: Mapped[str | None] = mapped_column(Text)
    #: How it reached the sender when not through the Hub.
    via: Mapped[Any] = mapped_column(Json, nullable=True)
    #: {desk, post, name}: who typed it.
    by: Mapped[Any] = mapped_column(Json)
    #: When it was given, as stated; what counts.
    at: Mapped[datetime] = mapped_column(Instant)
    #: When it was typed.
    entered_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index("uq_bulletin_answer", "sheet", "place", unique=True),)
