"""What may be written into the record, and who is shown it; every room registers its own words here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum


class Audience(Enum):
    """Who is shown an entry of a kind, unless the entry names its desks itself (rulings 2)."""

    ACCESS = "the desks that have access to its subject"
    OPERATION = "every desk that takes part in the operation"
    OWN = "the desk that wrote it"
    NOBODY = "no desk; it is kept for the record"


ACCESS, OPERATION, OWN, NOBODY = Audience.ACCESS, Audience.OPERATION, Audience.OWN, Audience.NOBODY

kinds: dict[str, Audience] = {}
# Every table column that holds free text or a person's name, so that destruction can walk them all (rulings 11).
text_holders: dict[str, str] = {}
# On what something can be owed, the page that shows it, and what people call it.
nouns: dict[str, str] = {}
noun_words: dict[str, tuple[str, str]] = {}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# What a debt on a noun comes to at the moment somebody is told of it: asked with the chain, the reference, the rule and
# what tells the debt apart, it answers {zh, en} or None.
tellers: dict[str, Callable[[int, str, str, str | None], Mapping[str, str] | None]] = {}

# Under which TLP a thing of a noun stands now, asked with the chain and the reference; other nouns have none.
marks: dict[str, Callable[[int, str], str | None]] = {}


def kind(name: str, audience: Audience) -> str:
    """Register a kind of entry; registering it twice with another audience is a mistake in the house."""
    if kinds.setdefault(name, audience) is not audience:
        raise ValueError(f"the kind {name} is registered with two audiences")
    return name


def noun(name: str, page: str, said: tuple[str, str] | None = None) -> str:
    """Register what a debt can be about.

    Shape: `page` holds `{ref}` or `{operation}`, as in `/hazards/{ref}`; `said` is what it is called in Chinese and in
    English, left out where people call it by its reference.
    """
    nouns[name] = page
    if said:
        noun_words[name] = said
    return name


def label(kind: str, ref: str, about: str | None = None) -> dict[str, str]:
    """What people call a thing, {zh, en}: an incident by its reference, a return by its date.

    A code that nobody reads aloud says nothing to whoever is called at night.
    """
    if kind not in noun_words:
        return {"zh": ref, "en": ref}
    on = f" {about}" if _DATE.fullmatch(about or "") else ""
    zh, en = noun_words[kind]
    return {"zh": zh + on, "en": en + on}


def holds_text(column: str, why: str) -> None:
    """Say that a column holds words people typed or a person's name, and what for."""
    text_holders[column] = why
