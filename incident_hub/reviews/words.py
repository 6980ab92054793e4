"""Codes, instants and spans put into words, in both languages of the house (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

Both = tuple[str, str]

STATUSES: Mapping[str, Both] = {
    "heard": ("风闻", "heard of"),
    "reported": ("已上报", "reported"),
    "responding": ("处置中", "responding"),
    "contained": ("已控制", "contained"),
    "lifted": ("已解除", "lifted"),
    "closed": ("已办结", "closed"),
    "false_alarm": ("误报", "false alarm"),
    "transferred": ("已移交", "transferred"),
}
VERIFICATIONS: Mapping[str, Both] = {
    "unverified": ("未核实", "unverified"),
    "verified": ("已核实", "verified"),
    "doubtful": ("存疑", "doubtful"),
    "false": ("不实", "false"),
}
GRADES: Mapping[str, Both] = {
    "I": ("Ⅰ级（特别重大）", "grade I"),
    "II": ("Ⅱ级（重大）", "grade II"),
    "III": ("Ⅲ级（较大）", "grade III"),
    "IV": ("Ⅳ级（一般）", "grade IV"),
    "": ("未定级", "no grade"),
}
ROLES: Mapping[str, Both] = {
    "lead": ("牵头", "lead"),
    "support": ("配合", "support"),
    "informed": ("知会", "informed"),
}
POSTS: Mapping[str, Both] = {
    "duty_officer": ("值班员", "duty officer"),
    "deputy": ("备班", "deputy"),
    "duty_leader": ("带班领导", "duty leader"),
    "executive": ("分管领导", "executive"),
}
FORCES: Mapping[str, Both] = {
    "law": ("法定", "law"),
    "order": ("上级要求", "order"),
    "plan": ("预案", "plan"),
    "own": ("本单位", "own rule"),
}
STATES: Mapping[str, Both] = {
    "open": ("未到结论", "open"),
    "met": ("按时完成", "met"),
    "met_late": ("逾期完成", "met late"),
    "missed": ("逾期未完成", "missed"),
    "waived": ("已免除", "waived"),
    "not_applicable": ("不适用", "not applicable"),
    "superseded": ("已被取代", "superseded"),
}
PHASES: Mapping[str, Both] = {
    "preparing": ("准备", "preparing"),
    "active": ("实施", "active"),
    "standing_down": ("收尾", "standing down"),
    "closed": ("结束", "closed"),
    "archived": ("归档", "archived"),
}
CHANNELS: Mapping[str, Both] = {
    "phone": ("电话", "phone"),
    "radio": ("电台", "radio"),
    "fax": ("传真", "fax"),
    "paper": ("书面", "paper"),
    "face": ("当面", "word of mouth"),
    "in_app": ("系统内", "the Hub"),
    "email": ("电子邮件", "e-mail"),
}
PROOFS: Mapping[str, Both] = {
    "system": ("系统记录", "the Hub"),
    "stated": ("口头陈述", "stated"),
    "receipt": ("回执", "receipt"),
}
ACKNOWLEDGED: Mapping[str, Both] = {"seen": ("收到", "seen"), "taken": ("接手", "taken")}
MILESTONES: Mapping[str, Both] = {
    "informed": ("已告知", "informed"),
    "set_out": ("出发", "set out"),
    "arrived": ("到达", "arrived"),
    "handed_over": ("移交", "handed over"),
    "released": ("解除任务", "released"),
}
FORMS: Mapping[str, Both] = {
    "first": ("初报", "First report"),
    "follow_up": ("续报", "Follow-up report"),
    "final": ("终报", "Final report"),
    "daily": ("日报", "Daily report"),
}
HISTORIES: Mapping[str, Both] = {
    "full": ("含此前全部记录", "with all of the past"),
    "from_now": ("仅自此以后", "from then on"),
}
FIELDS: Mapping[str, Both] = {
    "title": ("标题", "title"),
    "summary": ("摘要", "summary"),
    "site": ("场所", "site"),
    "place": ("地点", "place"),
    "methane": ("现场首报", "first message from the scene"),
    "occurred_at": ("发生时间", "when it happened"),
    "occurred_about": ("发生时间是否大约", "whether that is only about right"),
    "discovered_at": ("发现时间", "when it was found out"),
    "attention": ("关注等级", "attention"),
}
CALLS: Mapping[str, Both] = {
    "call": ("呼叫", "Call"),
    "remind": ("提醒", "Reminder"),
    "inform": ("告知", "Information"),
}
HOUSE: Mapping[str, Both] = {"house/engine": ("系统", "the Hub"), "house/console": ("控制台", "the console")}
WITHHELD: Mapping[str, Both] = {
    "outage": ("系统中断", "outage"),
    "not_cleared": ("不在知悉范围", "not cleared"),
    "vacant": ("岗位无人", "post vacant"),
    "seen": ("已收到", "seen already"),
    "no_desk": ("无此值守席", "no such desk"),
}


def said(table: Mapping[str, Both], code: Any, lang: str) -> str:
    """A code in words; a code the table does not know stands for itself, and nothing reads as an empty string."""
    key = "" if code is None else str(code)
    return pick(table[key], lang) if key in table else key


def pick(both: Both, lang: str) -> str:
    """One of two languages; anything that does not begin with zh reads English."""
    return both[0] if lang.startswith("zh") else both[1]


def moment(value: Any) -> datetime | None:
    """An instant, whether it comes as one or as RFC 3339 text; None for what is neither."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        return None
    return value.astimezone(UTC)


def wall(at: datetime | None, zone: str) -> str:
    """An instant on the operation's wall clock, to the second; with its offset where a clock may be put back."""
    if at is None:
        return "—"
    local = at.astimezone(ZoneInfo(zone))
    shown = local.strftime("%Y-%m-%d %H:%M:%S")
    if zone == "Asia/Shanghai":
        return shown
    offset = local.strftime("%z")
    return f"{shown} {offset[:3]}:{offset[3:5]}"


def span(seconds: float, lang: str) -> str:
    """A length of time by its two largest units: 1 h 5 min, 4 min 30 s."""
    left = round(abs(seconds))
    parts: list[str] = []
    for size, unit in ((86400, ("天", " d")), (3600, ("小时", " h")), (60, ("分", " min")), (1, ("秒", " s"))):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count}{pick(unit, lang)}")
        elif parts:
            break
        if len(parts) == 2:
            break
    joined = ("" if lang.startswith("zh") else " ").join(parts)
    return joined or pick(("0秒", "0 s"), lang)


def slack_words(seconds: float | None, lang: str) -> str:
    """How much time was left, or how late it was, in words."""
    if seconds is None:
        return "—"
    length = span(seconds, lang)
    return pick((f"提前{length}", f"{length} to spare") if seconds >= 0 else (f"晚{length}", f"{length} late"), lang)
