"""The rival of `armed`: one APScheduler job per step, in SQLite. `python -m tests.bench.armed_jobs VERB FOLDER N`."""

from __future__ import annotations

import json
import pickle
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import STATE_RUNNING
from apscheduler.triggers.date import DateTrigger
from apscheduler.util import datetime_to_utc_timestamp

from tests.bench.armed import DEBTS, instants, timed

# Far enough off that nothing falls due by itself.
BEGIN = datetime(2040, 1, 1, tzinfo=UTC)
_fired = 0
_lock = threading.Lock()


def step(_debt: int, _place: int) -> None:
    """What a job does: nothing but being counted."""
    global _fired
    with _lock:
        _fired += 1


def main() -> None:
    """Store the jobs, or wake the scheduler by hand and print the figures as JSON."""
    verb, folder, incidents = sys.argv[1], sys.argv[2], int(sys.argv[3])
    store: Any = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
    scheduler: Any = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start(paused=True)
    if verb == "arm":
        _store(scheduler, store, incidents * DEBTS)
    else:
        # It is asked as its own thread would ask, only by hand and with an instant of ours.
        scheduler.state = STATE_RUNNING
        _set(BEGIN)
        print(json.dumps(timed(scheduler._process_jobs, lambda: _fire(scheduler, incidents * DEBTS))))
    scheduler.shutdown(wait=False)


def _fire(scheduler: Any, debts: int) -> int:
    _set(BEGIN + timedelta(seconds=61))
    scheduler._process_jobs()
    while _fired < debts:
        time.sleep(0.005)
    return _fired


def _store(scheduler: Any, store: Any, debts: int) -> None:
    rows: list[dict[str, Any]] = []
    for debt in range(debts):
        for place, at in enumerate(instants(BEGIN, debt)):
            job: Any = Job(
                scheduler, id=f"{debt}-{place}", name="step", func=step, args=(debt, place), kwargs={},
                trigger=DateTrigger(at), executor="default", misfire_grace_time=None, coalesce=True, max_instances=1,
                next_run_time=at,
            )  # fmt: skip
            kept = pickle.dumps(job.__getstate__(), store.pickle_protocol)
            rows.append({"id": job.id, "next_run_time": datetime_to_utc_timestamp(at), "job_state": kept})
    with store.engine.begin() as connection:
        connection.execute(store.jobs_t.insert(), rows)


class _At:
    """A clock for the scheduler, which takes its time from `datetime.now`."""

    at: datetime

    @classmethod
    def now(cls, _zone: Any = None) -> datetime:
        return cls.at


def _set(at: datetime) -> None:
    _At.at = at
    sys.modules["apscheduler.schedulers.base"].datetime = _At  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
