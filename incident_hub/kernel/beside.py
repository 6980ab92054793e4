"""Long work beside the loop: in a thread, so many at a time, and never waited for without end.

For paper, sheets and simulated nights: whatever takes values, gives values, and asks the database nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import gevent
from gevent import monkey
from gevent.threadpool import ThreadPool

from .errors import Conflict

_Given = TypeVar("_Given")

# Two at a time, in threads that stand back for whoever answers; a third waits its turn.
AT_ONCE, STANDS_BACK = 2, 5
# A sheet or a night of the greatest size takes a few seconds; what takes longer is not waited for.
LONGEST = 30.0


def aside(work: Callable[..., _Given], *parts: Any) -> _Given:
    """What a piece of work gives; the loop goes on meanwhile.

    Raises: Conflict when it takes too long.
    """
    if not monkey.is_module_patched("threading"):
        return work(*parts)
    with gevent.Timeout(LONGEST, Conflict("This takes too long; ask for less at a time.")):
        return _threads().apply(_behind, (work, parts))


@cache
def _threads() -> ThreadPool:
    return ThreadPool(AT_ONCE)


def _behind(work: Callable[..., _Given], parts: tuple[Any, ...]) -> _Given:
    # On Linux each thread has a priority of its own, and the threads it begins take it over.
    if os.getpriority(os.PRIO_PROCESS, 0) < STANDS_BACK:
        os.setpriority(os.PRIO_PROCESS, 0, STANDS_BACK)
    return work(*parts)
