"""The record: everything that happened, in order, one entry per fact, told to the desks that may know.

A verb changes its tables and appends here; the plan's answer is written into the same entry before it is sealed.
Entries, words, cards and feeds gather during the unit of work and are written together at its end.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, select, update

from . import registry
from .cards import builders, card_version, settle_cards, touch
from .database import Work, after_commit, before_commit, current_work, db
from .disclosure import (
    Subject,
    access,
    came_to_know,
    desks_of,
    disclose,
    disclose_all,
    first_known,
    known_refs,
    known_subjects,
    may_know,
    past_access,
    withdraw,
    written,
)
from .models import Chain, Entry, Feed, Wording
from .showing import FIRST, settle_heads, show
from .text import canonical, instant, sha256

__all__ = [
    "By", "Draft", "Subject", "access", "append", "came_to_know", "card_version", "cards", "disclose", "disclose_all",
    "entry_hash", "first_known", "known_refs", "known_subjects", "listeners", "may_know", "open_chain", "past_access",
    "reactions", "settle_cards", "withdraw", "written",
]  # fmt: skip


@dataclass(frozen=True)
class By:
    """Who acts: a person at a desk, or the Hub itself.

    Shape: agency, desk and post are codes (`police`, `police/duty`, `duty_officer`); assurance is personal, desk,
    relayed or service.
    """

    agency: str
    desk: str
    desk_id: int
    post: str | None = None
    member: str | None = None
    name: str | None = None
    assurance: str = "personal"


@dataclass
class Draft:
    """An entry before it is sealed; the plan's reaction may still add to its data.

    Shape: `texts` holds every free text and name by field; `desks` narrows or names the audience.
    """

    chain: int
    kind: str
    at: datetime
    by: By
    subject: Subject
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    texts: dict[str, str] = field(default_factory=dict[str, str])
    desks: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Sealed:
    """An entry as it went into the chain."""

    chain: int
    number: int
    kind: str
    at: datetime
    subject: str
    desks: tuple[int, ...]


Reaction = Callable[[Draft], None]
reactions: list[Reaction] = []
cards = builders
listeners: list[Callable[[list[Sealed]], None]] = []


def open_chain(code: str) -> int:
    """Begin a record; the house's is the first of all."""
    chain = Chain(code=code, number=0, head=FIRST, at=None)
    db.session.add(chain)
    db.session.flush()
    current_work().gathered.setdefault("opened", set()).add(chain.id)
    return chain.id


def append(draft: Draft) -> Sealed:
    """Write down one fact: the plan answers, then number, commitments, hash and feeds.

    Raises: ValueError for a kind nobody registered.
    """
    work = current_work()
    if draft.kind not in registry.kinds:
        raise ValueError(f"the kind {draft.kind} is not registered")
    for reaction in reactions:
        reaction(draft)
    tail = _tail(work, draft.chain)
    row, wordings = _sealed(draft, tail.number + 1, tail.hash)
    tail.number, tail.hash, tail.at = row["number"], row["hash"], draft.at
    gathered = work.gathered
    gathered.setdefault("entries", []).append(row)
    gathered.setdefault("wordings", []).extend(wordings)
    desks, whole = _audience(work, draft)
    show(work, draft.chain, desks, row["number"], row["hash"])
    if whole:
        touch(work, draft.chain, row["subject"], row["number"], draft.at)
    sealed = Sealed(draft.chain, row["number"], draft.kind, draft.at, row["subject"], desks)
    gathered.setdefault("sealed", []).append(sealed)
    return sealed


def entry_hash(chain_code: str, row: Mapping[str, Any]) -> str:
    """The hash of an entry over everything in it and the hash before it.

    Shape: `row` has number, kind, at (RFC 3339), by, subject, facts, data, commitments, prev.
    """
    fields = ("number", "kind", "at", "by", "subject", "facts", "data", "commitments", "prev")
    return sha256(b"incident-hub/1\n", chain_code.encode(), b"\n", canonical({name: row[name] for name in fields}))


@dataclass
class _Tail:
    """The end of a chain as this unit of work has brought it forward."""

    code: str
    number: int
    hash: str
    at: datetime | None


def _tail(work: Work, chain: int) -> _Tail:
    tails: dict[int, _Tail] = work.gathered.setdefault("tails", {})
    if chain not in tails:
        if chain not in (work.chain, work.also) and chain not in work.gathered.get("opened", ()):
            raise RuntimeError("a unit of work writes to the chain it locked, and to no other")
        row = db.session.execute(select(Chain.code, Chain.number, Chain.head).where(Chain.id == chain)).one()
        tails[chain] = _Tail(row.code, row.number, row.head, None)
    return tails[chain]


def _sealed(draft: Draft, number: int, prev: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    work = current_work()
    texts = {name: value for name, value in draft.texts.items() if value}
    if draft.by.name:
        texts["by.name"] = draft.by.name
    wordings: list[dict[str, Any]] = []
    commitments: dict[str, str] = {}
    for name, value in sorted(texts.items()):
        salt = secrets.token_hex(16)
        commitments[name] = commitment(salt, value)
        wordings.append({"chain": draft.chain, "number": number, "field": name, "salt": salt, "value": value})
    data = dict(draft.data)
    if (work.raw - work.at).total_seconds() < -2:
        # The machine's clock fell behind the record; the record keeps its order and says what the clock said.
        data["raw_clock"] = instant(work.raw)
    by = {"agency": draft.by.agency, "desk": draft.by.desk, "post": draft.by.post, "member": draft.by.member}
    row: dict[str, Any] = {
        "chain": draft.chain,
        "number": number,
        "kind": draft.kind,
        "at": draft.at,
        "by": by | {"assurance": draft.by.assurance},
        "subject": written(draft.subject),
        "facts": dict(draft.facts),
        "data": data,
        "commitments": commitments,
        "prev": prev,
    }
    row["hash"] = entry_hash(_tail(work, draft.chain).code, row)
    return row, wordings


def commitment(salt: str, value: str) -> str:
    """What the chain keeps in place of a text."""
    return sha256(bytes.fromhex(salt), value.encode())


def _audience(work: Work, draft: Draft) -> tuple[tuple[int, ...], bool]:
    audience = registry.kinds[draft.kind]
    if draft.desks is not None:
        return draft.desks, False
    match audience:
        case registry.Audience.ACCESS:
            return desks_of(work, draft.chain, written(draft.subject)), True
        case registry.Audience.OPERATION:
            return desks_of(work, draft.chain, f"operation/{_tail(work, draft.chain).code}"), True
        case registry.Audience.OWN:
            return (draft.by.desk_id,), False
        case registry.Audience.NOBODY:
            return (), False


@before_commit
def _write(work: Work) -> None:
    gathered = work.gathered
    for name, table in (("entries", Entry), ("wordings", Wording), ("feeds", Feed)):
        if gathered.get(name):
            # Through the table and not the class, so that many rows go in one statement without an object each.
            db.session.execute(cast("Table", table.__table__).insert(), gathered[name])
    tails: dict[int, _Tail] = gathered.get("tails", {})
    for chain, tail in tails.items():
        values = {"number": tail.number, "head": tail.hash}
        if tail.at is not None:
            db.session.execute(update(Chain).where(Chain.id == chain).values(**values, at=tail.at))
    settle_heads(work)
    settle_cards(work)


@after_commit
def _tell(work: Work) -> None:
    sealed: list[Sealed] = work.gathered.get("sealed", [])
    if sealed:
        for listener in listeners:
            listener(sealed)
