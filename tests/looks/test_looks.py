"""Who looked and who was refused is known to the lead; whoever was refused is told what anybody is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from incident_hub.kernel import clock, looks
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.looks import Look
from tests.databases import on_both
from tests.night import Hub

pytestmark = on_both


@pytest.fixture(autouse=True)
def _nothing_gathered() -> None:
    looks._gathered.clear()
    looks._lasting.clear()


def told(hub: Hub, ref: str, login: str = "ben") -> list[tuple[str, str, int]]:
    looks.write()
    items: list[dict[str, Any]] = hub.as_(login).get(f"/incidents/{ref}/looks").json["items"]
    return sorted((one["desk"], one["outcome"], one["n"]) for one in items)


def test_a_look_and_a_refusal_are_counted_by_desk_and_hour(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    for part in ("", "/journal", "/figures"):
        expo.as_("ana").get(f"/incidents/{ref}{part}")
    expo.as_("cleo").get(f"/incidents/{ref}")
    expo.as_("cleo").post(f"/incidents/{ref}/journal", {"kind": "note", "text": "试探"})
    assert told(expo, ref) == [("carrier-b/duty", "refused", 2), ("police/duty", "looked", 1)]
    expo.clock.forward(seconds=600)
    expo.as_("ana").get(f"/incidents/{ref}")
    expo.as_("anna.leader").get(f"/incidents/{ref}")
    expo.as_("cleo").get(f"/incidents/{ref}")
    circle = [("carrier-b/duty", "refused", 3), ("police/duty", "looked", 3), ("postal/duty", "looked", 1)]
    assert told(expo, ref) == circle
    expo.clock.forward(seconds=3600)
    expo.as_("ana").get(f"/incidents/{ref}/journal")
    looks.write()
    rows = select(func.count()).select_from(Look).where(Look.outcome == "looked")
    assert db.session.scalar(rows) == 3, "two hours of the police, and the reading of the looks themselves"


def test_what_does_not_exist_leaves_nothing_and_reads_the_same(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    there, nowhere = (expo.as_("cleo").get(f"/incidents/{one}") for one in (ref, "ZZZZZZ"))
    assert (there.status_code, there.data, dict(there.headers)) == (404, nowhere.data, dict(nowhere.headers))
    looks.write()
    assert [row.subject for row in db.session.scalars(select(Look))] == [f"incident/{ref}"]


def test_a_file_counts_for_what_it_belongs_to(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    sent = {"file": (BytesIO("现场记录".encode()), "note.txt", "text/plain")}
    door, form = f"/incidents/{ref}/attachments", "multipart/form-data"
    made = expo.as_("ana").call("POST", door, data=sent, content_type=form)
    assert made.status_code == 201, made.text
    cleo = expo.as_("cleo")
    assert cleo.client.get(f"/files/{made.json['id']}", headers=cleo.headers).status_code == 404
    assert told(expo, ref) == [("carrier-b/duty", "refused", 1)]


def test_only_the_lead_and_evaluators_read_who_has_looked(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    status = {who: expo.as_(who).get(f"/incidents/{ref}/looks").status_code for who in ("ben", "ana", "cleo")}
    assert status == {"ben": 200, "ana": 403, "cleo": 404}
    ben = expo.as_("ben")
    page = ben.client.get(f"/incidents/{ref}/looks?lang=en", headers={**ben.headers, "Accept": "text/html"})
    assert (page.status_code, "Nobody was refused." in page.text) == (200, True)


def test_a_flood_of_addresses_is_bounded_and_old_rows_go(expo: Hub) -> None:
    ref = expo.as_("ana").open()
    expo.as_("ana").get(f"/incidents/{ref}")
    for i in range(looks.MOST + 50):
        looks.note("incidents", f"Z{i}", 1, looks.REFUSED, clock.now())
    assert len(looks._gathered) == looks.MOST
    assert looks.write() == 1
    old = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=1400)
    with unit_of_work() as at:
        db.session.add(Look(subject="incident/OLD", desk=1, hour=old, outcome="looked", n=1, first_at=old, last_at=old))
    with unit_of_work() as at:
        # Three years are the least, whatever is asked.
        assert looks.prune(at + timedelta(days=9000)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE look SET n = n - 1", "UPDATE look SET desk = desk + 1", "UPDATE look SET subject = 'incident/X'",
        "DELETE FROM look",
    ],
)  # fmt: skip
def test_looks_only_grow_and_the_database_refuses_the_rest(expo: Hub, statement: str) -> None:
    ref = expo.as_("ana").open()
    expo.as_("ana").get(f"/incidents/{ref}")
    looks.write()
    with pytest.raises(DBAPIError, match="looks only grow"):
        db.session.execute(db.text(statement))
    db.session.rollback()
    db.session.execute(db.text("UPDATE look SET n = n + 1"))
    db.session.commit()
    assert told(expo, ref) == [("police/duty", "looked", 2)]
