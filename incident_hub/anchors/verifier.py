#!/usr/bin/env python3
"""Check an exported record of Incident Hub with nothing but this file and Python 3.11 or later.

    python3 verify_record.py EXPORT.jsonl [--kept MARKS.jsonl]

EXPORT is what `incident-hub record export` wrote: a signed head, then one entry a line. MARKS are the anchors that your
agency kept as they were handed out, one JSON object a line; with them it shows whether the record was told anew or cut.
Each entry is hashed over everything in it and the hash before it; an anchor is a mark over size and head of the record
at an instant, signed with a key outside the database; a witness is another agency's own signature under an anchor.
The words people wrote are not in an export; in their place stands sha256(salt + words).
It ends with 0 when all of it holds, with 1 and the first fault when not. Signatures are checked as RFC 8032 says.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

FIRST = "0" * 64
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


class Fault(Exception):
    """The first thing that does not hold, in words."""


def verify(lines: Iterable[bytes], kept: Iterable[bytes] = ()) -> dict[str, Any]:
    """Check an export, and the anchors somebody kept against it.

    Shape: what stood firm: operation, entries, head, anchors, witnesses, kept, key, exercise. Raises: Fault.
    """
    rows = iter(lines)
    try:
        head = json.loads(next(rows))
    except (StopIteration, ValueError) as fault:
        raise Fault(f"this is not an exported record: {fault}") from None
    if not isinstance(head, dict) or head.get("format") != "incident-hub-record/1":
        raise Fault("the first line is not the head of an exported record")
    bare = {name: value for name, value in head.items() if name != "signature"}
    if not holds(str(head.get("key")), str(head.get("signature")), canonical(bare)):
        raise Fault("the head's signature does not hold")
    hashes = [FIRST, *walk(str(head["operation"]), rows)]
    count = len(hashes) - 1
    if count < head["size"]:
        raise Fault(f"the record ends at entry {count}, but the signed head counted {head['size']} (truncated)")
    if count > head["size"] or hashes[-1] != (head["head"] or FIRST):
        raise Fault(f"entry {count} is not the one the signed head was made over (rewritten)")
    marks = anchors(head, hashes)
    witnesses = witnessed(head, marks)
    told = {"operation": head["operation"], "entries": count, "head": hashes[-1], "key": head["key"]}
    told |= {"exercise": bool(head.get("exercise")), "anchors": len(marks), "witnesses": witnesses}
    return told | {"kept": compare(kept, head, marks)}


def walk(operation: str, rows: Iterable[bytes]) -> Iterator[str]:
    """The hash of every entry, each checked against its content and the entry before."""
    prev, number = FIRST, 0
    for row in rows:
        if not row.strip():
            continue
        number += 1
        try:
            entry = json.loads(row)
            there, before, sealed = entry["number"], entry["prev"], entry["hash"]
            fields = ("number", "kind", "at", "by", "subject", "facts", "data", "commitments", "prev")
            content = canonical({name: entry[name] for name in fields})
        except (ValueError, KeyError, TypeError) as fault:
            raise Fault(f"entry {number} is incomplete: {fault}") from None
        if there != number:
            raise Fault(f"entry {number} is missing; entry {there} stands in its place (deleted, inserted or swapped)")
        if before != prev:
            raise Fault(f"entry {number} does not follow the entry before it")
        if hashlib.sha256(b"incident-hub/1\n" + operation.encode() + b"\n" + content).hexdigest() != sealed:
            raise Fault(f"entry {number} was changed after it was written")
        prev = sealed
        yield sealed


def anchors(head: Mapping[str, Any], hashes: list[str]) -> dict[str, dict[str, Any]]:
    """Every anchor as it was handed out, by its mark, each held against the entry it was made over."""
    found: dict[str, dict[str, Any]] = {}
    prev = ""
    for at, size, nonce, signature in head.get("anchors", []):
        if size >= len(hashes):
            raise Fault(
                f"the record ends at entry {len(hashes) - 1}, but the anchor of {at} counted {size} (truncated)"
            )
        over = hashes[size] if size else ""
        mark = hashlib.sha256(f"anchor/1\n{nonce}\n{size}\n{over}".encode()).hexdigest()
        told = {"format": "incident-hub-anchor/1", "operation": head["operation"], "at": at, "mark": mark}
        told |= {"prev": prev, "key": head["key"]} | ({"exercise": True} if head.get("exercise") else {})
        if not holds(head["key"], signature, canonical(told)):
            raise Fault(f"entry {size} is not the one the anchor of {at} was made over (rewritten)")
        found[mark] = told | {"signature": signature}
        prev = mark
    return found


def witnessed(head: Mapping[str, Any], marks: Mapping[str, dict[str, Any]]) -> dict[str, int]:
    """How many anchors each agency has put its own signature under."""
    told, counted = list(marks.values()), dict[str, int]()
    for number, signatures in head.get("witnesses", {}).items():
        anchor = told[int(number) - 1]
        for one in signatures:
            content = b"incident-hub-witness/1\n" + canonical(anchor)
            if not holds(one["key"], one["signature"], content):
                raise Fault(f"the signature of {one['agency']} under the anchor of {anchor['at']} does not hold")
            counted[one["agency"]] = counted.get(one["agency"], 0) + 1
    return counted


def compare(kept: Iterable[bytes], head: Mapping[str, Any], marks: Mapping[str, dict[str, Any]]) -> int:
    """How many anchors that were kept elsewhere are in the export as they were handed out."""
    number = 0
    for row in kept:
        one = json.loads(row) if row.strip() else None
        if one is None or one.get("operation") != head["operation"]:
            continue
        bare = {name: one[name] for name in one if name not in ("signature", "witnesses")}
        if not holds(str(one.get("key")), str(one.get("signature")), canonical(bare)):
            raise Fault(f"the signature of the anchor of {one.get('at')} that you kept does not hold")
        if one["at"] <= head["at"] and one["mark"] not in marks:
            raise Fault(f"the anchor of {one['at']} that you kept is not in the record (told anew, or cut off)")
        number += 1
    return number


def canonical(value: Any) -> bytes:
    """The bytes that are hashed and signed: JSON with sorted keys and no spaces, in UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def holds(key: str, signature: str, content: bytes) -> bool:
    """Whether an Ed25519 signature holds (RFC 8032, 5.1.7)."""
    try:
        public, signed = bytes.fromhex(key), bytes.fromhex(signature)
    except ValueError:
        return False
    if len(public) != 32 or len(signed) != 64:
        return False
    a, r, s = _point(public), _point(signed[:32]), int.from_bytes(signed[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signed[:32] + public + content).digest(), "little") % ORDER
    return _same(_times(s, BASE), _add(r, _times(k, a)))


def _point(data: bytes) -> Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _add(one: Point, two: Point) -> Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(n: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = _add(total, point)
        point, n = _add(point, point), n >> 1
    return total


def _same(one: Point, two: Point) -> bool:
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


BASE: Point = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def main(arguments: list[str]) -> int:
    """Check the files named; say what stood firm, or the first fault."""
    paths = [one for one in arguments if one != "--kept"]
    if len(paths) not in (1, 2) or (len(paths) == 2) != ("--kept" in arguments):
        sys.stderr.write("usage: python3 verify_record.py EXPORT.jsonl [--kept MARKS.jsonl]\n")
        return 2
    try:
        with Path(paths[0]).open("rb") as export:
            kept = Path(paths[1]).read_bytes().splitlines() if len(paths) == 2 else []
            told = verify(export, kept)
    except (Fault, OSError, ValueError, KeyError, TypeError, IndexError) as fault:
        sys.stderr.write(f"It does not hold: {fault}.\n")
        return 1
    sys.stdout.write("It holds.\n" + "".join(f"  {name}: {value}\n" for name, value in told.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
