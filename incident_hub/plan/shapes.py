"""Reading one table of a plan file key by key; everything amiss is noted with its place and reading goes on. Pure.

What cannot be read comes back as an empty stand-in, so that one pass names every fault; such a plan is never used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from .bounds import ROWS
from .contingency import Span, Words
from .durations import read_duration, read_wall
from .faults import suggestion
from .notes import Notes
from .positions import Path
from .spans import read_span

_SPOKEN: dict[type, str] = {
    bool: "true or false", int: "a whole number", float: "a number", str: "text", list: "a list", dict: "a table",
    date: "a date",
}  # fmt: skip


class Table:
    """One table of the file. Each key is asked for once by what it must be; `done` names the keys nobody asked for."""

    def __init__(self, raw: Mapping[str, Any], path: Path, notes: Notes, name: str) -> None:
        self.raw, self.path, self.notes, self.name = raw, path, notes, name
        self.asked: list[str] = []

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty; required unless there is a default."""
        found = self._get(key, str, required=default is None)
        if not isinstance(found, str):
            return default or ""
        if not found.strip():
            self.notes.value((*self.path, key), "empty", f"{key} of {self.name} is empty", "write it, or drop the key")
        return found

    def word(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        """One of the known words."""
        found = self.text(key, default)
        if isinstance(self.raw.get(key), str) and found.strip():
            self.known(found, known, (*self.path, key), key)
        return found

    def words(self, key: str, known: Iterable[str] | None = None, *, required: bool = False) -> tuple[str, ...]:
        """A list of words; of the known ones, if such are given."""
        found = self._get(key, list, required=required)
        words: list[str] = []
        for number, word in enumerate(self._rows(key, found)):
            path = (*self.path, key, number)
            if not isinstance(word, str) or not word.strip():
                self._wrong(path, f"each of {key}", str, word)
                continue
            if known is not None:
                self.known(word, known, path, key)
            words.append(word)
        return tuple(words)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false; required unless there is a default."""
        found = self._get(key, bool, required=default is None)
        return found if isinstance(found, bool) else bool(default)

    def either(self, key: str) -> bool | None:
        """True or false, or None where nothing is said."""
        found = self._get(key, bool, required=False)
        return found if isinstance(found, bool) else None

    def count(self, key: str, least: int = 1) -> int | None:
        """A whole number from 1, or from where it is said to begin, if given."""
        found = self._get(key, int, required=False)
        if not isinstance(found, int):
            return None
        if found < least:
            self.notes.value((*self.path, key), "bad-number", f"{key} of {self.name} is {found}", f"count from {least}")
        return found

    def duration(self, key: str) -> timedelta | None:
        """A duration, if given."""
        found = self._get(key, str, required=False)
        return self.as_duration(found, (*self.path, key), key) if isinstance(found, str) else None

    def length(self, key: str) -> timedelta | None:
        """A duration that is longer than nothing, if given."""
        found = self.duration(key)
        if found == timedelta() and read_duration(str(self.raw[key])) is not None:
            message = f"{key} of {self.name} is {self.raw[key]}"
            self.notes.value((*self.path, key), "bad-duration", message, "give it a length, or drop the key")
        return found

    def moment(self, key: str) -> date | None:
        """A date, or a date with a time; required."""
        found = self._get(key, date, required=True)
        return found if isinstance(found, date) else None

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates."""
        found: list[date] = []
        for number, day in enumerate(_items(self._get(key, list, required=False))):
            if isinstance(day, date) and not isinstance(day, datetime):
                found.append(day)
            else:
                self._wrong((*self.path, key, number), f"each of {key}", date, day, "write it like 2026-10-01")
        return tuple(found)

    def title(self, key: str) -> Words:
        """Words in both languages."""
        table = self.table(key, required=True)
        return table.both() if table else Words("", "")

    def titles(self, key: str) -> tuple[Words, ...]:
        """A list of words in both languages; an absent list is empty."""
        return tuple(table.both() for table in self.tables(key))

    def both(self) -> Words:
        """This table as words in both languages."""
        words = Words(self.text("zh"), self.text("en"))
        self.done()
        return words

    def figures(self, known: Iterable[str]) -> dict[str, float]:
        """This table as figures and the numbers they must reach."""
        numbers: dict[str, float] = {}
        if not self.raw:
            self._empty(self.path, "criteria")
        for key, found in self.raw.items():
            self.known(key, known, (*self.path, key), "figure")
            if isinstance(found, bool) or not isinstance(found, int | float):
                self._wrong((*self.path, key), key, float, found)
            elif not 0 < found < 1e15:
                message = f"{key} of {self.name} can never be reached, or always is"
                self.notes.value((*self.path, key), "bad-number", message, "write the least number that counts")
            else:
                numbers[key] = found
        return numbers

    def matches(self, key: str) -> dict[str, tuple[str, ...]]:
        """A table of names and the word, or words, each may be."""
        table = self.table(key)
        found: dict[str, tuple[str, ...]] = {}
        if table is None:
            return found
        for name in self._rows(key, list(table.raw)):
            path, value = (*self.path, key, name), table.raw[name]
            listed = [value] if isinstance(value, str) else value
            if not isinstance(listed, list) or not listed or not all(isinstance(word, str) for word in _items(listed)):
                self._wrong(path, name, str, value, 'one word, or a list of words like ["decision", "action"]')
                continue
            found[name] = tuple(str(word) for word in _items(listed))
        return found

    def table(self, key: str, *, required: bool = False) -> Table | None:
        """The table under a key."""
        found = self._get(key, dict, required=required)
        name = f"{key} of {self.name}" if self.path else f"[{key}]"
        return Table(found, (*self.path, key), self.notes, name) if isinstance(found, dict) else None

    def tables(self, key: str, *, required: bool = False) -> list[Table]:
        """The tables under a key, each named by its code where it has one."""
        tables: list[Table] = []
        for number, raw in enumerate(self._rows(key, self._get(key, list, required=required))):
            path = (*self.path, key, number)
            if not isinstance(raw, dict):
                self._wrong(path, f"each of {key}", dict, raw)
                continue
            code = raw.get("code")
            name = f"{key} {code[:60]}" if isinstance(code, str) else f"{key} {number + 1}"
            tables.append(Table(raw, path, self.notes, name if not self.path else f"{name} of {self.name}"))
        return tables

    def known(self, word: str, known: Iterable[str], path: Path, what: str) -> bool:
        """Whether a word is one of the known ones; if not, that is noted with the nearest."""
        words = list(known)
        if word in words:
            return True
        message = f"{what}: nothing here is called {word[:60]!r}"
        self.notes.value(path, "unknown-word", message, suggestion(word, words))
        return False

    def as_duration(self, words: str, path: Path, what: str) -> timedelta:
        """A duration as it is written, or none with a note."""
        duration = read_duration(words)
        if duration is None:
            message = f"{what} of {self.name}: {words[:40]!r} is not a duration"
            self.notes.value(path, "bad-duration", message, "write 30s, 15m, 2h or 3d, ten years at most")
        return duration or timedelta()

    def as_span(self, words: str, path: Path, what: str) -> Span:
        """A duration or a number of working days as it is written, or none with a note."""
        span = read_span(words)
        if span is None:
            message = f"{what} of {self.name}: {words[:40]!r} is not a span"
            self.notes.value(path, "bad-duration", message, "write 30s, 15m, 2h, 3d or 5wd, ten years at most")
        return span or Span()

    def as_wall(self, words: str, path: Path, what: str) -> time:
        """A time of day as it is written, or midnight with a note."""
        wall = read_wall(words.strip())
        if wall is None:
            message = f"{what} of {self.name}: {words[:40]!r} is not a time of day"
            self.notes.value(path, "bad-time", message, "write it like 16:00, from 00:00 to 23:59")
        return wall or time()

    def done(self) -> None:
        """Name every key that nobody asked for."""
        for key in self.raw:
            if key not in self.asked:
                message = f"{self.name} has no key {key[:60]!r}"
                self.notes.key((*self.path, key), "unknown-key", message, suggestion(key, self.asked))

    def _get(self, key: str, shape: type, *, required: bool) -> Any:
        self.asked.append(key)
        if key not in self.raw:
            if required:
                self.notes.key(self.path, "missing-key", f"{self.name} lacks {key}", f"add {key}: {_SPOKEN[shape]}")
            return None
        found = self.raw[key]
        if not isinstance(found, shape) or (shape is int and isinstance(found, bool)):
            self._wrong((*self.path, key), key, shape, found)
            return None
        return found

    def _rows(self, key: str, found: Any) -> Sequence[Any]:
        """What a list holds, as far as it is not too long to be meant."""
        rows = _items(found)
        if isinstance(found, list) and not rows:
            self._empty((*self.path, key), key)
        if len(rows) > ROWS:
            message = f"{self.name} has {len(rows):,} of {key}, and {ROWS} is the most"
            self.notes.value((*self.path, key), "too-long", message, "say them in fewer, or divide the plan")
        return rows[:ROWS]

    def _empty(self, path: Path, key: str) -> None:
        self.notes.value(path, "empty", f"{key} of {self.name} is empty", "name at least one, or drop the key")

    def _wrong(self, path: Path, what: str, shape: type, found: Any, hint: str = "") -> None:
        is_now = _SPOKEN.get(type(found), "a date or time")
        message = f"{what} of {self.name} must be {_SPOKEN[shape]}, and is {is_now}"
        self.notes.value(path, "wrong-type", message, hint or f"write {_SPOKEN[shape]}")


def _items(found: Any) -> Sequence[Any]:
    return found if isinstance(found, list) else ()
