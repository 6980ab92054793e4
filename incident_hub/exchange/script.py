"""A call as live traffic: what the desks would have sent to the Hub, step by step, had they used it then. Pure.

Opened when it was received, a line of the journal at every later instant, the lead's acknowledgement at the first
dispatch, `responding` when the first unit sets out or arrives, and the end when the last unit is free again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from .calls import Call, Word
from .mapping import Mapping

_LONG = re.compile(r"(-?\d{1,3}\.\d{12})\d+")
LONGEST_LINE = 300


@dataclass(frozen=True)
class Step:
    """One request. Shape: `desks` are those who may send it, the likeliest first; `path` may hold `{ref}`."""

    key: str
    at: datetime
    desks: tuple[str, ...]
    path: str
    body: dict[str, Any] = field(hash=False)


def script(call: Call, mapping: Mapping, operation: str) -> list[Step]:
    """The steps of one call in order; the first one opens it and the others need the reference it is given.

    What is written to have happened before the call was received is sent right after it.
    """
    circle = mapping.circle(call.type)
    anyone = tuple(dict.fromkeys((mapping.opener, *(desk for desk, _ in circle.desks))))
    lead = (circle.desks[0][0],)
    steps = [_opening(call, mapping, operation, anyone)]
    words = [word for word in call.words if word.key != mapping.calls[0].code]
    taken = next((word for word in words if word.live == "taken"), None)
    moving = next((word for word in words if word.live == "responding"), None)
    ending = next((word for word in reversed(words) if word.live == "closed"), None)
    responding = False
    for word in words:
        at = max(word.at, call.occurred_at)
        steps.append(_line(call, word, mapping, at, anyone))
        if word is taken:
            body = {"kind": "taken"}
            steps.append(Step(f"{call.key}/taken", at, lead, "/incidents/{ref}/acknowledgement", body))
        if word is moving and not (ending and words.index(ending) < words.index(word)):
            steps.append(_status(call, "responding", at, lead))
            responding = True
        if word is ending:
            way = ("lifted", "closed") if responding else ("responding", "lifted", "closed")
            steps += [_status(call, to, at, lead) for to in way]
    return steps


def _opening(call: Call, mapping: Mapping, operation: str, desks: tuple[str, ...]) -> Step:
    body: dict[str, Any] = {
        "type": call.type,
        "title": call.title[:LONGEST_LINE],
        "summary": f"{call.summary} ({_wall(call.occurred_at, mapping)})",
        "access": [{"desk": desk, "role": role} for desk, role in mapping.circle(call.type).desks if role != "lead"],
    }
    if call.place:
        # The door takes coordinates to a millionth of a millimetre and no further.
        place = {name: _LONG.sub(r"\1", words) for name, words in call.place.items() if name in ("lat", "lon")}
        body["place"] = {**call.place, "text": call.place["text"][:LONGEST_LINE], **place}
    return Step(f"{call.key}/open", call.occurred_at, desks, f"/operations/{operation}/incidents", body)


def _line(call: Call, word: Word, mapping: Mapping, at: datetime, desks: tuple[str, ...]) -> Step:
    body: dict[str, Any] = {"kind": "message", "text": f"{word.text} ({_wall(word.at, mapping)})"}
    if word.milestone:
        body |= {"kind": "milestone", "milestone": word.milestone}
    return Step(f"{call.key}/{word.key}", at, desks, "/incidents/{ref}/journal", body)


def _status(call: Call, to: str, at: datetime, desks: tuple[str, ...]) -> Step:
    return Step(f"{call.key}/{to}", at, desks, "/incidents/{ref}/status", {"to": to})


def _wall(at: datetime, mapping: Mapping) -> str:
    return at.astimezone(ZoneInfo(mapping.zone)).strftime("%Y-%m-%d %H:%M:%S %Z")


def senders(steps: list[Step], desks: set[str]) -> Iterator[tuple[Step, str | None]]:
    """Each step with the desk that sends it, of those there is a token for; None when nobody can."""
    for step in steps:
        yield step, next((desk for desk in step.desks if desk in desks), None)
