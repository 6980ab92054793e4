"""One thing that is wrong with a plan file, said so that its author can mend it. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, where, and what to do. Units: line and column count from 1. Shape: `rule` names the check."""

    line: int
    column: int
    rule: str
    message: str
    hint: str = ""


def suggestion(word: str, known: Iterable[str]) -> str:
    """The nearest known word as a question, or all of them if none is near."""
    words = list(known)
    near = difflib.get_close_matches(word[:80], words, n=1, cutoff=0.65)
    if near:
        return f"did you mean {near[0]}?"
    return f"known here: {', '.join(words)}" if words else "nothing is known here yet"
