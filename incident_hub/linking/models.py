"""The table of links between incidents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant
from incident_hub.kernel.registry import ACCESS, holds_text, kind

LINKED = kind("incident.linked", ACCESS)
UNLINKED = kind("incident.unlinked", ACCESS)
KINDS = ("related", "same_event", "caused_by", "found_by")

holds_text("incident_link.reason", "why two incidents no longer belong together")


class IncidentLink(Base):
    """Somebody who knows of both said that two incidents belong together; ended with a reason, never deleted."""

    __tablename__ = "incident_link"

    #: Random; the record names a link by it, and neither of the two by the other.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The operation's chain.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: The incident it was said of.
    ref: Mapped[str] = mapped_column(ForeignKey("incident.ref"))
    #: The other one.
    other: Mapped[str] = mapped_column(ForeignKey("incident.ref"))
    #: related, same_event, caused_by, found_by: what the first is to the other.
    kind: Mapped[str] = mapped_column(String(16))
    #: The desk that said so.
    by: Mapped[str] = mapped_column(String(96))
    #: When.
    at: Mapped[datetime] = mapped_column(Instant)
    #: When it was ended; null while it holds.
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    #: By which desk.
    ended_by: Mapped[str | None] = mapped_column(String(96))
    #: Why.
    reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index("ix_incident_link_ref", "ref"), Index("ix_incident_link_other", "other"))
