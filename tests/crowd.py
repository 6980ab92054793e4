"""Many at once: threads that start on one word, each with an application context of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask

from incident_hub.kernel.database import db

T = TypeVar("T")
PATIENCE = 60.0


def together(app: Flask, acts: list[Callable[[], T]]) -> list[T]:
    """Do all of these at once and give what each answered, in their order; the first failure is raised."""
    start = Barrier(len(acts))

    def one(act: Callable[[], T]) -> T:
        with app.app_context():
            start.wait(PATIENCE)
            try:
                return act()
            finally:
                db.session.remove()

    # What this thread still reads must not keep the others waiting.
    db.session.rollback()
    with ThreadPoolExecutor(len(acts)) as crowd:
        return [answer.result(PATIENCE) for answer in [crowd.submit(one, act) for act in acts]]
