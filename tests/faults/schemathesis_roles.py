"""`python -m tests.faults.schemathesis_roles [--examples N] [--roles R,R]`: what the API document does not expect.

Every door of the document is asked as it says it may be, and as it says it may not, about things of the city of
`tests/trust` and things that are not there: by somebody of every role at the desk in the lead, by a stranger, and
with a token of one scope. Each answer goes through schemathesis' own checks (no failure of the server; status, kind,
headers and shape as described); whether what may not be sent is refused is not asked, since `"30"` does for 30. Prints
what was found; ends with 1 when anything was.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode, checks
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as described

from incident_hub.kernel.database import db
from tests.trust import bodies, knocking
from tests.trust.city import ROLES, Person
from tests.trust.knocking import Cell, City, Door

# Who asks, as the city knows them: by role and relation to what is asked about.
ASKERS = {role: (role, "lead") for role in ROLES} | {
    "anonymous": ("anonymous", "outside"), "narrow": ("narrow", "lead"), "outsider": ("duty_leader", "outsider"),
}  # fmt: skip
ALWAYS = [
    checks.not_a_server_error, described.status_code_conformance, described.content_type_conformance,
    described.response_schema_conformance, described.response_headers_conformance,
]  # fmt: skip
STATES = ("open", "-")


class Asking:
    """Somebody who asks every door; counts, and keeps what was unexpected."""

    def __init__(self, city: City, name: str) -> None:
        self.city, self.name, self.person = city, name, city.people[ASKERS[name]]
        self.asked, self.opened = 0, set[str]()
        self.told: set[str] = set()
        self.turn = 0

    def ask(self, case: Any, *, real: dict[str, str]) -> None:
        """Send one case: three of four times about what exists, at the asker's own desk."""
        self.turn += 1
        if self.turn % 4:
            case.path_parameters = {**case.path_parameters, **real}
            (case.headers or {}).pop("Hub-Desk", None)
        self.send(case)

    def send(self, case: Any) -> None:
        """Send a case as it is, and look at the answer."""
        db.session.remove()
        headers, cookies = dict(self.person.headers), dict[str, str]()
        if shown := headers.pop("Cookie", None):
            cookies = dict([shown.split("=", 1)])
        door = f"{case.operation.method.upper()} {case.operation.path}"
        self.asked += 1
        try:
            answer = case.call(headers=headers, cookies=cookies)
            case.validate_response(answer, checks=ALWAYS, headers=headers)
        except (FailureGroup, Exception) as fault:  # noqa: BLE001 - whatever comes is what is looked for
            self.told.add(f"{self.name}: {door} {_said(fault)}")
            return
        if answer.status_code < 300:
            self.opened.add(door)


def every_door(
    city: City, names: Sequence[str], modes: Sequence[GenerationMode], examples: int, share: int = 1, part: str = ""
) -> Iterator[Asking]:
    """Ask all doors, or one in so many of those with `part` in their address, as each of these people."""
    schema: Any = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", city.hub.app)
    operations = [one for one in (found.ok() for found in schema.get_all_operations()) if part in one.path][::share]
    for name in names:
        asking = Asking(city, name)
        for operation in operations:
            door = _door(operation)
            for state in STATES:
                _good(asking, operation, door, state)
            real = _parts(city, door, asking.person, STATES[0])
            for mode in modes:
                _many(asking, operation, mode, real, examples)
            if city.changed():
                city.restore()
        yield asking


def _many(asking: Asking, operation: Any, mode: GenerationMode, real: dict[str, str], examples: int) -> None:
    bounds = settings(
        max_examples=examples, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large),
    )  # fmt: skip
    asks: Any = given(case=operation.as_strategy(generation_mode=mode))
    bounds(asks(lambda case: asking.ask(case, real=real)))()


def _good(asking: Asking, operation: Any, door: Door, state: str) -> None:
    """Ask once as the good body has it, so that what is answered when all is well is looked at too."""
    things, city = f"{door.thing}:{state}", asking.city
    if (state == "-") == any(one.startswith(f"{door.thing}:") for one in city.things) or (
        state != "-" and things not in city.things
    ):
        return
    body = bodies.bodies(city.things, "open").get(door.name)
    if body is bodies.PHOTOGRAPH:
        return
    more: dict[str, Any] = {"body": body or {}} if door.writes and operation.body else {}
    case = operation.Case(path_parameters=_parts(city, door, asking.person, state), **more)
    query = bodies.QUERIES.get(door.name, "")
    case.query = dict(part.split("=") for part in query.split("&")) if query else {}
    case.headers = {"If-Match": '"1"'} if door.name in bodies.VERSIONED else {}
    asking.send(case)
    if city.changed():
        city.restore()


def _door(operation: Any) -> Door:
    path = operation.path.replace("/api/v1", "~").replace("{", "<").replace("}", ">")
    return next(one for one in knocking.doors() if one.name == f"{operation.method.upper()} {path}")


def _parts(city: City, door: Door, person: Person, state: str) -> dict[str, str]:
    return knocking.parts(city, Cell(door, person, state))


def _said(fault: BaseException) -> str:
    inner = getattr(fault, "exceptions", None)
    if inner:
        return "; ".join(sorted({_said(one) for one in inner}))
    return f"{type(fault).__name__}: {' '.join(str(fault).split())[:200]}"


def run(folder: Path, names: list[str], examples: int) -> tuple[int, int, list[str]]:
    """Found the city and ask as each; how often, how many doors opened, and what was unexpected."""
    with knocking.standing(folder) as city:
        modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
        every: list[Asking] = []
        for one in every_door(city, names, modes, examples):
            print(
                f"{one.name}: {one.asked} requests, {len(one.opened)} doors opened, {len(one.told)} faults", flush=True
            )
            every.append(one)
    opened = {door for one in every for door in one.opened}
    return sum(one.asked for one in every), len(opened), sorted({line for one in every for line in one.told})


def main() -> int:
    """Ask them once; 0 when the document expected every answer."""
    words = argparse.ArgumentParser(prog="python -m tests.faults.schemathesis_roles", description=__doc__)
    words.add_argument("--examples", type=int, default=4)
    words.add_argument("--roles", default=",".join(ASKERS))
    asked, began = words.parse_args(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hub-doors-") as place:
        requests, opened, told = run(Path(place), asked.roles.split(","), asked.examples)
    print(*told, sep="\n")
    print(f"{requests} requests in {time.monotonic() - began:.0f} s; {opened} doors opened; {len(told)} faults.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
