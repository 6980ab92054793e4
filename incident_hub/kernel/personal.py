"""What in a text looks like a value of a person: a telephone number, an identity number, a waybill. Pure.

A pattern is a suspicion, not a finding: whoever writes decides what becomes of it. Positions count Unicode characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

KINDS = ("waybill", "phone", "identity", "other")
# What a sealed or masked value leaves in the text, before its last four.
DOTS = "••••"


@dataclass(frozen=True)
class Found:
    """One value in a text. Units: characters, `end` not included."""

    kind: str
    start: int
    end: int


# Full-width figures and letters are written by every Chinese keyboard; one character stays one character.
_NARROW = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0x2010: 0x2D, 0x2011: 0x2D, 0x2013: 0x2D}
_APART = r"[ \-.]?"
_EDGE = r"(?<![0-9A-Za-z_.])"
_END = r"(?![0-9A-Za-z_])"
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# Items of the Universal Postal Union: two letters, nine figures the last of which is a check, the country.
_POSTAL = re.compile(rf"{_EDGE}[A-Z]{{2}}\d{{9}}[A-Z]{{2}}{_END}")
_POSTAL_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
# Carriers write two to four capital letters and ten to fifteen figures.
_LETTERED = re.compile(rf"{_EDGE}(?!ISBN|ISSN|GMT|UTC)[A-Z]{{2,4}}\d{{10,15}}{_END}")
_PHONES = (
    # A mobile number of the mainland, with or without the country.
    re.compile(rf"(?<![0-9A-Za-z_.])(?:(?:\+|00)?86{_APART})?1[3-9]\d{_APART}\d{{4}}{_APART}\d{{4}}(?!\d)"),
    # A fixed line: area code, then seven or eight figures.
    re.compile(r"(?<![0-9A-Za-z_.\-])\(?0(?:10|2\d|[3-9]\d{2})\)?[ \-]\d{7,8}(?![0-9\-])"),
    # Any country, as it is dialled.
    re.compile(r"(?<![0-9A-Za-z_.])(?:\+|00)(?!86)[1-9]\d{0,2}(?:[ \-.]?\(?\d{1,4}\)?){2,5}(?![0-9A-Za-z])"),
    # North America: area code, exchange, line.
    re.compile(r"(?<![0-9A-Za-z_.\-])\(?[2-9]\d{2}\)?[ \-.][2-9]\d{2}[\-.]\d{4}(?![0-9\-])"),
)
# Bare figures are a number of a kind only where the words before them say so.
_SAID_PHONE = re.compile(
    r"(?:电话|手机|联系方式|致电|座机|\btel(?:ephone)?\b|\bphone\b|\bmobile\b|\bcell\b|\bcall(?: me)?(?: at| on)?\b)"
    r"[^0-9A-Za-z\n]{0,6}(\d[\d \-]{5,13}\d)(?!\d)",
    re.IGNORECASE,
)
_SAID_WAYBILL = re.compile(
    r"(?:运单|快递单|面单|单号|邮件号|\bwaybill\b|\btracking\b|\bparcel n(?:o|umber)\b|\bAWB\b)"
    r"[^0-9\n]{0,12}?([A-Za-z]{0,4}\d{8,20})(?![0-9A-Za-z])",
    re.IGNORECASE,
)


def found(text: str) -> list[Found]:
    """Every value in a text, in order; of two that overlap the one found by the stricter rule stays."""
    if not any(one.isdigit() for one in text):
        return []
    plain = text.translate(_NARROW)
    kept: list[Found] = []
    for one in _suspects(plain):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def masked(text: str, finds: Sequence[Found], marks: Sequence[str] | None = None) -> str:
    """The text with each value replaced by dots and its last four, or by a mark of its own.

    Shape: `finds` in order, as `found` gives them; `marks` one for each.
    """
    said = marks or [f"{DOTS}{last_four(text[one.start : one.end])}" for one in finds]
    parts: list[str] = []
    at = 0
    for one, mark in zip(finds, said, strict=True):
        parts += [text[at : one.start], mark]
        at = one.end
    return "".join([*parts, text[at:]])


def hidden(text: str) -> str:
    """The text with every value masked, where nobody is there to be asked."""
    return masked(text, found(text))


def plain_value(value: str) -> str:
    """A value as it is compared: narrow, without what people put between figures, in capitals."""
    return re.sub(r"[\s\-.·()（）]", "", value.translate(_NARROW)).upper()


def last_four(value: str) -> str:
    """The end of a value, to be told apart by; of what is shorter than nine, its last two."""
    plain = plain_value(value)
    return plain[-4:] if len(plain) > 8 else plain[-2:] if len(plain) > 4 else ""


def identity_holds(number: str) -> bool:
    """Whether eighteen figures are an identity number: a region, a date of birth that there was, and the check."""
    if not re.fullmatch(r"[1-9]\d{16}[0-9X]", number.upper()) or not 11 <= int(number[:2]) <= 91:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(figure) * weight for figure, weight in zip(number, _WEIGHTS, strict=False))
    return 1900 <= born.year <= 2100 and "10X98765432"[total % 11] == number[17].upper()


def postal_holds(number: str) -> bool:
    """Whether the check figure of a postal item number is right."""
    total = sum(int(figure) * weight for figure, weight in zip(number[2:10], _POSTAL_WEIGHTS, strict=True))
    return {10: 0, 11: 5}.get(check := 11 - total % 11, check) == int(number[10])


def _suspects(text: str) -> Iterable[Found]:
    """From the strictest rule to the loosest."""
    for one in _IDENTITY.finditer(text):
        if identity_holds(one[0]):
            yield Found("identity", *one.span())
    for one in _POSTAL.finditer(text):
        if postal_holds(one[0]):
            yield Found("waybill", *one.span())
    for one in _LETTERED.finditer(text):
        yield Found("waybill", *one.span())
    for one in _SAID_WAYBILL.finditer(text):
        yield Found("waybill", *one.span(1))
    for pattern in _PHONES:
        for one in pattern.finditer(text):
            if 7 <= sum(figure.isdigit() for figure in one[0]) <= 17:
                yield Found("phone", *one.span())
    for one in _SAID_PHONE.finditer(text):
        yield Found("phone", *one.span(1))
