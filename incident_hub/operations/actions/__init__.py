"""The verbs of an operation: open it, bind its agencies, change its phase, propose a plan and put it in force."""

from __future__ import annotations

from .opening import found_house, open_operation
from .phases import change_phase, refuse_after_the_end
from .planning import activate_plan, countersign, propose

__all__ = [
    "activate_plan",
    "change_phase",
    "countersign",
    "found_house",
    "open_operation",
    "propose",
    "refuse_after_the_end",
]
