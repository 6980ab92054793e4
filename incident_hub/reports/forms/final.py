"""终报: the whole of it when it is over, by whoever leads; nothing that is needed may be unknown any more (pure)."""

from __future__ import annotations

from incident_hub.plan.words import Words
from incident_hub.reports.fields import Form, free, needed

FORM = Form(
    code="final",
    title=Words("突发事件信息终报", "Final report of an incident"),
    short=Words("终报", "Final report"),
    asks=(
        *needed("nature", "occurred", "place"),
        *free("degree"),
        *needed("area"),
        *free("leaders", "contact", "attachments"),
        *needed("course", "cause", "consequence", "casualties"),
        *free("loss"),
        *needed("measures", "handling", "trend", "aftermath"),
        *free("next", "requests"),
    ),
    known=True,
    once=True,
)
