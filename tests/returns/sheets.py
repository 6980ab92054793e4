"""Units, categories and what is true of every row, as the tests of sheets want them."""

from __future__ import annotations

from datetime import date

from incident_hub.plan.frame import Category
from incident_hub.plan.words import Words
from incident_hub.returns.line import Line
from incident_hub.returns.sheets import reading, rows
from incident_hub.returns.sheets.reading import Asked, Known

DAY = date(2026, 11, 26)
ITEMS = Words("件", "items")
CATEGORIES = (
    Category("accepted", Words("收寄", "Accepted"), ITEMS),
    Category("inspected", Words("当面验视", "Inspected in presence"), ITEMS),
    Category("prohibited-a", Words("查获禁寄物品（甲类）", "Prohibited articles, class A"), ITEMS),
)
UNITS = tuple(Known(f"U{n:04}", Words(f"第{n}营业部", f"Outlet {n}")) for n in range(1, 6))
ASKED = Asked(CATEGORIES, UNITS, Line("", DAY, {}, stated_by="duty_officer"), "Asia/Shanghai", DAY)
HEADING = "单元\t日期\t收寄\t当面验视\t查获禁寄物品（甲类）"


def read(text, heading=HEADING, asked=ASKED):
    return reading.read(rows.from_text(f"{heading}\n{text}"), asked)


def told(read_):
    """The refusals: row, code and English sentence."""
    return [(fault.row, fault.code, fault.words().en) for fault in read_.faults]
