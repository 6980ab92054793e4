"""What a desk was shown, read back in the order it was shown (contract: `entry`, `board`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import and_, func, select, tuple_

from .database import db
from .disclosure import Subject, written
from .models import Card, Chain, Disclosure, Entry, Feed, FeedHead, Wording
from .text import canonical, sha256

BOARD_LIMIT = 10_000


def head(chain: int, desk: int) -> int:
    """The newest position of a desk's feed; 0 before the first."""
    found = db.session.scalar(select(FeedHead.position).where(FeedHead.chain == chain, FeedHead.desk == desk))
    return found or 0


def sealed_head(chain: int, desk: int) -> tuple[int, str]:
    """The newest position of a desk's feed and the hash it ends in, for the desk itself to keep (rulings 13)."""
    row = db.session.execute(
        select(FeedHead.position, FeedHead.hash).where(FeedHead.chain == chain, FeedHead.desk == desk)
    ).first()
    return (row.position, row.hash) if row else (0, "")


def heads(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The newest positions of many feeds at once, by (chain, desk)."""
    wanted = list(pairs)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(FeedHead.chain, FeedHead.desk, FeedHead.position).where(
            tuple_(FeedHead.chain, FeedHead.desk).in_(wanted)
        )
    )
    return {(row.chain, row.desk): row.position for row in rows}


def feed(chain: int, desk: int, after: int, limit: int, *, with_cards: bool = True) -> list[dict[str, Any]]:
    """The entries a desk was shown after a position, each with its words.

    Only the last entry of each subject carries its card, which is always the current one (rulings 4). What the desk
    may no longer know of answers {position, withheld: true}, and so does what was shown before it was let in again from
    then on only.
    """
    rows = db.session.execute(
        select(Feed.position, Entry.number, Entry.kind, Entry.at, Entry.by, Entry.subject, Entry.data, Chain.code)
        .join(Entry, and_(Entry.chain == Feed.chain, Entry.number == Feed.number))
        .join(Chain, Chain.id == Feed.chain)
        .where(Feed.chain == chain, Feed.desk == desk, Feed.position > after)
        .order_by(Feed.position)
        .limit(limit)
    ).all()
    if not rows:
        return []
    words = wordings(chain, [row.number for row in rows])
    hung = _hung(chain, desk, {row.subject for row in rows})
    begins = _begins(chain, desk, hung)
    last = {row.subject: row.position for row in rows}
    shown: list[dict[str, Any]] = []
    for row in rows:
        noun, _, ref = row.subject.partition("/")
        gone = row.subject not in hung or row.at < begins.get(row.subject, row.at)
        if noun == "incident" and gone and row.kind != "incident.withdrawn":
            shown.append({"operation": row.code, "position": row.position, "withheld": True})
            continue
        entry = told(row, words.get(row.number, {}))
        entry |= {"operation": row.code, "position": row.position, "subject": {"kind": noun, "ref": ref}}
        body = hung.get(row.subject)
        if with_cards and last[row.subject] == row.position and body:
            entry["card"] = orjson.loads(body)
        shown.append(entry)
    return shown


def told(row: Any, words: Mapping[str, str]) -> dict[str, Any]:
    """An entry as it is told to those who may know: its codes, with the words put back in."""
    by = {name: row.by.get(name) for name in ("agency", "desk", "post", "assurance")}
    by["name"] = words.get("by.name")
    texts = {name: value for name, value in words.items() if name != "by.name"}
    return {"kind": row.kind, "at": row.at, "by": by, "data": {**row.data, **texts}}


def wordings(chain: int, numbers: Sequence[int]) -> dict[int, dict[str, str]]:
    """The words behind entries, by entry number and field; destroyed ones are absent."""
    found: dict[int, dict[str, str]] = {}
    for start in range(0, len(numbers), 500):
        rows = db.session.execute(
            select(Wording.number, Wording.field, Wording.value).where(
                Wording.chain == chain, Wording.number.in_(numbers[start : start + 500]), Wording.value.is_not(None)
            )
        )
        for number, field, value in rows:
            found.setdefault(number, {})[field] = value or ""
    return found


def entries_of(chain: int, subject: Subject, kinds: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """All entries about one subject in order, with words; for those the caller has found may know of all of it."""
    query = select(Entry.number, Entry.kind, Entry.at, Entry.by, Entry.facts, Entry.data).where(
        Entry.chain == chain, Entry.subject == written(subject)
    )
    if kinds is not None:
        query = query.where(Entry.kind.in_(kinds))
    rows = db.session.execute(query.order_by(Entry.number)).all()
    words = wordings(chain, [row.number for row in rows])
    return [told(row, words.get(row.number, {})) | {"number": row.number, "facts": row.facts} for row in rows]


def shown_of(chain: int, desk: int, subject: Subject) -> list[dict[str, Any]]:
    """The entries about a subject that a desk was shown, in order, sealed as they are and without their words."""
    names = ("kind", "at", "by", "data", "commitments", "hash")
    rows = db.session.execute(
        select(Feed.position, *(getattr(Entry, name) for name in names))
        .join(Entry, and_(Entry.chain == Feed.chain, Entry.number == Feed.number))
        .where(Feed.chain == chain, Feed.desk == desk, Entry.subject == written(subject))
        .order_by(Feed.position)
    )
    return [{name: getattr(row, name) for name in names} for row in rows]


def hung_cards(chain: int, desk: int) -> list[tuple[str, str, str]]:
    """The cards on a desk's board, newest first: (reference, body, hash). At most 10,000 (rulings 21)."""
    rows = db.session.execute(
        select(Card.subject, Card.body, Card.hash)
        .join(Disclosure, and_(Disclosure.chain == Card.chain, Disclosure.subject == Card.subject))
        .where(Card.chain == chain, Card.on_board, Disclosure.desk == desk, Disclosure.until.is_(None))
        .order_by(Card.number.desc())
        .limit(BOARD_LIMIT)
    )
    return [(row.subject.partition("/")[2], row.body, row.hash) for row in rows]


def card(chain: int, subject: Subject) -> tuple[dict[str, Any], int]:
    """The newest card of a subject and its version; an empty card of version 0 before the first."""
    row = db.session.execute(
        select(Card.body, Card.version).where(Card.chain == chain, Card.subject == written(subject))
    ).first()
    return (orjson.loads(row.body), row.version) if row else ({}, 0)


def cards_of(chain: int, subjects: Sequence[Subject]) -> dict[str, dict[str, Any]]:
    """The newest cards of many subjects, by reference."""
    rows = db.session.execute(
        select(Card.subject, Card.body).where(Card.chain == chain, Card.subject.in_([written(one) for one in subjects]))
    )
    return {row.subject.partition("/")[2]: orjson.loads(row.body) for row in rows}


def digest(cards: Iterable[tuple[str, str]]) -> str:
    """One hash over a board, so that two screens can be compared: lines `ref SP sha256(card)` sorted by ref."""
    lines = "".join(f"{ref} {mark}\n" for ref, mark in sorted(cards))
    return sha256(lines.encode())


def card_hash(body: Mapping[str, Any]) -> str:
    """The hash of a card, as any client can compute it."""
    return sha256(canonical(body))


def length(chain: int) -> int:
    """How many entries a chain holds."""
    return db.session.scalar(select(func.max(Entry.number)).where(Entry.chain == chain)) or 0


def latest() -> datetime | None:
    """How far any record has come."""
    return db.session.scalar(select(func.max(Chain.at)))


def chain_numbers() -> dict[int, int]:
    """How many entries each chain holds; a cheap way to see that another process has written."""
    return {row.id: row.number for row in db.session.execute(select(Chain.id, Chain.number))}


def mark(chain: int) -> str:
    """The hash a record ends in; it changes with every entry, so what was read at it can be kept until then."""
    return db.session.scalar(select(Chain.head).where(Chain.id == chain)) or ""


def of_kind(chain: int, after: int, kind: str) -> list[dict[str, Any]]:
    """The entries of one kind after a number, for the house's own machinery; never for a reader."""
    rows = db.session.execute(
        select(Entry.number, Entry.kind, Entry.at, Entry.by, Entry.subject, Entry.data, Chain.code)
        .join(Chain, Chain.id == Entry.chain)
        .where(Entry.chain == chain, Entry.number > after, Entry.kind == kind)
        .order_by(Entry.number)
    )
    shown: list[dict[str, Any]] = []
    for row in rows:
        noun, _, ref = row.subject.partition("/")
        shown.append(told(row, {}) | {"operation": row.code, "subject": {"kind": noun, "ref": ref}})
    return shown


def _hung(chain: int, desk: int, subjects: Iterable[str]) -> dict[str, str | None]:
    """The subjects of these the desk may know of now, each with its card's body if it has one."""
    rows = db.session.execute(
        select(Disclosure.subject, Card.body)
        .outerjoin(Card, and_(Card.chain == Disclosure.chain, Card.subject == Disclosure.subject))
        .where(
            Disclosure.chain == chain,
            Disclosure.desk == desk,
            Disclosure.until.is_(None),
            Disclosure.subject.in_([one for one in subjects if one.startswith("incident/")]),
        )
    )
    return {row.subject: row.body for row in rows}


def _begins(chain: int, desk: int, subjects: Iterable[str]) -> dict[str, datetime]:
    """Since when the desk may read of these subjects, where it may not read the whole past."""
    rows = db.session.execute(
        select(Disclosure.subject, Disclosure.since).where(
            Disclosure.chain == chain,
            Disclosure.desk == desk,
            Disclosure.until.is_(None),
            Disclosure.history == "from_now",
            Disclosure.subject.in_(list(subjects)),
        )
    )
    return {subject: since for subject, since in rows}
