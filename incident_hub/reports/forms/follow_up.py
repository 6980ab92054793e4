"""续报: what has moved since the last report, numbered; the first account is not repeated (pure)."""

from __future__ import annotations

from incident_hub.plan.words import Words
from incident_hub.reports.fields import Form, free

FORM = Form(
    code="follow_up",
    title=Words("突发事件信息续报", "Follow-up report of an incident"),
    short=Words("续报", "Follow-up"),
    asks=free(
        "nature", "occurred", "place", "degree", "area", "leaders", "attachments", "course", "cause", "consequence",
        "casualties", "loss", "measures", "trend", "next", "requests",
    ),
    only_changes=True,
    of_period=True,
    numbered=True,
    after=("first",),
)  # fmt: skip
