"""Visits, what was answered on them and what was found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, holds_text, kind, noun

INSPECTION = noun("inspection", "/inspections/{ref}", ("检查", "Inspection"))

BEGUN = kind("inspection.begun", ACCESS)
FOUND = kind("inspection.found", ACCESS)
SIGNED = kind("inspection.signed", ACCESS)
REFUSED = kind("inspection.refused", ACCESS)
CONCLUDED = kind("inspection.concluded", ACCESS)

holds_text("inspection_answer.note", "what was seen beside an answer")
holds_text("inspection_finding.words", "what was found")
holds_text("inspection.refusal", "why the inspected did not sign, in their words")


class Inspection(Base):
    """One visit to one place, or to an agency as a whole."""

    __tablename__ = "inspection"

    #: Random.
    ref: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of its operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: announced, unannounced, mystery or follow_up.
    visit: Mapped[str] = mapped_column(String(16))
    #: self, authority or joint.
    origin: Mapped[str] = mapped_column(String(16))
    #: The agency that is inspected.
    agency: Mapped[str] = mapped_column(String(64))
    #: Its site; null for the agency as a whole.
    site: Mapped[str | None] = mapped_column(String(96))
    #: [{agency, post}]: who inspects, by seat and not by name.
    inspectors: Mapped[Any] = mapped_column(Json)
    #: The codes of the plan's check-lists it goes by.
    checklists: Mapped[Any] = mapped_column(Json)
    #: The version of the plan it began under.
    plan_version: Mapped[str] = mapped_column(String(96))
    #: The desk that inspects.
    desk: Mapped[int] = mapped_column(Integer)
    #: When it began.
    begun_at: Mapped[datetime] = mapped_column(Instant)
    #: signed or refused; null before.
    outcome: Mapped[str | None] = mapped_column(String(8))
    #: When it was signed or refused.
    outcome_at: Mapped[datetime | None] = mapped_column(Instant)
    #: {agency, post} that signed for the inspected.
    signed_by: Mapped[Any] = mapped_column(Json, nullable=True)
    #: Why the inspected did not sign.
    refusal: Mapped[str | None] = mapped_column(Text)
    #: {agency, post} before whom it was refused.
    witness: Mapped[Any] = mapped_column(Json, nullable=True)
    #: When it was concluded; null while it goes on.
    concluded_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index("ix_inspection_chain", "chain", "begun_at"),)


class Answered(Base):
    """The present answer to one question of a visit; what has no row is unanswered."""

    __tablename__ = "inspection_answer"

    #: The visit.
    ref: Mapped[str] = mapped_column(ForeignKey("inspection.ref"), primary_key=True)
    #: The check-list.
    checklist: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: The question.
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: yes, no, not_looked or not_applicable.
    answer: Mapped[str] = mapped_column(String(16))
    #: What was seen.
    note: Mapped[str | None] = mapped_column(Text)
    #: When it was answered last.
    at: Mapped[datetime] = mapped_column(Instant)
    #: The desk that answered it last; null for what was answered before this was kept.
    desk: Mapped[str | None] = mapped_column(String(96))


class Finding(Base):
    """One thing that was found on a visit. Never edited."""

    __tablename__ = "inspection_finding"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The visit.
    ref: Mapped[str] = mapped_column(ForeignKey("inspection.ref"))
    #: The check-list it was found by, if any.
    checklist: Mapped[str | None] = mapped_column(String(40))
    #: The question it was found by, if any.
    item: Mapped[str | None] = mapped_column(String(40))
    #: What was found.
    words: Mapped[str] = mapped_column(Text)
    #: When it was written down.
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index("ix_inspection_finding_ref", "ref", "at"),)


class Photograph(Base):
    """Which question of a visit a photograph was taken at; the photograph itself is kept with all other files."""

    __tablename__ = "inspection_photograph"

    #: The file.
    file: Mapped[str] = mapped_column(ForeignKey("attachment.id"), primary_key=True)
    #: The visit.
    ref: Mapped[str] = mapped_column(ForeignKey("inspection.ref"))
    #: The check-list.
    checklist: Mapped[str] = mapped_column(String(40))
    #: The question.
    item: Mapped[str] = mapped_column(String(40))

    __table_args__ = (Index("ix_inspection_photograph_ref", "ref"),)
