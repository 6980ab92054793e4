"""What the Hub says to whoever it refuses: an English sentence that remembers how it was made, so that the same can be
said in Chinese. Pure.

A sentence without values is a plain text and is looked up as it stands; one with values is made by `say`. The Chinese
has the same placeholders, and may ask for the name behind a code: `{status:status}` is the word of the vocabulary
`status`, `{desk:place}` the name of an agency or a desk, `{why:said}` a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

# The vocabularies that are not words of the catalogue: names of agencies and desks, and sentences within a sentence.
PLACE, SENTENCE = "place", "said"


class Said(str):
    """An English sentence, with the words and values it was made of."""

    template: str = ""
    values: Mapping[str, Any] = {}
    # The vocabulary that it is looked up in, by its template as the code there; none for a sentence of ours.
    vocabulary: str = ""
    zh: str | None = None


def say(template: str, /, **values: Any) -> Said:
    """The sentence with its values in it. Shape: `{answers:or}`, `{roles:and}` put that word between several values."""
    said = Said(template.format_map({name: _English(value) for name, value in values.items()}))
    said.template, said.values = template, values
    return said


def say_both(en: str, zh: str) -> Said:
    """A sentence that was written in both languages where it was made."""
    said = Said(en)
    said.zh = zh
    return said


def say_as(en: str, vocabulary: str, code: str, **values: Any) -> Said:
    """A sentence that was written elsewhere, said in other languages by the word behind its code."""
    said = Said(en)
    said.template, said.values, said.vocabulary = code, values, vocabulary
    return said


def nobody(_code: str) -> str | None:
    """No name behind any code."""
    return None


@dataclass(frozen=True)
class Tongue:
    """A language that refusals are said in beside English.

    Shape: `words` by vocabulary and code; `names` gives what an agency or a desk is called, or None.
    """

    sentences: Mapping[str, str] = field(default_factory=dict[str, str])
    words: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    names: Callable[[str], str | None] = nobody

    def of(self, sentence: str) -> str | None:
        """The same sentence in this language; None where nobody has written it."""
        if not isinstance(sentence, Said) or not (sentence.zh or sentence.template):
            return self.sentences.get(sentence)
        if sentence.vocabulary:
            found = self.words.get((sentence.vocabulary, sentence.template))
        else:
            found = self.sentences.get(sentence.template)
        if sentence.zh or found is None:
            return sentence.zh
        return found.format_map({name: _Value(value, self) for name, value in sentence.values.items()})

    def named(self, one: Any, vocabulary: str) -> str:
        """One value as it is called in this language; as it is where it has no name."""
        if isinstance(one, Said) or vocabulary == SENTENCE:
            return self.of(one) or str(one)
        code = str(one)
        # A field is told by its pointer, or by its bare name.
        return (self.names(code) if vocabulary == PLACE else self.words.get((vocabulary, code.lstrip("/")))) or code


class _English:
    """A value as it stands in an English sentence."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return repr(self.value)

    def __format__(self, how: str) -> str:
        several = _several(self.value)
        if several is None:
            return format(self.value, how)
        words = [str(one) for one in several]
        if how == "and":
            return " and ".join([one for one in (", ".join(words[:-1]), words[-1]) if one])
        return (" or " if how == "or" else ", ").join(words)


class _Value:
    """A value as it stands in a sentence of another language."""

    def __init__(self, value: Any, tongue: Tongue) -> None:
        self.value, self.tongue = value, tongue

    def __format__(self, vocabulary: str) -> str:
        several = _several(self.value)
        told = [self.value] if several is None else several
        return "、".join(self.tongue.named(one, vocabulary) for one in told)


def _several(value: Any) -> list[Any] | None:
    if isinstance(value, set | frozenset):
        return sorted(value)
    return list(value) if isinstance(value, list | tuple) else None
