"""One sentence per kind of entry, in both languages; what a kind may say more of stands after a stroke (pure)."""

from __future__ import annotations

from collections.abc import Mapping

from .words import Both

SENTENCES: Mapping[str, Both] = {
    "operation.opened": ("任务开设，预案 {plan}", "Operation opened under the plan {plan}"),
    "operation.phase_changed": (
        "阶段由“{from}”转为“{to}”。{statement}",
        "Phase changed from {from} to {to}. {statement}",
    ),
    "plan.proposed": ("提请启用预案 {plan}。{reason}", "Plan {plan} proposed. {reason}"),
    "engine.outage_stated": ("系统中断：{from} 至 {to}", "Nothing was chased from {from} to {to}"),
    "engine.clock_stepped": ("主机时钟被调整 {step_s} 秒", "The machine's clock was moved by {step_s} s"),
    "plan.activated": ("预案 {plan} 生效（此前为 {before}）", "Plan {plan} put in force (before: {before})"),
    "incident.opened": ("事件登记：{title}（牵头：{lead}）", "Incident logged: {title} (lead: {lead})"),
    "briefing.issued": ("值班简报已出：截至 {to}", "Briefing issued, as of {to}"),
    "incident.imported": (
        "由其他系统导入：{title}（牵头：{lead}）",
        "Brought in from another system: {title} (lead: {lead})",
    ),
    "incident.raised": ("由风闻转为上报（牵头：{lead}）", "Raised from hearsay (lead: {lead})"),
    "incident.replanned": ("改按预案 {plan} 办理。{reason}", "Goes on under the plan {plan}. {reason}"),
    "lead.offered": ("提请 {to} 牵头。{basis}", "Lead offered to {to}. {basis}"),
    "lead.accepted": ("{to} 接受牵头（原牵头：{from}）。{reason}", "Lead accepted by {to} (before: {from}). {reason}"),
    "lead.declined": ("{to} 未接受牵头。{reason}", "Lead declined by {to}. {reason}"),
    "lead.directed": ("指定 {to} 牵头（原牵头：{from}）。{basis}", "Lead directed to {to} (before: {from}). {basis}"),
    "incident.amended": ("更正：{fields}", "Changed: {fields}"),
    "incident.status_changed": ("状态由“{from}”转为“{to}”。{reason}", "Status changed from {from} to {to}. {reason}"),
    "incident.verified": ("核实情况：{state}。{basis}", "Verification: {state}. {basis}"),
    "incident.graded": ("等级由“{from}”定为“{grade}”。{basis}", "Grade changed from {from} to {grade}. {basis}"),
    "incident.acknowledged/seen": ("{desk} 收到", "Seen by {desk}"),
    "incident.acknowledged/taken": ("{desk} 接手处置", "Taken by {desk}: they are acting"),
    "inspection.begun": ("检查开始：{agency}", "Inspection begun: {agency}"),
    "inspection.found": ("检查发现：{words}", "Found on inspection: {words}"),
    "inspection.signed": ("被检查方已签字", "Signed by the inspected"),
    "inspection.refused": ("被检查方拒签：{words}", "The inspected did not sign: {words}"),
    "inspection.concluded": ("检查结束：{points}/{possible} 分", "Inspection concluded: {points} of {possible} points"),
    "unit.registered": ("登记了零报告报送单元", "Units registered for the daily return"),
    "return.invited": ("发出了报送链接", "Links for filing made"),
    "return.filed": ("报送了零报告", "Daily returns filed"),
    "return.missed": ("{date} 零报告缺报 {missing} 家", "{date}: {missing} daily returns missing"),
    "return.completed": ("{date} 零报告已报齐", "{date}: all daily returns filed"),
    "return.promised": ("{date} 零报告中 {category} 不详，待补报", "{date}: {category} is not known yet, and expected"),
    "return.supplemented": ("{date} 零报告中 {category} 已补报", "{date}: {category} has been supplied"),
    "return.rolled_up": (
        "{date} 零报告汇总第 {number} 号：应报 {owed} 家，已报 {received} 家",
        "{date}: roll-up {number} sent, {received} of {owed} received",
    ),
    "return.flagged": (
        "{unit} {date} 零报告的 {category} 有待核对",
        "Daily return of {unit} for {date}: {category} is in doubt",
    ),
    "return.accepted": ("{unit} {date} 零报告已审核", "Daily return of {unit} for {date} accepted"),
    "return.returned": (
        "{unit} {date} 零报告被退回：{reason}",
        "Daily return of {unit} for {date} sent back: {reason}",
    ),
    "return.exempted": (
        "{unit} 自 {since} 至 {until} 免报：{reason}",
        "{unit} let off from {since} to {until}: {reason}",
    ),
    "item.taken_in": ("收存物品：{title}，数量 {quantity}", "Taken into custody: {title}, {quantity}"),
    "item.offered": ("移交物品至 {to}：{title}", "Offered to {to}: {title}"),
    "item.accepted": ("接收物品：{title}，清点 {counted}。{words}", "Accepted: {title}, {counted} counted. {words}"),
    "item.refused": ("拒收物品 {title}：{words}", "Refused: {title}. {words}"),
    "item.recalled": ("撤回移交 {title}：{words}", "Offer taken back: {title}. {words}"),
    "item.placed": ("变更存放或封签 {title}：{words}", "Put elsewhere or sealed anew: {title}. {words}"),
    "item.split": ("分装物品：{title}", "Batch split: {title}"),
    "item.disposed": ("物品处置 {title}：{words}", "What became of it: {title}. {words}"),
    "hazard.found": ("发现隐患：{title}", "Hazard found: {title}"),
    "hazard.settled": ("隐患五落实：{measure}", "Hazard settled: {measure}"),
    "hazard.evidenced": ("隐患已整改：{words}", "Hazard put right: {words}"),
    "hazard.verified": ("隐患复查通过。{words}", "Hazard verified. {words}"),
    "hazard.rejected": ("隐患复查未通过：{words}", "Hazard handed back: {words}"),
    "hazard.reopened": ("隐患重新打开：{words}", "Hazard reopened: {words}"),
    "hazard.extended": ("隐患整改延期：{words}", "Deadline of a hazard extended: {words}"),
    "hazard.linked": ("隐患关联事件 {incident}", "Hazard linked to incident {incident}"),
    "hazard.enforced": ("隐患执法结果：{words}", "Enforcement on a hazard: {words}"),
    "readiness.stated": ("{agency} 填报到位情况：{item}。{words}", "{agency} stated readiness: {item}. {words}"),
    "readiness.confirmed": ("{agency} 的到位情况已确认：{item}", "Readiness of {agency} confirmed: {item}"),
    "readiness.objected": ("对 {agency} 的到位情况提出异议：{words}", "Readiness of {agency} objected to: {words}"),
    "file.attached": ("附件：{name}。{note}", "File attached: {name}. {note}"),
    "report.signed": ("{form}已签发", "{form} signed"),
    "report.reopened": ("{form}撤回签发", "{form}: signature taken back"),
    "report.sent/spoken": ("口头{form}：{from} 报 {to}", "{form} by word of mouth: {from} to {to}"),
    "report.sent/written": (
        "{form}（{number}）：{from} 报送 {to}。{reason}",
        "{form} {number}: {from} to {to}. {reason}",
    ),
    "report.received": ("{form}已签收：{to} 收自 {from}", "{form} received: {to} from {from}"),
    "report.amended": ("{form}更正（{number}）。{why}", "{form} amended by number {number}. {why}"),
    "access.granted": ("共享给 {desk}：{role}，{history}", "Shared with {desk} as {role}, {history}"),
    "access.withdrawn": ("不再共享给 {desk}", "No longer shared with {desk}"),
    "figure.stated": ("数字：{category} {n}（来源：{source}）", "Figure: {category} {n} (source: {source})"),
    "figure.made_official": ("统一口径：{category} {n}", "Official figure: {category} {n}"),
    "journal.note": ("记录：{text}", "Note: {text}"),
    "journal.decision": ("决定：{text}", "Decision: {text}"),
    "journal.action": ("行动：{text}", "Action: {text}"),
    "journal.message": ("通话与消息：{text}", "Message: {text}"),
    "journal.milestone": ("节点（{milestone}）：{text}", "Milestone ({milestone}): {text}"),
    "journal.deviation": ("偏离预案：{text}", "Deviation from the plan: {text}"),
    "journal.struck": ("划去一条日志。理由：{reason}", "A journal entry was struck out. Reason: {reason}"),
    "obligation.opened": (
        "时限开始：{rule}（{force}），责任方 {owed_by}，截止 {due_at}",
        "Clock started: {rule} ({force}), owed by {owed_by}, due {due_at}",
    ),
    "obligation.met": ("时限完成：{rule}，责任方 {owed_by}，{slack}", "Clock met: {rule}, owed by {owed_by}, {slack}"),
    "obligation.settled": ("已履行：{rule}", "Settled: {rule}"),
    "obligation.missed": ("逾期未完成：{rule}，责任方 {owed_by}", "Missed: {rule}, owed by {owed_by}"),
    "obligation.acknowledged/seen": ("{desk} 收到时限：{rule}", "{desk} saw what is owed: {rule}"),
    "obligation.acknowledged/taken": ("{desk} 接手时限：{rule}", "{desk} took what is owed: {rule}"),
    "obligation.step_taken": ("{call}：{to}（{rule}，责任方 {owed_by}）", "{call} to {to} ({rule}, owed by {owed_by})"),
    "obligation.exhausted": (
        "无人应答，呼叫全部知情岗位：{to}（{rule}，责任方 {owed_by}）",
        "Nobody answered; every post that may know called: {to} ({rule}, owed by {owed_by})",
    ),
    "obligation.waived": ("免除：{rule}。{reason}", "Waived: {rule}. {reason}"),
    "obligation.extended": ("延长至 {until}：{rule}。{reason}", "Extended until {until}: {rule}. {reason}"),
    "obligation.explained": ("说明原因：{rule}。{reason}", "Explained: {rule}. {reason}"),
    "obligation.carried": ("转入 {to} 继续：{rule}", "Carried on in {to}: {rule}"),
    "obligation.brought_over": ("由 {from} 转来：{rule}", "Brought over from {from}: {rule}"),
    "obligation.ended": ("终止：{rule}。{reason}", "Ended: {rule}. {reason}"),
    "obligation.found_not_applicable": ("认定不适用：{rule}。{reason}", "Found not applicable: {rule}. {reason}"),
}
# A kind that is newer than this table is named as it stands, so that nothing is left out of a review.
OTHER: Both = ("其他记录：{kind}", "Other entry: {kind}")

RELAYED: Both = ("{channel}转述", "relayed by {channel}")
ENTERED: Both = ("{span}后录入", "entered {span} later")
ENTERED_LATE: Both = ("补录：录入时已过时限", "entered late: it was due before it was entered")
UNCONFIRMED: Both = ("依据未经确认", "basis not confirmed")
NOBODY: Both = ("未呼叫任何人：{why}", "nobody, withheld: {why}")
STRUCK: Both = ("已划去：{reason}", "struck out: {reason}")
