"""Whose word counts beside the one who owes: the authority that a plan names. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from incident_hub.kernel.saying import say

JOINT_DESK = "joint/duty"


def lacks_authority(authority: str, agency: str, desk: str, concerned: str, above: Sequence[str]) -> str | None:
    """None when somebody of this agency at this desk has the authority; otherwise a sentence that says who has.

    Shape: `concerned` is the agency it is about and `above` the agencies over it, the nearest first.
    """
    if authority == "same_agency":
        return (
            None
            if agency == concerned
            else say("Only {concerned} itself may do this; the plan says so.", concerned=concerned)
        )
    if authority == "joint_desk":
        return (
            None
            if desk == JOINT_DESK
            else say("Only the joint desk ({desk}) may do this; the plan says so.", desk=JOINT_DESK)
        )
    if agency in above:
        return None
    if above:
        return say("Only {nearest} or an agency above it may do this; the plan says so.", nearest=above[0])
    return say(
        "Only an agency above {concerned}, and there is none, may do this; the plan says so.", concerned=concerned
    )
