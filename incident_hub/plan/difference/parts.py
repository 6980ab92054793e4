"""The parts of a plan in the order they are compared, and what of each is said under which name. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from incident_hub.plan.contingency import Equal, Plan
from incident_hub.plan.words import Words

from . import spoken
from .spoken import Names, Say


@dataclass(frozen=True)
class Field:
    """One thing that is said of a part.

    Shape: `listed` is compared line by line, `each` key by key; `say` then says one line, or one value.
    """

    attribute: str
    label: Words
    say: Say
    listed: bool = False
    each: bool = False


@dataclass(frozen=True)
class Part:
    """One kind of thing in a plan. Shape: `rows` gives each of them by its code, in the order of the file."""

    word: str
    name: Words
    rows: Callable[[Plan], Mapping[str, Any]]
    fields: tuple[Field, ...]


def name_of(part: Part, code: str, row: Any) -> Words:
    """What a thing is called: rule K3 “First written report”."""
    title = getattr(row, "title", None)
    if not code:
        return part.name
    if not isinstance(title, Words):
        return Words(f"{part.name.zh} {code}", f"{part.name.en} {code}")
    return Words(f"{part.name.zh} {code}“{title.zh}”", f"{part.name.en} {code} “{title.en}”")


def summary(part: Part, row: Any, names: Names) -> Words:
    """The few words that say what a thing is for, when it comes or goes whole."""
    said = [
        (field.label, field.say(getattr(row, field.attribute), names))
        for field in part.fields
        if field.attribute in ("owed_by", "what", "lead", "posts", "since", "until", "days", "cut_off")
    ]
    zh = "，".join(f"{label.zh} {value.zh}" for label, value in said)
    return Words(zh, ", ".join(f"{label.en} {value.en}" for label, value in said))


def _coded(rows: Any) -> Mapping[str, Any]:
    return {row.code: row for row in rows}


def _of_return(attribute: str) -> Callable[[Plan], Mapping[str, Any]]:
    return lambda plan: _coded(getattr(plan.zero_report, attribute)) if plan.zero_report else {}


def _field(attribute: str, zh: str, en: str, say: Say, *, listed: bool = False, each: bool = False) -> Field:
    return Field(attribute, Words(zh, en), say, listed, each)


def _equal(check: Equal, names: Names) -> Words:
    return spoken.text(f"{check.one} = {check.other}", names)


def _hour(found: time, names: Names) -> Words:
    return spoken.text(f"{found:%H:%M}", names)


_TITLE = _field("title", "名称", "title", spoken.words)
_BASIS = _field("basis", "依据", "basis", spoken.text)
_CONFIRMED = _field("confirmed", "已经主管部门确认", "confirmed by the authority", spoken.yes)

_RULE = (
    _TITLE, _BASIS, _CONFIRMED,
    _field("force", "效力", "force", spoken.force),
    _field("when", "触发", "waits for", spoken.many),
    _field("every", "周期", "comes round", spoken.every),
    _field("match", "条件", "match", spoken.matching),
    _field("types", "事件类型", "types", spoken.many),
    _field("categories", "类别", "categories", spoken.many),
    _field("grades", "等级", "grades", spoken.many),
    _field("phases", "阶段", "phases", spoken.many),
    _field("attention", "关注类别", "attention", spoken.many),
    _field("life_safety", "涉及生命安全", "life safety", spoken.yes),
    _field("by", "由谁填报", "stated by", spoken.many),
    _field("sensitive", "敏感时期", "in a sensitive period", spoken.yes),
    _field("periods", "时期", "periods", spoken.many),
    _field("heard", "仅听闻", "only heard of", spoken.yes),
    _field("owed_by", "责任岗位", "owed by", spoken.owed),
    _field("what", "事项", "what", spoken.words),
    _field("start", "起算", "counts from", spoken.word),
    _field("within", "时限", "limit", spoken.span),
    _field("before", "提前", "ahead of it by", spoken.span),
    _field("target", "要求立即", "wanted at once", spoken.yes),
    _field("pre_report", "可先报已知", "takes what is known", spoken.yes),
    _field("window", "适用期", "opens for", spoken.duration),
    _field("outlives", "事件关闭后仍有效", "outlives the incident", spoken.yes),
    _field("each", "逐项区分", "told apart by", spoken.text),
    _field("cadence", "重复", "repeats", spoken.yes),
    _field("ladder", "呼叫方案", "ladder", spoken.word),
    _field("settled_by", "办结", "met by", spoken.settles),
    _field("tightened_by", "收紧", "tightened by", spoken.many),
    _field("ended_by", "终止", "ended by", spoken.settles),
)  # fmt: skip

PARTS = (
    Part("plan", Words("预案", "the plan"), lambda plan: {"": plan}, (
        _field("code", "代码", "code", spoken.text), _field("version", "版本", "version", spoken.text),
        _TITLE, _BASIS, _field("zone", "时区", "zone", spoken.text),
        _field("extends", "依据的上级预案", "rests on", spoken.text),
    )),
    Part("grade", Words("等级", "grade"), lambda plan: _coded(plan.grades), (
        _TITLE, _field("criteria", "标准", "criteria", spoken.figures),
    )),
    Part("response", Words("响应", "response level"), lambda plan: _coded(plan.response_levels), (_TITLE,)),
    Part("authority", Words("权限", "authority"), lambda plan: {"": plan.authority}, (
        _field("countersign", "会签", "second signature", spoken.word),
        _field("extend", "延期", "may extend", spoken.word), _field("waive", "免除", "may waive", spoken.word),
        _field("direct_lead", "指定牵头", "may direct the lead", spoken.word),
    )),
    Part("party", Words("角色", "party"), lambda plan: plan.parties, (
        _TITLE, _field("posts", "岗位", "posts", spoken.many), _field("by", "确定方式", "found", spoken.word),
        _field("kinds", "机构种类", "kinds of agency", spoken.many),
    )),
    Part("type", Words("事件类型", "type"), lambda plan: plan.types, (
        _TITLE, _field("category", "类别", "category", spoken.text),
        _field("life_safety", "涉及生命安全", "life safety", spoken.yes),
        _field("lead", "牵头", "lead", spoken.word), _field("support", "支持", "support", spoken.many),
        _field("informed", "知会", "informed", spoken.many), _field("tlp", "共享标记", "TLP", spoken.text),
        _field("cap", "CAP 类别", "CAP category", spoken.text),
        _field("criteria", "标准", "criteria", spoken.figures, each=True),
        _field("checklist", "项清单", "check-list line", spoken.words, listed=True),
    )),
    Part("rule", Words("规则", "rule"), lambda plan: _coded(plan.rules), _RULE),
    Part("ladder", Words("呼叫方案", "ladder"), lambda plan: plan.ladders, (
        _field("steps", "步", "step", spoken.step, listed=True), _field("loop", "循环", "goes round", spoken.loop),
        _field("bundle", "合并等待", "calls wait for each other", spoken.duration),
        _field("quiet", "静默时段", "quiet hours", spoken.quiet),
    )),
    Part("period", Words("敏感时期", "period"), lambda plan: _coded(plan.periods), (
        _TITLE, _field("since", "起", "from", spoken.text), _field("until", "止", "until", spoken.text),
        _field("areas", "辖区", "areas", spoken.many),
    )),
    Part("calendar", Words("日历", "calendar"), lambda plan: {"": plan.calendar}, (
        _field("rest", "每周休息日", "days of rest", spoken.many),
        _field("holidays", "节假日", "holidays", spoken.many),
        _field("workdays", "调休上班日", "worked after all", spoken.many),
    )),
    Part("return", Words("零报告", "daily return"), lambda plan: {"": plan.zero_report} if plan.zero_report else {}, (
        _field("oversees", "监督方", "overseen by", spoken.word), _BASIS, _CONFIRMED,
        _field("checks", "项核对", "check", _equal, listed=True),
    )),
    Part("category", Words("零报告项目", "category"), _of_return("categories"), (
        _TITLE, _field("unit", "单位", "unit", spoken.words), _field("workload", "工作量", "workload", spoken.yes),
        _field("contradicted_by", "与零相矛盾的事实", "contradicted by", spoken.many),
        _field("attention", "关注等级", "of attention", spoken.many),
        _field("suggested_from", "预填来源", "suggested from", spoken.word),
    )),
    Part("tier", Words("零报告层级", "tier"), _of_return("tiers"), (
        _TITLE, _field("cut_off", "截止", "cut-off", _hour),
        _field("rolls_up_to", "汇总至", "rolls up to", spoken.word), _field("party", "责任方", "party", spoken.word),
        _field("rule", "规则", "rule", spoken.text),
    )),
    Part("report_tier", Words("信息报送层级", "level of reports"), lambda plan: _coded(plan.report_tiers), (
        _TITLE, _field("party", "责任方", "party", spoken.word),
        _field("reports_to", "报送至", "reports to", spoken.many),
    )),
    Part("briefing", Words("值班简报", "briefing"), lambda plan: {"": plan.briefing} if plan.briefing else {}, (
        _field("every", "周期", "comes round", spoken.every), _field("to", "送", "sent to", spoken.owed_all),
        _field("channels", "渠道", "channels", spoken.many), _BASIS, _CONFIRMED,
    )),
    Part("checklist", Words("检查清单", "check-list"), lambda plan: _coded(plan.checklists), (
        _TITLE, _field("visits", "用于", "used on visits", spoken.many),
        _field("items", "项", "item", spoken.item, listed=True),
    )),
    Part("readiness", Words("到位要求", "requirement"), lambda plan: _coded(plan.readiness), (
        _TITLE, _field("part", "部分", "part", spoken.word), _field("kind", "填报方式", "stated as", spoken.word),
        _field("at_least", "不少于", "at least", spoken.text), _field("at_most", "不多于", "at most", spoken.text),
        _field("measured", "自动统计", "measured", spoken.word),
        _field("valid_for", "有效期", "valid for", spoken.duration),
        _field("warn", "到期前提醒", "about to end before", spoken.duration), _BASIS, _CONFIRMED,
    )),
    Part("retention", Words("保存期", "retention"), lambda plan: _coded(plan.retention), (
        _TITLE, _field("days", "天数", "days", spoken.text), _BASIS, _CONFIRMED,
    )),
)  # fmt: skip
