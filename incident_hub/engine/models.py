"""The lease: which engine may act on this database, and when it last completed a pass."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant
from incident_hub.kernel.registry import OPERATION, kind

OUTAGE_STATED = kind("engine.outage_stated", OPERATION)
CLOCK_STEPPED = kind("engine.clock_stepped", OPERATION)


class Lease(Base):
    """One row per kind of work that only one process may do at a time."""

    __tablename__ = "lease"

    #: `engine`.
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: Who holds it: a random name of the process, or a name that only one process can have.
    holder: Mapped[str] = mapped_column(String(64))
    #: Until when, unless renewed.
    until: Mapped[datetime] = mapped_column(Instant)
    #: Counts the holders: who acts under an old number was overtaken while it slept.
    number: Mapped[int] = mapped_column(Integer)
    #: When the holder last completed a pass.
    passed_at: Mapped[datetime] = mapped_column(Instant)
