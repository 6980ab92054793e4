"""What was asked of whom, and how it went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, holds_text, kind, noun

NOUN = noun("task", "/tasks/{ref}", ("交办事项", "Task"))
ASKED = kind("task.asked", ACCESS)
ACCEPTED = kind("task.accepted", ACCESS)
DECLINED = kind("task.declined", ACCESS)
DONE = kind("task.done", ACCESS)
WITHDRAWN = kind("task.withdrawn", ACCESS)

holds_text("task.words", "what is asked")
holds_text("task.said", "what was said last: why not, what was done, why it was withdrawn")
holds_text("task.via", "who said it by telephone, and how")


class Task(Base):
    """One thing asked of one post. What is asked never changes; asked again it is another task."""

    __tablename__ = "task"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The chain of its operation.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: The incident it belongs to; null for one between two desks alone.
    incident: Mapped[str | None] = mapped_column(ForeignKey("incident.ref"))
    #: The desk that asks, `agency/desk`.
    desk: Mapped[str] = mapped_column(String(96))
    #: The same as the kernel knows it.
    desk_id: Mapped[int] = mapped_column(Integer)
    #: The desk that is asked.
    to: Mapped[str] = mapped_column(String(96))
    #: The same as the kernel knows it.
    to_id: Mapped[int] = mapped_column(Integer)
    #: The post that is asked.
    post: Mapped[str] = mapped_column(String(32))
    #: What is asked.
    words: Mapped[str] = mapped_column(Text)
    #: The task it asks again.
    again: Mapped[str | None] = mapped_column(ForeignKey("task.id"))
    #: When it was asked.
    asked_at: Mapped[datetime] = mapped_column(Instant)
    #: By when it is to be done.
    due_at: Mapped[datetime] = mapped_column(Instant)
    #: asked, accepted, declined, done or withdrawn.
    state: Mapped[str] = mapped_column(String(12))
    #: When it came to that, as stated.
    moved_at: Mapped[datetime] = mapped_column(Instant)
    #: What was said with it.
    said: Mapped[str | None] = mapped_column(Text)
    #: How that reached the Hub when the asked desk did not type it itself.
    via: Mapped[Any] = mapped_column(Json, nullable=True)
    #: The files that show that it is done.
    evidence: Mapped[Any] = mapped_column(Json)

    __table_args__ = (
        Index("ix_task_incident", "chain", "incident", "asked_at"),
        Index("ix_task_desk", "chain", "desk_id"),
        Index("ix_task_to", "chain", "to_id"),
    )
