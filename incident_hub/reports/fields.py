"""What an incident report may say, each thing once; the forms choose from it (pure).

Source: the field list and the contents by phase of information reporting in the delivery channel.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from incident_hub.plan.words import Words

# Where a line stands on the form, in this order.
GROUPS = {
    "basics": Words("基本情况", "Basic facts"),
    "account": Words("简要经过", "What happened"),
    "figures": Words("人员伤亡和财产损失", "People and losses"),
    "measures": Words("已采取的措施", "Measures taken"),
    "outlook": Words("事态发展和下一步安排", "Outlook and next steps"),
    "requests": Words("请示和建议", "Requests and suggestions"),
}


@dataclass(frozen=True)
class Field:
    """One thing a report may say.

    Shape: `source` names what it is pre-filled from (`sources`), None where only people can say it; `figures` are the
    categories of a line that is made of counts.
    """

    code: str
    title: Words
    group: str
    source: str | None = None
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A field on a form. Shape: what is `needed` is said, or is unknown with a reason; the rest may be left out."""

    field: Field
    needed: bool


@dataclass(frozen=True)
class Form:
    """A kind of report.

    Shape: `only_changes` leaves out what the last report of the same agency said already; `of_period` tells of the
    journal since then; `numbered` counts 1, 2, 3 per agency and incident, and `once` sends one alone; `known` asks for
    every needed line as a fact, where others take "unknown" with a reason; `after` are the forms of which one must have
    been sent.
    """

    code: str
    title: Words
    short: Words
    asks: tuple[Asked, ...]
    only_changes: bool = False
    of_period: bool = False
    numbered: bool = False
    known: bool = False
    once: bool = False
    after: tuple[str, ...] = field(default=())


def needed(*codes: str) -> tuple[Asked, ...]:
    """Fields that are said, or are unknown with a reason."""
    return tuple(Asked(FIELDS[code], True) for code in codes)


def free(*codes: str) -> tuple[Asked, ...]:
    """Fields that are left out where there is nothing to say."""
    return tuple(Asked(FIELDS[code], False) for code in codes)


def _listed(*fields: Field) -> dict[str, Field]:
    return {one.code: one for one in fields}


FIELDS = _listed(
    Field("nature", Words("事件性质", "Nature"), "basics", "nature"),
    Field("received", Words("接报时间", "Received at"), "basics", "received"),
    Field("source", Words("信息来源", "Source"), "basics", "source"),
    Field("occurred", Words("发生时间", "Occurred at"), "basics", "occurred"),
    Field("place", Words("发生地点", "Place"), "basics", "place"),
    Field("degree", Words("核实情况和等级", "Verification and grade"), "basics", "degree"),
    Field("area", Words("影响范围", "Area affected"), "basics"),
    Field("leaders", Words("领导到位情况", "Leaders on site"), "basics", "leaders"),
    Field("contact", Words("联系人岗位", "Contact by post"), "basics", "contact"),
    Field("course", Words("简要经过", "Course"), "account", "course"),
    Field("cause", Words("初步原因", "Cause as far as known"), "account"),
    Field("casualties", Words("人员伤亡", "Casualties"), "figures", figures=("deaths", "injured", "missing")),
    Field("loss", Words("初步损失", "Preliminary loss"), "figures", figures=("loss", "items", "hours", "records")),
    Field("consequence", Words("已造成或可能造成的后果", "Consequence"), "account"),
    Field("measures", Words("已采取的措施", "Measures taken"), "measures", "measures"),
    Field("trend", Words("发展趋势", "Trend"), "outlook", "trend"),
    Field("next", Words("下一步工作", "Next work"), "outlook", "next"),
    Field("handling", Words("处置情况", "How it was handled"), "outlook"),
    Field("aftermath", Words("善后、恢复和评估安排", "Aftermath, rebuilding and evaluation"), "outlook"),
    Field("requests", Words("请示和建议", "Requests and suggestions"), "requests"),
    Field("attachments", Words("附件", "Attachments"), "basics", "attachments"),
)
