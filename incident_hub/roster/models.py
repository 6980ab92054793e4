"""The table of holdings: who holds a post from when to when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant
from incident_hub.kernel.registry import NOBODY, kind

APPOINTED = kind("post.appointed", NOBODY)
RELIEVED = kind("post.relieved", NOBODY)


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
