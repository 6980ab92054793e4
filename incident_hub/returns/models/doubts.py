"""What is in doubt about a return."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant


class Flag(Base):
    """A nought of one version that something speaks against; shown to those alone who may know of both."""

    __tablename__ = "flag"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The return.
    zero_report: Mapped[str] = mapped_column(ForeignKey("zero_report.id"), index=True)
    #: The version that states the nought.
    filing: Mapped[str] = mapped_column(ForeignKey("filing.id"), index=True)
    #: The category.
    category: Mapped[str] = mapped_column(String(40))
    #: What speaks against it, as the record writes it: `incident/K7QF2M`.
    subject: Mapped[str] = mapped_column(String(96))
    #: Since when it is flagged.
    at: Mapped[datetime] = mapped_column(Instant)
    #: When it no longer spoke against it; null while it does.
    lifted_at: Mapped[datetime | None] = mapped_column(Instant)
