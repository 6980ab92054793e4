"""What stands beside a return for one desk, and is no part of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from incident_hub.returns.models import ZeroReport

from .copies import looks_copied
from .flags import flagged
from .knowing import suggested, unexplained


def beside(report: ZeroReport, desk_id: int, own: bool, at: datetime) -> dict[str, Any]:
    """What a desk is offered, asked and shown about a return.

    Shape: to the agency that owes it (`own`) `suggested` {category: n} and `to_explain` [category]; to others `flagged`
    [{category, noun, ref}], if they may know both; to all `copied`, whether it is the last of thirty that say the same.
    """
    flags = {} if own else flagged(report.chain, desk_id, report.date, report.date)
    return {
        "suggested": suggested(report, desk_id, at) if own else {},
        "to_explain": unexplained(report, desk_id, at) if own else [],
        "flagged": flags.get(report.id, []),
        "copied": looks_copied(report),
    }
