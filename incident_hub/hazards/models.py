"""Hazards, what was done about each, and the incidents they are linked to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, holds_text, kind, noun

HAZARD = noun("hazard", "/hazards/{ref}", ("隐患", "Hazard"))

FOUND = kind("hazard.found", ACCESS)
SETTLED = kind("hazard.settled", ACCESS)
EVIDENCED = kind("hazard.evidenced", ACCESS)
VERIFIED = kind("hazard.verified", ACCESS)
REJECTED = kind("hazard.rejected", ACCESS)
REOPENED = kind("hazard.reopened", ACCESS)
EXTENDED = kind("hazard.extended", ACCESS)
# Told to those alone who may know both ends of the link.
LINKED = kind("hazard.linked", ACCESS)
ENFORCED = kind("hazard.enforced", ACCESS)

holds_text("hazard.title", "what was found, in a line")
holds_text("hazard.description", "what was found")
holds_text("hazard.measure", "how it is put right")
holds_text("hazard.funds", "what it is paid from")
holds_text("hazard.interim", "what keeps people safe meanwhile")
holds_text("hazard_step.words", "what was said with a step")
holds_text("hazard_step.further", "how it is watched meanwhile, or the cause that was found")
holds_text("hazard_step.by", "the name a step was taken under")


class Hazard(Base):
    """Something found wrong that nobody has been hurt by yet."""

    __tablename__ = "hazard"

    #: Random.
    ref: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of its operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: What was found, in a line.
    title: Mapped[str] = mapped_column(Text)
    #: What was found, at length.
    description: Mapped[str | None] = mapped_column(Text)
    #: The clause or the question of a check-list that it breaks, as a code.
    clause: Mapped[str | None] = mapped_column(String(96))
    #: What it came out of, as the record writes it: `inspection/…`.
    source: Mapped[str | None] = mapped_column(String(96))
    #: self, authority, joint or mystery.
    origin: Mapped[str] = mapped_column(String(16))
    #: general or major.
    grade: Mapped[str] = mapped_column(String(8))
    #: The agency that puts it right.
    agency: Mapped[str] = mapped_column(String(64))
    #: Its site, if it is at one.
    site: Mapped[str | None] = mapped_column(String(96))
    #: The desk that owes it, as agency/desk.
    owner: Mapped[str] = mapped_column(String(96))
    #: The desk that found it, as agency/desk.
    finder: Mapped[str] = mapped_column(String(96))
    #: The desk that supervises it, as agency/desk; a major one has one.
    supervisor: Mapped[str | None] = mapped_column(String(96))
    #: When it was found.
    found_at: Mapped[datetime] = mapped_column(Instant)
    #: found, settled, rectified, rejected, verified or reopened.
    state: Mapped[str] = mapped_column(String(12))
    #: The post of the owner's that answers for it.
    post: Mapped[str | None] = mapped_column(String(32))
    #: How it is put right.
    measure: Mapped[str | None] = mapped_column(Text)
    #: What it is paid from.
    funds: Mapped[str | None] = mapped_column(Text)
    #: Until when.
    deadline: Mapped[datetime | None] = mapped_column(Instant)
    #: What keeps people safe meanwhile.
    interim: Mapped[str | None] = mapped_column(Text)
    #: When somebody else found it put right; null while it is not.
    closed_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index("ix_hazard_chain", "chain", "state", "deadline"), Index("ix_hazard_agency", "agency"))


class HazardStep(Base):
    """One thing that was done about a hazard. Never edited."""

    __tablename__ = "hazard_step"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The hazard.
    ref: Mapped[str] = mapped_column(ForeignKey("hazard.ref"))
    #: Its place in the history of the hazard, from 1.
    number: Mapped[int] = mapped_column(Integer)
    #: What was done, as the entry's kind says it: found, settled, evidenced …
    deed: Mapped[str] = mapped_column(String(12))
    #: What was said with it.
    words: Mapped[str | None] = mapped_column(Text)
    #: How it is watched meanwhile, or the cause that was found.
    further: Mapped[str | None] = mapped_column(Text)
    #: Codes and instants that belong to it.
    codes: Mapped[Any] = mapped_column(Json)
    #: When it was done.
    at: Mapped[datetime] = mapped_column(Instant)
    #: Who did it.
    by: Mapped[Any] = mapped_column(Json)
    #: Their desk.
    desk: Mapped[int] = mapped_column(Integer)
    #: Their account: who put a thing right does not verify it.
    member: Mapped[str | None] = mapped_column(String(24))

    __table_args__ = (Index("ix_hazard_step_ref", "ref", "number", unique=True),)


class HazardLink(Base):
    """A hazard and an incident that belong together; each side shows it to those who may know both."""

    __tablename__ = "hazard_link"

    #: The hazard.
    ref: Mapped[str] = mapped_column(ForeignKey("hazard.ref"), primary_key=True)
    #: The incident.
    incident: Mapped[str] = mapped_column(ForeignKey("incident.ref"), primary_key=True)
    #: related, same_event, caused_by or found_by.
    relation: Mapped[str] = mapped_column(String(12))
    #: When it was linked.
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index("ix_hazard_link_incident", "incident"),)
