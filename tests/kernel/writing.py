"""A process that writes to a record somebody else made: `python -m tests.kernel.writing URL CHAIN TIMES`."""

from __future__ import annotations

import sys

from flask import Flask

from incident_hub.kernel import record, registry
from incident_hub.kernel.database import attach, unit_of_work
from incident_hub.kernel.record import Draft
from tests.kernel.conftest import ANA, KINDS


def write(url: str, chain: int, times: int) -> None:
    """Append that many facts, one unit of work each."""
    registry.kinds.update(KINDS)
    registry.kinds |= KINDS
    app = Flask("writing")
    attach(app, url)
    with app.app_context():
        for place in range(times):
            with unit_of_work(chain) as at:
                record.append(Draft(chain, "thing.happened", at, ANA, ("thing", "T1"), data={"n": place}))


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
