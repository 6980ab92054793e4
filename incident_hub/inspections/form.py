"""A visit as the customary form takes it (`paper.forms.inspection`): plain values in one language. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from incident_hub.plan.difference.spoken import WORDS as POSTS
from incident_hub.plan.words import Words

VISIT = {
    "announced": Words("通知检查", "announced"),
    "unannounced": Words("突击检查", "unannounced"),
    "mystery": Words("暗查", "mystery check"),
    "follow_up": Words("复查", "follow-up"),
}
ORIGIN = {
    "self": Words("自查", "by itself"),
    "authority": Words("监管检查", "by the authority"),
    "joint": Words("联合检查", "jointly"),
}
ANSWER = {
    "yes": Words("是", "yes"),
    "no": Words("否", "no"),
    "not_looked": Words("未查看", "not looked at"),
    "not_applicable": Words("不适用", "not applicable"),
}
GRAVE = Words("重点项", "grave")
FIELDS = (
    Words("被检查单位", "Inspected"), Words("场所", "Site"), Words("检查方式", "Visit"), Words("检查来源", "Found"),
    Words("检查时间", "Begun"), Words("检查人员", "Inspectors"), Words("得分", "Score"),
    Words("重点项不符", "Grave items missed"),
)  # fmt: skip
STATE = {
    "found": Words("待落实五项", "to be settled"),
    "reopened": Words("待落实五项", "to be settled"),
    "settled": Words("整改中", "being put right"),
    "rejected": Words("整改中", "being put right"),
    "rectified": Words("待复查", "to be looked at again"),
    "verified": Words("已销号", "closed"),
}
STEPS = {"inspects": Words("检查", "Inspected"), "signs": Words("签收", "Signed")}


def values(told: Mapping[str, Any], names: Mapping[str, str], lang: str, zone: str) -> dict[str, Any]:
    """What the form says. Shape: `told` as a desk may know the visit; `names` are the titles of agencies and sites."""
    at = told["concluded_at"] or told["outcome_at"] or told["begun_at"]
    place = names.get(told["site"] or "", "") or names.get(told["agency"], told["agency"])
    seats = [_seat(one, names, lang) for one in told["inspectors"]]
    took = told["outcome"] or ("not_asked" if told["visit"] == "mystery" else "unsigned")
    opinion = [one["words"] for one in told["findings"]] + ([told["refusal"]] if told["refusal"] else [])
    visited = told["signed_by"] or {"agency": told["agency"], "post": None}
    return {
        "lang": lang, "agency": names.get(told["desk"].partition("/")[0], told["desk"]), "at": at.isoformat(),
        "subtitle": place, "number": told["ref"], "issued": moment(at, zone),
        "fields": _fields(told, names, lang, zone, seats), "items": _items(told, lang),
        "hazards": [_hazard(one["hazard"], lang, zone) for one in told["findings"] if one["hazard"]],
        "opinion": "\n".join(opinion),
        "note_taken": took, "by": _seat(visited, names, lang),
        "witness": _seat(told["witness"], names, lang) if told["witness"] else None,
        "signatures": _signatures(told, seats, names, lang, zone),
    }  # fmt: skip


def moment(at: datetime, zone: str) -> str:
    """A wall time in the operation's zone, to the minute."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _fields(
    told: Mapping[str, Any], names: Mapping[str, str], lang: str, zone: str, seats: list[str]
) -> list[list[Any]]:
    score = told["score"]
    said = (
        names.get(told["agency"], told["agency"]), names.get(told["site"] or ""), VISIT[told["visit"]].of(lang),
        ORIGIN[told["origin"]].of(lang), moment(told["begun_at"], zone), ("、" if lang == "zh" else ", ").join(seats),
        f"{score['points']} / {score['possible']}", len(score["grave"]),
    )  # fmt: skip
    return [[title.of(lang), value] for title, value in zip(FIELDS, said, strict=True)]


def _items(told: Mapping[str, Any], lang: str) -> list[list[Any]]:
    """Every question with its points and what was seen; what nobody answered is a dash, never a yes."""
    answers = {(one["checklist"], one["item"]): one for one in told["answers"]}
    rows: list[list[Any]] = []
    for one in told["checklists"]:
        for item in one["items"]:
            found = answers.get((one["code"], item["code"]))
            given = found["answer"] if found else None
            score = f"{item['points'] if given == 'yes' else 0}/{item['points']}" if given in ("yes", "no") else None
            mark = f"（{GRAVE.of(lang)}）" if lang == "zh" else f" ({GRAVE.of(lang)})"
            words = [ANSWER[given].of(lang)] if given else []
            seen = [found["note"]] if found and found["note"] else []
            question = f"{one['title'][lang]}{'：' if lang == 'zh' else ': '}{item['question'][lang]}"
            rows.append([question + (mark if item["grave"] else ""), score, " · ".join(words + seen) or None])
    return rows


def _hazard(hazard: Mapping[str, Any], lang: str, zone: str) -> list[Any]:
    by = moment(hazard["deadline"], zone) if hazard["deadline"] else STATE[hazard["state"]].of(lang)
    grade = Words("重大", "major") if hazard["grade"] == "major" else Words("一般", "general")
    return [hazard["ref"], hazard["title"], grade.of(lang), by]


def _signatures(
    told: Mapping[str, Any], seats: list[str], names: Mapping[str, str], lang: str, zone: str
) -> list[list[str]]:
    rows = [[STEPS["inspects"].of(lang), one, moment(told["begun_at"], zone)] for one in seats]
    if told["signed_by"]:
        rows.append([STEPS["signs"].of(lang), _seat(told["signed_by"], names, lang), moment(told["outcome_at"], zone)])
    return rows


def _seat(seat: Mapping[str, Any], names: Mapping[str, str], lang: str) -> str:
    post = POSTS[seat["post"]].of(lang) if seat["post"] in POSTS else seat["post"] or ""
    return f"{names.get(seat['agency'], seat['agency'])} {post}".strip()
