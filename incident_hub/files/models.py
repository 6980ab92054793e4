"""What was attached; the bytes themselves lie in the Hub's own folder, outside of everything that is served."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, holds_text, kind

ATTACHED = kind("file.attached", ACCESS)

holds_text("attachment.name", "what the file was called where it came from")
holds_text("attachment.note", "what it shows")
holds_text("attachment.by", "the name it was attached under")


class Attachment(Base):
    """One file that was attached to a subject. Never changed; a better one is another file."""

    __tablename__ = "attachment"

    #: Random; also its name on disk.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of its operation.
    chain: Mapped[int] = mapped_column(ForeignKey("chain.id"))
    #: What it belongs to, as the record writes it.
    subject: Mapped[str] = mapped_column(String(96))
    #: What it is by its content.
    media: Mapped[str] = mapped_column(String(96))
    #: Bytes, as kept.
    size: Mapped[int] = mapped_column(Integer)
    #: Of the bytes as kept.
    sha256: Mapped[str] = mapped_column(String(64))
    #: What it was called where it came from.
    name: Mapped[str] = mapped_column(Text)
    #: What it shows, in words.
    note: Mapped[str | None] = mapped_column(Text)
    #: When it was attached.
    at: Mapped[datetime] = mapped_column(Instant)
    #: Who attached it.
    by: Mapped[Any] = mapped_column(Json)

    __table_args__ = (Index("ix_attachment_subject", "chain", "subject"),)
