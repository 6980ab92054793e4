"""SQLite as the Hub uses it: one writer at a time in the process and in the folder, and only the writer checkpoints.

WAL, synchronous=FULL, BEGIN IMMEDIATE. Waiting is done here in short sleeps, because SQLite's own waiting happens
inside C and would stop every greenlet, the one that holds the lock among them (rulings 14).
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, make_url

_PATIENCE = 20.0
_PAUSE = 0.002
_CHECKPOINT_EVERY = 200
_writer = threading.Lock()
log = logging.getLogger(__name__)


def folder(engine: Engine) -> Path | None:
    """The folder a SQLite database lies in; None for a server's."""
    name = make_url(engine.url).database
    return Path(name).parent if engine.dialect.name == "sqlite" and name else None


@contextmanager
def one_writer(engine: Engine) -> Iterator[None]:
    """Hold the only right to write, as long as the block lasts; a server's database sees to that itself."""
    place = folder(engine)
    if place is None:
        yield
        return
    with _writer:
        handle = os.open(place / "write.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(handle)
            yield
        finally:
            os.close(handle)


def checkpoint(engine: Engine) -> None:
    """Now and then, still under the writer's lock, move what the log holds into the database."""
    if folder(engine) is None:
        return
    count = engine.__dict__.setdefault("_hub_commits", 0) + 1
    engine.__dict__["_hub_commits"] = count
    if count % _CHECKPOINT_EVERY == 0:
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            raw.close()


def scour(engine: Engine) -> bool:
    """Leave no trace of what was destroyed: pages are written afresh and the log is emptied, under the writer's lock.

    Shape: False when somebody was still reading, so that the log could not be emptied yet; a server's database sees to
    its freed rows by its own vacuum.
    """
    if folder(engine) is None:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
        return True
    with one_writer(engine):
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM")
        finally:
            raw.close()
    return empty_log(engine)


def empty_log(engine: Engine) -> bool:
    """Move all that the log holds into the database and cut it off; False while somebody is still reading from it."""
    if folder(engine) is None:
        return True
    with one_writer(engine):
        raw = engine.raw_connection()
        try:
            busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            raw.close()
    return not busy


def prepare(engine: Engine) -> None:
    """Set every connection as the Hub needs it, and stop the process when the disk fails a write."""

    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        for pragma in (
            "journal_mode=wal",
            "synchronous=full",
            "foreign_keys=on",
            "wal_autocheckpoint=0",
            "secure_delete=on",
        ):
            raw.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def _start(connection: Connection) -> None:
        write = connection.get_execution_options().get("hub_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    @event.listens_for(engine, "handle_error")
    def _fail_stop(context: Any) -> None:
        # After one failed fsync SQLite goes on as if nothing had happened; what it says after that cannot be believed.
        if "disk I/O error" in str(context.original_exception):
            log.critical("the disk failed a write; this process stops so that nothing is acknowledged that is not kept")
            os._exit(74)


def _take(handle: int) -> None:
    # flock would wait inside C and stop every greenlet, so it is asked without waiting, again and again.
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
