"""What stands in a plan, said in both languages as a duty leader reads it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from incident_hub.plan.contingency import Every, Item, Loop, Owed, Settle, Span, Step
from incident_hub.plan.durations import write_duration
from incident_hub.plan.spans import write_span
from incident_hub.plan.words import Words

# What the words of a plan are called: its own vocabulary, and the titles of its parties.
Names = Mapping[str, Words]
Say = Callable[[Any, Names], Words]
NOTHING = Words("无", "nothing")

WORDS = {
    "law": Words("法定", "law"), "order": Words("上级命令", "order"), "plan": Words("预案", "plan"),
    "own": Words("本席位", "own desk"),
    "duty_officer": Words("值班员", "duty officer"), "deputy": Words("备班", "deputy"),
    "duty_leader": Words("带班领导", "duty leader"), "executive": Words("分管领导", "executive"),
    "lead": Words("牵头单位", "lead"), "site_owner": Words("场所单位", "site owner"),
    "access": Words("知情席位", "desks that learn of it"), "actor": Words("填报席位", "desk that stated it"),
    "addressed": Words("收件席位", "desks it is addressed to"),
    "linked": Words("其他共享席位", "linked desks"), "owner": Words("责任席位", "owner"),
    "anyone": Words("任何席位", "anyone"),
    "known_at": Words("获知时", "when it is known"), "occurred_at": Words("发生时", "when it happened"),
    "discovered_at": Words("发现时", "when it was discovered"), "planned_at": Words("计划时", "when it is planned"),
    "entry": Words("记录时", "when it is recorded"), "deadline": Words("所定期限", "the deadline it names"),
    "call": Words("呼叫", "call"), "remind": Words("提醒", "remind"), "inform": Words("告知", "inform"),
    "in_app": Words("站内", "in-app"), "email": Words("邮件", "e-mail"), "sms": Words("短信", "SMS"),
    "voice": Words("语音", "voice"), "desk_call": Words("席位电话", "desk call"), "web_push": Words("推送", "web push"),
    "deaths": Words("死亡", "deaths"), "injured": Words("重伤", "injured"), "loss": Words("损失", "loss"),
    "items": Words("件数", "items"), "hours": Words("小时数", "hours"), "records": Words("条数", "records"),
    "life_safety": Words("涉及生命安全", "life safety"), "ungraded": Words("未定级", "ungraded"),
    "default": Words("其余情况", "otherwise"),
    "attention_A": Words("甲类", "attention A"), "attention_B": Words("乙类", "attention B"),
    "attention_C": Words("丙类", "attention C"),
    "I": Words("Ⅰ级", "grade I"), "II": Words("Ⅱ级", "grade II"), "III": Words("Ⅲ级", "grade III"),
    "IV": Words("Ⅳ级", "grade IV"),
    "area": Words("按辖区", "by area"), "named": Words("指名", "named"),
    "same_agency": Words("本单位", "same agency"), "parent": Words("上级单位", "parent agency"),
    "joint_desk": Words("联合值守席", "joint desk"),
}  # fmt: skip
_UNITS = {"s": "秒", "m": "分钟", "h": "小时", "d": "天", "wd": "个工作日"}


def word(found: Any, names: Names) -> Words:
    """A word of the plan's own vocabulary; an open word reads as it is written."""
    return names.get(str(found), Words(str(found), str(found))) if found else NOTHING


def words(found: Words, names: Names) -> Words:
    """Words are said as they are."""
    return found


def text(found: Any, names: Names) -> Words:
    """A text, whole: who signs a plan reads what was changed in it."""
    return Words(str(found), str(found)) if found not in (None, "") else NOTHING


def yes(found: Any, names: Names) -> Words:
    """Yes, no, or nothing said."""
    return NOTHING if found is None else Words("是", "yes") if found else Words("否", "no")


def many(found: Iterable[Any], names: Names) -> Words:
    """A list of words."""
    said = [word(one, names) for one in found]
    return joined(said) if said else NOTHING


def joined(said: Iterable[Words]) -> Words:
    """Several words as one list."""
    found = list(said)
    return Words("、".join(one.zh for one in found), ", ".join(one.en for one in found)) if found else NOTHING


def duration(found: timedelta | None, names: Names) -> Words:
    """A length of time."""
    return NOTHING if found is None else _length(write_duration(found))


def span(found: Span | None, names: Names) -> Words:
    """A length of time or a number of working days."""
    return NOTHING if found is None else _length(write_span(found))


def owed(found: Owed, names: Names) -> Words:
    """A post of a party."""
    post, party = word(found.post, names), word(found.party, names)
    return Words(f"{party.zh}的{post.zh}", f"{post.en} of {party.en}")


def item(found: Item, names: Names) -> Words:
    """One question of a check-list, with what it is worth."""
    del names
    grave = Words("，严重", ", grave") if found.grave else Words("", "")
    return Words(
        f"{found.question.zh}（{found.points}分{grave.zh}）", f"{found.question.en} ({found.points} points{grave.en})"
    )


def owed_all(found: Iterable[Owed], names: Names) -> Words:
    """Posts of parties."""
    return joined(owed(one, names) for one in found)


def every(found: Every | None, names: Names) -> Words:
    """How often a rule comes round by itself."""
    if found is None:
        return NOTHING
    if found.shift:
        return Words("每次交接班", "each shift")
    if found.at is not None:
        return Words(f"每天{found.at:%H:%M}", f"each day at {found.at:%H:%M}")
    return text(found.cron, names)


def matching(found: Mapping[str, tuple[str, ...]], names: Names) -> Words:
    """What an entry must say."""
    return text("; ".join(f"{name} = {' | '.join(values)}" for name, values in sorted(found.items())), names)


def settles(found: Iterable[Settle], names: Names) -> Words:
    """What ends a debt, by whom."""
    return joined(_settle(one, names) for one in found)


def figures(found: Mapping[str, float], names: Names) -> Words:
    """The numbers that reach a grade."""
    said = ((word(figure, names), f" ≥ {number:,.15g}") for figure, number in found.items())
    return joined(Words(figure.zh + least, figure.en + least) for figure, least in said)


def force(found: str, names: Names) -> Words:
    """On what a rule rests."""
    return Words("自定", "own") if found == "own" else word(found, names)


def loop(found: Loop | None, names: Names) -> Words:
    """How often a ladder goes round."""
    if found is None:
        return NOTHING
    again = duration(found.every, names)
    return Words(f"每{again.zh}重复，共{found.times}次", f"{found.times} times, every {again.en}")


def quiet(found: Any, names: Names) -> Words:
    """Between which hours calls wait."""
    return NOTHING if found is None else text(f"{found[0]:%H:%M}-{found[1]:%H:%M}", names)


def step(found: Step, names: Names) -> Words:
    """One rung: when, how, whom, over what."""
    when, how, to = _when(found, names), word(found.kind, names), joined(owed(one, names) for one in found.to)
    over = many(found.channels, names)
    zh, en = f"{when.zh}{how.zh}{to.zh}（{over.zh}）", f"{when.en}, {how.en} {to.en} by {over.en}"
    if found.repeat is not None and found.up_to is not None:
        again = duration(found.repeat, names)
        zh, en = f"{zh}，每{again.zh}一次，共{found.up_to}次", f"{en}, every {again.en} up to {found.up_to} times"
    return Words(f"{zh}，并共享事件", f"{en}, and share the incident") if found.discloses else Words(zh, en)


def _when(found: Step, names: Names) -> Words:
    if found.after is not None:
        return Words(f"开始后{duration(found.after, names).zh}", f"{duration(found.after, names).en} after the start")
    if found.before_due is not None:
        return Words(
            f"到期前{duration(found.before_due, names).zh}", f"{duration(found.before_due, names).en} before it is due"
        )
    late = duration(found.after_due, names)
    return Words(f"到期后{late.zh}", f"{late.en} after it is due")


def _settle(found: Settle, names: Names) -> Words:
    by, matched = word(found.by, names), f" ({matching(found.match, names).en})" if found.match else ""
    return Words(f"{found.kind}（{by.zh}）{matched}", f"{found.kind} by {by.en}{matched}")


def _length(written: str) -> Words:
    number = written.rstrip("smhdw")
    return Words(f"{number}{_UNITS[written[len(number) :]]}", written)
