"""Words in both languages, and values that differ by how grave an incident is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from .vocabulary import GRAVITIES, UNGRADED

T = TypeVar("T")


@dataclass(frozen=True)
class Words:
    """A title or sentence in both languages of the house."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The words in a language; anything that does not begin with zh reads English."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class ByGravity(Generic[T]):
    """A value that may differ by how grave the incident is.

    Shape: keys of `table` are the words of `vocabulary.GRAVITIES`; `default` serves where none of them fits.
    """

    table: Mapping[str, T] = field(default_factory=dict[str, T])
    default: T | None = None

    def of(self, facts: Mapping[str, Any]) -> T | None:
        """The value for an incident with these facts: the gravest key that fits decides; None where nothing is said."""
        for gravity in gravities(facts):
            if gravity in self.table:
                return self.table[gravity]
        return self.default

    def values(self) -> tuple[T, ...]:
        """Every value it can give, gravest first, the default last."""
        graded = tuple(self.table[gravity] for gravity in GRAVITIES if gravity in self.table)
        return graded if self.default is None else (*graded, self.default)


def gravities(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The gravity keys that fit an incident, gravest first."""
    fitting = {facts.get("grade") or UNGRADED, f"attention_{facts.get('attention')}"}
    if facts.get("life_safety"):
        fitting.add("life_safety")
    return tuple(gravity for gravity in GRAVITIES if gravity in fitting)


def urgent(facts: Mapping[str, Any]) -> bool:
    """Whether life safety or attention A is at stake: quiet hours, mute and a missing grade count for nothing then."""
    return bool(facts.get("life_safety")) or facts.get("attention") == "A"


def grave(facts: Mapping[str, Any]) -> bool:
    """Whether an incident sounds in a flood and is never held back to be bundled: urgent, or of grade I or II."""
    return urgent(facts) or facts.get("grade") in ("I", "II")
