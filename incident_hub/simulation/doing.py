"""What people do, as the verbs of an incident do it: what changes, what is written, what is refused. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from incident_hub.incidents.lifecycle import ENDED, VERIFICATIONS, may_follow, may_in_circle
from incident_hub.obligations.answer import may_answer, may_be_partial, may_settle
from incident_hub.operations.opening import may_become, own_matters_alone
from incident_hub.plan.marking import may_let_in
from incident_hub.plan.vocabulary import NEVER_GRADED

from .following import By, append, end, seen_by_post, stop, worth
from .gathering import open_incident, raise_heard
from .handing import accept_lead, decline_lead, direct_lead, offer_lead
from .night import INCIDENT, Matter, Night, Owing
from .places import desk_of
from .scenario import Event, place_and_post

# A deed answers None when it was done, otherwise the sentence that refuses it.
Deed = Callable[[Night, By, Matter, Mapping[str, Any]], str | None]
_VERBS = {
    "amend": "incident.amend", "grade": "incident.grade", "status": "incident.status", "raise": "incident.status",
    "verify": "incident.verify", "figure": "figure.state", "journal": "journal.write",
    "acknowledge": "incident.acknowledge", "share": "access.grant", "withdraw": "access.withdraw",
    "offer_lead": "lead.offer",
}  # fmt: skip


def do(night: Night, event: Event) -> None:
    """Do what an event says, or keep why it was refused."""
    by = actor(night, event.by)
    matter = night.operation() if event.do == "phase" else night.matters.get(event.incident)
    refusal: str | None
    if by is None:
        refusal = f"There is no desk {event.by} here."
    elif event.do == "open":
        refusal = open_incident(night, by, event)
    elif matter is None:
        refusal = f"There is no incident {event.incident or '(the first one)'} yet."
    else:
        refusal = _allowed(event, matter, by) or DEEDS[event.do](night, by, matter, event.given)
    matter = night.matters.get(event.incident) or night.operation()
    night.tell(event.do, event.by, matter, event.given, refusal)


def actor(night: Night, words: str) -> By | None:
    """Who acts, as codes; without a name it is the first desk that takes part."""
    if not words:
        words = min(night.world.taking_part, default="")
    desk = desk_of(night.world, words)
    return None if desk is None else By(desk.partition("/")[0], desk, place_and_post(words)[1])


def _allowed(event: Event, matter: Matter, by: By) -> str | None:
    verb = _VERBS.get(event.do)
    if matter.noun != INCIDENT or (verb is None and event.do in ("settle", "not_applicable")):
        return None
    if by.desk not in matter.circle:
        return f"{by.desk} may not know of this incident." if event.do != "direct_lead" else None
    return may_in_circle(matter.circle[by.desk], verb) if verb else None


def _raise(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    return _status(night, by, matter, {**given, "to": "reported"})


def _amend(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    changed = {name: value for name, value in given.items() if matter.facts.get(name) != value}
    if not changed:
        return None
    matter.facts |= changed
    append(night, "incident.amended", by, matter, {"fields": list(changed), **changed})
    return None


def _grade(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    grade = None if given["grade"] == "none" else given["grade"]
    if grade is not None and matter.facts["category"] == NEVER_GRADED:
        return "Public-security incidents are not graded; give attention A, B or C instead."
    if grade is not None and grade not in [one.code for one in matter.plan.grades]:
        return f"There is no grade {grade}."
    data = {"from": matter.facts["grade"], "grade": grade}
    matter.facts["grade"] = grade
    append(night, "incident.graded", by, matter, data)
    return None


def _status(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    before, to = matter.facts["status"], given["to"]
    if before == to:
        return None
    if refusal := may_follow(before, to, given.get("reason") or "as the scenario says"):
        return refusal
    if before == "heard" and to == "reported":
        raise_heard(night, by, matter)
        return None
    matter.facts["status"] = to
    matter.offered = None if to in ENDED else matter.offered
    append(night, "incident.status_changed", by, matter, {"from": before, "to": to})
    return None


def _verify(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    if given["state"] not in VERIFICATIONS:
        return f"There is no verification {given['state']}."
    append(night, "incident.verified", by, matter, {"state": given["state"]})
    return None


def _figure(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    official = bool(given.get("official"))
    if official and (refusal := may_in_circle(matter.circle[by.desk], "figure.official")):
        return refusal
    told = {"category": given["category"], "n": given["n"]}
    append(night, "figure.stated", by, matter, {**told, "as_of": night.now})
    if official:
        append(night, "figure.made_official", by, matter, told)
    return None


def _journal(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    data: dict[str, Any] = {"kind": given["kind"], "milestone": given.get("milestone")}
    append(night, "journal.added", by, matter, data | _stated(by, given))
    return None


def _acknowledge(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    data: dict[str, Any] = {"kind": given.get("says") or "taken", "desk": by.desk, "post": by.post}
    speaker = desk_of(night.world, given["for"]) if given.get("for") else None
    if given.get("for") and speaker not in matter.circle:
        return f"{given['for']} may not know of this incident, so it cannot have answered; share it first."
    if speaker:
        # Whatever was said by telephone carries how it came, also where the typist sits at that very desk.
        data["via"] = {"channel": "phone", "from": {"agency": speaker.partition("/")[0], "desk": speaker}}
    if speaker and speaker != by.desk:
        data |= {"on_behalf_of": speaker, "post": place_and_post(given["for"])[1]}
    append(night, "incident.acknowledged", by, matter, data | _stated(by, given))
    return None


def _settle(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    # What comes round by itself is owed in the operation, and belongs to no incident.
    owing = _owed(matter, given["rule"], by.agency) or _owed(night.operation(), given["rule"], by.agency)
    if owing is None:
        return f"{by.agency} owes nothing under {given['rule']} just now."
    matter = owing.matter
    if refusal := may_settle(matter.plan.rule(owing.rule)):
        return refusal
    rule, completeness = matter.plan.rule(owing.rule), given.get("completeness") or "complete"
    data: dict[str, Any] = {"obligation": owing.id, "rule": owing.rule}
    if completeness == "pre_report":
        if refusal := may_be_partial(rule):
            return refusal
        owing.reason = "pre_report"
    if rule is not None and rule.pre_report:
        data["completeness"] = completeness
    append(night, "obligation.settled", by, matter, data | _stated(by, given))
    return None


def _not_applicable(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    owing = _owed(matter, given["rule"], by.agency)
    if owing is None:
        return f"{by.agency} owes nothing under {given['rule']} just now."
    end(night, owing, "not_applicable", "not_applicable")
    data = {"obligation": owing.id, "rule": owing.rule}
    append(night, "obligation.found_not_applicable", by, matter, data)
    return None


def answer_debt(night: Night, by: By, owing: Owing, kind: str) -> None:
    """Answer the call about one debt that is no incident's: seen or taken, by its id; only who owes it takes it."""
    if kind == "taken" and may_answer(owing.agency, by.agency):
        return
    if owing.agency == by.agency and owing.acknowledged != "taken":
        owing.acknowledged = worth(owing, kind)
    seen_by_post(night, owing, f"{by.desk}:{by.post or ''}")
    if worth(owing, kind) == "taken":
        stop(night, owing, calls_only=owing.force == "law")
    data = {"obligation": owing.id, "rule": owing.rule, "kind": kind, "desk": by.desk, "post": by.post}
    append(night, "obligation.acknowledged", by, owing.matter, data)


def _share(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    desk, role = desk_of(night.world, given["desk"]), given.get("role") or "support"
    if desk is None or desk not in night.world.taking_part:
        return f"There is no desk {given['desk']} taking part."
    listed = {one.partition("/")[0] for one in matter.circle}
    refusal = may_let_in(str(matter.facts.get("tlp")), desk.partition("/")[0], listed)
    if refusal and desk not in matter.circle:
        return refusal.en
    if role == "lead" or matter.circle.get(desk) == "lead":
        return "The lead is handed over by offer or direction, not by sharing."
    fresh = matter.let_know(desk, role, night.now)
    data = {"desk": desk, "role": role, "fresh": [desk] if fresh and role == "support" else []}
    append(night, "access.granted", by, matter, data)
    return None


def _withdraw(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    desk = desk_of(night.world, given["desk"])
    if desk is None or desk not in matter.circle:
        return f"{given['desk']} has no access to this incident."
    if matter.circle[desk] == "lead":
        return "The lead's desk cannot be withdrawn; hand the lead over first."
    if matter.offered == desk:
        matter.offered = None
        append(night, "lead.withdrawn", by, matter, {"to": desk, "from": matter.facts["lead"]})
    del matter.circle[desk]
    append(night, "access.withdrawn", by, matter, {"desk": desk})
    return None


def _phase(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    world = night.world
    refusal = own_matters_alone(world.operation, by.agency, world.site_owners, world.participants)
    if refusal := refusal or may_become(night.phase, given["to"]):
        return refusal
    before, night.phase = night.phase, given["to"]
    matter.facts["phase"] = given["to"]
    append(night, "operation.phase_changed", by, matter, {"from": before, "to": given["to"]})
    return None


def _owed(matter: Matter, rule: str, agency: str) -> Owing | None:
    """What an agency owes under a rule: the debt due first."""
    owed = [one for one in matter.unanswered() if one.rule == rule and one.agency == agency]
    return min(owed, key=lambda one: (one.due_at, one.number), default=None)


def _stated(by: By, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was said before it was typed carries its instant."""
    if not given.get("stated_at"):
        return {}
    return {"via": {"channel": "phone", "from": {"agency": by.agency}}, "stated_at": given["stated_at"]}


DEEDS: Mapping[str, Deed] = {
    "raise": _raise, "amend": _amend, "grade": _grade, "status": _status, "verify": _verify, "figure": _figure,
    "journal": _journal, "acknowledge": _acknowledge, "settle": _settle, "not_applicable": _not_applicable,
    "share": _share, "withdraw": _withdraw, "offer_lead": offer_lead, "accept_lead": accept_lead,
    "decline_lead": decline_lead, "direct_lead": direct_lead, "phase": _phase,
}  # fmt: skip
