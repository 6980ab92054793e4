"""A copy of an incident's record for giving outward: codes, instants and numbers, no names and no free text. Pure.

Every entry keeps the hash it has in the record and the commitments of what was taken out, so that the house can later
show, text by text, that nothing was changed; the head is signed over all lines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

# Ids of persons; opaque here, and not for whoever gets the copy.
_PERSONS = frozenset({"member", "members", "second"})
FORMAT = "incident-hub-redacted/1"
MARK = "■"


def line(entry: Mapping[str, Any], codes: frozenset[str]) -> dict[str, Any]:
    """One entry as it is given outward.

    Shape: `entry` has kind, at, by, data, commitments, hash; `codes` are the names of what is no free text. Who acted
    is told by agency, desk and post; the member's id is taken out, the position as well.
    """
    by = {name: entry["by"].get(name) for name in ("agency", "desk", "post", "assurance")}
    texts = dict.fromkeys(sorted(entry["commitments"]), MARK)
    kept = {"kind": entry["kind"], "at": entry["at"], "by": by, "data": _coded(entry["data"], codes), "texts": texts}
    return kept | {"commitments": entry["commitments"], "hash": entry["hash"]}


def sealed(head: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The head of a copy before it is signed: what it is of, how many entries, and the hash over all of them."""
    return {**head, "format": FORMAT, "algorithm": "ed25519+sha256", "size": len(lines), "digest": digest(lines)}


def digest(lines: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 over the lines as they stand in the file."""
    return hashlib.sha256(b"".join(_written(one) for one in lines)).hexdigest()


def fault(head: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> str | None:
    """What is wrong with a copy apart from its signature, or None."""
    if head.get("format") != FORMAT:
        return "the first line is not the head of a redacted copy"
    if head.get("size") != len(lines):
        return f"the head counts {head.get('size')} entries and there are {len(lines)}"
    return None if head.get("digest") == digest(lines) else "an entry was changed after the copy was made"


def _written(one: Mapping[str, Any]) -> bytes:
    # The same bytes as the record's canonical JSON: sorted, without spaces, UTF-8.
    return json.dumps(one, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _coded(value: Any, codes: frozenset[str], name: str = "") -> Any:
    if isinstance(value, dict):
        return {one: _coded(held, codes, one) for one, held in value.items() if one not in _PERSONS}
    if isinstance(value, list):
        return [_coded(one, codes, name) for one in value]
    return MARK if isinstance(value, str) and " " in value and name not in codes else value
