"""Setting paper beside the loop: in a thread, so many at a time, and never waited for without end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import gevent
from gevent import monkey
from gevent.lock import BoundedSemaphore

from incident_hub.kernel.errors import Conflict

_Given = TypeVar("_Given")

# Two at a time leave the other threads to passwords and names; a third waits its turn.
AT_ONCE = 2
# A sheet of the greatest size takes a few seconds; what takes longer is not waited for.
LONGEST = 30.0

_turns = BoundedSemaphore(AT_ONCE)


def aside(work: Callable[..., _Given], *parts: Any) -> _Given:
    """What a piece of work gives; the loop goes on meanwhile.

    Raises: Conflict when it takes too long.
    """
    if not monkey.is_module_patched("threading"):
        return work(*parts)
    with gevent.Timeout(LONGEST, Conflict("This takes too long to set on paper; ask for less at a time.")), _turns:
        return gevent.get_hub().threadpool.apply(work, parts)
