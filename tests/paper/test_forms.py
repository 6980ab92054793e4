from __future__ import annotations

import pytest

from incident_hub import paper
from incident_hub.paper import forms
from tests.paper.sheets import TOLD, read

ROLL_UP = {
    "lang": "zh", "agency": "云港市邮政管理局", "at": "2026-11-26T17:00:00+08:00", "owed": 400, "received": 388,
    "missing": [["U0007", "西港路网点", "承运企业甲值班室"]], "late": [["U0011", "北门网点", "承运企业乙值班室"]],
    "totals": [{"title": "收寄（件）", "n": 120400, "of": 388}, {"title": "查获（件）", "n": 0, "of": 380}],
}  # fmt: skip
VISIT = {
    "lang": "zh", "agency": "北区分局", "at": "2026-11-26T17:00:00+08:00", "fields": [["被检查单位", "西港路网点"]],
    "items": [["收寄验视", "8/10", "抽查 20 件，1 件未盖验视戳"]],
    "hazards": [["H7K2", "消防通道堆放邮件", "一般", "11月28日 18:00"]], "note_taken": "refused", "by": "网点负责人",
    "witness": "社区民警",
}  # fmt: skip


@pytest.mark.parametrize(
    ("form", "title"),
    [
        ("first", "突发事件信息初报"),
        ("follow_up", "突发事件信息续报（第 3 期）"),
        ("final", "突发事件信息终报"),
        ("daily", "每日值班信息"),
    ],
)
def test_each_report_has_its_customary_title(form, title):
    assert forms.report({**TOLD, "form": form, "turn": 3})["title"] == title


def test_headings_are_numbered_as_they_come_and_what_is_left_out_leaves_no_gap():
    short = {name: value for name, value in TOLD.items() if name not in {"figures", "measures"}}
    assert [one["heading"] for one in forms.report(short)["sections"]] == [
        "一、基本情况",
        "二、简要经过",
        "三、事态发展和下一步安排",
    ]
    assert [one["heading"] for one in forms.report({**short, "lang": "en"})["sections"]][1] == "2. What happened"


def test_an_amendment_says_which_report_it_takes_the_place_of():
    assert forms.report({**TOLD, "amends": "第 117 号"})["sections"][0]["text"] == "本件更正第 117 号，以本件为准。"


def test_what_is_not_known_is_never_printed_as_zero():
    (figures,) = [one for one in forms.report(TOLD)["sections"] if "table" in one]
    assert figures["table"]["rows"][2] == ["失联（人）", None, None, None, "正在核实，04:30 前报出"]
    assert "不等于零" in figures["note"]
    known = forms.report({**TOLD, "figures": TOLD["figures"][:2]})["sections"]
    assert [one["note"] for one in known if "table" in one] == [None]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_roll_up_states_how_many_came_in_names_the_missing_and_marks_its_totals(form):
    words = read(form, getattr(paper, form)("sheet", forms.roll_up(ROLL_UP)))
    for said in (
        "应报400家，已报388家，未报12家",
        "西港路网点",
        "北门网点",
        "合计仅为已报388家（应报400家）之和，未报单位不计为零",
        "380/400",
    ):
        assert said in words


def test_a_roll_up_with_nobody_missing_says_none():
    words = read("pdf", paper.pdf("sheet", forms.roll_up({**ROLL_UP, "lang": "en", "received": 400, "missing": []})))
    assert "Received400of400;0missing." in words
    assert "(none)" in words


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_an_inspection_says_what_was_found_and_who_refused_to_sign_before_whom(form):
    words = read(form, getattr(paper, form)("sheet", forms.inspection(VISIT)))
    for said in ("现场检查记录", "1件未盖验视戳", "消防通道堆放邮件", "拒绝签收：网点负责人。见证：社区民警。"):
        assert said in words
    signed = read(form, getattr(paper, form)("sheet", forms.inspection({**VISIT, "note_taken": "signed"})))
    assert "已签收：网点负责人" in signed
