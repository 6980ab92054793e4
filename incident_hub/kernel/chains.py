"""Proof: a chain is walked from its first entry, in the database or in an exported file; the first bad one is named."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select

from . import keys
from .database import HOUSE, db
from .models import Chain, Entry, Feed, FeedHead, Wording
from .record import commitment, entry_hash
from .showing import FIRST, feed_hash
from .text import canonical, instant

FORMAT = "incident-hub-record/1"


@dataclass(frozen=True)
class Finding:
    """The first thing wrong with a chain, at which entry, in words."""

    number: int
    words: str


def header(
    chain: int,
    key: Ed25519PrivateKey,
    at: datetime,
    carried: Mapping[str, Any] | None = None,
    *,
    exercise: bool = False,
) -> dict[str, Any]:
    """The signed head of a chain: how many entries, the hash of the newest, when, under which key.

    The head of an exercise says so; nobody can take the mark away without breaking the signature.

    Shape: `carried` is signed with it.
    """
    row = db.session.execute(select(Chain.code, Chain.number, Chain.head).where(Chain.id == chain)).one()
    head = {"format": FORMAT, "operation": row.code, "algorithm": "ed25519+sha256", "size": row.number}
    head |= {"head": row.head, "at": instant(at), "key": public(key)}
    head |= {"exercise": True} if exercise else {}
    head |= carried or {}
    return head | {"signature": key.sign(canonical(head)).hex()}


def exported(chain: int) -> Generator[dict[str, Any]]:
    """The entries of a chain as they stand in an export, oldest first, without the words behind them."""
    query = select(Entry).where(Entry.chain == chain).order_by(Entry.number).execution_options(yield_per=1000)
    with db.session.scalars(query) as rows:
        for row in rows:
            yield {
                "number": row.number, "kind": row.kind, "at": instant(row.at), "by": row.by, "subject": row.subject,
                "facts": row.facts, "data": row.data, "commitments": row.commitments, "prev": row.prev,
                "hash": row.hash,
            }  # fmt: skip


def walk(code: str, entries: Iterable[Mapping[str, Any]]) -> tuple[int, str, Finding | None]:
    """Follow a chain entry by entry: (how many stood firm, the last good hash, the first fault or None)."""
    count, prev = 0, FIRST
    for entry in entries:
        try:
            number, sealed, before = entry["number"], entry["hash"], entry["prev"]
            computed = entry_hash(code, entry)
        except (KeyError, TypeError) as fault:
            return count, prev, Finding(count + 1, f"entry {count + 1} is incomplete: {fault}")
        if number != count + 1:
            words = f"entry {count + 1} is missing; entry {number} stands in its place (deleted, inserted or swapped)"
            return count, prev, Finding(count + 1, words)
        if before != prev:
            return count, prev, Finding(number, f"entry {number} does not follow the entry before it")
        if not hmac.compare_digest(computed, str(sealed)):
            return count, prev, Finding(number, f"entry {number} was changed after it was written")
        count, prev = number, sealed
    return count, prev, None


def verify_database(chain: int) -> tuple[int, Finding | None]:
    """Check a chain, the words behind it and every desk's feed in the database; (entries, first fault or None)."""
    row = db.session.execute(select(Chain.code, Chain.number, Chain.head).where(Chain.id == chain)).one()
    # A fault ends the walk early; a server's cursor must not stay open behind it.
    with closing(exported(chain)) as entries:
        count, head, fault = walk(row.code, entries)
    if fault is None and (count, head) != (row.number, row.head):
        fault = Finding(count + 1, f"the record ends at entry {count}, but {row.number} were written (truncated)")
    return count, fault or _wording_fault(chain) or _feed_fault(chain)


def against(head: Mapping[str, Any], count: int, last: str, hashes: Mapping[int, str]) -> Finding | None:
    """Hold a chain against a signed head kept elsewhere.

    Shape: `hashes` gives the chain's hash at the head's size when the chain has grown since.
    """
    size = int(head["size"])
    if count < size:
        words = f"the record ends at entry {count}, but the signed head of {head['at']} counted {size} (truncated)"
        return Finding(count + 1, words)
    there = last if count == size else hashes.get(size)
    if there is not None and there != head["head"]:
        return Finding(size, f"entry {size} is not the one the signed head of {head['at']} was made over (rewritten)")
    return None


def head_of(chain: int) -> tuple[int, str]:
    """How many entries a chain has and the hash of the newest."""
    row = db.session.execute(select(Chain.number, Chain.head).where(Chain.id == chain)).one()
    return row.number, row.head


def sizes() -> dict[int, int]:
    """How many entries each operation's chain has."""
    rows = db.session.execute(select(Chain.id, Chain.number).where(Chain.id != HOUSE).order_by(Chain.id))
    return {chain: number for chain, number in rows}


def hashes_at(chain: int, numbers: Collection[int]) -> dict[int, str]:
    """The hashes of some entries."""
    query = select(Entry.number, Entry.hash).where(Entry.chain == chain)
    return {number: mark for number, mark in db.session.execute(query) if number in numbers}


def signed(head: Mapping[str, Any]) -> bool:
    """Whether a head carries a signature that holds under the key it names."""
    try:
        bare = {name: value for name, value in head.items() if name != "signature"}
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(str(head["key"])))
        key.verify(bytes.fromhex(str(head["signature"])), canonical(bare))
    except (InvalidSignature, KeyError, ValueError):
        return False
    return True


def signing_key(place: Path) -> Ed25519PrivateKey:
    """The key heads are signed with; made on first use, outside the database, readable by its owner alone."""
    return key_at(place / "record.key")


def key_at(path: Path) -> Ed25519PrivateKey:
    """The signing key in a file, made when it is not there."""
    raw = keys.kept(path, lambda: Ed25519PrivateKey.generate().private_bytes_raw())
    return Ed25519PrivateKey.from_private_bytes(raw)


def public(key: Ed25519PrivateKey) -> str:
    """The public half of a key, hex."""
    return key.public_key().public_bytes_raw().hex()


def _wording_fault(chain: int) -> Finding | None:
    commitments = select(Entry.number, Entry.commitments).where(Entry.chain == chain).order_by(Entry.number)
    kept = {number: promised for number, promised in db.session.execute(commitments)}
    rows = db.session.execute(
        select(Wording.number, Wording.field, Wording.salt, Wording.value)
        .where(Wording.chain == chain, Wording.value.is_not(None))
        .order_by(Wording.number)
    )
    for number, field, salt, value in rows:
        if kept.get(number, {}).get(field) != commitment(salt, value or ""):
            return Finding(number, f"the words in {field} of entry {number} are not the ones that were committed to")
    return None


def _feed_fault(chain: int) -> Finding | None:
    hashes = {number: sealed for number, sealed in db.session.execute(
        select(Entry.number, Entry.hash).where(Entry.chain == chain))}  # fmt: skip
    heads = db.session.execute(select(FeedHead).where(FeedHead.chain == chain)).scalars().all()
    for head in heads:
        before, position = FIRST, 0
        rows = db.session.execute(
            select(Feed.position, Feed.number, Feed.hash)
            .where(Feed.chain == chain, Feed.desk == head.desk)
            .order_by(Feed.position)
        )
        for row in rows:
            position += 1
            good = feed_hash(before, position, hashes.get(row.number, ""))
            if row.position != position or row.hash != good:
                return Finding(row.number, f"position {position} of the feed of desk {head.desk} was changed")
            before = row.hash
        if (position, before) != (head.position, head.hash):
            return Finding(head.position, f"the feed of desk {head.desk} ends at {position}, not at {head.position}")
    return None
