"""The tables of what is owed: debts, the steps of their ladders, and who said that they act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, holds_text, kind

SETTLED = kind("obligation.settled", ACCESS)
NOT_APPLICABLE = kind("obligation.found_not_applicable", ACCESS)
ACKNOWLEDGED = kind("obligation.acknowledged", ACCESS)
MISSED = kind("obligation.missed", ACCESS)
STEP_TAKEN = kind("obligation.step_taken", ACCESS)
EXHAUSTED = kind("obligation.exhausted", ACCESS)
WAIVED = kind("obligation.waived", ACCESS)
EXTENDED = kind("obligation.extended", ACCESS)
EXPLAINED = kind("obligation.explained", ACCESS)
OPENED = kind("obligation.opened", ACCESS)
CARRIED = kind("obligation.carried", ACCESS)
BROUGHT_OVER = kind("obligation.brought_over", ACCESS)
ENDED = kind("obligation.ended", ACCESS)

# What only the engine says; it brings no news of the subject.
BY_THE_CLOCK = (STEP_TAKEN, MISSED, EXHAUSTED)

holds_text("obligation.reason", "why a debt was waived, found not applicable or met by a part, in somebody's words")
holds_text("obligation.explanation", "why a debt was late, missed or left undone, in somebody's words")
holds_text("obligation.why", "why this post owes it; our own sentence, kept as long as the debt")
holds_text("obligation.acknowledged_by", "the post that answered, `agency/desk:post`; no name")

# What nobody has answered yet, and what can still be answered late.
UNANSWERED = ("open", "missed")


class Obligation(Base):
    """A debt of a post: what is owed, since when, by when, and how it ended."""

    __tablename__ = "obligation"

    #: Random; says nothing about how many there are.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The operation's chain.
    chain: Mapped[int] = mapped_column(ForeignKey("chain.id"))
    #: What it is about: incident, operation, or `carried` for what another operation left behind.
    noun: Mapped[str] = mapped_column(String(16))
    #: The incident's reference, or the operation's code.
    ref: Mapped[str] = mapped_column(String(64))
    #: The plan it keeps for as long as it runs.
    plan_version: Mapped[str] = mapped_column(String(96))
    #: The rule of the plan that demands it.
    rule: Mapped[str] = mapped_column(String(64))
    #: law, order, plan or own.
    force: Mapped[str] = mapped_column(String(16))
    #: The ladder that chases it; null when nobody is called.
    ladder: Mapped[str | None] = mapped_column(String(64))
    #: The agency that owes.
    agency: Mapped[str] = mapped_column(String(64))
    #: The desk the post sits at, `agency/desk`.
    desk: Mapped[str] = mapped_column(String(96))
    #: The same desk as the kernel knows it; null when there is no such desk.
    desk_id: Mapped[int | None] = mapped_column(Integer)
    #: The post that owes.
    post: Mapped[str] = mapped_column(String(32))
    #: Why it is this one.
    why: Mapped[str] = mapped_column(String(200))
    #: What made it: `rule`, or `carried` from an operation that ended.
    kind: Mapped[str] = mapped_column(String(16))
    #: When its clock began.
    starts_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was entered here.
    opened_at: Mapped[datetime] = mapped_column(Instant)
    #: By when it is owed.
    due_at: Mapped[datetime] = mapped_column(Instant)
    #: It was due before it was entered; its ladder began when it was entered.
    entered_late: Mapped[bool] = mapped_column(Boolean)
    #: open, met, met_late, missed, waived, not_applicable, superseded.
    state: Mapped[str] = mapped_column(String(16))
    #: seen or taken; null before anybody said so.
    acknowledged: Mapped[str | None] = mapped_column(String(8))
    #: When that was said.
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    #: By which post, `agency/desk:post`.
    acknowledged_by: Mapped[str | None] = mapped_column(String(160))
    #: The posts that have seen it, `agency/desk:post`; no repeats to them.
    seen_by: Mapped[Any] = mapped_column(Json)
    #: The instant that counts for its clock.
    met_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When that was typed.
    met_entered_at: Mapped[datetime | None] = mapped_column(Instant)
    #: system, stated or receipt.
    proof: Mapped[str | None] = mapped_column(String(16))
    #: Why it ended unanswered, as a code.
    reason_code: Mapped[str | None] = mapped_column(String(64))
    #: The same in somebody's words.
    reason: Mapped[str | None] = mapped_column(Text)
    #: The newest facts of its subject, for the entries that the clock writes.
    facts: Mapped[Any] = mapped_column(Json)
    #: When every post that may know was called because nobody had answered; null until then.
    exhausted_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The debt of another desk that it goes on from, {obligation, agency, desk, post}; its clock came with it.
    moved_from: Mapped[Any] = mapped_column(Json, nullable=True)
    #: By when the plan had it owed, where it was extended.
    original_due_at: Mapped[datetime | None] = mapped_column(Instant)
    #: Which of several it is that a desk owes under one rule on one subject; null where the rule tells none apart.
    about: Mapped[str | None] = mapped_column(String(64))
    #: Which time its rule came round by itself, as wall time of the operation; null for what a fact opened.
    occurrence: Mapped[str | None] = mapped_column(String(32))
    #: complete or pre_report, where the plan lets what is known be sent first.
    completeness: Mapped[str | None] = mapped_column(String(16))
    #: Why it was late, missed or left undone, as a code.
    explained_code: Mapped[str | None] = mapped_column(String(32))
    #: The same in the words of the agency that owed it.
    explanation: Mapped[str | None] = mapped_column(Text)
    #: When that was said; null while nobody has.
    explained_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index("ix_obligation_subject", "chain", "noun", "ref"),
        Index("ix_obligation_due", "state", "due_at"),
        Index("ix_obligation_desk", "desk_id", "state", "due_at"),
        # A rule that comes round by itself opens one debt a desk and occurrence, however often it is asked.
        Index("uq_obligation_occurrence", "chain", "rule", "desk", "occurrence", unique=True),
    )


class Step(Base):
    """One rung of one debt's ladder at its instant; taken, withheld or stopped exactly once."""

    __tablename__ = "step"

    #: The debt it chases.
    obligation_id: Mapped[str] = mapped_column(ForeignKey("obligation.id"), primary_key=True)
    #: Its place in the ladder, from 0.
    step: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: Which repeat of it, from 0.
    occurrence: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: call, remind or inform.
    kind: Mapped[str] = mapped_column(String(8))
    #: When it is due; brought forward when the rung before reached nobody.
    at: Mapped[datetime] = mapped_column(Instant)
    #: When the plan wanted it.
    planned_at: Mapped[datetime] = mapped_column(Instant)
    #: [[post, party], …]
    to: Mapped[Any] = mapped_column(Json)
    #: By which channels.
    channels: Mapped[Any] = mapped_column(Json)
    #: `informed` when it may let a desk know that did not.
    discloses: Mapped[str | None] = mapped_column(String(16))
    #: armed, taken, withheld or stopped.
    state: Mapped[str] = mapped_column(String(8))
    #: When it was taken, withheld or stopped.
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The members it reached.
    members: Mapped[Any] = mapped_column(Json, nullable=True)
    #: Which time the ladder is climbed, from 0.
    round: Mapped[int] = mapped_column(Integer, server_default="0")

    __table_args__ = (Index("ix_step_due", "state", "at"),)


class Taken(Base):
    """An agency said that it acts; what the card shows as taken."""

    __tablename__ = "taken"

    #: The operation's chain.
    chain: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: What it acts on: incident or operation.
    noun: Mapped[str] = mapped_column(String(16), primary_key=True)
    #: The incident's reference.
    ref: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: The agency that acts.
    agency: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: The post that said so first; empty when the desk has no posts.
    post: Mapped[str] = mapped_column(String(32))
    #: When it was said.
    at: Mapped[datetime] = mapped_column(Instant)
