"""The heading of a sheet: which column says what, by the titles of the plan and the words people use. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incident_hub.plan.frame import Category
from incident_hub.plan.words import Words

from .refusing import Unreadable
from .rows import Row
from .written import plain

# Above the heading stand at most a title, a remark and the like.
LOOKED_AT = 10

FIELDS = {
    "code": Words("报送单元代码", "unit code"),
    "unit": Words("报送单元", "unit"),
    "date": Words("日期", "date"),
    "stated_by": Words("报告人", "stated by"),
    "stated_at": Words("报告时间", "stated at"),
    "channel": Words("报告方式", "channel"),
    "origin": Words("数据来源", "origin"),
    "unknown_reason": Words("不详原因", "reason unknown"),
    "expected_by": Words("预计补报时间", "expected by"),
    "checked_how": Words("如何核对", "checked how"),
    "explanation": Words("情况说明", "explanation"),
    "late_reason": Words("迟报原因", "late reason"),
    "compiled_by": Words("填报人", "compiled by"),
    "approved_by": Words("审核人", "approved by"),
}
# A hyphen stands for a space: neither counts.
_ALSO = {
    "code": "单元代码 单位代码 网点代码 网点编号 网点编码 场所代码 代码 编号 编码 code site-code outlet-code no",
    "unit": "单元 单位 单位名称 单元名称 网点 网点名称 报送单位 填报单位 场所 名称 name unit-name outlet site branch",
    "date": "报告日期 报送日期 统计日期 填报日期 日 day report-date for-date",
    "stated_by": "报告人岗位 报送人 联系人 reported-by said-by",
    "stated_at": "报送时间 时间 time reported-at said-at",
    "channel": "报送方式 方式 via how",
    "origin": "来源 source",
    "unknown_reason": "原因 不明原因 未知原因 reason unknown-reason why-unknown",
    "expected_by": "预计时间 补报时间 expected expected-at",
    "checked_how": "核对方式 核对情况 how-checked checked",
    "explanation": "说明 备注 remark remarks note notes comment",
    "late_reason": "晚报原因 逾期原因 why-late reason-late",
    "compiled_by": "制表人 填表人 prepared-by",
    "approved_by": "审批人 签发人 负责人 signed-by",
}


@dataclass(frozen=True)
class Heading:
    """Where everything stands. Shape: columns count from 0; `ignored` are headings that say nothing of a return."""

    place: int
    width: int
    fields: Mapping[str, int]
    counts: Mapping[str, int]
    ignored: tuple[str, ...]


def found(rows: Sequence[Row], categories: Sequence[Category]) -> Heading:
    """The heading among the first rows: the first that names the unit and a category.

    Raises: Unreadable when there is none, a category lacks a column, or two columns say the same.
    """
    named = _names(categories)
    for row in rows[:LOOKED_AT]:
        meant = [named.get(_bare(cell)) for cell in row.cells]
        if ("code" in meant or "unit" in meant) and any(one and one.startswith("#") for one in meant):
            return _heading(row, meant, categories)
    raise Unreadable("no-heading", most=LOOKED_AT)


def _heading(row: Row, meant: Sequence[str | None], categories: Sequence[Category]) -> Heading:
    titles = FIELDS | {f"#{one.code}": one.title for one in categories}
    twice = next((one for one in meant if one and meant.count(one) > 1), None)
    if twice:
        raise Unreadable("column-twice", column=titles[twice])
    lacking = [one.title for one in categories if f"#{one.code}" not in meant]
    if lacking:
        both = Words("、".join(one.zh for one in lacking), ", ".join(one.en for one in lacking))
        raise Unreadable("no-column", column=both)
    places = {one: column for column, one in enumerate(meant) if one}
    return Heading(
        place=row.place,
        width=len(row.cells),
        fields={one: column for one, column in places.items() if not one.startswith("#")},
        counts={one[1:]: column for one, column in places.items() if one.startswith("#")},
        ignored=tuple(cell for cell, one in zip(row.cells, meant, strict=True) if cell and not one),
    )


def _names(categories: Sequence[Category]) -> dict[str, str]:
    named: dict[str, str] = {}
    for field, title in FIELDS.items():
        for name in (field, title.zh, title.en, *_ALSO[field].split()):
            named.setdefault(_bare(name), field)
    # What the plan calls its categories goes before what people call the rest.
    for one in categories:
        for title, unit in ((one.title.zh, one.unit.zh), (one.title.en, one.unit.en)):
            for name in (title, f"{title}({unit})", f"{title}{unit}", f"{title}{unit}数"):
                named[_bare(name)] = f"#{one.code}"
    return named | {_bare(one.code): f"#{one.code}" for one in categories}


def _bare(cell: str) -> str:
    return re.sub(r"[\s_*:,\-·、]", "", plain(cell)).casefold()
