"""The words of a timeline in both languages. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from incident_hub.plan.words import Words

WORDS: Mapping[str, Words] = {
    "duty_officer": Words("值班员", "duty officer"),
    "deputy": Words("备班", "deputy"),
    "duty_leader": Words("带班领导", "duty leader"),
    "executive": Words("分管领导", "executive"),
    "call": Words("呼叫", "call"),
    "remind": Words("提醒", "remind"),
    "inform": Words("通知", "inform"),
    "deadline": Words("时限", "deadline"),
    "missed": Words("超时未办", "missed"),
    "open": Words("未到期", "open"),
    "met": Words("按时完成", "met"),
    "met_late": Words("逾期完成", "met late"),
    "superseded": Words("不再需要", "superseded"),
    "not_applicable": Words("不适用", "not applicable"),
    "waived": Words("免除", "waived"),
    "vacant": Words("岗位空缺", "vacant"),
    "no_desk": Words("没有这个值守席", "no such desk"),
    "not_cleared": Words("未知会，不呼叫", "withheld: not cleared"),
    "seen": Words("已收到，不再重复", "seen, not repeated"),
    "outage": Words("中断期间，未发出", "withheld: outage"),
    "entered_late": Words("录入前已到期", "due before it was entered"),
    "no_address": Words("没有联系方式", "no address"),
    "bad_address": Words("联系方式有误", "bad address"),
    "no_channel": Words("没有这个渠道", "no such channel"),
    "opens": Words("录入", "opens"),
    "finds": Words("认定不适用", "finds not applicable"),
    "raise": Words("上报", "raises"),
    "amend": Words("更正", "amends"),
    "grade": Words("定级", "grades"),
    "status": Words("状态", "moves the status"),
    "verify": Words("核实", "verifies"),
    "figure": Words("报数", "states a figure"),
    "journal": Words("记录", "writes"),
    "acknowledge": Words("确认", "acknowledges"),
    "settle": Words("办结", "settles"),
    "share": Words("知会", "shares"),
    "withdraw": Words("撤回共享", "withdraws"),
    "offer_lead": Words("移交牵头", "offers the lead"),
    "accept_lead": Words("接收牵头", "accepts the lead"),
    "decline_lead": Words("不接牵头", "declines the lead"),
    "direct_lead": Words("指定牵头", "directs the lead"),
    "phase": Words("阶段", "phase"),
    "refused": Words("被拒绝", "refused"),
    "answers": Words("应答", "answers"),
    "taken": Words("接手", "taken"),
    "round": Words("第 {n} 轮", "round {n}"),
    "step": Words("第 {n} 级", "rung {n}"),
    "again": Words("第 {n} 次", "time {n}"),
    "nobody": Words("无人", "nobody"),
    "passed_on": Words("无新的人，立即转第 {n} 级", "nobody new, rung {n} at once"),
    "nothing_left": Words("已无下一级可呼叫", "no rung is left"),
    "disclosed": Words("由此知会", "lets know"),
    "exhausted": Words("全部呼叫已用尽，呼叫所有知情岗位", "exhausted: every post that may know is called"),
    "last_call": Words("最后总呼叫", "last call to all"),
    "owes": Words("应办", "owes"),
    "by": Words("截止", "by"),
    "owed": Words("时限清单", "What is owed"),
    "load": Words("每人每小时呼叫次数", "Calls per person and hour"),
    "one_human": Words("{n} 级呼叫，同一个人", "{n} steps, 1 human"),
    "vacancies": Words("空缺岗位", "Vacant posts"),
    "uncleared": Words("未知会的岗位", "Posts that may not know"),
    "times": Words("{n} 次", "{n} times"),
    "none": Words("无", "none"),
    "plan": Words("预案", "Plan"),
    "world": Words("人员", "Roster"),
    "stand_in": Words("假定各岗位均有人在岗", "stand-in: every post manned"),
    "operation": Words("保障任务", "operation"),
    "summary": Words(
        "{debts} 项时限，{missed} 项超时；{steps} 个步骤，{calls} 次呼叫。",
        "{debts} debts, {missed} missed; {steps} steps, {calls} calls.",
    ),
}


def say(key: str, language: str, **numbers: object) -> str:
    """A word in a language; a code nobody has words for stands for itself."""
    words = WORDS.get(key)
    return (words.of(language) if words else key.replace("_", " ")).format(**numbers)
