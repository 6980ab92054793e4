"""The tables of anchors and of those who witnessed them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant
from incident_hub.kernel.growing import only_grows
from incident_hub.kernel.registry import OPERATION, kind

# A mark says nothing of what happened, so every desk that takes part may know that it was witnessed.
WITNESSED = kind("anchor.witnessed", OPERATION)


class Anchor(Base):
    """The head of an operation's record as it was sealed at an instant; the same is kept outside of the database."""

    __tablename__ = "anchor"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of the operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: Its place among the anchors of the operation: 1, 2, 3 …
    number: Mapped[int] = mapped_column(Integer)
    #: When it was sealed.
    at: Mapped[datetime] = mapped_column(Instant)
    #: How many entries the record had; never told outward.
    size: Mapped[int] = mapped_column(BigInteger)
    #: The hash of the newest of them; never told outward.
    head: Mapped[str] = mapped_column(String(64))
    #: Random, so that two marks over the same head are not alike.
    nonce: Mapped[str] = mapped_column(String(64))
    #: SHA-256 over nonce, size and head.
    mark: Mapped[str] = mapped_column(String(64))
    #: The mark before; empty at the first.
    prev: Mapped[str] = mapped_column(String(64))
    #: The public key, hex.
    key: Mapped[str] = mapped_column(String(64))
    #: Ed25519 over the statement, hex.
    signature: Mapped[str] = mapped_column(String(128))
    #: Whether the operation is an exercise.
    exercise: Mapped[bool] = mapped_column(Boolean)

    __table_args__ = (UniqueConstraint("chain", "number"), Index("ix_anchor_mark", "chain", "mark"))


class Witness(Base):
    """Another agency has put its own signature under an anchor."""

    __tablename__ = "witness"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The anchor.
    anchor: Mapped[str] = mapped_column(ForeignKey("anchor.id"))
    #: The agency.
    agency: Mapped[str] = mapped_column(String(64))
    #: The desk it was done from.
    desk: Mapped[str] = mapped_column(String(96))
    #: When it arrived.
    at: Mapped[datetime] = mapped_column(Instant)
    #: The agency's public key, hex.
    key: Mapped[str] = mapped_column(String(64))
    #: Ed25519 over the anchor as it was handed out, hex.
    signature: Mapped[str] = mapped_column(String(128))

    __table_args__ = (UniqueConstraint("anchor", "agency"),)


only_grows(Anchor.__table__, "a seal is never changed or deleted")
only_grows(Witness.__table__, "what a witness signed is never changed or deleted")
