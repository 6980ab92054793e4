"""Showing an entry to desks: each desk's feed moves on by one position, chained to the one before (rulings 13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, select

from .database import Work, db
from .models import FeedHead
from .text import sha256

# What stands before the first entry of a chain and the first position of a feed.
FIRST = "0" * 64
# Position, hash, and whether the database has a row for it.
_Head = tuple[int, str, bool]


def show(work: Work, chain: int, desks: Sequence[int], number: int, entry: str) -> None:
    """Put an entry at the end of these desks' feeds.

    Shape: `entry` is its hash.
    """
    heads: dict[tuple[int, int], _Head] = work.gathered.setdefault("heads", {})
    if unread := [desk for desk in desks if (chain, desk) not in heads]:
        heads |= {(chain, desk): head for desk, head in _stored(chain, unread).items()}
    for desk in desks:
        before, hash_before, stored = heads[chain, desk]
        position = before + 1
        digest = feed_hash(hash_before, position, entry)
        heads[chain, desk] = (position, digest, stored)
        shown = {"chain": chain, "desk": desk, "position": position, "number": number, "hash": digest}
        work.gathered.setdefault("feeds", []).append(shown)


def feed_hash(before: str, position: int, entry: str) -> str:
    """The hash of one position in a desk's feed."""
    return sha256(f"feed/1\n{before}\n{position}\n{entry}".encode())


def settle_heads(work: Work) -> None:
    """Write how far every feed has come."""
    heads: dict[tuple[int, int], _Head] = work.gathered.get("heads", {})
    table = cast("Table", FeedHead.__table__)
    rows: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for (chain, desk), (position, digest, stored) in heads.items():
        rows[stored].append({"its_chain": chain, "its_desk": desk, "position": position, "hash": digest})
    if rows[True]:
        mine = (table.c.chain == bindparam("its_chain")) & (table.c.desk == bindparam("its_desk"))
        moved = table.update().where(mine).values(position=bindparam("position"), hash=bindparam("hash"))
        db.session.execute(moved, rows[True])
    if rows[False]:
        first = table.insert().values(chain=bindparam("its_chain"), desk=bindparam("its_desk"))
        db.session.execute(first, rows[False])


def _stored(chain: int, desks: Sequence[int]) -> dict[int, _Head]:
    found = db.session.execute(
        select(FeedHead.desk, FeedHead.position, FeedHead.hash).where(FeedHead.chain == chain, FeedHead.desk.in_(desks))
    )
    stored = {row.desk: (row.position, row.hash, True) for row in found}
    return {desk: stored.get(desk, (0, FIRST, False)) for desk in desks}
