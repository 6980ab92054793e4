"""`python -m tests.faults.schemathesis_roles [--examples N] [--roles R,R]`: what the API document does not expect.

Every door of the document is asked as it says it may be, once per role at the desk in the lead, on the city of
`tests/trust`. Prints every answer of 500 and above and every status the document does not name; ends with 1 when there
is one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import schemathesis
from argon2.profiles import CHEAPEST
from hypothesis import HealthCheck, Phase, given, settings

from incident_hub.agencies import passwords
from incident_hub.kernel.database import db
from tests.conftest import found
from tests.night import Hub, held_night
from tests.trust import knocking
from tests.trust.city import ROLES
from tests.trust.knocking import City


def asked(city: City, role: str, examples: int) -> tuple[int, list[str]]:
    """Ask every door as somebody of a role; how often, and what was unexpected."""
    person, cases = city.people[role, "lead"], 0
    told: set[str] = set()

    def ask(case: Any) -> None:
        nonlocal cases
        db.session.remove()
        status = case.call(headers=dict(person.headers)).status_code
        cases += 1
        if status >= 500 or str(status) not in case.operation.definition.raw["responses"]:
            told.add(f"{role}: {case.operation.method.upper()} {case.operation.path} {status}")

    bounds = settings(
        max_examples=examples, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large),
    )  # fmt: skip
    schema: Any = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", city.hub.app)
    for result in schema.get_all_operations():
        bounds(given(case=result.ok().as_strategy())(ask))()
        if city.changed():
            city.restore()
    return cases, sorted(told)


def run(folder: Path, roles: list[str], examples: int) -> tuple[int, list[str]]:
    """Found the city and ask for each role; how often, and what was unexpected."""
    passwords.use(CHEAPEST)
    url = f"sqlite:///{folder}/hub.db"
    found(url, folder)
    with held_night(Hub(folder, url)) as hub:
        city = knocking.founded(hub, folder / "kept.db")
        all_of = [asked(city, role, examples) for role in roles]
        city.close()
    return sum(one for one, _ in all_of), [line for _, told in all_of for line in told]


def main() -> int:
    """Ask them once; 0 when the document expected every answer."""
    words = argparse.ArgumentParser(prog="python -m tests.faults.schemathesis_roles", description=__doc__)
    words.add_argument("--examples", type=int, default=10)
    words.add_argument("--roles", default=",".join(ROLES))
    given_ = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="hub-doors-") as place:
        cases, told = run(Path(place), given_.roles.split(","), given_.examples)
    print(*told, sep="\n")
    print(f"{cases} requests; {len(told)} answers were not expected.")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
