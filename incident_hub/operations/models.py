"""Operations, the agencies bound to the plan's roles, and every version of a plan that was ever in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import NOBODY, OPERATION, holds_text, kind, noun

OPERATION_ITSELF = noun("operation", "/operations/{operation}/board")

OPENED = kind("operation.opened", OPERATION)
PHASE_CHANGED = kind("operation.phase_changed", OPERATION)
PLAN_PROPOSED = kind("plan.proposed", OPERATION)
PLAN_ACTIVATED = kind("plan.activated", OPERATION)
HOUSE_FOUNDED = kind("house.founded", NOBODY)

# Who signed: {agency, desk, post, member}, all of them codes.
Signature = dict[str, str | None]

holds_text("plan_version.body", "the plan file as its authors wrote it; kept for good")


class Operation(Base):
    """A period under a plan."""

    __tablename__ = "operation"

    #: The number of its chain.
    id: Mapped[int] = mapped_column(ForeignKey("chain.id"), primary_key=True)
    #: `EXPO`; written in addresses and on documents.
    code: Mapped[str] = mapped_column(String(32), unique=True)
    #: special (an event) or standing (everyday).
    kind: Mapped[str] = mapped_column(String(16))
    #: Its name in both languages.
    title: Mapped[Any] = mapped_column(Json)
    #: The one zone its wall clock follows (rulings 20).
    zone: Mapped[str] = mapped_column(String(64))
    #: preparing, active, standing_down, closed, archived.
    phase: Mapped[str] = mapped_column(String(16))
    #: Fixed at birth: an exercise never becomes real.
    exercise: Mapped[bool] = mapped_column(Boolean)
    #: The operation it belongs to, if any.
    parent: Mapped[int | None] = mapped_column(ForeignKey("operation.id"))
    #: The plan version in force.
    plan_version: Mapped[str] = mapped_column(ForeignKey("plan_version.id"))
    #: When it was opened here.
    opened_at: Mapped[datetime] = mapped_column(Instant)


class PlanVersion(Base):
    """The text of a plan as it was put in force; kept for ever, since running debts refer to it."""

    __tablename__ = "plan_version"

    #: `expo@3-1f2e3d4c`: code, version and the beginning of the text's hash.
    id: Mapped[str] = mapped_column(String(96), primary_key=True)
    #: The plan's own code.
    code: Mapped[str] = mapped_column(String(64))
    #: The version written in the file.
    version: Mapped[str] = mapped_column(String(32))
    #: The file, whole.
    body: Mapped[str] = mapped_column(Text)
    #: When it was first brought in.
    at: Mapped[datetime] = mapped_column(Instant)
    #: The version it extends, without which it cannot be read.
    parent: Mapped[str | None] = mapped_column(String(96))


class PlanProposal(Base):
    """A plan that somebody proposed for an operation, and the second signature that put it in force."""

    __tablename__ = "plan_proposal"

    #: Random; what the countersigner names.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The operation.
    operation: Mapped[int] = mapped_column(ForeignKey("operation.id"), index=True)
    #: The text that is proposed.
    plan_version: Mapped[str] = mapped_column(ForeignKey("plan_version.id"))
    #: The version it would take the place of; it lapses when another one is in force.
    before: Mapped[str] = mapped_column(String(96))
    #: When it was proposed.
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    #: The first signature: {agency, desk, post, member}, no name.
    proposed_by: Mapped[Any] = mapped_column(Json)
    #: When it came into force; null while it waits.
    countersigned_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The second signature, in the same shape.
    countersigned_by: Mapped[Any] = mapped_column(Json, nullable=True)


class Binding(Base):
    """An agency plays a role of the plan in one operation."""

    __tablename__ = "binding"

    #: The operation.
    operation: Mapped[int] = mapped_column(ForeignKey("operation.id"), primary_key=True)
    #: The plan's word: postal, police, carrier …
    party: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: The agency's code.
    agency: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: Order in which several agencies of one party are asked.
    rank: Mapped[int] = mapped_column(Integer)


class Participation(Base):
    """An agency takes part in an operation."""

    __tablename__ = "participation"

    #: The operation.
    operation: Mapped[int] = mapped_column(ForeignKey("operation.id"), primary_key=True)
    #: The agency's code.
    agency: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: From when.
    since: Mapped[datetime] = mapped_column(Instant)
