"""The changes between two plans, part by part and field by field. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from incident_hub.plan.contingency import ByGravity, Plan
from incident_hub.plan.vocabulary import GRAVITIES
from incident_hub.plan.words import Words

from . import parts, spoken
from .parts import PARTS, Field, Part
from .spoken import Names


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was.

    Shape: `part` is rule, ladder, type …; `key` is what of it changed, empty where the whole came or went; `before`
    and `after` are what was said, None where nothing was.
    """

    part: str
    code: str
    key: str
    before: Words | None
    after: Words | None
    words: Words

    def plain(self) -> dict[str, Any]:
        """As a table of plain values."""
        return asdict(self)


def between(before: Plan, after: Plan) -> list[Change]:
    """Every change, in the order of a plan file."""
    names = _names(before, after)
    found: list[Change] = []
    for part in PARTS:
        was, now = part.rows(before), part.rows(after)
        for code in [*was, *(code for code in now if code not in was)]:
            if code not in now:
                found.append(_whole(part, code, was[code], None, names))
            elif code not in was:
                found.append(_whole(part, code, None, now[code], names))
            elif was[code] != now[code]:
                found += _changed(part, code, was[code], now[code], names)
    return found


def _names(before: Plan, after: Plan) -> Names:
    return spoken.WORDS | {code: party.title for plan in (before, after) for code, party in plan.parties.items()}


def _whole(part: Part, code: str, was: Any, now: Any, names: Names) -> Change:
    name = parts.name_of(part, code, was if now is None else now)
    told = parts.summary(part, was if now is None else now, names)
    if now is None:
        words = Words(f"删除{name.zh}", f"{_capital(name.en)} is gone")
        return Change(part.word, code, "", told, None, words)
    more = Words(f"：{told.zh}", f": {told.en}") if told else Words("", "")
    return Change(part.word, code, "", None, told, Words(f"新增{name.zh}{more.zh}", f"New {name.en}{more.en}"))


def _changed(part: Part, code: str, was: Any, now: Any, names: Names) -> Iterator[Change]:
    name = parts.name_of(part, code, now)
    for field in part.fields:
        before, after = getattr(was, field.attribute), getattr(now, field.attribute)
        if before == after:
            continue
        for label, one, other in _pairs(field, before, after, names):
            zh = f"{name.zh}，{label.zh}：{(one or spoken.NOTHING).zh} → {(other or spoken.NOTHING).zh}"
            en = f"{_capital(name.en)}, {label.en}: {(one or spoken.NOTHING).en} → {(other or spoken.NOTHING).en}"
            yield Change(part.word, code, field.attribute, one, other, Words(zh, en))


# What changed of a field, what it was, what it is.
_Pair = tuple[Words, Words | None, Words | None]


def _pairs(field: Field, before: Any, after: Any, names: Names) -> Iterator[_Pair]:
    if isinstance(before, ByGravity):
        yield from _by_gravity(field, before, after, names)
    elif field.listed:
        yield from _listed(field, before, after, names)
    elif isinstance(before, Mapping) and field.each:
        for key in [*before, *(key for key in after if key not in before)]:
            one, other = (side.get(key) for side in (before, after))
            if one != other:
                yield _labelled(field, key, names), _said(field, one, names), _said(field, other, names)
    else:
        yield field.label, _said(field, before, names), _said(field, after, names)


def _by_gravity(field: Field, before: ByGravity[Any], after: ByGravity[Any], names: Names) -> Iterator[_Pair]:
    """One line for each gravity whose value moved; one alone where there is nothing but a default."""
    if not before.table and not after.table:
        yield field.label, _said(field, before.default, names), _said(field, after.default, names)
        return
    for gravity in GRAVITIES:
        if gravity in before.table or gravity in after.table:
            one, other = (side.table.get(gravity, side.default) for side in (before, after))
            if one != other:
                yield _labelled(field, gravity, names), _said(field, one, names), _said(field, other, names)
    if before.default != after.default:
        yield (
            _labelled(field, "default", names),
            _said(field, before.default, names),
            _said(field, after.default, names),
        )


def _listed(field: Field, before: Sequence[Any], after: Sequence[Any], names: Names) -> Iterator[_Pair]:
    """Line by line: what was taken out, put in, or put in the place of another."""
    was, now = [_said(field, one, names) for one in before], [_said(field, one, names) for one in after]
    for move, i, j, k, last in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if move == "equal":
            continue
        for place in range(max(j - i, last - k)):
            one = was[i + place] if i + place < j else None
            other = now[k + place] if k + place < last else None
            number = (i if one else k) + place + 1
            yield Words(f"第{number}{field.label.zh}", f"{field.label.en} {number}"), one, other


def _labelled(field: Field, key: str, names: Names) -> Words:
    said = spoken.word(key, names)
    return Words(f"{said.zh}{field.label.zh}", f"{said.en}, {field.label.en}")


def _said(field: Field, found: Any, names: Names) -> Words | None:
    return None if found is None else field.say(found, names)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
