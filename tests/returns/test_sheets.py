"""Sheets as people keep them: what is good goes on, the rest is refused row by row."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_hub.plan.words import Words
from incident_hub.returns.line import Unknown
from incident_hub.returns.sheets import refusing, rows
from incident_hub.returns.sheets.reading import Known
from incident_hub.returns.sheets.refusing import Unreadable

from .sheets import ASKED, DAY, UNITS, read, told

GOOD = "U0001\t2026-11-26\t400\t400\t0"


def test_a_pasted_row_becomes_a_line():
    (line,) = read(GOOD).lines
    assert (line.unit, line.day, line.place, line.stated_by) == ("U0001", DAY, 2, "duty_officer")
    assert line.counts == {"accepted": 400, "inspected": 400, "prohibited-a": 0}


@pytest.mark.parametrize(
    "heading",
    [
        "unit code\tdate\taccepted\tinspected\tprohibited-a",
        "Outlet\tDay\tAccepted (items)\tINSPECTED IN PRESENCE\tProhibited articles, class A",
        "网点编号\t报告日期\t收寄（件）\t当面验视件数\t查获禁寄物品(甲类)",
        "11月26日零报告\n\n单 元\t日期\t收寄量\t收寄\t当面验视\t查获禁寄物品（甲类）".replace("收寄量\t", ""),
    ],
)
def test_the_heading_is_known_by_codes_and_titles_in_either_language(heading):
    assert len(read(GOOD, heading).lines) == 1


def test_the_name_of_a_unit_serves_as_well_as_its_code():
    assert read("第2营业部\t今天\t1\t1\t0\nｕ0003\t今天\t1\t1\t0\noutlet 4\t今天\t1\t1\t0").faults == ()


def test_a_sheet_without_dates_is_for_the_day_that_was_chosen():
    (line,) = read("U0001\t4\t4\t0", "单元\t收寄\t当面验视\t查获禁寄物品（甲类）").lines
    assert line.day == DAY


def test_what_belongs_to_one_row_is_taken_from_it():
    heading = "单元\t收寄\t当面验视\t查获禁寄物品（甲类）\t报告人\t报告时间\t报告方式\t数据来源\t如何核对\t备注\t天气"
    read_ = read("U0001\t4\t3\t0\t值班员\t15:40\t电话\t他报\t一件退回\t无\t晴", heading)
    (line,) = read_.lines
    assert (line.stated_by, line.channel, line.origin, line.checked_how, line.explanation) == (
        "值班员", "phone", "told", "一件退回", "无",
    )  # fmt: skip
    assert line.stated_at == datetime(2026, 11, 26, 7, 40, tzinfo=UTC)
    assert read_.ignored == ("天气",)


def test_unknown_takes_its_reason_from_the_cell_or_from_the_row():
    heading = "单元\t收寄\t当面验视\t查获禁寄物品（甲类）\t不详原因\t预计补报时间"
    (line,) = read("U0001\t不详（秤坏）\t？\t0\t停电\t18:00", heading).lines
    by = datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert line.unknown == {"accepted": Unknown("秤坏", by), "inspected": Unknown("停电", by)}
    assert line.counts == {"prohibited-a": 0}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("U0001\t今天\t400\t\t0", "Inspected in presence is empty; write 0 if there was none, or unknown and why."),
        ("U0001\t今天", "This row has no number at all; it stays missing."),
        ("U0001\t今天\t=SUM(A1:A9)\t1\t0", "Accepted is the formula =SUM(A1:A9); paste the value instead."),
        ("U0001\t今天\t12.5\t1\t0", "Accepted says 12.5; write a whole number."),
        ("U0001\t今天\t无\t1\t0", "Accepted says 无; write 0 if there was none."),
        ("U0001\t今天\t?\t1\t0", "Accepted is unknown without a reason; say why in the column of reasons."),
        ("U0001\t今天\t?秤\t1\t0", "Accepted says ?秤; write a whole number."),
        ("U0001\t今天\t不详秤坏\t1\t0", "Accepted is unknown and nobody says until when; fill the column expected by."),
        ("\t今天\t1\t1\t0", "This row names no unit."),
        ("U0009\t今天\t1\t1\t0", "U0009 is no unit that this desk files for."),
        ("同名营业部\t今天\t1\t1\t0", "Several units are called 同名营业部; write the code of the unit."),
        ("U0001\t\t1\t1\t0", "This row has no date."),
        ("U0001\tsoon\t1\t1\t0", "date says soon; write the date like 2026-11-26."),
        ("U0001\t11/12/2026\t1\t1\t0", "11/12/2026 can be read as two dates; write it like 2026-11-26."),
        ("U0001\t今天\t1\t1\t0\t9", "This row goes on beyond the heading; see that the columns fit."),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_the_others_go_on(row, sentence):
    twins = [Known(code, Words("同名营业部", "")) for code in ("U0006", "U0007")]
    asked = ASKED.__class__(ASKED.categories, (*UNITS, *twins), ASKED.like, ASKED.zone, ASKED.today)
    read_ = read(f"{row}\n{GOOD.replace('U0001', 'U0002')}", asked=asked)
    assert [(place, said) for place, _, said in told(read_)] == [(2, sentence)]
    assert [line.unit for line in read_.lines] == ["U0002"]


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("预计补报时间", "soon", "expected by says soon; write it like 2026-11-26 18:00."),
        ("报告方式", "鸽子", "channel says 鸽子; write one of hub, link, phone, radio, fax, paper, face."),
        ("备注", "很" * 2001, "explanation is too long; write at most 2000 characters."),
        ("备注", "=HYPERLINK(1)", "explanation is the formula =HYPERLINK(1); paste the value instead."),
    ],
)
def test_what_stands_beside_the_numbers_is_judged_too(column, cell, sentence):
    heading = f"单元\t收寄\t当面验视\t查获禁寄物品（甲类）\t不详原因\t{column}"
    wanted = "不详" if column == "预计补报时间" else "1"
    assert sentence in [said for *_, said in told(read(f"U0001\t{wanted}\t1\t0\t秤坏\t{cell}", heading))]


def test_one_unit_twice_counts_once_when_it_says_the_same_and_not_at_all_when_it_differs():
    read_ = read(f"{GOOD}\n{GOOD}\nU0002\t今天\t1\t1\t0\nU0002\t今天\t2\t2\t0\nU0002\t今天\t2\t2\t0")
    assert [line.unit for line in read_.lines] == ["U0001"]
    assert told(read_) == [
        (3, "repeated", "It is the same as row 2 and counts once."),
        (4, "twice", "Row 5 is for the same unit and date and says otherwise; keep the right one."),
        (5, "twice", "Row 4 is for the same unit and date and says otherwise; keep the right one."),
        (6, "twice", "Row 4 is for the same unit and date and says otherwise; keep the right one."),
    ]


@pytest.mark.parametrize(
    ("heading", "code", "part"),
    [
        ("x", "no-heading", "no heading"),
        ("单元\t收寄\t当面验视", "no-column", "lacks Prohibited articles, class A"),
        ("单元\t收寄\taccepted\t当面验视\t查获禁寄物品（甲类）", "column-twice", "names Accepted twice"),
        ("\t".join(["单元", *["x"] * 60]), "too-broad", "60 columns"),
        ('单元\t"收寄', "not-csv", "Row 1"),
    ],
)
def test_a_sheet_that_cannot_be_taken_as_a_whole_says_why(heading, code, part):
    with pytest.raises(Unreadable, match=part) as found:
        read(GOOD, heading)
    assert found.value.code == code


def test_a_heading_alone_and_too_much_are_refused():
    with pytest.raises(Unreadable, match="nothing below"):
        read("")
    with pytest.raises(Unreadable, match="5000 rows"):
        read("\n".join([GOOD] * 5001))
    with pytest.raises(Unreadable, match="4 MiB"):
        rows.from_text("x" * ((4 << 20) + 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", "\t,;")
def test_csv_comes_in_the_encodings_and_separators_of_spreadsheets(encoding, delimiter):
    text = "单元,收寄,当面验视,查获禁寄物品（甲类）\r\nU0001,4,4,0\r\n".replace(",", delimiter)
    assert [row.cells[0] for row in rows.from_text(rows.decoded(text.encode(encoding)))][1] == "U0001"


@pytest.mark.parametrize("raw", [b"\xff\xff\xff", b"\x00\x01", b"\xef\xbb\xbf\xff"])
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(Unreadable, match="UTF-8 or GB18030"):
        rows.decoded(raw)


@pytest.mark.parametrize("code", [*refusing.SENTENCES, *refusing.UNREADABLE])
def test_every_refusal_is_a_sentence_in_both_languages(code):
    said = refusing.SENTENCES.get(code) or refusing.UNREADABLE[code]
    assert said.en[0].isupper() or said.en[0] == "{"
    assert (said.en[-1], said.zh[-1]) == (".", "。")
    assert set(_holes(said.zh)) == set(_holes(said.en))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(st.text(max_size=6), st.sampled_from(["U0001", "U0002", "今天", "0", "400", "?", ""])),
                 min_size=1, max_size=7),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_every_row_of_any_sheet_is_a_line_or_is_told_and_no_number_comes_from_nowhere(cells):
    clean = [[" ".join(one.replace('"', "").split()) for one in row] for row in cells]
    sheet = "\n".join("\t".join(row) for row in clean)
    try:
        read_ = read(sheet)
    except Unreadable:
        return
    kept = {row.place for row in rows.from_text(f"x\n{sheet}") if row.place > 1}
    assert {line.place for line in read_.lines} | {fault.row for fault in read_.faults} >= kept
    assert not {line.place for line in read_.lines} & {fault.row for fault in read_.faults}
    for line in read_.lines:
        assert set(line.counts) | set(line.unknown) == {"accepted", "inspected", "prohibited-a"}


def test_four_hundred_outlets_are_read_at_once():
    many = tuple(Known(f"U{n:04}", Words(f"第{n}营业部", f"Outlet {n}")) for n in range(400))
    asked = ASKED.__class__(ASKED.categories, many, ASKED.like, ASKED.zone, ASKED.today)
    sheet = "\n".join(f"第{n}营业部\t2026年11月26日\t1，234\t1,234\t０" for n in range(400))
    began = process_time()
    assert len(read(sheet, asked=asked).lines) == 400
    assert process_time() - began < 1


def _holes(sentence):
    return [part.partition("}")[0] for part in sentence.split("{")[1:]]
