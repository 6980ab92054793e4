from __future__ import annotations

from dataclasses import replace

import pytest

from incident_hub.agencies.standing import ROLES, STRANGER, VERBS, Asker, may, scope_fault, verbs_of

ANA = Asker(
    "m1", "ana", "Ana", "police/duty", 2, "police", "duty_officer", "duty_officer", "personal", None, "en", session="s"
)

# Written by hand from the issue, not from the product: one column per role, in the order
# observer, reporter, duty_officer, duty_leader, coordinator, evaluator, administrator.
MATRIX = """
board.read                 x x x x x x .
review.read                x x x x x x .
audit.open                 . . . . . x .
incident.open              . x x x x . .
incident.amend             . . x x x . .
incident.status            . . x x x . .
incident.verify            . . x x x . .
incident.grade             . . x x x . .
incident.acknowledge       . . x x x . .
incident.replan            . . . x x . .
incident.link              . . x x x . .
incident.mark              . . . x x . .
lead.offer                 . . x x x . .
lead.answer                . . x x x . .
lead.direct                . . . x x . .
figure.state               . . x x x . .
journal.write              . x x x x . .
journal.strike             . . x x x . .
file.attach                . x x x x . .
inspection.make            . . x x x . .
inspection.sign            . . x x x . .
bulletin.send              . . x x x . .
bulletin.answer            . . x x x . .
task.ask                   . . x x x . .
task.answer                . . x x x . .
report.write               . . x x x . .
report.sign                . . . x x . .
report.send                . . x x x . .
report.receive             . . x x x . .
return.file                . x x x x . .
return.review              . . x x x . .
return.roll_up             . . x x x . .
unit.register              . . . x x . .
item.take_in              . . x x x . .
item.offer                . . x x x . .
item.answer               . . x x x . .
item.keep                 . . x x x . .
item.dispose              . . . x x . .
hazard.find                . x x x x . .
hazard.settle              . . x x x . .
hazard.evidence            . x x x x . .
hazard.verify              . . x x x . .
hazard.reopen              . . x x x . .
hazard.extend              . . . x x . .
hazard.link                . . x x x . .
hazard.enforce             . . . x x . .
readiness.state            . . x x x . .
readiness.judge            . . x x x . .
personal.keep              . x x x x . .
personal.find              . . x x x . .
personal.reveal            . . x x x . .
looks.read                 . . x x x x .
retention.hold             . . . x x . .
access.grant               . . x x x . .
access.withdraw            . . x x x . .
obligation.acknowledge     . . x x x . .
obligation.settle          . . x x x . .
obligation.not_applicable  . . . x x . .
obligation.waive           . . . x x . .
obligation.extend          . . . x x . .
obligation.explain         . . x x x . .
roster.read                x x x x x x .
roster.arrange             . . . x x . .
roster.swap                . . x x x . .
roster.approve             . . . x x . .
handover.prepare           . . x x x . .
handover.sign              . . x x x . .
handover.take              . . . x x . .
operation.open             . . . . x . .
operation.phase            . . . x x . .
plan.propose               . . . x x . .
plan.sign                  . . . x x . .
directory.change           . . . . . . x
device.enrol               . . . x x . x
notice.read                x x x x x x .
address.own                x x x x x x .
address.desk               . . . x x . x
webhook.change             . . . x x . .
desk_call.answer           . . x x x . .
test_call.make             . . x x x . .
record.export              . . . x x x .
record.verify              . . . x x x x
anchor.witness             . . . x x x .
"""
COLUMNS = ("observer", "reporter", "duty_officer", "duty_leader", "coordinator", "evaluator", "administrator")
CASES = [
    (line.split()[0], role, mark == "x")
    for line in MATRIX.strip().splitlines()
    for role, mark in zip(COLUMNS, line.split()[1:], strict=True)
]


@pytest.mark.parametrize(("verb", "role", "allowed"), CASES)
def test_a_role_may_do_exactly_what_the_table_on_paper_says(verb: str, role: str, allowed: bool):
    assert (may(replace(ANA, role=role), verb) is None) is allowed
    assert (verb in verbs_of(role)) is allowed


def test_the_table_on_paper_names_every_verb_and_every_role():
    assert {verb for verb, _, _ in CASES} == set(VERBS)
    assert COLUMNS == ROLES


def test_an_administrator_by_itself_may_not_even_read_the_board():
    assert verbs_of("administrator") == ["directory.change", "device.enrol", "address.desk", "record.verify"]


def test_a_refusal_says_who_may_and_what_one_is():
    sentence = may(ANA, "obligation.not_applicable")
    assert sentence == (
        "Only duty leaders and coordinators may find an obligation not applicable. "
        "At police/duty you are a duty officer."
    )
    assert may(replace(ANA, role="observer"), "operation.open") == (
        "Only coordinators may open an operation. At police/duty you are an observer."
    )


def test_a_stranger_may_do_nothing_and_is_told_to_sign_in():
    for verb in VERBS:
        assert (may(STRANGER, verb) or "").endswith("Sign in first.")
    assert STRANGER.lacks("incidents:read")


def test_a_verb_nobody_declared_is_a_mistake_and_not_a_permission():
    with pytest.raises(KeyError):
        may(ANA, "incident.delete")


@pytest.mark.parametrize(
    ("held", "asked", "covered"),
    [
        (None, "incidents:write", True),
        ({"incidents:write"}, "incidents:write", True),
        ({"incidents:*"}, "incidents:write", True),
        ({"*"}, "incidents:write", True),
        ({"incidents:read"}, "incidents:write", False),
        ({"obligations:*"}, "incidents:write", False),
        (set(), "incidents:write", False),
    ],
)
def test_a_scope_is_covered_by_itself_its_room_or_everything(held: set[str] | None, asked: str, covered: bool):
    asker = replace(ANA, scopes=None if held is None else frozenset(held))
    assert (asker.lacks(asked) is None) is covered


def test_a_missing_scope_is_named_together_with_those_held():
    asker = replace(ANA, scopes=frozenset({"incidents:read", "board:read"}))
    assert asker.lacks("incidents:write") == (
        "This token lacks the scope incidents:write; it holds board:read, incidents:read. "
        "Ask for a token with that scope."
    )


@pytest.mark.parametrize(
    ("scope", "good"), [("*", True), ("a:*", True), ("a:read", True), ("read", False), ("a:", False)]
)
def test_a_scope_is_written_as_room_and_deed(scope: str, good: bool):
    assert (scope_fault(scope) is None) is good
