"""What only grows: the database refuses it itself, and the role of the web process may not even try."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from incident_hub.kernel.database import db
from tests.databases import on_both
from tests.night import Hub

ROLES = Path(__file__).resolve().parents[2] / "config" / "postgresql_roles.sql"
CHANGES = (
    "UPDATE entry SET kind = 'x'", "DELETE FROM entry", "UPDATE feed SET position = 9", "DELETE FROM feed",
    "UPDATE anchor SET number = 9", "DELETE FROM anchor",
)  # fmt: skip
EMPTIED = ("TRUNCATE entry CASCADE", "TRUNCATE feed", "TRUNCATE anchor CASCADE", "DELETE FROM look")


@on_both
def test_nothing_of_the_record_is_changed_or_taken_away(expo: Hub) -> None:
    expo.as_("ana").open()
    expo.forward(minutes=2, step=60)
    for statement in CHANGES:
        with pytest.raises(DBAPIError, match="never changed or deleted"):
            db.session.execute(text(statement))
        db.session.rollback()


@on_both
def test_the_role_of_the_web_process_writes_and_cannot_change_what_stands(expo: Hub) -> None:
    if db.engine.dialect.name != "postgresql":
        assert "REVOKE UPDATE, DELETE ON entry" in ROLES.read_text()
        return
    with db.engine.connect() as owner:
        owner.detach()
        owner.exec_driver_sql(ROLES.read_text())
        owner.commit()
        # Triggers taken out of the way: the role alone must be enough.
        for table in ("entry", "feed", "anchor", "look"):
            owner.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.commit()
        try:
            ref = _as_web(expo)
            owner.exec_driver_sql("SET ROLE hub_web")
            found = owner.exec_driver_sql("SELECT count(*) FROM entry WHERE subject = %s", (f"incident/{ref}",))
            assert found.scalar()
            owner.commit()
            for statement in (*CHANGES, *EMPTIED):
                with pytest.raises(DBAPIError, match="permission denied"):
                    owner.exec_driver_sql(statement)
                owner.rollback()
        finally:
            owner.exec_driver_sql("RESET ROLE")
            owner.exec_driver_sql("DROP OWNED BY hub_web")
            owner.exec_driver_sql("DROP ROLE hub_web")
            owner.commit()


def _as_web(expo: Hub) -> str:
    """An incident logged through the API by a process that is connected as the web's role."""

    def become(connection: Any, _: Any) -> None:
        connection.cursor().execute("SET ROLE hub_web")

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", become)
    try:
        return expo.as_("ana").open()
    finally:
        event.remove(db.engine, "connect", become)
        db.session.remove()
        db.engine.dispose()
