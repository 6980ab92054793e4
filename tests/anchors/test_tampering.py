"""Whoever can write to the database by SQL changes the record in seven ways, and each is named."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import delete, select, text, update

from incident_hub.anchors import verifier
from incident_hub.kernel import chains
from incident_hub.kernel.database import db
from incident_hub.kernel.growing import REFUSALS
from incident_hub.kernel.models import Chain, Entry, Feed, FeedHead, Wording
from incident_hub.kernel.record import entry_hash
from incident_hub.kernel.showing import FIRST, feed_hash
from tests.anchors.seals import export, kept
from tests.cli.test_commands import typed
from tests.night import Hub


def rechain() -> None:
    """Tell the record anew with the house's own functions, and every feed after it."""
    prev, sealed = FIRST, dict[int, str]()
    for row in list(chains.exported(2)):
        if row["number"] == 5:
            row["data"] = {"n": 5}
        row["prev"] = prev
        prev = sealed[row["number"]] = entry_hash("EXPO", row)
        told = {"prev": row["prev"], "hash": prev, "data": row["data"]}
        db.session.execute(update(Entry).where(Entry.chain == 2, Entry.number == row["number"]).values(**told))
    db.session.execute(update(Chain).where(Chain.id == 2).values(head=prev))
    for head in db.session.scalars(select(FeedHead).where(FeedHead.chain == 2)).all():
        digest = FIRST
        rows = select(Feed).where(Feed.chain == 2, Feed.desk == head.desk).order_by(Feed.position)
        for shown in db.session.scalars(rows).all():
            digest = shown.hash = feed_hash(digest, shown.position, sealed[shown.number])
        head.hash = digest


def cut_off() -> None:
    """Take the last entries away, and set back everything that counts them."""
    size = chains.head_of(2)[0] - 3
    for table in (Wording, Feed, Entry):
        db.session.execute(delete(table).where(table.chain == 2, table.number > size))
    head = db.session.scalar(select(Entry.hash).where(Entry.chain == 2, Entry.number == size))
    db.session.execute(update(Chain).where(Chain.id == 2).values(number=size, head=head))
    for one in db.session.scalars(select(FeedHead).where(FeedHead.chain == 2)).all():
        mine = select(Feed).where(Feed.chain == 2, Feed.desk == one.desk).order_by(Feed.position.desc()).limit(1)
        last = db.session.scalars(mine).first()
        one.position, one.hash = (last.position, last.hash) if last else (0, FIRST)


def by(*statements: str) -> Callable[[], None]:
    """Tampering by plain statements."""

    def tamper() -> None:
        for one in statements:
            db.session.execute(text(one))

    return tamper


SWAP = (
    "UPDATE entry SET number=900 WHERE chain=2 AND number=4", "UPDATE entry SET number=4 WHERE chain=2 AND number=6",
    "UPDATE entry SET number=6 WHERE chain=2 AND number=900",
)  # fmt: skip
REST = "kind, at, by, subject, facts, data, commitments, prev, hash"
INSERT = (
    f"INSERT INTO entry SELECT chain, 901, {REST} FROM entry WHERE chain=2 AND number=5",  # noqa: S608
    "UPDATE entry SET number=number+1000 WHERE chain=2 AND number>5 AND number<900",
    "UPDATE entry SET number=6 WHERE chain=2 AND number=901",
    "UPDATE entry SET number=number-999 WHERE chain=2 AND number>1000",
    "UPDATE chain SET number=number+1 WHERE id=2",
)  # fmt: skip
# The first five are named by the chain itself, the last two by its seals.
SEVEN: dict[str, tuple[Callable[[], None], str]] = {
    "edit": (by("UPDATE entry SET data='{}' WHERE chain=2 AND number=5"), "entry 5 was changed after"),
    "insert": (by(*INSERT), "entry 6 does not follow"),
    "delete": (by("DELETE FROM entry WHERE chain=2 AND number=5"), "entry 5 is missing"),
    "swap": (by(*SWAP), "entry 4 does not follow"),
    "words": (by("UPDATE wording SET value='别的话' WHERE chain=2"), "the words in .* are not the ones"),
    "truncate": (cut_off, r"the anchor of .* counted \d+ \(truncated\)"),
    "rechain": (rechain, r"the anchor of .* was made over \(rewritten\)"),
}


@pytest.mark.parametrize("name", SEVEN)
def test_tampering_by_sql_is_named(sealed: Hub, name: str) -> None:
    tamper, words = SEVEN[name]
    change_by_sql(tamper)
    result = typed(sealed, "record", "verify", "EXPO")
    assert result.exit_code == 1
    assert re.search(words, result.output), result.output


@pytest.mark.parametrize("name", ["truncate", "rechain"])
def test_whoever_takes_the_seals_out_too_is_named_by_what_others_kept(sealed: Hub, name: str) -> None:
    mine = kept(sealed)
    change_by_sql(SEVEN[name][0], by("DELETE FROM anchor"))
    own = typed(sealed, "record", "verify", "EXPO")
    assert own.exit_code == 1
    assert "was kept outside of the database" in own.output
    # The house gives out what is left under the right key; by itself it holds, and whoever kept a seal is not deceived.
    given = export(sealed).splitlines()
    assert verifier.verify(given)["anchors"] == 0
    with pytest.raises(verifier.Fault, match="that you kept is not in the record"):
        verifier.verify(given, mine.splitlines())


def change_by_sql(*tampering: Callable[[], None]) -> None:
    for one in REFUSALS["sqlite"]:
        db.session.execute(text(f"DROP TRIGGER {one.split()[2]}"))
    for tamper in tampering:
        tamper()
    db.session.commit()
