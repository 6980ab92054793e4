"""The chain of custody laid out for paper, in one language (pure).

Shape: what `incident_hub.paper.forms.custody` takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from .wording import DEED, LABEL, OUTCOME, POST, SORT, UNIT

Named = Callable[[str], str]


def laid(
    item: Mapping[str, Any], named: Named, moment: Callable[[datetime], str], lang: str, incident: str
) -> dict[str, Any]:
    """The parts of the form: what it is, every move, and who made it.

    Shape: `item` as its page has it; `named` gives a desk its name, `moment` writes an instant in the operation's zone.
    """
    return {
        "fields": _fields(item, named, lang, incident),
        "moves": [_move(item, one, named, moment, lang) for one in item["moves"]],
        "signatures": [
            [_said(DEED, one["deed"], lang), _seat(one["by"], named, lang), moment(one["at"])]
            for one in _both_sides(item["moves"])
        ],
    }


def _fields(item: Mapping[str, Any], named: Named, lang: str, incident: str) -> list[list[str]]:
    outcome = _said(OUTCOME, item["outcome"], lang) if item["outcome"] else None
    rows = [
        ("what", item["title"]), ("sort", _said(SORT, item["sort"], lang)), ("quantity", _much(item, item, lang)),
        ("seal", item["seal"] or LABEL["none"].of(lang)), ("place", item["place"]),
        ("holder", None if item["outcome"] else named(item["holder"])), ("outcome", outcome), ("incident", incident),
    ]  # fmt: skip
    return [[LABEL[name].of(lang), value] for name, value in rows if value]


def _move(
    item: Mapping[str, Any], one: Mapping[str, Any], named: Named, moment: Callable[[datetime], str], lang: str
) -> list[Any]:
    hands = [named(one[side]) for side in ("giver", "taker") if one[side]]
    if one["deed"] == "disposed":
        hands = hands[:1] + ([one["receiver"]] if one["receiver"] else [])
    told = [f"{LABEL['differs'].of(lang)}"] if one["differs"] else []
    told += [one["place"]] if one["place"] else []
    told += [one["words"]] if one["words"] else []
    colon = "：" if lang.startswith("zh") else ": "
    if one["receipt"]:
        told.append(f"{LABEL['receipt'].of(lang)}{colon}{one['receipt']}")
    if one["deed"] == "disposed" and one["taker"]:
        told.append(f"{LABEL['witness'].of(lang)}{colon}{named(one['taker'])}")
    where = " → ".join(dict.fromkeys(hands))
    gap = "；" if lang.startswith("zh") else "; "
    return [
        moment(one["at"]), _said(DEED, one["deed"], lang), where, _much(item, one, lang), one["seal"], gap.join(told)
    ]  # fmt: skip


def _both_sides(moves: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The moves by which it came, went and changed hands."""
    return [one for one in moves if one["deed"] in ("taken_in", "offered", "accepted", "disposed")]


def _much(item: Mapping[str, Any], one: Mapping[str, Any], lang: str) -> str:
    count = one.get("counted", one.get("quantity"))
    return f"{count} {_said(UNIT, item['unit'], lang)}"


def _seat(by: Mapping[str, Any], named: Named, lang: str) -> str:
    post = POST.get(str(by.get("post") or ""))
    return f"{named(str(by['desk']))} {post.of(lang) if post else ''}".strip()


def _said(words: Mapping[str, Any], code: str, lang: str) -> str:
    return words[code].of(lang) if code in words else code
