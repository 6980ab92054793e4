"""Reading a table of a file field by field; what does not fit is gathered as faults, each in one sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .nouns import Title
from .rows import Fault

_PART = r"[A-Za-z0-9][A-Za-z0-9._-]{0,40}"
CODE = re.compile(rf"{_PART}")
SITE_CODE = re.compile(rf"{_PART}(/{_PART})?")
_FIELDS = {
    "area": {"code", "title", "parent"},
    "agency": {"code", "title", "kind", "parent", "membership", "areas", "desks"},
    "desk": {"code", "title", "posts"},
    "site": {"code", "title", "agency", "area", "kind"},
    "member": {"login", "name", "language", "email", "seats"},
    "seat": {"desk", "role", "post"},
}


@dataclass
class Reading:
    """The faults found so far, and the table being read."""

    faults: list[Fault] = field(default_factory=list[Fault])
    where: str = ""
    seen: set[str] = field(default_factory=set[str])

    def fault(self, sentence: str) -> None:
        self.faults.append(Fault(self.where, sentence))

    def code(self, table: Mapping[str, Any], noun: str, pattern: re.Pattern[str] = CODE) -> str:
        code = self.text(table, "code") or ""
        if code and not pattern.fullmatch(code):
            self.fault(f"The code {code!r} may hold letters, digits, dots, hyphens and underscores.")
        self.once(f"{noun} {code}")
        return code

    def once(self, named: str) -> None:
        if named in self.seen:
            self.fault(f"The {named} is there twice; keep one of them.")
        self.seen.add(named)

    def only(self, table: Mapping[str, Any], noun: str) -> None:
        for name in sorted(table.keys() - _FIELDS[noun]):
            self.fault(f"{name!r} is not a field of {noun}; it has {', '.join(sorted(_FIELDS[noun]))}.")

    def text(self, table: Mapping[str, Any], name: str, *, needed: bool = True) -> str | None:
        value = table.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if needed or value is not None:
            self.fault(f"`{name}` is missing or is not a text.")
        return None

    def word(self, table: Mapping[str, Any], name: str, words: tuple[str, ...], usual: str | None = None) -> str:
        value = table.get(name, usual)
        if value not in words:
            self.fault(f"`{name}` is {value!r}; it must be one of {', '.join(words)}.")
        return str(value)

    def title(self, table: Mapping[str, Any], code: str) -> Title:
        value = table.get("title", code)
        if isinstance(value, str):
            return both(value)
        if (
            isinstance(value, dict)
            and value.keys() == {"zh", "en"}
            and all(isinstance(one, str) for one in value.values())
        ):
            return {"zh": value["zh"], "en": value["en"]}
        self.fault("`title` must be a text, or {zh = …, en = …} with both languages.")
        return both(code)


def both(words: str) -> Title:
    """A title that reads the same in both languages."""
    return {"zh": words, "en": words}
