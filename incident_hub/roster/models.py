"""The tables of the roster: who holds a post, who takes it in turn, who stands in, and how the watch is handed over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import NOBODY, holds_text, kind

APPOINTED = kind("post.appointed", NOBODY)
RELIEVED = kind("post.relieved", NOBODY)
ROTATION_SET = kind("rotation.set", NOBODY)
ROTATION_ENDED = kind("rotation.ended", NOBODY)
OVERRIDE_SET = kind("override.set", NOBODY)
SWAP_PROPOSED = kind("swap.proposed", NOBODY)
SWAP_ACCEPTED = kind("swap.accepted", NOBODY)
SWAP_APPROVED = kind("swap.approved", NOBODY)
SWAP_DECLINED = kind("swap.declined", NOBODY)
HANDOVER_PREPARED = kind("handover.prepared", NOBODY)
HANDOVER_SIGNED = kind("handover.signed", NOBODY)
HANDOVER_TAKEN = kind("handover.taken", NOBODY)
HANDOVER_CALLED = kind("handover.called", NOBODY)
CALENDAR_SUBSCRIBED = kind("calendar.subscribed", NOBODY)
CALENDAR_REVOKED = kind("calendar.revoked", NOBODY)

holds_text("handover.note", "what the outgoing watch wrote to the incoming one; read at its own desk alone")


class Holding(Base):
    """A member holds a post: what the post owes reaches this person for as long as it lasts."""

    __tablename__ = "holding"

    #: Row number, meaningless outside.
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: The post that is held.
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    #: Who holds it.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    #: From this instant on, inclusive.
    since: Mapped[datetime] = mapped_column(Instant)
    #: Until this instant, exclusive; null while it lasts.
    until: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index("ix_holding_member", "member_id"),
        Index(
            "uq_holding_current",
            "post_id",
            "member_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )


class Arrangement(Base):
    """A rotation of a post: the standing one, a temporary one for a peak, or that of local holidays."""

    __tablename__ = "arrangement"

    #: Random; part of the name of each of its shifts in calendars.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The post it is for.
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    #: rotation, temporary or holidays.
    kind: Mapped[str] = mapped_column(String(16))
    #: From this instant on.
    since: Mapped[datetime] = mapped_column(Instant)
    #: Until this instant; null while it lasts.
    until: Mapped[datetime | None] = mapped_column(Instant)
    #: {zone, first_on, handovers, days, hours, signed, dates}: see turns.Rotation and turns.Holidays.
    pattern: Mapped[Any] = mapped_column(Json)
    #: When it was set; later ones go before earlier ones.
    set_at: Mapped[datetime] = mapped_column(Instant)


class Turn(Base):
    """A member's place in the crews of a rotation."""

    __tablename__ = "turn"

    #: The rotation.
    arrangement_id: Mapped[str] = mapped_column(ForeignKey("arrangement.id"), primary_key=True)
    #: Which crew, in the order they take over; the first is 0.
    turn: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: Which place in that crew.
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: Who.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)


class Override(Base):
    """A member stands in for another on a post, or comes in addition."""

    __tablename__ = "override"

    #: Row number; overrides are worked in this order.
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: Random, as it is named outside.
    ref: Mapped[str] = mapped_column(String(24), unique=True)
    #: The post.
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    #: Who comes.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    #: Whom that member stands in for; null for one who comes in addition.
    instead_of_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    #: From this instant on.
    since: Mapped[datetime] = mapped_column(Instant)
    #: Until this instant.
    until: Mapped[datetime] = mapped_column(Instant)
    #: The swap it comes from; null for one that a leader set.
    swap_id: Mapped[str | None] = mapped_column(ForeignKey("swap.id"))


class Swap(Base):
    """Two members of one post exchange a shift: proposed by one, accepted by the other, approved by a leader."""

    __tablename__ = "swap"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The post.
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    #: Who proposed it.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    #: When the proposer's shift begins.
    since: Mapped[datetime] = mapped_column(Instant)
    #: When the proposer's shift ends.
    until: Mapped[datetime] = mapped_column(Instant)
    #: With whom.
    other_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    #: When the other's shift begins.
    other_since: Mapped[datetime] = mapped_column(Instant)
    #: When the other's shift ends.
    other_until: Mapped[datetime] = mapped_column(Instant)
    #: proposed, accepted, approved or declined.
    state: Mapped[str] = mapped_column(String(16))
    #: When it was proposed.
    proposed_at: Mapped[datetime] = mapped_column(Instant)


class Handover(Base):
    """One hand-over of a post: expected by plan, prepared by the outgoing, signed or taken by the incoming."""

    __tablename__ = "handover"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The post whose watch changes hands.
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    #: The planned end of the outgoing watch.
    due_at: Mapped[datetime] = mapped_column(Instant)
    #: [member] who go.
    outgoing: Mapped[Any] = mapped_column(Json)
    #: [member] who come.
    incoming: Mapped[Any] = mapped_column(Json)
    #: expected, prepared, signed or taken.
    state: Mapped[str] = mapped_column(String(16))
    #: Codes and references of what was open when it was prepared; null before.
    facts: Mapped[Any | None] = mapped_column(Json)
    #: What the outgoing wrote.
    note: Mapped[str | None] = mapped_column(Text)
    #: When it was prepared.
    prepared_at: Mapped[datetime | None] = mapped_column(Instant)
    #: Who prepared it.
    prepared_by: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    #: When it was signed or taken.
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: Who signed or took it.
    signed_by: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    #: When the engine next looks at it: at the planned end, then once more for the leader; null when it is done with.
    call_at: Mapped[datetime | None] = mapped_column(Instant)
    #: How often it was called for.
    calls: Mapped[int] = mapped_column(Integer)

    __table_args__ = (UniqueConstraint("post_id", "due_at"), Index("ix_handover_call", "call_at"))


class Calendar(Base):
    """A calendar subscription: an address that shows shifts to whoever has it, until it is revoked."""

    __tablename__ = "calendar"

    #: Random, part of the address.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: SHA-256 of the secret part of the address; the secret itself is kept nowhere.
    hash: Mapped[str] = mapped_column(String(64))
    #: Whose it is.
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    #: At which desk it was made; it shows that desk's posts.
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    #: The one post it shows; null for all posts of the desk.
    post: Mapped[str | None] = mapped_column(String(32))
    #: mine for the member's own shifts alone, all for everybody's.
    scope: Mapped[str] = mapped_column(String(8))
    #: When it was made.
    made_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was revoked; null while it shows.
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
