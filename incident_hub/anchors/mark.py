"""What an anchor says outward, and how it is held against a record. Pure.

A mark covers size and head of the record with a fresh nonce: whoever holds it learns neither how much happened nor
whether anything did, and can later be shown both. Source: rulings 13, decision 61.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from .verifier import canonical

FORMAT = "incident-hub-anchor/1"
# How much of a mark is read out or printed; sixteen places of hex are not met by chance.
SHORT = 16


@dataclass(frozen=True)
class Sealed:
    """One anchor with what it was made over.

    Shape: `at` is RFC 3339 in UTC; `prev` is the mark of the anchor before, empty at the first.
    """

    operation: str
    at: str
    size: int
    head: str
    nonce: str
    mark: str
    prev: str
    key: str
    signature: str
    exercise: bool = False


def mark_of(nonce: str, size: int, head: str) -> str:
    """The mark of a head."""
    return sha256(f"anchor/1\n{nonce}\n{size}\n{head}".encode()).hexdigest()


def statement(one: Sealed) -> dict[str, Any]:
    """What is signed: it tells nothing of what happened. An exercise says that it is one."""
    told: dict[str, Any] = {
        "format": FORMAT, "operation": one.operation, "at": one.at, "mark": one.mark, "prev": one.prev,
        "key": one.key,
    }  # fmt: skip
    return told | ({"exercise": True} if one.exercise else {})


def signed_bytes(one: Sealed) -> bytes:
    """The bytes under the signature."""
    return canonical(statement(one))


def outward(one: Sealed) -> dict[str, Any]:
    """An anchor as it leaves the house."""
    return statement(one) | {"signature": one.signature}


def opening(one: Sealed) -> list[Any]:
    """An anchor as it stands in an exported record: the head is read from the entry of that number."""
    return [one.at, one.size, one.nonce, one.signature]


def witness_bytes(anchor: Mapping[str, Any]) -> bytes:
    """What another agency signs with a key of its own: the whole anchor as it was handed out."""
    return b"incident-hub-witness/1\n" + canonical(dict(anchor))


def fault(anchors: Sequence[Sealed], hashes: Mapping[int, str], count: int, kept: Iterable[str]) -> str | None:
    """The first thing that does not fit between a record, its anchors and the marks kept outside of the database.

    Shape: `hashes` gives the hash of the entry that each anchor was made over; `count` is how many entries there are.
    """
    prev = ""
    for one in anchors:
        if one.size > count:
            return f"the record ends at entry {count}, but the anchor of {one.at} counted {one.size} (truncated)"
        over = hashes.get(one.size, "")
        if (over, one.mark, one.prev) != (one.head, mark_of(one.nonce, one.size, over), prev):
            return f"entry {one.size} is not the one the anchor of {one.at} was made over (rewritten)"
        prev = one.mark
    known = {one.mark for one in anchors}
    gone = next((mark for mark in kept if mark not in known), None)
    return f"the anchor {gone[:SHORT]} was kept outside of the database and is not in it any more" if gone else None
