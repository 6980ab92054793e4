"""The small city with somebody of every role at every desk that may stand to an incident in another way.

The relations are those of the incidents in `tests.trust.things`: postal leads them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import directory
from incident_hub.agencies import queries as agencies
from incident_hub.cli.directory import appoint_all
from incident_hub.cli.operations import open_from
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.text import opaque
from tests.night import FILES, Caller, Hub

# How a desk stands to the incidents: by which desk that is tried.
DESKS = {
    "lead": "postal/duty", "support": "carrier-a/duty", "informed": "police/duty", "from_now": "fire/duty",
    "withdrawn": "health/duty", "colleague": "postal/inspection", "outsider": "carrier-b/duty",
    "outside": "customs/duty",
}  # fmt: skip
ROLES = ("observer", "reporter", "duty_officer", "duty_leader", "coordinator", "evaluator", "administrator")
# Those who come in otherwise than by a role: each would be a duty leader if the door let them in.
OTHERWISE = ("disabled", "expired", "narrow")
NARROW = ["incidents:read"]
_POSTS = ("duty_officer", "duty_leader")
_CUSTOMS = """
[[agency]]
code = "customs"
title = { zh = "海关", en = "Customs" }
kind = "customs"
"""
_MEMBER = """
[[member]]
login = "{login}"
name = "{name}"
language = "en"
email = "{login}@example.org"
seats = [{{ desk = "{desk}", role = "{role}"{post} }}]
"""


@dataclass(frozen=True, eq=False)
class Person:
    """Somebody at a desk, with what they show at the door."""

    role: str
    relation: str
    headers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.role} of {self.relation}"


def login(role: str, relation: str) -> str:
    """The login of whoever has a role at the desk of a relation."""
    return f"{relation.replace('_', '-')}.{role.replace('_', '-')}"


def found(hub: Hub) -> dict[tuple[str, str], Person]:
    """People the city and open its expo; everybody who may knock, by role and relation."""
    hub.people()
    text = _CUSTOMS + "".join(_member(role, relation) for relation in DESKS for role in (*ROLES, *OTHERWISE))
    rows, faults = directory.read(text, agencies.known())
    assert not faults, faults
    with unit_of_work() as at:
        agencies_actions.load_directory(rows, {}, at=at, by=CONSOLE)
        appoint_all(rows, at)
    open_from(FILES / "operation.toml")
    people = {(role, relation): _person(role, relation) for relation in DESKS for role in (*ROLES, *OTHERWISE)}
    people["anonymous", "outside"] = Person("anonymous", "outside", {})
    return people


def _member(role: str, relation: str) -> str:
    seated = "duty_leader" if role in OTHERWISE else role
    post = f', post = "{seated}"' if seated in _POSTS and role == seated else ""
    name = login(role, relation)
    return _MEMBER.format(login=name, name=f"Person {name}", desk=DESKS[relation], role=seated, post=post)


def _person(role: str, relation: str) -> Person:
    member = agencies.member_by_login(login(role, relation))
    assert member is not None
    with unit_of_work() as at:
        if role == "narrow":
            desk = agencies.seats_of(member.id)[0][0]
            token = agencies_actions.issue_token(
                member.id, desk.id, NARROW, label="narrow", expires_at=at + timedelta(days=300), at=at, by=CONSOLE
            )
            return Person(role, relation, {"Authorization": f"Bearer {token}"})
        secret = opaque()
        # A session that ended a hundred days ago, for whoever comes back with an old browser.
        since = at - timedelta(days=100) if role == "expired" else at
        opened = agencies_actions.open_session(member.id, None, secret, at=since)
        if role == "disabled":
            agencies_actions.disable_member(member.id, at=at, by=CONSOLE)
    return Person(role, relation, {"X-CSRF-Token": opened.csrf, "Cookie": f"hub_session={secret}"})


class Speaking(Caller):
    """A person at the API, as a browser that is signed in would speak."""

    def __init__(self, hub: Hub, person: Person) -> None:
        self.client = hub.app.test_client(use_cookies=False)
        self.headers = dict(person.headers)


def speakers(hub: Hub, people: dict[tuple[str, str], Person]) -> Callable[..., Any]:
    """Speak as the duty officer of a relation, or as another role there."""

    def speak(relation: str, role: str = "duty_officer") -> Speaking:
        return Speaking(hub, people[role, relation])

    return speak
