"""Reports, as drafted, signed and sent, and each way they went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, holds_text, kind

SIGNED = kind("report.signed", ACCESS)
REOPENED = kind("report.reopened", ACCESS)
SENT = kind("report.sent", ACCESS)
RECEIVED = kind("report.received", ACCESS)
AMENDED = kind("report.amended", ACCESS)

for _column, _why in {
    "incident_report.typed": "what was written into a report",
    "incident_report.content": "the lines of a report as signed",
    "incident_report.facts": "what the Hub itself told in it",
    "incident_report.open": "why something was unknown",
    "incident_report.why": "why it amends another",
    "incident_report.words": "what was read out or written down",
    "incident_report.via": "who said it, and how",
    "incident_report.compiled_by": "the name it was compiled under",
    "incident_report.signed_by": "the name it was signed under",
    "report_sending.reason": "why a level was passed over",
    "report_sending.via": "how it went",
    "report_sending.received_by": "who took it",
}.items():
    holds_text(_column, _why)


class Report(Base):
    """One report of one agency on one incident. What was sent never changes; an amendment is another report."""

    __tablename__ = "incident_report"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of its operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: The incident.
    ref: Mapped[str] = mapped_column(ForeignKey("incident.ref"))
    #: A form: first, follow_up, final, daily.
    form: Mapped[str] = mapped_column(String(16))
    #: spoken or written.
    mode: Mapped[str] = mapped_column(String(8))
    #: Its number among those of its form, agency and incident; null before it is sent.
    number: Mapped[int | None] = mapped_column(Integer)
    #: The agency whose report it is.
    agency: Mapped[str] = mapped_column(String(64))
    #: The desk whose report it is.
    desk: Mapped[str] = mapped_column(String(96))
    #: draft, signed or sent.
    state: Mapped[str] = mapped_column(String(8))
    #: The print of desk, incident and form while it is not sent, so that there is one draft; null afterwards.
    open_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    #: {field: {value} or {unknown}}: what people wrote over or beside what is known.
    typed: Mapped[Any] = mapped_column(Json)
    #: The draft's version, for guarded edits.
    version: Mapped[int] = mapped_column(Integer)
    #: {field: version} at which each was last written.
    moved: Mapped[Any] = mapped_column(Json)
    #: The lines as signed; null before.
    content: Mapped[Any] = mapped_column(Json, nullable=True)
    #: What the Hub knew when it was signed, for the next one to be held against.
    facts: Mapped[Any] = mapped_column(Json, nullable=True)
    #: {field: reason}: what a first report needs and is unknown even after this one.
    open: Mapped[Any] = mapped_column(Json, nullable=True)
    #: The print of its content; null before it is signed.
    sha256: Mapped[str | None] = mapped_column(String(64))
    #: Up to when it tells; null before it is signed.
    cut_off: Mapped[datetime | None] = mapped_column(Instant)
    #: The report of its own agency that it goes on from.
    after: Mapped[str | None] = mapped_column(ForeignKey("incident_report.id"))
    #: The report it amends.
    amends: Mapped[str | None] = mapped_column(ForeignKey("incident_report.id"))
    #: Why it amends it.
    why: Mapped[str | None] = mapped_column(Text)
    #: The report of another agency it was compiled from.
    based_on: Mapped[str | None] = mapped_column(ForeignKey("incident_report.id"))
    #: What was read out, or written down when it came in.
    words: Mapped[str | None] = mapped_column(Text)
    #: How it reached the Hub when it was not written here.
    via: Mapped[Any] = mapped_column(Json, nullable=True)
    #: Who compiled it, or took it down.
    compiled_by: Mapped[Any] = mapped_column(Json)
    #: When it was begun, or taken down.
    compiled_at: Mapped[datetime] = mapped_column(Instant)
    #: Who signed it.
    signed_by: Mapped[Any] = mapped_column(Json, nullable=True)
    #: When it was signed.
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When it was first sent, as stated.
    sent_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index("ix_incident_report_ref", "chain", "ref", "compiled_at"),)


class Sending(Base):
    """One way a report went: from a desk to a desk, through a channel, and whether it arrived."""

    __tablename__ = "report_sending"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The report.
    report: Mapped[str] = mapped_column(ForeignKey("incident_report.id"), index=True)
    #: The desk that sent it, its author or whoever relays it.
    desk: Mapped[str] = mapped_column(String(96))
    #: The desk it went to.
    to: Mapped[str] = mapped_column(String(96))
    #: The levels of the plan on which that desk stands for the sender.
    tiers: Mapped[Any] = mapped_column(Json)
    #: hub, phone, radio, fax, paper or face.
    channel: Mapped[str] = mapped_column(String(8))
    #: How it went when not through the Hub.
    via: Mapped[Any] = mapped_column(Json, nullable=True)
    #: Whether somebody else's report is handed on as it is.
    relay: Mapped[bool] = mapped_column(Boolean)
    #: The desk for whose sake it is a copy: the receiver was passed over on the way there.
    copy_of: Mapped[str | None] = mapped_column(String(96))
    #: Why a level was passed over.
    reason: Mapped[str | None] = mapped_column(Text)
    #: When it went, as stated.
    sent_at: Mapped[datetime] = mapped_column(Instant)
    #: When the receiver had it, as stated; null while nobody has said so.
    received_at: Mapped[datetime | None] = mapped_column(Instant)
    #: {desk, post, name, via}: who said so, and how.
    received_by: Mapped[Any] = mapped_column(Json, nullable=True)

    __table_args__ = (Index("uq_report_sending", "report", "desk", "to", unique=True),)
