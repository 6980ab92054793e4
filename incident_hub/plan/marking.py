"""What a traffic-light mark lets people do with an incident (rulings 8). Pure.

RED is for exactly the listed desks: nobody is let in, nothing goes into a file. AMBER+STRICT stays with the agencies
that are listed: a further desk of theirs may be let in, another agency only where the plan itself names it.
"""

from __future__ import annotations

from collections.abc import Collection

from .words import Words

RED, STRICT = "RED", "AMBER+STRICT"
# The strictest first; whoever lowers a mark goes down this row.
MARKS = (RED, STRICT, "AMBER", "GREEN", "CLEAR")

NEVER_WIDENED = Words(
    "TLP:RED 仅限名单内值守席知悉，不得扩大；确需共享的，由牵头单位先说明理由变更标记。",
    "TLP:RED is for exactly the desks it was opened to and is not widened; the lead changes the mark first, with a"
    " reason.",
)
ITS_AGENCIES = Words(
    "TLP:AMBER+STRICT 仅限名单内单位的值守席，不得共享给其他单位；确需共享的，由牵头单位先说明理由变更标记。",
    "TLP:AMBER+STRICT stays with the agencies that are listed: share it with a further desk of theirs, or the lead"
    " changes the mark first, with a reason.",
)
IN_NO_FILE = Words(
    "TLP:RED 仅在名单内值守席查阅，不写入任何文件。", "TLP:RED is read at the listed desks and is put into no file."
)


def may_let_in(tlp: str, agency: str, listed: Collection[str]) -> Words | None:
    """Why a desk of an agency may not be let in by hand; None when it may. Shape: `listed` are the agencies inside."""
    if tlp == RED:
        return NEVER_WIDENED
    return ITS_AGENCIES if tlp == STRICT and agency not in listed else None


def may_pass_by_plan(tlp: str) -> Words | None:
    """Why not even the plan may let a desk in, by a rung that discloses or by the way a report goes."""
    return NEVER_WIDENED if tlp == RED else None


def may_leave(tlp: str) -> Words | None:
    """Why it may not be put into a file, on paper or otherwise; None when it may."""
    return IN_NO_FILE if tlp == RED else None
