"""The verbs of retention: hold back, judge anew, let go; destroy what is over; copy without words; forget a member."""

from __future__ import annotations

from .copying import copied
from .destroying import Going, begin, conclude, destroy, sweep
from .forgetting import forget_member
from .holding import hold, release, review

__all__ = [
    "Going", "begin", "conclude", "copied", "destroy", "forget_member", "hold", "release", "review", "sweep",
]  # fmt: skip
