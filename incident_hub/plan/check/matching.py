"""Whether an entry can ever say what a rule waits for: one letter wrong, and a clock never starts or ends. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from incident_hub.plan.contingency import Plan
from incident_hub.plan.faults import suggestion
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.positions import Path
from incident_hub.plan.vocabulary import PHASES

_STATUSES = ("heard", "reported", "responding", "contained", "lifted", "closed", "false_alarm", "transferred")
# What entries of a kind may say under a name; an empty list is anything. What is not listed here is judged only where
# it is a slip of the keyboard away from something that is.
SAID: dict[str, dict[str, tuple[str, ...]]] = {
    "incident.status_changed": {"to": _STATUSES, "from": _STATUSES},
    "incident.acknowledged": {"kind": ("seen", "taken")},
    "figure.stated": {"category": ()},
    "figure.made_official": {"category": ()},
    "journal.added": {
        "kind": ("note", "decision", "action", "message", "milestone", "deviation"),
        "milestone": ("informed", "set_out", "arrived", "handed_over", "released"),
    },
    "report.sent": {
        "form": ("first", "follow_up", "final", "daily"),
        "mode": ("spoken", "written"),
        "channel": ("hub", "phone", "radio", "fax", "paper", "face"),
        "confirm": ("sender",),
        "completeness": ("complete", "pre_report"),
    },
    **{
        f"hazard.{deed}": {"grade": ("general", "major"), "origin": ("self", "authority", "joint", "mystery")}
        for deed in ("found", "settled", "evidenced", "verified", "rejected", "reopened", "extended")
    },
    "item.accepted": {"differs": ("yes", "no"), "sort": ()},
    "item.disposed": {"outcome": ("returned", "destroyed", "handed_over"), "sort": ()},
    **{
        f"bulletin.{deed}": {
            "kind": ("instruction", "warning", "roll_call"),
            "reached": ("hub", "phone"),
            "answer": ("noted", "done", "cannot", "present"),
            "how": ("closed", "recalled", "corrected"),
        }
        for deed in ("sent", "answered", "closed")
    },
    "task.asked": {"post": ("duty_officer", "duty_leader")},
    "operation.phase_changed": {"to": PHASES, "from": PHASES},
}


def judge(plan: Plan) -> Iterator[Judgement]:
    """Words of a match that no entry ever says."""
    for number, rule in enumerate(plan.rules):
        here: Path = ("rule", number)
        yield from _said(plan, rule.when, rule.match, (*here, "match"))
        for key in ("settled_by", "ended_by"):
            for place, settle in enumerate(getattr(rule, key)):
                yield from _said(plan, [settle.kind], settle.match, (*here, key, place, "match"))


def _said(plan: Plan, kinds: Iterable[str], match: Mapping[str, tuple[str, ...]], path: Path) -> Iterator[Judgement]:
    said = [_names(plan, kind) for kind in kinds]
    names = dict.fromkeys(name for one in said for name in one)
    for name, words in match.items():
        near = get_close_matches(name, names, n=1) if name not in names else []
        if near:
            message = f"no such entry says anything of {name[:40]}"
            yield (*path, name), "never-matched", message, f"did you mean {near[0]}?"
        # Whatever one of the kinds may say freely is not judged.
        if not all(one.get(name) for one in said):
            continue
        known = dict.fromkeys(word for one in said for word in one[name])
        for place, word in enumerate(words):
            if word not in known:
                message = f"no such entry ever says {name} = {word[:40]!r}"
                yield (*path, name, place), "never-matched", message, suggestion(word, known)


def _names(plan: Plan, kind: str) -> Mapping[str, tuple[str, ...]]:
    if kind.startswith("obligation."):
        return {"rule": tuple(rule.code for rule in plan.rules), "completeness": ("complete", "pre_report")}
    if kind == "report.sent" and plan.report_tiers:
        return SAID[kind] | {"tiers": tuple(tier.code for tier in plan.report_tiers)}
    return SAID.get(kind, {})
