"""Links with which outlets without an account file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant
from incident_hub.kernel.registry import ACCESS, kind

INVITED = kind("return.invited", ACCESS)


class FilingLink(Base):
    """An address with which a unit files one return without an account. Only the hash of its secret is kept."""

    __tablename__ = "filing_link"

    #: Random; what it is called by in lists and in the record.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: SHA-256 of the secret.
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: What is filed with it.
    zero_report: Mapped[str] = mapped_column(ForeignKey("zero_report.id"), index=True)
    #: When it was made.
    at: Mapped[datetime] = mapped_column(Instant)
    #: The desk that made it, by its code.
    by: Mapped[str] = mapped_column(String(128))
    #: The same desk.
    desk: Mapped[int] = mapped_column(Integer)
    #: Until when it may be used; a newer one for the same return brings this forward.
    expires_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was used; null before.
    used_at: Mapped[datetime | None] = mapped_column(Instant)
