"""Standing: who asks, from which desk, and what that role may do. Pure: one table, no database.

Knowing is not decided here: whether a desk may know of an incident is its access (rulings 1). A parent agency, an
administrator and the joint desk know nothing by being what they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from incident_hub.kernel.saying import say

ROLES = ("observer", "reporter", "duty_officer", "duty_leader", "coordinator", "evaluator", "administrator")

_DUTY = frozenset({"duty_officer", "duty_leader", "coordinator"})
_LEADING = frozenset({"duty_leader", "coordinator"})
_READING = _DUTY | {"observer", "reporter", "evaluator"}

# Who may do what; everything a page offers and every door refuses is read from here.
_TABLE: dict[str, tuple[frozenset[str], str]] = {
    "board.read": (_READING, "read the board"),
    "review.read": (_READING, "read a review"),
    "audit.open": (frozenset({"evaluator"}), "read as another desk"),
    "incident.open": (_DUTY | {"reporter"}, "open an incident"),
    "incident.amend": (_DUTY, "change the fields of an incident"),
    "incident.status": (_DUTY, "move the status of an incident"),
    "incident.verify": (_DUTY, "verify an incident"),
    "incident.grade": (_DUTY, "grade an incident"),
    "incident.acknowledge": (_DUTY, "acknowledge an incident"),
    "incident.replan": (_LEADING, "move an incident to the plan in force"),
    "incident.link": (_DUTY, "link two incidents"),
    "incident.mark": (_LEADING, "change the TLP mark of an incident"),
    "lead.offer": (_DUTY, "offer the lead of an incident"),
    "lead.answer": (_DUTY, "accept or decline the lead of an incident"),
    "lead.direct": (_LEADING, "direct who leads an incident"),
    "figure.state": (_DUTY, "state a figure"),
    "journal.write": (_DUTY | {"reporter"}, "write in the journal"),
    "journal.strike": (_DUTY, "strike out a journal entry"),
    "file.attach": (_DUTY | {"reporter"}, "attach a file"),
    "inspection.make": (_DUTY, "make an inspection"),
    "inspection.sign": (_DUTY, "sign for what was inspected"),
    "report.write": (_DUTY, "write an incident report"),
    "report.sign": (_LEADING, "sign an incident report"),
    "report.send": (_DUTY, "send an incident report"),
    "report.receive": (_DUTY, "say that a report was received"),
    "return.file": (_DUTY | {"reporter"}, "file a daily return"),
    "return.review": (_DUTY, "accept a daily return or send it back"),
    "return.roll_up": (_DUTY, "send the daily returns upward"),
    "unit.register": (_LEADING, "say who owes a daily return"),
    "item.take_in": (_DUTY, "take a thing into custody"),
    "item.offer": (_DUTY, "offer a thing in custody to another desk"),
    "item.answer": (_DUTY, "accept or refuse a thing in custody"),
    "item.keep": (_DUTY, "put a thing in custody elsewhere, or split a batch"),
    "item.dispose": (_LEADING, "say what became of a thing in custody"),
    "hazard.find": (_DUTY | {"reporter"}, "raise a hazard"),
    "hazard.settle": (_DUTY, "settle the five things of a hazard"),
    "hazard.evidence": (_DUTY | {"reporter"}, "show that a hazard is put right"),
    "hazard.verify": (_DUTY, "verify that a hazard is put right"),
    "hazard.reopen": (_DUTY, "open a hazard again"),
    "hazard.extend": (_LEADING, "extend the deadline of a hazard"),
    "hazard.link": (_DUTY, "link a hazard to an incident"),
    "hazard.enforce": (_LEADING, "state what enforcement came of a hazard"),
    "readiness.state": (_DUTY, "state what is in place"),
    "readiness.judge": (_DUTY, "confirm or object to what is in place"),
    "bulletin.send": (_DUTY, "send a bulletin"),
    "bulletin.answer": (_DUTY, "answer a bulletin"),
    "task.ask": (_DUTY, "ask a task of a desk"),
    "task.answer": (_DUTY, "answer a task"),
    "personal.keep": (_DUTY | {"reporter"}, "lock away a value of a person"),
    "personal.find": (_DUTY, "find a waybill"),
    "personal.reveal": (_DUTY, "read a value of a person, or agree to it"),
    "looks.read": (_DUTY | {"evaluator"}, "read who has looked"),
    "retention.hold": (_LEADING, "hold something back from destruction"),
    "access.grant": (_DUTY, "share an incident with a desk"),
    "access.withdraw": (_DUTY, "withdraw an incident from a desk"),
    "obligation.acknowledge": (_DUTY, "acknowledge what is owed"),
    "obligation.settle": (_DUTY, "settle what is owed"),
    "obligation.not_applicable": (_LEADING, "find an obligation not applicable"),
    "obligation.waive": (_LEADING, "waive what is owed"),
    "obligation.extend": (_LEADING, "extend a deadline"),
    "obligation.explain": (_DUTY, "say why something was late or missed"),
    "roster.read": (_READING, "read the roster"),
    "roster.arrange": (_LEADING, "arrange who holds a post"),
    "roster.swap": (_DUTY, "exchange a shift"),
    "roster.approve": (_LEADING, "approve an exchange of shifts"),
    "handover.prepare": (_DUTY, "prepare a hand-over"),
    "handover.sign": (_DUTY, "sign a hand-over"),
    "handover.take": (_LEADING, "take a hand-over that nobody signed"),
    "operation.open": (frozenset({"coordinator"}), "open an operation"),
    "operation.phase": (_LEADING, "move an operation to another phase"),
    "plan.propose": (_LEADING, "propose a plan"),
    "plan.sign": (_LEADING, "sign a plan"),
    "directory.change": (frozenset({"administrator"}), "change agencies, desks, members and tokens"),
    "device.enrol": (_LEADING | {"administrator"}, "enrol the computer of a duty room"),
    "notice.read": (_READING, "read the notices of a desk"),
    "address.own": (_READING, "say where they are reached"),
    "address.desk": (_LEADING | {"administrator"}, "say where a desk is reached"),
    "webhook.change": (_LEADING, "have a desk's own system told"),
    "desk_call.answer": (_DUTY, "answer for a call made by telephone"),
    "test_call.make": (_DUTY, "find out who could be reached"),
    "record.export": (_LEADING | {"evaluator"}, "export the record"),
    "anchor.witness": (_LEADING | {"evaluator"}, "put the agency's own signature under a seal of the record"),
    "record.verify": (_LEADING | {"evaluator", "administrator"}, "verify the record"),
}

VERBS = tuple(_TABLE)
_SCOPE = re.compile(r"\*|[a-z][a-z_-]*:(\*|[a-z][a-z_-]*)")


@dataclass(frozen=True)
class Asker:
    """Who asks, and the one desk they ask from.

    Shape: `desk`, `agency`, `post` are codes; `scopes` is None for a signed-in person, who may do all the role
    allows; exactly one of `session` and `token` is the id of what they came in with.
    """

    member: str
    login: str
    name: str
    desk: str
    desk_id: int
    agency: str
    role: str
    post: str | None
    assurance: str
    scopes: frozenset[str] | None
    language: str
    session: str | None = None
    token: str | None = None
    # Whether the person behind the session has proved to be there within the last minutes (`proving`).
    proved: bool = False

    def lacks(self, scope: str) -> str | None:
        """None when the scope is covered; otherwise a sentence that names it."""
        if self.scopes is None or not self.scopes.isdisjoint({scope, f"{scope.partition(':')[0]}:*", "*"}):
            return None
        held = sorted(self.scopes) or "none"
        return say(
            "This token lacks the scope {scope}; it holds {held}. Ask for a token with that scope.",
            scope=scope,
            held=held,
        )


# Whoever knocks at the one door that opens without being signed in.
STRANGER = Asker("", "", "", "", 0, "", "", None, "personal", frozenset(), "zh")


def may(asker: Asker, verb: str) -> str | None:
    """None when the asker's role may do it; otherwise a sentence that says who may.

    Raises: KeyError for a verb that is not in the table; that is a mistake in the house.
    """
    roles, deed = _TABLE[verb]
    if asker.role in roles:
        return None
    who = [f"{role.replace('_', ' ')}s" for role in ROLES if role in roles]
    if not asker.desk:
        return say("Only {who:and} may {deed}. Sign in first.", who=who, deed=deed)
    role = asker.role.replace("_", " ") or "stranger"
    yours = f"an {role}" if role[0] in "aeo" else f"a {role}"
    return say(
        "Only {who:and} may {deed}. At {desk} you are {yours}.",
        who=who, deed=deed, desk=asker.desk, yours=yours,
    )  # fmt: skip


def verbs_of(role: str) -> list[str]:
    """Everything a role may do, in the order of the table."""
    return [verb for verb, (roles, _) in _TABLE.items() if role in roles]


def scope_fault(scope: str) -> str | None:
    """None for a scope that is written as scopes are; otherwise a sentence."""
    if _SCOPE.fullmatch(scope):
        return None
    return say(
        "{scope!r} is not a scope; write room:read, room:write, room:* or *, for example incidents:write.", scope=scope
    )
