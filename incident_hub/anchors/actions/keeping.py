"""Keeping: every anchor is written to a file of the house too, which whoever writes to the database does not reach."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import orjson

from incident_hub.anchors import queries
from incident_hub.anchors.mark import Sealed, outward
from incident_hub.kernel.text import canonical
from incident_hub.operations.queries import Operation


def keep(folder: Path, one: Sealed) -> None:
    """Add an anchor to the file of its operation, as it leaves the house; on disk before anybody is told of it."""
    path = _file(folder, one.operation)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab+") as file:
        # A line that a crash cut off stays as it is, and the next one begins anew.
        torn = file.seek(0, os.SEEK_END) and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n"
        file.write((b"\n" if torn else b"") + canonical(outward(one)) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def complete(folder: Path, operation: Operation) -> None:
    """Write what a crash between commit and file left out."""
    last = queries.newest_told(operation)
    there = {one["mark"] for one in kept(folder, operation.code)}
    if last is not None and last["mark"] not in there:
        for one in queries.all_of(operation):
            if one.mark not in there:
                keep(folder, one)


def kept(folder: Path, operation: str) -> list[dict[str, Any]]:
    """The anchors kept there, oldest first; a line that a crash cut off is left out."""
    path = _file(folder, operation)
    lines = path.read_bytes().splitlines() if path.exists() else []
    return [orjson.loads(line) for line in lines if line.endswith(b"}")]


def _file(folder: Path, operation: str) -> Path:
    return folder / "anchors" / f"{operation}.jsonl"
