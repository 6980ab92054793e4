"""The Hub's side of `armed`, taken by its own loop. `python -m tests.bench.armed_hub VERB FOLDER N`."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from incident_hub.engine import loop
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.kernel.text import opaque
from incident_hub.obligations.models import Obligation, Step
from tests.bench.armed import DEBTS, STEPS, instants, timed
from tests.conftest import found
from tests.faults.races import prepare
from tests.night import Hub, held_night


def main() -> None:
    """Arm the steps, or tick by hand and print the figures as JSON."""
    verb, folder, incidents = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    logging.disable(logging.INFO)
    url = f"sqlite:///{folder}/hub.db"
    if verb == "arm":
        found(url, folder)
    with held_night(Hub(folder, url)) as hub:
        if verb == "arm":
            prepare(hub)
            arm(hub, incidents)
        else:
            _tick(hub)
            print(json.dumps(timed(lambda: _tick(hub), lambda: _fire(hub))))


def _tick(hub: Hub) -> None:
    with hub.app.app_context():
        loop.run(loop.Pass(hub.app, loop.Aside()), (*loop.CHASE, *loop.DELIVER))


def _fire(hub: Hub) -> int:
    hub.clock.forward(seconds=61)
    going = loop.Pass(hub.app, loop.Aside())
    with hub.app.app_context():
        while loop.run(going, loop.CHASE):
            pass
    return db.session.scalar(select(func.count()).where(Step.state == "taken")) or 0


def arm(hub: Hub, incidents: int) -> None:
    """Open incidents, and give each of them ten debts of ten steps in the place of what its plan armed."""
    refs = [hub.as_("dan").open("VIOL", site="carrier-a/site-001") for _ in range(incidents)]
    db.session.rollback()
    pattern = {row.ref: _columns(row) for row in db.session.scalars(select(Obligation))}
    rung = _columns(db.session.scalars(select(Step).limit(1)).one())
    begin = hub.clock.now()
    with unit_of_work(hub.expo.id):
        db.session.query(Step).delete()
        db.session.query(Obligation).delete()
        for number, ref in enumerate(refs):
            debts, steps = _debts(pattern[ref], rung, begin, number)
            db.session.execute(insert(Obligation), debts)
            db.session.execute(insert(Step), steps)


def _debts(
    pattern: dict[str, Any], rung: dict[str, Any], begin: datetime, number: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    debts: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    for count in range(DEBTS):
        debts.append(pattern | {"id": opaque(), "due_at": begin + timedelta(days=STEPS + 1)})
        for place, at in enumerate(instants(begin, number * DEBTS + count)):
            own = {"obligation_id": debts[-1]["id"], "step": place, "occurrence": 0, "at": at, "planned_at": at}
            steps.append(rung | own | {"channels": ["in_app"]})
    return debts, steps


def _columns(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}


if __name__ == "__main__":
    main()
