"""The words of a report that are no field's: codes, instants, and the sentence that is read out (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from incident_hub.plan.words import Words

# As much as a text message and a breath on the telephone take.
SHORTEST = 150

STATUS = {
    "heard": Words("风闻", "heard of"),
    "reported": Words("已上报", "reported"),
    "responding": Words("正在处置", "being responded to"),
    "contained": Words("已控制", "contained"),
    "lifted": Words("响应已解除", "response lifted"),
    "closed": Words("已办结", "closed"),
    "false_alarm": Words("误报", "false alarm"),
    "transferred": Words("已移交", "transferred"),
}
VERIFICATION = {
    "unverified": Words("未核实", "unverified"),
    "verified": Words("已核实", "verified"),
    "doubtful": Words("存疑", "doubtful"),
    "false": Words("不实", "false"),
}
GRADE = {
    "I": Words("Ⅰ级（特别重大）", "grade I"),
    "II": Words("Ⅱ级（重大）", "grade II"),
    "III": Words("Ⅲ级（较大）", "grade III"),
    "IV": Words("Ⅳ级（一般）", "grade IV"),
}
POST = {
    "duty_officer": Words("值班员", "duty officer"),
    "deputy": Words("备班", "deputy"),
    "duty_leader": Words("带班领导", "duty leader"),
    "executive": Words("分管领导", "executive"),
}
FIGURE = {
    "deaths": Words("死亡（人）", "Deaths"),
    "injured": Words("受伤（人）", "Injured"),
    "missing": Words("失联（人）", "Missing"),
    "loss": Words("直接经济损失（元）", "Direct loss (CNY)"),
    "items": Words("邮件快件（件）", "Items"),
    "hours": Words("中断（小时）", "Interruption (hours)"),
    "records": Words("信息（条）", "Records"),
}
CHANNEL = {
    "hub": Words("系统", "the Hub"),
    "phone": Words("电话", "telephone"),
    "radio": Words("电台", "radio"),
    "fax": Words("传真", "fax"),
    "paper": Words("书面", "paper"),
    "face": Words("当面", "face to face"),
}
NOT_A_SEAL = Words("系统签发不等于公章", "A Hub signature is not a seal")


def said(words: Mapping[str, Words], code: str | None) -> Words:
    """The words behind a code; one that has none is said as it is."""
    return words.get(code or "", Words(code or "", code or ""))


def moment(at: datetime, zone: str) -> str:
    """A wall time in the operation's zone, to the minute."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def hour(at: datetime, zone: str) -> str:
    """The same without the year, for a line of an account."""
    return f"{at.astimezone(ZoneInfo(zone)):%m-%d %H:%M}"


def lines(parts: Sequence[Words]) -> Words:
    """Several sentences, one a line."""
    return Words("\n".join(one.zh for one in parts), "\n".join(one.en for one in parts))


def short(told: Mapping[str, Any], lang: str) -> str:
    """A report in one message or breath: what, where, when, how many, and as of when; never longer than it may be.

    Shape: {form: Words, title, place, occurred (None where not known), figures: [(category, n|None)], as_of}.
    """
    zh = lang.startswith("zh")
    counts = [_count(category, n, zh) for category, n in told["figures"]]
    comma, unknown = ("，", "伤亡情况不明") if zh else (", ", "casualties unknown")
    figures = comma.join(counts) or unknown
    end = f"截至 {told['as_of']}" if zh else f"as of {told['as_of']}"
    where = [told[name] for name in ("occurred", "place") if told[name]]
    head = f"【{told['form'].zh}】" if zh else f"{told['form'].en}: "
    tail = f"{'。' if zh else '. '}{figures}{comma}{end}"
    body = comma.join([*where, told["title"]])
    room = SHORTEST - len(head) - len(tail)
    return f"{head}{body if len(body) <= room else body[: room - 1] + '…'}{tail}"


def _count(category: str, n: int | None, zh: bool) -> str:
    title = said(FIGURE, category).of("zh" if zh else "en").partition("（")[0]
    return f"{title}{'' if zh else ' '}{('不明' if zh else 'unknown') if n is None else n}"
