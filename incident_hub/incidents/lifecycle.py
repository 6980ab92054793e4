"""Which status may follow which, and who in the circle may do what (pure)."""

from __future__ import annotations

from incident_hub.kernel.saying import say

STATUSES = ("heard", "reported", "responding", "contained", "lifted", "closed", "false_alarm", "transferred")
ENDED = ("closed", "false_alarm", "transferred")
VERIFICATIONS = ("unverified", "verified", "doubtful", "false")
GRADES = ("I", "II", "III", "IV")
TLP = ("RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR")
JOURNAL_KINDS = ("note", "decision", "action", "message", "milestone", "deviation")
MILESTONES = ("informed", "set_out", "arrived", "handed_over", "released")
ROLES = ("lead", "support", "informed")

FOLLOWS: dict[str, tuple[str, ...]] = {
    "heard": ("reported", "false_alarm"),
    "reported": ("responding", "contained", "false_alarm", "transferred"),
    "responding": ("contained", "lifted", "false_alarm", "transferred"),
    "contained": ("responding", "lifted", "transferred"),
    "lifted": ("closed", "responding"),
    "closed": ("responding",),
    "false_alarm": ("reported",),
    "transferred": ("reported",),
}
# Going back over one of these is reopening, and the record wants to know why.
REASON_FOR: dict[str, tuple[str, ...]] = {
    "lifted": ("responding",),
    "closed": ("responding",),
    "false_alarm": ("reported",),
    "transferred": ("reported",),
}
WANTS_REASON = ("false_alarm", "transferred")

_LEAD = ("lead",)
_HANDS_ON = ("lead", "support")
_ALL = ROLES
WHO_MAY: dict[str, tuple[str, ...]] = {
    "incident.amend": _HANDS_ON,
    "incident.status": _LEAD,
    "incident.verify": _HANDS_ON,
    "incident.grade": _LEAD,
    "incident.replan": _LEAD,
    "incident.mark": _LEAD,
    "lead.offer": _LEAD,
    "incident.acknowledge": _ALL,
    "figure.state": _HANDS_ON,
    "figure.official": _LEAD,
    "journal.write": _ALL,
    "journal.strike": _ALL,
    "access.grant": _LEAD,
    "access.withdraw": _LEAD,
}


def may_follow(status: str, to: str, reason: str | None) -> str | None:
    """Why a status may not follow another; None when it may."""
    if to not in STATUSES:
        return say("There is no status {to}; it is one of {statuses}.", to=to, statuses=STATUSES)
    if to not in FOLLOWS[status]:
        ways = FOLLOWS[status]
        return say("An incident that is {status} can become {ways}, not {to}.", status=status, ways=ways, to=to)
    if (to in REASON_FOR.get(status, ()) or to in WANTS_REASON) and not reason:
        return say("Say why it goes from {status} to {to}: the record asks for a reason.", status=status, to=to)
    return None


def may_in_circle(role: str, verb: str) -> str | None:
    """Why a desk with this role on the incident may not do this; None when it may."""
    if role in WHO_MAY[verb]:
        return None
    return say(
        "Your desk is {role} on this incident; this takes {wanted:or}. Ask the lead.", role=role, wanted=WHO_MAY[verb]
    )


def merged(seen: int, moved: dict[str, int], present: dict[str, object], wanted: dict[str, object]) -> list[str]:
    """The fields of a guarded edit that somebody else moved to another value since version `seen`."""
    return [name for name, value in wanted.items() if moved.get(name, 0) > seen and present[name] != value]
