"""TOML as people write it: what is made only to cost time is refused before it is read, in words (pure)."""

from __future__ import annotations

import re
import tomllib
from typing import Any

# The largest file anybody writes by hand or has written: a directory of a city, a year of shifts.
LONGEST = 4_000_000
# A key of many parts takes the square of its length to read; nobody writes one.
DEEPEST = 20
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
DOTTED = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{DEEPEST}}}")
TomlFault = tomllib.TOMLDecodeError


def tables(text: str) -> dict[str, Any]:
    """What a file says.

    Raises: TomlFault with the words for it.
    """
    if len(text) > LONGEST:
        raise TomlFault(f"it has {len(text):,} characters, and {LONGEST:,} are the most")
    if dotted := DOTTED.search(text):
        line = text.count("\n", 0, dotted.start()) + 1
        raise TomlFault(f"a key of more than {DEEPEST} parts (at line {line})")
    try:
        return tomllib.loads(text)
    except RecursionError as fault:
        raise TomlFault("it nests too deep") from fault
