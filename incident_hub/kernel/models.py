"""The tables of the record: chains, entries, the words behind them, who may know, and what each desk was shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from .database import Base, Instant, Json
from .growing import only_grows
from .registry import holds_text

holds_text("wording.value", "what people wrote and the names they signed with, apart from the chained entry")
holds_text("card.body", "the incident as the board shows it; rebuilt from the incident")
holds_text("answer.body", "what a repeated request is answered with; kept for one day")


class Chain(Base):
    """One record in order: the house's own, or an operation's."""

    __tablename__ = "chain"

    #: 1 is the house; an operation has its chain's number as its own.
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: `house`, or the operation's code.
    code: Mapped[str] = mapped_column(String(64), unique=True)
    #: How many entries it holds.
    number: Mapped[int] = mapped_column(BigInteger, default=0)
    #: Hash of the newest entry.
    head: Mapped[str] = mapped_column(String(64), default="")
    #: Instant of the newest entry; the next one never lies before it.
    at: Mapped[datetime | None] = mapped_column(Instant)


class Entry(Base):
    """One thing that happened. Never changed, never deleted; triggers of the database refuse both."""

    __tablename__ = "entry"

    #: The chain it stands in.
    chain: Mapped[int] = mapped_column(ForeignKey("chain.id"), primary_key=True)
    #: Its place there: 1, 2, 3 … without gaps, in the order of commits.
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    #: noun.past_participle
    kind: Mapped[str] = mapped_column(String(64))
    #: When it was committed.
    at: Mapped[datetime] = mapped_column(Instant)
    #: Who acted: agency, desk, post, assurance; a person's name is kept as a commitment.
    by: Mapped[Any] = mapped_column(Json)
    #: What it is about, `incident/K7QF2M`.
    subject: Mapped[str] = mapped_column(String(96))
    #: What rules and audiences read: type, category, grade, attention, lead …
    facts: Mapped[Any] = mapped_column(Json)
    #: Codes, ids, numbers and instants; never free text.
    data: Mapped[Any] = mapped_column(Json)
    #: sha256(salt ‖ value) of each free text, by field.
    commitments: Mapped[Any] = mapped_column(Json)
    #: Hash of the entry before.
    prev: Mapped[str] = mapped_column(String(64))
    #: SHA-256 over this entry in canonical form and the hash before it.
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index("ix_entry_subject", "chain", "subject", "number"),)


class Wording(Base):
    """A free text or a person's name behind an entry; it can be destroyed and the chain still verifies."""

    __tablename__ = "wording"

    #: The entry's chain.
    chain: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: The entry's number.
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    #: Which field of the entry it fills.
    field: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: Random salt of the commitment, hex.
    salt: Mapped[str] = mapped_column(String(32))
    #: The words; null once destroyed.
    value: Mapped[str | None] = mapped_column(Text)


class Disclosure(Base):
    """A desk may know of a subject, since when, by whom, with how much of the past (rulings 1)."""

    __tablename__ = "disclosure"

    #: Row number, meaningless outside.
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: The operation's chain.
    chain: Mapped[int] = mapped_column(ForeignKey("chain.id"))
    #: `incident/K7QF2M`, or `operation/EXPO` for taking part.
    subject: Mapped[str] = mapped_column(String(96))
    #: The desk, an opaque number to this room.
    desk: Mapped[int] = mapped_column(Integer)
    #: lead, support, informed; `part` for taking part in an operation.
    role: Mapped[str] = mapped_column(String(16))
    #: full, or from_now.
    history: Mapped[str] = mapped_column(String(16))
    #: From when on.
    since: Mapped[datetime] = mapped_column(Instant)
    #: Until when; null while it holds.
    until: Mapped[datetime | None] = mapped_column(Instant)
    #: The desk that granted it, `agency/desk`, or `plan`.
    by: Mapped[str] = mapped_column(String(96))

    __table_args__ = (
        Index("ix_disclosure_desk", "chain", "desk", "subject"),
        Index(
            "uq_disclosure_current",
            "chain",
            "subject",
            "desk",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )


class FeedHead(Base):
    """How far a desk's feed has come in one operation."""

    __tablename__ = "feed_head"

    #: The operation's chain.
    chain: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: The desk.
    desk: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: Its newest position.
    position: Mapped[int] = mapped_column(BigInteger)
    #: Hash of that position (rulings 13).
    hash: Mapped[str] = mapped_column(String(64))


class Feed(Base):
    """One entry was shown to one desk: position 1, 2, 3 … without gaps."""

    __tablename__ = "feed"

    #: The operation's chain.
    chain: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: The desk.
    desk: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: The place in this desk's feed.
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    #: The entry's number in the chain; never shown outward.
    number: Mapped[int] = mapped_column(BigInteger)
    #: SHA-256 over the position before, this position and the entry's hash.
    hash: Mapped[str] = mapped_column(String(64))


class Card(Base):
    """The newest card of a subject: the same bytes for every desk with access (rulings 3)."""

    __tablename__ = "card"

    #: The operation's chain.
    chain: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: `incident/K7QF2M`.
    subject: Mapped[str] = mapped_column(String(96), primary_key=True)
    #: Counts the entries that everyone with access was shown.
    version: Mapped[int] = mapped_column(Integer)
    #: Whether it still hangs on the board (rulings 21).
    on_board: Mapped[bool] = mapped_column(Boolean)
    #: Canonical JSON.
    body: Mapped[str] = mapped_column(Text)
    #: SHA-256 of the body, for the board's digest.
    hash: Mapped[str] = mapped_column(String(64))
    #: The entry that made it.
    number: Mapped[int] = mapped_column(BigInteger)
    #: When that was.
    updated_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index("ix_card_board", "chain", "on_board", "number"),)


class Answer(Base):
    """What a request with an Idempotency-Key was answered, so that sending it again changes nothing."""

    __tablename__ = "answer"

    #: Who asked and the key they sent, hashed.
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: Keyed hash of method, path and body: the same key with another body is refused.
    fingerprint: Mapped[str] = mapped_column(String(64))
    #: HTTP status that was sent.
    status: Mapped[int] = mapped_column(Integer)
    #: ETag that was sent, if any.
    etag: Mapped[str | None] = mapped_column(String(64))
    #: The JSON that was sent.
    body: Mapped[str] = mapped_column(Text)
    #: When; rows older than a day may go.
    at: Mapped[datetime] = mapped_column(Instant)


only_grows(Entry.__table__, "entries of the record are never changed or deleted")
only_grows(Feed.__table__, "what a desk was shown is never changed or deleted")
