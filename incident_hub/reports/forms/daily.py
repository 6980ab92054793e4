"""日报: where a long event stands at the end of a day, with this period and to date (pure)."""

from __future__ import annotations

from incident_hub.plan.words import Words
from incident_hub.reports.fields import Form, free, needed

FORM = Form(
    code="daily",
    title=Words("突发事件信息日报", "Daily report of an incident"),
    short=Words("日报", "Daily report"),
    asks=(
        *needed("nature", "place"),
        *free("degree", "leaders", "contact", "attachments"),
        *needed("course", "casualties"),
        *free("loss"),
        *needed("measures", "trend", "next"),
        *free("requests"),
    ),
    of_period=True,
    numbered=True,
)
