"""Incidents, their figures and what people wrote about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, NOBODY, holds_text, kind, noun

INCIDENT = noun("incident", "/incidents/{ref}")

OPENED = kind("incident.opened", ACCESS)
IMPORTED = kind("incident.imported", ACCESS)
RAISED = kind("incident.raised", ACCESS)
REPLANNED = kind("incident.replanned", ACCESS)
AMENDED = kind("incident.amended", ACCESS)
STATUS_CHANGED = kind("incident.status_changed", ACCESS)
VERIFIED = kind("incident.verified", ACCESS)
MARKED = kind("incident.marked", ACCESS)
GRADED = kind("incident.graded", ACCESS)
ACKNOWLEDGED = kind("incident.acknowledged", ACCESS)
WITHDRAWN = kind("incident.withdrawn", ACCESS)
ACCESS_GRANTED = kind("access.granted", ACCESS)
ACCESS_WITHDRAWN = kind("access.withdrawn", ACCESS)
LEAD_OFFERED = kind("lead.offered", ACCESS)
LEAD_ACCEPTED = kind("lead.accepted", ACCESS)
LEAD_DECLINED = kind("lead.declined", ACCESS)
LEAD_WITHDRAWN = kind("lead.withdrawn", ACCESS)
LEAD_DIRECTED = kind("lead.directed", ACCESS)
FIGURE_STATED = kind("figure.stated", ACCESS)
FIGURE_OFFICIAL = kind("figure.made_official", ACCESS)
JOURNAL_ADDED = kind("journal.added", ACCESS)
# No desk is told of it: whoever may read it reads it in the journal.
JOURNAL_SEALED = kind("journal.sealed", NOBODY)
JOURNAL_IMPORTED = kind("journal.imported", ACCESS)
JOURNAL_STRUCK = kind("journal.struck", ACCESS)

for _column, _why in {
    "incident.title": "what happened, in one line",
    "incident.summary": "what happened",
    "incident.place": "where, in words",
    "incident.methane": "the first message from the scene",
    "figure.source": "who says so",
    "figure.basis": "what it rests on",
    "journal.text": "what was written",
    "journal.decision": "options and basis of a decision",
    "journal.via": "how it was said, by whom, in which words",
    "journal.by": "the name it was written under",
    "journal.struck_reason": "why it was struck out",
}.items():
    holds_text(_column, _why)


class Incident(Base):
    """Something that happened, or may have."""

    __tablename__ = "incident"

    #: Random, speakable, without order (rulings 5).
    ref: Mapped[str] = mapped_column(String(16), primary_key=True)
    #: The operation's chain.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: A type of the plan.
    type: Mapped[str] = mapped_column(String(64))
    #: One line.
    title: Mapped[str] = mapped_column(Text)
    #: What is known so far.
    summary: Mapped[str] = mapped_column(Text)
    #: A, N, H, S or O, from the type.
    category: Mapped[str] = mapped_column(String(8))
    #: I, II, III, IV, or null: not every kind of event is graded.
    grade: Mapped[str | None] = mapped_column(String(4))
    #: heard, reported, responding, contained, lifted, closed, false_alarm, transferred.
    status: Mapped[str] = mapped_column(String(16))
    #: unverified, verified, doubtful, false.
    verification: Mapped[str] = mapped_column(String(16))
    #: A, B, C or null.
    attention: Mapped[str | None] = mapped_column(String(1))
    #: Lives are at stake: quiet hours and mute do not count.
    life_safety: Mapped[bool] = mapped_column(Boolean)
    #: The agency in the lead.
    lead: Mapped[str] = mapped_column(String(64))
    #: RED, AMBER+STRICT, AMBER, GREEN, CLEAR.
    tlp: Mapped[str] = mapped_column(String(16))
    #: The site's code, if it happened at one.
    site: Mapped[str | None] = mapped_column(String(64))
    #: The agency whose site it is, or that reported it as its own.
    site_owner: Mapped[str | None] = mapped_column(String(64))
    #: {text, area, lat, lon, datum}; coordinates are strings.
    place: Mapped[Any] = mapped_column(Json, nullable=True)
    #: The areas it lies in, the innermost first; null for what was logged before they were kept.
    areas: Mapped[Any] = mapped_column(Json, nullable=True)
    #: M/ETHANE by letter, as far as known.
    methane: Mapped[Any] = mapped_column(Json, nullable=True)
    #: When it happened; null when nobody knows.
    occurred_at: Mapped[datetime | None] = mapped_column(Instant)
    #: Whether that is only about right.
    occurred_about: Mapped[bool] = mapped_column(Boolean)
    #: When it was found out.
    discovered_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When it is planned to happen, for what is announced beforehand.
    planned_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When agencies knew of it before the Hub told them, by agency (rulings 18).
    known_at: Mapped[Any] = mapped_column(Json)
    #: When it was entered here.
    created_at: Mapped[datetime] = mapped_column(Instant)
    #: The plan it began with (rulings 19).
    plan_version: Mapped[str] = mapped_column(ForeignKey("plan_version.id"))
    #: The card's version at which each field was last changed, for guarded edits.
    moved: Mapped[Any] = mapped_column(Json)
    #: The lead on offer, {desk, by, at}; null when none is.
    lead_offer: Mapped[Any] = mapped_column(Json, nullable=True)
    #: Where an imported incident came from, so that it is never brought in twice.
    source_key: Mapped[str | None] = mapped_column(String(128))

    __table_args__ = (
        Index("ix_incident_newest", "chain", "created_at"),
        Index("uq_incident_source", "chain", "source_key", unique=True),
    )


class Figure(Base):
    """A count somebody stated; never changed, only followed by another."""

    __tablename__ = "figure"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The incident.
    ref: Mapped[str] = mapped_column(ForeignKey("incident.ref"), index=True)
    #: deaths, injured, missing, evacuated, items, hours, loss …
    category: Mapped[str] = mapped_column(String(32))
    #: The count; null when it is stated to be unknown.
    n: Mapped[int | None] = mapped_column(BigInteger)
    #: The instant it holds for.
    as_of: Mapped[datetime] = mapped_column(Instant)
    #: Who says so.
    source: Mapped[str] = mapped_column(Text)
    #: What it rests on.
    basis: Mapped[str] = mapped_column(Text)
    #: The desk that stated it.
    desk: Mapped[str] = mapped_column(String(96))
    #: When it was entered.
    at: Mapped[datetime] = mapped_column(Instant)
    #: The one the lead stands behind.
    official: Mapped[bool] = mapped_column(Boolean)
    #: Its place among the figures of one incident; never shown outward.
    place: Mapped[int] = mapped_column(Integer)


class Journal(Base):
    """One thing somebody wrote. Struck out with a reason, never edited, never deleted."""

    __tablename__ = "journal"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The incident.
    ref: Mapped[str] = mapped_column(ForeignKey("incident.ref"))
    #: note, decision, action, message, milestone, deviation.
    kind: Mapped[str] = mapped_column(String(16))
    #: The words.
    text: Mapped[str] = mapped_column(Text)
    #: When it was entered.
    at: Mapped[datetime] = mapped_column(Instant)
    #: When the thing it tells of happened.
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    #: Who wrote it.
    by: Mapped[Any] = mapped_column(Json)
    #: How it was said before it was typed.
    via: Mapped[Any] = mapped_column(Json, nullable=True)
    #: null for all with access, otherwise the desks.
    desks: Mapped[Any] = mapped_column(Json, nullable=True)
    #: Sealed: the posts of the desk that wrote it, which alone may read it; null when it is not sealed.
    posts: Mapped[Any] = mapped_column(Json, nullable=True)
    #: informed, set_out, arrived, handed_over, released.
    milestone: Mapped[str | None] = mapped_column(String(16))
    #: {options, basis, approver, shown}: what the decider's desk had been shown is its feed position.
    decision: Mapped[Any] = mapped_column(Json, nullable=True)
    #: When it was struck out.
    struck_at: Mapped[datetime | None] = mapped_column(Instant)
    #: By which desk.
    struck_by: Mapped[str | None] = mapped_column(String(96))
    #: Why.
    struck_reason: Mapped[str | None] = mapped_column(Text)
    #: Where an imported entry came from.
    source_key: Mapped[str | None] = mapped_column(String(128))
    #: Its place among the entries of one incident; never shown outward.
    place: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        Index("ix_journal_ref", "ref", "place"),
        Index("uq_journal_source", "ref", "source_key", unique=True),
    )
