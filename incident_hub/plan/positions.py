"""Where in the text of a TOML file each key and value stands, because the standard reader does not say. Pure.

The text is one that `tomllib` has already accepted; this walks it once more and only keeps places. Paths are tuples of
keys and, inside arrays and arrays of tables, numbers from 0: ("rule", 2, "within", "I"). Below a depth that no plan
needs, places are no longer kept apart: a thousand brackets would cost a thousand steps for every value in them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from .bounds import DEEPEST

Path = tuple[str | int, ...]
Place = tuple[int, int]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"[ \t]*")
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_LITERAL = re.compile(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}|'[^'\n]*'")
_BASIC = re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}|"(?:[^"\\\n]|\\.)*"', re.DOTALL)
_SCALAR = re.compile(r"[^,\]}#\n]+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


@dataclass
class Positions:
    """The places of a file. Units: (line, column), both from 1."""

    keys: dict[Path, Place] = field(default_factory=dict[Path, Place])
    values: dict[Path, Place] = field(default_factory=dict[Path, Place])

    def key(self, path: Path) -> Place:
        """Where the key stands; for something absent, where the nearest thing around it begins."""
        while path:
            if path in self.keys:
                return self.keys[path]
            if path in self.values:
                return self.values[path]
            path = path[:-1]
        return (1, 1)

    def value(self, path: Path) -> Place:
        """Where the value stands, or the key where that is all there is."""
        return self.values.get(path) or self.key(path)


def locate(text: str) -> Positions:
    """The places of every key and value of an accepted TOML text."""
    return _Walk(text).walk()


class _Walk:
    """One pass over the text, left to right; `at` is where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = Positions()
        self.counts: dict[Path, int] = {}
        self.lines = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def walk(self) -> Positions:
        table: Path = ()
        self._skip(_SPACE)
        while self.at < len(self.text):
            before = self.at
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_SPACE)
            if self.at == before:
                break
        return self.found

    def _header(self) -> Path:
        place = self._place()
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        keys = self._keys()
        self.at += 2 if many else 1
        path: Path = ()
        for key in keys[:-1]:
            path = self._inside((*path, key))
            self.found.keys.setdefault(path, place)
        path = (*path, *keys[-1:])
        if many:
            self.found.keys.setdefault(path, place)
            self.counts[path] = self.counts.get(path, -1) + 1
            path = (*path, self.counts[path])
        self.found.keys.setdefault(path, place)
        return path

    def _inside(self, path: Path) -> Path:
        """A name on the way to a table means the last one where there are many of it."""
        return (*path, self.counts[path]) if path in self.counts else path

    def _pair(self, table: Path) -> None:
        place = self._place()
        keys = self._keys()
        self.at += 1
        path = table
        for key in keys:
            path = _below(path, key)
            self.found.keys.setdefault(path, place)
        self._skip(_BLANK)
        self._value(path)

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_BLANK)
            keys.append(self._key())
            self._skip(_BLANK)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _key(self) -> str:
        start = self.at
        if self.text.startswith("'", start):
            self._skip(_LITERAL)
            return self.text[start + 1 : self.at - 1]
        if self.text.startswith('"', start):
            self._skip(_BASIC)
            return _ESCAPE.sub(_unescaped, self.text[start + 1 : self.at - 1])
        self._skip(_BARE)
        return self.text[start : self.at]

    def _value(self, path: Path) -> None:
        self.found.values.setdefault(path, self._place())
        first = self.text[self.at : self.at + 1]
        if first == "[":
            self._array(path)
        elif first == "{":
            self._inline(path)
        elif first == '"':
            self._skip(_BASIC)
        elif first == "'":
            self._skip(_LITERAL)
        else:
            self._skip(_SCALAR)

    def _array(self, path: Path) -> None:
        self.at += 1
        for number in range(len(self.text)):
            self._skip(_SPACE)
            if self._ends("]"):
                return
            self._value(_below(path, number))
            self._skip(_SPACE)
            if self.text.startswith(",", self.at):
                self.at += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        while True:
            self._skip(_SPACE)
            if self._ends("}"):
                return
            self._pair(path)
            self._skip(_SPACE)
            if self.text.startswith(",", self.at):
                self.at += 1

    def _ends(self, closing: str) -> bool:
        """Whether the thing we are in is over; the end of the text ends everything."""
        if self.at >= len(self.text) or self.text[self.at] == closing:
            self.at += 1
            return True
        return False

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()

    def _place(self) -> Place:
        line = bisect_right(self.lines, self.at)
        return (line, self.at - self.lines[line - 1] + 1)


def _below(path: Path, step: str | int) -> Path:
    return path if len(path) > DEEPEST else (*path, step)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])
