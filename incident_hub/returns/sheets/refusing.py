"""Why a sheet or a row of it cannot be taken, in both languages. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from incident_hub.plan.words import Words

MOST_BYTES = 4 << 20
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST = 2_000
# What is quoted back of a cell.
QUOTED = 40
NOTHING = Words("", "")

SENTENCES = {
    "empty": Words(
        "“{column}”是空的；没有就写0，说不清就写“不详”并写原因。",
        "{column} is empty; write 0 if there was none, or unknown and why.",
    ),
    "nothing": Words("这一行没有任何数字，仍算未报。", "This row has no number at all; it stays missing."),
    "formula": Words(
        "“{column}”是公式“{cell}”；请粘贴数值。", "{column} is the formula {cell}; paste the value instead."
    ),
    "not-a-number": Words(
        "“{column}”写的是“{cell}”；请写不带小数的数字。", "{column} says {cell}; write a whole number."
    ),
    "none-in-words": Words("“{column}”写的是“{cell}”；没有就写0。", "{column} says {cell}; write 0 if there was none."),
    "no-reason": Words(
        "“{column}”不详而没有原因；请在“不详原因”一栏写明。",
        "{column} is unknown without a reason; say why in the column of reasons.",
    ),
    "no-expected": Words(
        "“{column}”不详而没有写何时补报；请填“预计补报时间”。",
        "{column} is unknown and nobody says until when; fill the column expected by.",
    ),
    "no-unit": Words("这一行没有写报送单元。", "This row names no unit."),
    "strange-unit": Words("“{cell}”不是本席今日应报的单元。", "{cell} is no unit that this desk files for."),
    "two-units": Words(
        "有几个单元都叫“{cell}”；请改用单元代码。", "Several units are called {cell}; write the code of the unit."
    ),
    "no-date": Words("这一行没有日期。", "This row has no date."),
    "not-a-date": Words(
        "“{column}”写的是“{cell}”；请写成2026-11-26这样的日期。",
        "{column} says {cell}; write the date like 2026-11-26.",
    ),
    "two-dates": Words(
        "“{cell}”可以读成两个日期；请写成2026-11-26这样。", "{cell} can be read as two dates; write it like 2026-11-26."
    ),
    "not-an-instant": Words(
        "“{column}”写的是“{cell}”；请写成2026-11-26 18:00这样。",
        "{column} says {cell}; write it like 2026-11-26 18:00.",
    ),
    "strange-word": Words(
        "“{column}”写的是“{cell}”；请写“{choices}”之一。", "{column} says {cell}; write one of {choices}."
    ),
    "too-long": Words("“{column}”太长，最多{most}字。", "{column} is too long; write at most {most} characters."),
    "too-wide": Words(
        "这一行比表头多出内容；请核对列。", "This row goes on beyond the heading; see that the columns fit."
    ),
    "repeated": Words("与第{other}行完全相同，只算一次。", "It is the same as row {other} and counts once."),
    "twice": Words(
        "与第{other}行是同一单元同一日，数字却不同；请只留对的一行。",
        "Row {other} is for the same unit and date and says otherwise; keep the right one.",
    ),
}
UNREADABLE = {
    "too-large": Words("表格超过{most} MiB；请分几次报送。", "The sheet is larger than {most} MiB; send it in parts."),
    "too-many": Words("表格超过{most}行；请分几次报送。", "The sheet has more than {most} rows; send it in parts."),
    "too-broad": Words(
        "表格超过{most}列；请只留需要的列。", "The sheet has more than {most} columns; keep those that are needed."
    ),
    "not-text": Words(
        "文字编码认不出来；请存为UTF-8或GB18030。", "The text cannot be read; save it as UTF-8 or GB18030."
    ),
    "not-csv": Words("第{other}行读不成CSV；请重新另存。", "Row {other} cannot be read as CSV; save it anew."),
    "not-xlsx": Words(
        "这不是可读的XLSX表格；请另存为不带宏的XLSX。",
        "This is no XLSX sheet that can be read; save it as XLSX without macros.",
    ),
    "no-heading": Words(
        "前{most}行里没有表头；表头要有“报送单元”和各类别的名称。",
        "There is no heading in the first {most} rows; it must name the unit and the categories.",
    ),
    "no-column": Words(
        "表头缺少：{column}；每一类别都要有数字。", "The heading lacks {column}; every category needs a number."
    ),
    "column-twice": Words(
        "表头里“{column}”出现了两次；请改掉一个。", "The heading names {column} twice; rename one of them."
    ),
    "no-rows": Words("表头以下没有内容。", "There is nothing below the heading."),
}


@dataclass(frozen=True)
class Fault:
    """Why one row is not taken. Shape: `row` counts from 1 as the spreadsheet does; `column` is a title to be said."""

    row: int
    code: str
    column: Words = NOTHING
    cell: str = ""
    other: int = 0
    choices: Words = NOTHING

    def words(self) -> Words:
        """The sentence."""
        return _said(SENTENCES[self.code], self.column, cell=self.cell, other=self.other, choices=self.choices)


class Unreadable(Exception):
    """The sheet as a whole cannot be read."""

    def __init__(self, code: str, *, column: Words | None = None, other: int = 0, most: int = 0) -> None:
        self.code = code
        self.words = _said(UNREADABLE[code], column or NOTHING, other=other, most=most)
        super().__init__(self.words.en)


def _said(
    sentence: Words, column: Words, *, cell: str = "", other: int = 0, most: int = LONGEST, choices: Words = NOTHING
) -> Words:
    cell = cell if len(cell) <= QUOTED else f"{cell[:QUOTED]}…"
    return Words(
        sentence.zh.format(column=column.zh, cell=cell, other=other, most=most, choices=choices.zh),
        sentence.en.format(column=column.en, cell=cell, other=other, most=most, choices=choices.en),
    )
