"""An import brings in everything once, starts no clock, and can be killed and run again."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text

from incident_hub.agencies import queries as agencies
from incident_hub.cli.place import CONSOLE
from incident_hub.exchange.loop import run_import
from incident_hub.incidents.models import Incident, Journal
from incident_hub.kernel import chains
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput
from incident_hub.operations import queries as operations
from tests.exchange.conftest import MAPPING, SMALL, WORDS, row


@pytest.fixture
def bring_in(sf, written):
    def run(rows: Any = SMALL, operation: str = "SF", **more: Any):
        return run_import(written(rows), operation, MAPPING, by=CONSOLE, **more)

    return run


def chain() -> int:
    found = operations.operation("SF")
    assert found is not None
    return found.id


def count(table: str) -> int:
    return db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 - names of our tables


def everything() -> set[tuple[Any, ...]]:
    db.session.rollback()
    rows = db.session.execute(
        select(
            Incident.source_key, Incident.status, Incident.lead, Incident.occurred_at, Journal.source_key,
            Journal.place, Journal.kind, Journal.milestone, Journal.text, Journal.occurred_at,
        ).join(Journal, Journal.ref == Incident.ref)
    )  # fmt: skip
    return {tuple(one) for one in rows}


def test_every_call_is_one_incident_and_every_instant_one_entry(bring_in):
    account = bring_in()
    assert (account.read, account.used, account.incidents, account.entries) == (4, 4, 3, WORDS)
    assert (count("incident"), count("journal")) == (3, WORDS)
    kinds = db.session.execute(text("SELECT kind, count(*) FROM entry WHERE chain = :c GROUP BY kind"), {"c": chain()})
    counts = {kind: number for kind, number in kinds}
    assert counts == {"operation.opened": 1, "incident.imported": 3, "journal.imported": WORDS}
    assert chains.verify_database(chain()) == (4 + WORDS, None)


def test_the_journal_reads_in_the_order_of_the_instants(bring_in):
    bring_in()
    fire = sorted((one for one in everything() if one[0] == "2"), key=lambda one: one[5])
    assert [one[4] for one in fire] == ["received", "entry", "C2-E2/dispatch", "C2-E2/available", "C2-E2/response"]
    assert [one[5] for one in fire] == [1, 2, 3, 4, 5]
    assert [one[7] for one in fire] == [None, None, None, "released", "set_out"]


def test_no_debt_is_opened_and_nobody_is_called(bring_in, sf):
    bring_in()
    sf.forward(minutes=30)
    assert [count(table) for table in ("obligation", "step", "notice")] == [0, 0, 0]


def test_a_second_run_changes_nothing(bring_in):
    bring_in()
    head = db.session.execute(text("SELECT number, head FROM chain WHERE code = 'SF'")).one()
    account = bring_in()
    assert (account.incidents, account.entries) == (0, 0)
    assert (account.incidents_there, account.entries_there) == (3, WORDS)
    assert db.session.execute(text("SELECT number, head FROM chain WHERE code = 'SF'")).one() == head


def test_stopped_half_way_and_run_again_it_ends_the_same(bring_in):
    def stop(done: int, _all: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(slice_size=1, progress=stop)
    assert count("incident") == 2
    account = bring_in()
    assert (account.incidents, account.incidents_there) == (1, 2)
    assert (count("incident"), count("journal")) == (3, WORDS)
    assert {(one[0], one[4], one[5]) for one in everything()} >= {("1", "received", 1), ("3", "C3-E3/dispatch", 3)}
    assert chains.verify_database(chain())[1] is None


def test_a_file_that_has_grown_brings_only_what_is_new(bring_in):
    bring_in()
    account = bring_in([*SMALL, row("1", "T9", available_dttm="06/01/2021 11:00:00 AM")])
    assert (account.incidents, account.entries, account.entries_there) == (0, 2, WORDS)
    places = {one[4]: one[5] for one in everything() if one[0] == "1"}
    assert (places["C1-T9/dispatch"], places["C1-T9/available"]) == (10, 11)


def test_a_dry_run_counts_and_writes_nothing(bring_in, tmp_path):
    rejects = tmp_path / "rejects.csv"
    account = bring_in([*SMALL, row("", "E1")], dry_run=True, rejects_path=rejects)
    assert (account.incidents, account.entries, len(account.aside)) == (3, WORDS, 1)
    assert (count("incident"), count("journal")) == (0, 0)
    assert "Incident Number is empty" in rejects.read_text()
    assert "would be brought in" in " ".join(account.sentences())


def test_each_desk_knows_only_its_own(bring_in, sf):
    bring_in()
    seen = {
        login: sorted(one["type"] for one in sf.as_(login).get("/operations/SF/incidents").json["items"])
        for login in ("sf-dispatch", "sf-fire", "sf-medical", "sf-police")
    }
    assert seen == {
        "sf-dispatch": ["medical", "structure_fire", "traffic_collision"],
        "sf-fire": ["structure_fire", "traffic_collision"],
        "sf-medical": ["medical", "traffic_collision"],
        "sf-police": ["traffic_collision"],
    }


def test_imported_incidents_are_closed_and_do_not_hang_on_the_board(bring_in):
    bring_in()
    assert {one[1] for one in everything()} == {"closed"}
    assert count("card WHERE on_board") == 0


def test_progress_is_told_after_every_slice(bring_in):
    told: list[tuple[int, int]] = []
    bring_in(slice_size=2, progress=lambda done, all_: told.append((done, all_)))
    assert told == [(2, 3), (3, 3)]


def test_an_operation_that_is_not_there_is_refused(bring_in):
    with pytest.raises(BadInput, match="There is no operation NOWHERE"):
        bring_in(operation="NOWHERE")


def test_a_mapping_that_does_not_fit_the_operation_is_refused_with_every_fault(sf, written, tmp_path):
    other = tmp_path / "other.toml"
    other.write_text(MAPPING.read_text().replace('"medical"', '"mishap"').replace("sf-police/duty", "sf-navy/duty"))
    with pytest.raises(BadInput) as refusal:
        run_import(written(SMALL), "SF", other, by=CONSOLE)
    sentences = " ".join(one["detail"] for one in refusal.value.errors)
    assert "has no type mishap" in sentences
    assert "There is no desk sf-navy/duty" in sentences
    assert agencies.desk("sf-navy/duty") is None
    assert count("incident") == 0


def test_a_file_or_mapping_that_cannot_be_read_is_refused_in_a_sentence(sf, tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        run_import(tmp_path / "none.csv", "SF", MAPPING, by=CONSOLE)
    with pytest.raises(BadInput, match="cannot be read"):
        run_import(tmp_path / "none.csv", "SF", tmp_path / "none.toml", by=CONSOLE)
