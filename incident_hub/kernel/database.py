"""The database and the unit of work: one writer at a time, every write whole or not at all.

SQLite: one writer in the folder (`sqlite.py`). PostgreSQL: the row of the operation's chain is locked, and the
database's clock decides the instant (rulings 12).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, Text, text
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from . import clock, sqlite
from .text import canonical

HOUSE = 1
log = logging.getLogger(__name__)


class Base(DeclarativeBase):
    """What all tables have in common: one naming of constraints, so that migrations can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """An instant, aware UTC on both sides of the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone was about to be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A value kept as canonical JSON text, so that both databases keep the same bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(value)


db = SQLAlchemy(model_class=Base)


@dataclass
class Work:
    """What one unit of work has gathered so far; it is written out just before the commit."""

    chain: int
    at: datetime
    raw: datetime
    also: int | None = None
    gathered: dict[str, Any] = field(default_factory=dict[str, Any])


_before_commit: list[Callable[[Work], None]] = []
_after_commit: list[Callable[[Work], None]] = []


def before_commit(step: Callable[[Work], None]) -> Callable[[Work], None]:
    """Have a step run inside every unit of work, last of all."""
    _before_commit.append(step)
    return step


def after_commit(step: Callable[[Work], None]) -> Callable[[Work], None]:
    """Have a step run after every commit; its failure is logged and undoes nothing."""
    _after_commit.append(step)
    return step


def current_work() -> Work:
    """The unit of work that is open here.

    Raises: RuntimeError when none is; a verb was called without a door.
    """
    work = db.session.info.get("work")
    if work is None:
        raise RuntimeError("this needs an open unit of work; only doors open one")
    return work


@contextmanager
def unit_of_work(chain: int = HOUSE, also: int | None = None) -> Iterator[datetime]:
    """Write to one chain, all or nothing; yields the instant, which never runs behind the entry before it.

    Shape: `also` is a second chain for the one fact that stands in two records; the lower one is locked first, so that
    two such units of work never wait for each other. Units: the instant is aware UTC, read after the lock is held.
    """
    session = db.session
    if session.info.get("work") is not None:
        raise RuntimeError("a unit of work is open already; verbs do not open a second one")
    session.rollback()
    with sqlite.one_writer(db.engine):
        connection = session.connection(execution_options={"hub_write": True})
        try:
            work = _begin(connection, chain, also)
            session.info["work"] = work
            yield work.at
            session.flush()
            for step in _before_commit:
                step(work)
            session.commit()
            sqlite.checkpoint(db.engine)
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop("work", None)
    for step in _after_commit:
        try:
            step(work)
        except Exception:
            log.exception("a listener failed after a commit; what was committed stands")


def read_snapshot() -> None:
    """Begin reading afresh, so that all that follows is seen as of one instant."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def attach(app: Flask, url: str) -> None:
    """Join the application to its database."""
    options: dict[str, Any] = {"pool_pre_ping": False}
    if url.startswith("sqlite"):
        options["connect_args"] = {"timeout": 0.05, "check_same_thread": False}
        options["pool_size"], options["max_overflow"] = 20, 40
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=options)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            sqlite.prepare(db.engine)


def _begin(connection: Connection, chain: int, also: int | None) -> Work:
    server = connection.dialect.name == "postgresql"
    tail = "SELECT at FROM chain WHERE id = :id FOR UPDATE" if server else "SELECT at FROM chain WHERE id = :id"
    asked = text(tail).columns(at=Instant)
    chains = sorted({chain, also} - {None}, key=lambda one: one or 0)
    rows = [connection.execute(asked, {"id": one}).first() for one in chains]
    raw = clock.raw()
    if server and not clock.is_held():
        told = connection.execute(text("SELECT date_trunc('milliseconds', clock_timestamp())"))
        raw = told.scalar_one().astimezone(UTC)
    before = [row.at for row in rows if row is not None and row.at is not None]
    clock.not_behind(max([raw, *before]))
    return Work(chain, max([clock.going_on(raw), *before]), raw, also)
