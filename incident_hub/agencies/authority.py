"""Whose word counts beside the one who owes: the authority that a plan names. Pure."""

from __future__ import annotations

from collections.abc import Sequence

JOINT_DESK = "joint/duty"


def lacks_authority(authority: str, agency: str, desk: str, concerned: str, above: Sequence[str]) -> str | None:
    """None when somebody of this agency at this desk has the authority; otherwise a sentence that says who has.

    Shape: `concerned` is the agency it is about and `above` the agencies over it, the nearest first.
    """
    if authority == "same_agency":
        return None if agency == concerned else f"Only {concerned} itself may do this; the plan says so."
    if authority == "joint_desk":
        return None if desk == JOINT_DESK else f"Only the joint desk ({JOINT_DESK}) may do this; the plan says so."
    if agency in above:
        return None
    who = f"{above[0]} or an agency above it" if above else f"an agency above {concerned}, and there is none"
    return f"Only {who} may do this; the plan says so."
