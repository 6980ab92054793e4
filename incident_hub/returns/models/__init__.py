"""Units, what each owes for a day, and what was filed for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, holds_text, kind, noun
from incident_hub.returns.asked import AGAIN

from .doubts import Flag as Flag

RETURN = noun("return", "/returns/{ref}", ("零报告", "Daily returns"))
# What a level above knows of the returns below: all of it, and it reviews none of it.
ABOVE = "above"
REGISTERED = kind("unit.registered", ACCESS)
EXEMPTED = kind("return.exempted", ACCESS)
FILED = kind("return.filed", ACCESS)
MISSED = kind("return.missed", ACCESS)
ACCEPTED = kind("return.accepted", ACCESS)
RETURNED = kind("return.returned", ACCESS)
# A day that was met, or never owed by the desk, is owed after all.
REOPENED = kind(AGAIN, ACCESS)
COMPLETED = kind("return.completed", ACCESS)
# Told to those alone who may know both the return and what speaks against it.
FLAGGED = kind("return.flagged", ACCESS)
PROMISED = kind("return.promised", ACCESS)
SUPPLEMENTED = kind("return.supplemented", ACCESS)
ROLLED_UP = kind("return.rolled_up", ACCESS)

for column, why in (
    ("filing.statement", "the sentence that was signed"),
    ("filing.explanation", "what a unit says of its day"),
    ("filing.checked_how", "how numbers that differ were checked"),
    ("filing.late_reason", "why it came late"),
    ("filing.stated_by", "who stated it, by post or by name"),
    ("filing.compiled_by", "who put it together, by post or by name"),
    ("filing.approved_by", "who approved it, by post or by name"),
    ("filing.reasons", "why a number is not known"),
    ("filing.review_reason", "why it was sent back"),
    ("exemption.reason", "why nothing is owed"),
    ("roll_up.remarks", "what whoever sums up says beside the figures"),
):
    holds_text(column, why)


class OwingDesk(Base):
    """A desk that owes returns, or sums them up, in an operation; everything about them is told under its reference."""

    __tablename__ = "owing_desk"

    #: Random.
    ref: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of the operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: The desk.
    desk: Mapped[int] = mapped_column(Integer)

    __table_args__ = (UniqueConstraint("chain", "desk"),)


class Unit(Base):
    """Whatever makes a return of its own: an agency, or one of its sites."""

    __tablename__ = "unit"

    #: Random.
    ref: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of the operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: What it is called by in sheets and on pages; no other of the operation has it.
    code: Mapped[str] = mapped_column(String(64))
    #: {zh, en}: its name.
    title: Mapped[Any] = mapped_column(Json)
    #: The agency it belongs to.
    agency: Mapped[str] = mapped_column(String(64))
    #: The site it is; null for an agency as a whole.
    site: Mapped[str | None] = mapped_column(String(96))
    #: The desk that owes for it.
    owing: Mapped[str] = mapped_column(ForeignKey("owing_desk.ref"))
    #: The first local date it owes.
    first_day: Mapped[date] = mapped_column(Date)
    #: The last one; null while it goes on.
    last_day: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (UniqueConstraint("chain", "code"), Index("ix_unit_owing", "owing"))


class Exemption(Base):
    """Days on which a unit owes nothing, and why."""

    __tablename__ = "exemption"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The unit.
    unit: Mapped[str] = mapped_column(ForeignKey("unit.ref"), index=True)
    #: The first date.
    since: Mapped[date] = mapped_column(Date)
    #: The last date.
    until: Mapped[date] = mapped_column(Date)
    #: Why.
    reason: Mapped[str] = mapped_column(Text)
    #: Since when that holds.
    at: Mapped[datetime] = mapped_column(Instant)


class ZeroReport(Base):
    """What one unit owes for one local date, and how that stands."""

    __tablename__ = "zero_report"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of the operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: The unit.
    unit: Mapped[str] = mapped_column(ForeignKey("unit.ref"))
    #: The desk that owed for it on that day.
    owing: Mapped[str] = mapped_column(ForeignKey("owing_desk.ref"))
    #: The local date.
    date: Mapped[date] = mapped_column(Date)
    #: From when on it covers what happened.
    since: Mapped[datetime] = mapped_column(Instant)
    #: Until when, and by when it is owed.
    due_at: Mapped[datetime] = mapped_column(Instant)
    #: due, missing, received, returned or exempt.
    state: Mapped[str] = mapped_column(String(16))
    #: Whether it was first received after it was due.
    late: Mapped[bool] = mapped_column(Boolean)
    #: Whether every finding of it is nought; null before it is received.
    quiet: Mapped[bool | None] = mapped_column(Boolean)
    #: Whether a number of it is still unknown.
    incomplete: Mapped[bool] = mapped_column(Boolean)
    #: Whether whoever oversees has accepted it.
    accepted: Mapped[bool] = mapped_column(Boolean)
    #: The filing that counts; null before the first.
    filing: Mapped[str | None] = mapped_column(String(24))

    __table_args__ = (
        UniqueConstraint("unit", "date"),
        Index("ix_zero_report_owing", "owing", "date"),
        Index("ix_zero_report_due", "chain", "state", "due_at"),
    )


class Filing(Base):
    """One version of a return, as it was stated. Never edited; its review is written beside it."""

    __tablename__ = "filing"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: What it is filed for.
    zero_report: Mapped[str] = mapped_column(ForeignKey("zero_report.id"), index=True)
    #: 1 for the first version.
    version: Mapped[int] = mapped_column(Integer)
    #: {category: n}.
    counts: Mapped[Any] = mapped_column(Json)
    #: {category: when it is expected}, for what is not known yet.
    unknown: Mapped[Any] = mapped_column(Json)
    #: Why each of those is not known: a line for each category, `category: reason`.
    reasons: Mapped[str] = mapped_column(Text)
    #: Codes of what is asked about it: `gap:inspected=accepted`.
    questions: Mapped[Any] = mapped_column(Json)
    #: The sentence that was signed.
    statement: Mapped[str] = mapped_column(Text)
    #: What the unit says of its day.
    explanation: Mapped[str] = mapped_column(Text)
    #: How numbers that differ were checked.
    checked_how: Mapped[str] = mapped_column(Text)
    #: Why it came late.
    late_reason: Mapped[str] = mapped_column(Text)
    #: Who stated it.
    stated_by: Mapped[str] = mapped_column(Text)
    #: Who put it together.
    compiled_by: Mapped[str] = mapped_column(Text)
    #: Who approved it.
    approved_by: Mapped[str] = mapped_column(Text)
    #: hub, link, phone, radio, fax, paper or face.
    channel: Mapped[str] = mapped_column(String(16))
    #: own, told, system or assumed.
    origin: Mapped[str] = mapped_column(String(16))
    #: When it was said.
    stated_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was entered.
    at: Mapped[datetime] = mapped_column(Instant)
    #: The desk that entered it.
    by: Mapped[str] = mapped_column(String(128))
    #: accepted or returned; null before a review.
    review: Mapped[str | None] = mapped_column(String(16))
    #: When it was reviewed.
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The desk that reviewed it.
    reviewed_by: Mapped[str | None] = mapped_column(String(128))
    #: Why it was sent back.
    review_reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("zero_report", "version"),)


class SentRollUp(Base):
    """A day as one desk of a level sent it upward. Never edited; a later one of the same day amends it."""

    __tablename__ = "roll_up"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of the operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: The desk that sent it.
    owing: Mapped[str] = mapped_column(ForeignKey("owing_desk.ref"))
    #: The level of the plan that it sums up as.
    tier: Mapped[str] = mapped_column(String(64))
    #: The local date.
    date: Mapped[date] = mapped_column(Date)
    #: 1 for the first of the desk and date.
    number: Mapped[int] = mapped_column(Integer)
    #: The one it amends; null for the first.
    amends: Mapped[str | None] = mapped_column(String(24))
    #: The cut-off of the levels below, up to which it was to be there.
    cut_off: Mapped[datetime] = mapped_column(Instant)
    #: When it was sent: what came later is not in it.
    at: Mapped[datetime] = mapped_column(Instant)
    #: The desk that sent it, `agency/desk`.
    by: Mapped[str] = mapped_column(String(128))
    #: {owed, received, exempt, missing, late, returned, totals, since, below, unsent}, as they were.
    figures: Mapped[Any] = mapped_column(Json)
    #: {unit: [state, late, filing]}: what every figure was counted from.
    held: Mapped[Any] = mapped_column(Json)
    #: What whoever sums up says beside it.
    remarks: Mapped[str] = mapped_column(Text)
    #: Of figures and what they were counted from, as the record has it.
    sha256: Mapped[str] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("owing", "tier", "date", "number"), Index("ix_roll_up_date", "chain", "date"))
