"""How a migration reaches the database: the same engine settings as the application, one transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, event

from incident_hub.kernel.database import Base

config = context.config


def run() -> None:
    """Run the migrations that are missing."""
    engine = create_engine(config.attributes["url"])
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _connect(raw: object, _record: object) -> None:
            raw.execute("pragma journal_mode=wal")  # type: ignore[attr-defined]
            raw.execute("pragma synchronous=full")  # type: ignore[attr-defined]

    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=False)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
