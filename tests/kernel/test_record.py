"""The record holds: order, feeds, words apart, and nothing can be changed unseen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

from incident_hub.anchors import verifier
from incident_hub.kernel import chains, feeds, record
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.models import Chain, Entry, Wording
from incident_hub.kernel.record import Draft
from incident_hub.kernel.text import canonical
from tests.databases import Database, on_both
from tests.kernel.conftest import ANA, Ground

pytestmark = on_both


def test_a_feed_numbers_what_a_desk_was_shown_without_gaps_and_says_nothing_of_the_rest(ground: Ground) -> None:
    ground.happen()
    ground.happen("all.told", "T2")
    ground.happen()
    assert [e["position"] for e in feeds.feed(ground.chain, 11, 0, 10)] == [1, 2, 3]
    assert [(e["position"], e["kind"]) for e in feeds.feed(ground.chain, 13, 0, 10)] == [(1, "all.told")]
    assert feeds.head(ground.chain, 13) == 1


def test_words_and_names_lie_beside_the_entry_and_are_told_with_it(ground: Ground) -> None:
    ground.happen(words="两个包裹")
    entry = db.session.scalars(select(Entry).where(Entry.chain == ground.chain)).one()
    assert "两个包裹" not in str([entry.data, entry.by, entry.facts, entry.commitments])
    assert "Ana" not in str([entry.data, entry.by, entry.facts, entry.commitments])
    told = feeds.feed(ground.chain, 12, 0, 10)[0]
    assert (told["data"]["text"], told["by"]["name"]) == ("两个包裹", "Ana")


def test_what_fails_half_way_leaves_neither_state_nor_entry(ground: Ground) -> None:
    def fall_over() -> None:
        with unit_of_work(ground.chain) as at:
            record.append(Draft(ground.chain, "all.told", at, ANA, ("thing", "T1")))
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fall_over()
    assert feeds.length(ground.chain) == 0
    assert feeds.head(ground.chain, 11) == 0
    assert chains.verify_database(ground.chain) == (0, None)


def test_a_listener_that_fails_after_the_commit_undoes_nothing(ground: Ground, caplog: Any) -> None:
    def broken(_sealed: object) -> None:
        raise ValueError("the listener fell over")

    record.listeners.append(broken)
    try:
        ground.happen()
    finally:
        record.listeners.remove(broken)
    assert feeds.length(ground.chain) == 1
    assert "a listener failed" in caplog.text


def test_a_clock_that_falls_back_does_not_turn_the_record_round(ground: Ground) -> None:
    ground.happen()
    first = db.session.scalars(select(Entry.at)).one()
    ground.clock.at -= timedelta(minutes=5)
    ground.happen()
    entries = db.session.scalars(select(Entry).order_by(Entry.number)).all()
    assert entries[1].at == first
    assert entries[1].data["raw_clock"] == "2026-09-01T19:05:00.000+00:00"


def test_the_database_refuses_to_change_or_delete_an_entry(ground: Ground) -> None:
    ground.happen()
    statements = ["UPDATE entry SET kind = 'x.y'", "DELETE FROM entry"]
    if db.engine.dialect.name == "postgresql":
        statements.append("TRUNCATE entry")
    for statement in statements:
        with pytest.raises(DatabaseError, match="never changed"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_a_clean_record_holds_in_the_database_and_as_a_file(ground: Ground, tmp_path: Path) -> None:
    for _ in range(5):
        ground.happen()
    assert chains.verify_database(ground.chain) == (5, None)
    told = verifier.verify(exported(ground, tmp_path))
    assert (told["operation"], told["entries"]) == ("EXPO", 5)


TAMPERINGS = {
    "edit": (["UPDATE entry SET data = '{\"n\":2}' WHERE chain = 2 AND number = 3"], 3, "was changed"),
    "deletion": (["DELETE FROM entry WHERE chain = 2 AND number = 3"], 3, "entry 3 is missing"),
    "insertion": (
        [
            "UPDATE entry SET number = number + 100 WHERE chain = 2 AND number > 2",
            (
                "INSERT INTO entry SELECT chain, 3, kind, at, by, subject, facts, data, commitments, hash, hash "
                "FROM entry WHERE chain = 2 AND number = 2"
            ),
            "UPDATE entry SET number = number - 99 WHERE chain = 2 AND number > 100",
        ],
        3,
        "was changed",
    ),
    "swap": (
        [
            "UPDATE entry SET number = 99 WHERE chain = 2 AND number = 2",
            "UPDATE entry SET number = 2 WHERE chain = 2 AND number = 3",
            "UPDATE entry SET number = 3 WHERE chain = 2 AND number = 99",
        ],
        2,
        "does not follow",
    ),
    "truncation": (["DELETE FROM entry WHERE chain = 2 AND number > 3"], 4, "truncated"),
    "words": (["UPDATE wording SET value = 'nothing' WHERE chain = 2 AND number = 4"], 4, "committed to"),
    "feed": (["DELETE FROM feed WHERE chain = 2 AND desk = 12 AND position = 2"], 3, "of the feed"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_by_sql_is_named_at_its_first_entry(database: Database, ground: Ground, name: str) -> None:
    for _ in range(5):
        ground.happen()
    statements, number, words = TAMPERINGS[name]
    tamper(database, ground, statements)
    _, fault = chains.verify_database(ground.chain)
    assert fault is not None
    assert words in fault.words
    assert fault.number == number


def test_a_signed_head_shows_what_was_cut_off_even_when_the_chain_was_made_to_fit(
    database: Database, ground: Ground, tmp_path: Path
) -> None:
    for _ in range(5):
        ground.happen()
    head = chains.header(ground.chain, chains.signing_key(tmp_path), ground.clock.now())
    cut = [
        "DELETE FROM entry WHERE chain = 2 AND number > 3", "DELETE FROM feed WHERE number > 3",
        "DELETE FROM wording WHERE number > 3",
        "UPDATE chain SET number = 3, head = (SELECT hash FROM entry WHERE chain = 2 AND number = 3) WHERE id = 2",
        (
            "UPDATE feed_head SET position = 3, hash = (SELECT hash FROM feed f WHERE f.desk = feed_head.desk "
            "AND f.chain = 2 AND position = 3)"
        ),
    ]  # fmt: skip
    tamper(database, ground, cut)
    count, fault = chains.verify_database(ground.chain)
    assert fault is None
    last = chains.hashes_at(ground.chain, {count})[count]
    assert last is not None
    found = chains.against(head, count, last, {count: last})
    assert found is not None
    assert "truncated" in found.words
    assert found.number == 4


def test_a_record_written_anew_does_not_match_the_head_that_left_the_house(ground: Ground, tmp_path: Path) -> None:
    for _ in range(3):
        ground.happen()
    head = chains.header(ground.chain, chains.signing_key(tmp_path), ground.clock.now())
    assert chains.signed(head)
    assert chains.against(head, 3, "another", {3: "another"}) is not None
    assert chains.against(head, 3, str(head["head"]), {}) is None
    assert not chains.signed({**head, "size": 2})


def test_a_changed_line_of_an_exported_file_is_named(ground: Ground, tmp_path: Path) -> None:
    for _ in range(4):
        ground.happen()
    lines = exported(ground, tmp_path)
    changed = lines[3].replace(b'"n":1', b'"n":7')
    for tampered, words in (
        ([*lines[:2], *lines[3:]], "entry 2 is missing"), (lines[:-1], "ends at entry 3"),
        ([*lines[:3], changed, *lines[4:]], "entry 3 was changed"),
    ):  # fmt: skip
        with pytest.raises(verifier.Fault, match=words):
            verifier.verify(tampered)


def test_words_can_be_destroyed_and_the_chain_still_holds(ground: Ground) -> None:
    ground.happen()
    with unit_of_work(ground.chain):
        db.session.execute(update(Wording).values(value=None))
    assert chains.verify_database(ground.chain) == (1, None)
    assert "text" not in feeds.feed(ground.chain, 11, 0, 10)[0]["data"]


def exported(ground: Ground, folder: Path) -> list[bytes]:
    """The record as a file's lines."""
    head = chains.header(ground.chain, chains.signing_key(folder), ground.clock.now())
    return [canonical(line) for line in (head, *chains.exported(ground.chain))]


def tamper(database: Database, ground: Ground, statements: list[str]) -> None:
    """Change the database past the application, triggers taken away first."""
    db.session.remove()
    database.tamper(ground.url, statements)
    assert db.session.scalar(select(Chain.id).where(Chain.code == "EXPO")) == 2
