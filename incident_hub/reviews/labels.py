"""The fixed words of a written review, in both languages (pure)."""

from __future__ import annotations

from collections.abc import Mapping

from .words import Both, pick

LABELS: Mapping[str, Both] = {
    "review": ("总结评估报告", "After-action report"),
    "exercise": ("演练 演练 演练", "EXERCISE EXERCISE EXERCISE"),
    "operation": ("任务", "Operation"),
    "phase": ("阶段", "Phase"),
    "plan": ("预案", "Plan in force"),
    "period": ("时段", "Period"),
    "generated": ("生成时间", "Written at"),
    "as_desk": ("知悉范围", "As known to"),
    "scope": (
        "本报告只含该值守席有权知悉的内容；所有时间均为{zone}。",
        "This report holds what that desk may know, and nothing else. All times are {zone}.",
    ),
    "figures": ("主要数字", "Key figures"),
    "incidents": ("事件", "Incidents"),
    "clocks": ("时限", "Clocks"),
    "of_them": ("其中", "of them"),
    "acknowledged": ("首次应答用时", "Time to first acknowledgement"),
    "acknowledged_says": (
        "中位数 {median}，P90 {p90}（N={n}）；自各机构知悉起，至其首次“收到”或“接手”。",
        "median {median}, P90 {p90} (N={n}); per agency, from when it came to know to its first seen or taken.",
    ),
    "by_rule": ("按规则", "By rule"),
    "by_agency": ("按机构（按代码排列，不作排名）", "By agency (in order of code; this is no ranking)"),
    "slack_says": (
        "余量＝截止时间−完成时间，负数为逾期；只计已完成的时限，逾期未完成者另列。P10：九成时限至少有此余量。",
        "Slack: due minus met, negative when late, of the clocks that were met. P10: nine in ten kept at least this.",
    ),
    "proof_says": (
        "按口头陈述认定完成 {stated} 项，按回执认定 {receipt} 项，均已计入上列完成数；补录 {late} 项。",
        "Among the met, {stated} rest on somebody's word and {receipt} on a receipt. {late} were entered late.",
    ),
    "rule": ("规则", "Rule"),
    "force": ("效力", "Force"),
    "unconfirmed": ("依据未经确认", "basis not confirmed"),
    "agency": ("机构", "Agency"),
    "n": ("N", "N"),
    "met": ("按时", "met"),
    "met_late": ("逾期完成", "met late"),
    "missed": ("未完成", "missed"),
    "open": ("未到结论", "open"),
    "other": ("不适用、免除、取代", "not applicable, waived, superseded"),
    "median": ("余量中位数", "median slack"),
    "p90": ("余量 P90", "slack P90"),
    "p10": ("余量 P10", "slack P10"),
    "answer_median": ("应答中位数", "median answer"),
    "answer_p90": ("应答 P90", "answer P90"),
    "course": ("任务经过", "Course of the operation"),
    "list": ("事件一览", "List of incidents"),
    "ref": ("编号", "Reference"),
    "title": ("标题", "Title"),
    "type": ("类型", "Type"),
    "grade": ("等级", "Grade"),
    "status": ("状态", "Status"),
    "lead": ("牵头", "Lead"),
    "occurred": ("发生", "Occurred"),
    "about": ("约 ", "about "),
    "opened": ("登记", "Logged"),
    "detail": ("事件详情", "Incidents in detail"),
    "detail_says": (
        "共 {all} 起事件，以下仅列最近 {shown} 起的完整经过；全部经过见 JSON 文档。",
        "Of {all} incidents the newest {shown} are given in full below; the JSON document has all of them.",
    ),
    "unnamed_says": (
        "另有 {n} 起 TLP:RED 事件计入上列数字，但不写入任何文件，仅在名单内值守席查阅。",
        "{n} more under TLP:RED are counted above and named in no file; they are read at the listed desks alone.",
    ),
    "owed_by": ("责任岗位", "Owed by"),
    "started": ("起算", "Started"),
    "due": ("截止", "Due"),
    "state": ("结果", "Result"),
    "done": ("完成", "Met"),
    "slack": ("余量", "Slack"),
    "slack_entered": ("按录入计余量", "Slack as entered"),
    "proof": ("依据", "Proof"),
    "entered_late": ("补录", "entered late"),
    "answers": ("应答", "Acknowledgements"),
    "at": ("时间", "Time"),
    "kind": ("方式", "Kind"),
    "after": ("用时", "After"),
    "of": ("针对", "Of"),
    "whole_incident": ("事件", "the incident"),
    "desk": ("值守席", "Desk"),
    "post": ("岗位", "Post"),
    "knew": ("知悉情况", "Who knew since when"),
    "role": ("角色", "Role"),
    "since": ("自", "Since"),
    "until": ("至", "Until"),
    "timeline": ("经过", "Timeline"),
    "entered": ("录入", "Entered"),
    "by": ("记录方", "By"),
    "what": ("内容", "What"),
    "none": ("无", "none"),
    "integrity": ("可核对性", "Integrity"),
    "integrity_says": (
        "本报告读自该值守席的已知清单，截至第 {position} 条。",
        "This report was read from the desk's own feed up to position {position}.",
    ),
    "hash_says": ("该条校验值（SHA-256）：{hash}", "Hash of that position (SHA-256): {hash}"),
    "hub": ("系统", "the Hub"),
}


def label(name: str, lang: str, **slots: object) -> str:
    """One fixed word or sentence in a language, with its places filled."""
    said = pick(LABELS[name], lang)
    return said.format(**slots) if slots else said
