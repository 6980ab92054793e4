"""Things in custody and every move of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, holds_text, kind

TAKEN_IN = kind("item.taken_in", ACCESS)
OFFERED = kind("item.offered", ACCESS)
ACCEPTED = kind("item.accepted", ACCESS)
REFUSED = kind("item.refused", ACCESS)
RECALLED = kind("item.recalled", ACCESS)
PLACED = kind("item.placed", ACCESS)
SPLIT = kind("item.split", ACCESS)
DISPOSED = kind("item.disposed", ACCESS)

holds_text("item.title", "what the thing is")
holds_text("item.place", "where it lies")
holds_text("item_move.place", "where it was put")
holds_text("item_move.words", "what was said with a move: what differs, why it was refused, what became of it")
holds_text("item_move.receiver", "the body outside the Hub that took it")
holds_text("item_move.via", "who said it by telephone, and how")
holds_text("item_move.by", "the name a move was made under")


class Item(Base):
    """A thing, or a batch of one kind, in the custody of a desk. It belongs to the incident it was found in."""

    __tablename__ = "item"

    #: Random.
    ref: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of its operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: The incident it was found in; who may know of that may know of it.
    incident: Mapped[str] = mapped_column(ForeignKey("incident.ref"))
    #: The batch it was split from.
    part_of: Mapped[str | None] = mapped_column(ForeignKey("item.ref"))
    #: class_a, class_b, class_c, suspect, mail or other.
    sort: Mapped[str] = mapped_column(String(16))
    #: What it is; never whose it was.
    title: Mapped[str] = mapped_column(Text)
    #: How much there is, as counted last.
    quantity: Mapped[int] = mapped_column(Integer)
    #: In what it is counted: piece, box, bag, gram or millilitre.
    unit: Mapped[str] = mapped_column(String(12))
    #: The number of its seal or bag.
    seal: Mapped[str | None] = mapped_column(String(64))
    #: Where it lies.
    place: Mapped[str | None] = mapped_column(Text)
    #: The desk that has it, as agency/desk.
    holder: Mapped[str] = mapped_column(String(96))
    #: The desk it is offered to; null while it is not.
    offered_to: Mapped[str | None] = mapped_column(String(96))
    #: By when that desk answers.
    answer_by: Mapped[datetime | None] = mapped_column(Instant)
    #: held, offered, split or disposed.
    state: Mapped[str] = mapped_column(String(12))
    #: What became of it: returned, destroyed or handed_over; null while it is kept.
    outcome: Mapped[str | None] = mapped_column(String(16))
    #: When it was taken in, as stated.
    taken_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        Index("ix_item_chain", "chain", "taken_at"),
        Index("ix_item_incident", "incident"),
        Index("ix_item_holder", "holder", "state"),
    )


class Move(Base):
    """One thing that was done with an item. Never edited."""

    __tablename__ = "item_move"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The item.
    item: Mapped[str] = mapped_column(ForeignKey("item.ref"))
    #: Its place in the history of the item, from 1.
    number: Mapped[int] = mapped_column(Integer)
    #: What was done, as the entry's kind says it: taken_in, offered, accepted …
    deed: Mapped[str] = mapped_column(String(12))
    #: The desk that gives.
    giver: Mapped[str | None] = mapped_column(String(96))
    #: The desk that takes, or that witnesses a destruction.
    taker: Mapped[str | None] = mapped_column(String(96))
    #: The body outside the Hub that took it.
    receiver: Mapped[str | None] = mapped_column(Text)
    #: How much was counted.
    counted: Mapped[int] = mapped_column(Integer)
    #: Whether the count or the seal was another than the giver said.
    differs: Mapped[bool] = mapped_column(Boolean)
    #: The seal or bag number as it was then.
    seal: Mapped[str | None] = mapped_column(String(64))
    #: The number of the paper receipt.
    receipt: Mapped[str | None] = mapped_column(String(64))
    #: Where it was put.
    place: Mapped[str | None] = mapped_column(Text)
    #: What was said with it.
    words: Mapped[str | None] = mapped_column(Text)
    #: How it was said, where that was not at the Hub.
    via: Mapped[Any] = mapped_column(Json, nullable=True)
    #: When it was done, as stated.
    at: Mapped[datetime] = mapped_column(Instant)
    #: Who did it.
    by: Mapped[Any] = mapped_column(Json)

    __table_args__ = (Index("ix_item_move", "item", "number", unique=True),)
