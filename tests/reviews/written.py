"""Entries, clocks and a whole review written by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from incident_hub.reviews import figures

NIGHT = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)  # 03:10 on the second, Beijing time
HOSTILE = "<script>alert(1)</script> | 【可疑】\nsecond [line](http://x.example) **bold** {0} %s {{ 7*7 }}"


def minute(count: float) -> datetime:
    """So many minutes into the night."""
    return NIGHT + timedelta(minutes=count)


def entry(told: str, at: float, number: int = 1, /, *, by: str = "police/duty", **data: Any) -> dict[str, Any]:
    """An entry as a feed tells it."""
    who = {"agency": by.partition("/")[0], "desk": by, "post": "duty_officer", "name": "Ana", "assurance": "desk"}
    return {"number": number, "kind": told, "at": minute(at), "by": who, "data": data, "facts": {}}


def clock(rule: str = "K1", slack: float | None = 5, **changed: Any) -> dict[str, Any]:
    """A clock of ten minutes that was met with so many minutes to spare; None was missed."""
    met = None if slack is None else minute(10 - slack)
    state = "missed" if slack is None else "met" if slack >= 0 else "met_late"
    return {
        "id": f"id-{rule}", "rule": rule, "title": f"Rule {rule}", "force": "plan", "basis": "", "confirmed": True,
        "owed_by": {"agency": "police", "desk": "police/duty", "post": "duty_officer"}, "starts_at": NIGHT,
        "opened_at": NIGHT, "due_at": minute(10), "state": state, "met_at": met,
        "slack_s": None if slack is None else int(slack * 60),
        "slack_entered_s": None if slack is None else int(slack * 60), "proof": None if slack is None else "system",
        "entered_late": False, "reason": None,
    } | changed  # fmt: skip


def review(**operation: Any) -> dict[str, Any]:
    """A review whose every word was typed by somebody who meant harm."""
    line = {"at": minute(1), "occurred_at": minute(0), "kind": "journal.added", "text": HOSTILE, "via": None}
    line |= {"by": {"desk": HOSTILE}, "entered_late": False, "struck": False}
    answer = {"at": minute(2), "entered_at": minute(2), "agency": "police", "desk": HOSTILE, "post": HOSTILE}
    answer |= {"kind": "taken", "of": HOSTILE, "of_title": None, "via": None, "after_s": 90}
    incident = {
        "ref": "K7QF2M", "title": HOSTILE, "type": "x", "type_title": HOSTILE, "grade": None, "status": "reported",
        "lead": HOSTILE, "occurred_at": minute(0), "occurred_about": True, "opened_at": minute(1),
        "clocks": [clock(title=HOSTILE, reason=HOSTILE, confirmed=False)], "acknowledgements": [answer],
        "who_knew": [{"desk": HOSTILE, "role": "lead", "since": minute(1), "until": None}], "timeline": [line],
        "timeline_left_out": False,
    }  # fmt: skip
    head = {"code": "EXPO", "title": HOSTILE, "zone": "Asia/Shanghai", "exercise": False, "phase": "active"}
    return {
        "operation": head | {"plan": HOSTILE} | operation, "from": minute(0), "to": minute(9),
        "generated_at": minute(10), "as_desk": "police/duty", "lang": "en", "course": [line],
        "incidents": [incident], "detail": {"timelines": 1, "incidents": 1},
        "figures": figures.figures([incident]), "names": {"police/duty": HOSTILE},
        "integrity": {"feed_position": 17, "feed_hash": "ab" * 32, "plan": HOSTILE},
    }  # fmt: skip
