"""The rival: a bare Flask and Flask-SQLAlchemy create, one table, no desks, no record, no clocks.

`python -m tests.bench.plain PORT FOLDER`. It has the same fields, the same kind of server and the same SQLite settings
as the Hub; what it lacks is everything that the Hub is for.
"""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import socket  # noqa: E402 - what is patched must be patched first
import sys  # noqa: E402
from datetime import UTC, datetime  # noqa: E402
from typing import Any  # noqa: E402
from uuid import uuid4  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_sqlalchemy import SQLAlchemy  # noqa: E402
from gevent import pywsgi  # noqa: E402
from sqlalchemy import JSON, DateTime, String, Text, event  # noqa: E402
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column  # noqa: E402


class Base(DeclarativeBase):
    """The rival's only table hangs here."""


db = SQLAlchemy(model_class=Base)


class Incident(Base):
    """An incident with the fields of the Hub's."""

    __tablename__ = "incident"

    ref: Mapped[str] = mapped_column(String(32), primary_key=True)
    type: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text, default="")
    category: Mapped[str | None] = mapped_column(String(16))
    grade: Mapped[str | None] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(32), default="reported")
    verification: Mapped[str] = mapped_column(String(32), default="unverified")
    attention: Mapped[str | None] = mapped_column(String(8))
    lead: Mapped[str | None] = mapped_column(String(64))
    tlp: Mapped[str | None] = mapped_column(String(16))
    site: Mapped[str | None] = mapped_column(String(96))
    place: Mapped[Any | None] = mapped_column(JSON)
    occurred_at: Mapped[datetime | None] = mapped_column(DateTime)
    created_at: Mapped[datetime] = mapped_column(DateTime)


NAMES = [column.key for column in Incident.__mapper__.column_attrs]


def create() -> tuple[dict[str, Any], int]:
    """Store what was sent and answer with it."""
    incident = Incident(ref=uuid4().hex, created_at=datetime.now(UTC), **request.get_json())
    db.session.add(incident)
    db.session.commit()
    return {name: getattr(incident, name) for name in NAMES}, 201


def application(folder: str) -> Flask:
    """The rival on a SQLite file of its own."""
    app = Flask("plain")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/plain.db"
    app.add_url_rule("/incidents", view_func=create, methods=["POST"])
    db.init_app(app)
    with app.app_context():

        @event.listens_for(db.engine, "connect")
        def _connect(raw: Any, _record: object) -> None:
            raw.execute("pragma journal_mode=wal")
            raw.execute("pragma synchronous=full")

        Base.metadata.create_all(db.engine)
    return app


def main() -> None:
    """Serve until killed."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind(("127.0.0.1", int(sys.argv[1])))
    listener.listen(1024)
    pywsgi.WSGIServer(listener, application(sys.argv[2]), log=None).serve_forever()


if __name__ == "__main__":
    main()
