"""初报: what is known when it begins; what is missing is named, with the reason (pure)."""

from __future__ import annotations

from incident_hub.plan.words import Words
from incident_hub.reports.fields import Form, free, needed

FORM = Form(
    code="first",
    title=Words("突发事件信息初报", "First report of an incident"),
    short=Words("初报", "First report"),
    asks=(
        *needed("nature", "received", "source", "occurred", "place"),
        *free("degree"),
        *needed("area", "leaders"),
        *free("contact", "attachments"),
        *needed("course"),
        *free("cause"),
        *needed("consequence", "casualties", "loss", "measures", "trend"),
        *free("next", "requests"),
    ),
    once=True,
)
