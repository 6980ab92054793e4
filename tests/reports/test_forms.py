"""Every form at the door: its lines exist, in both languages, and it can be compiled, signed, laid out and said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from incident_hub import paper
from incident_hub.plan.words import Words
from incident_hub.reports.changes import Last, counted, moved
from incident_hub.reports.compiling import blank, compiled, completeness, still_open
from incident_hub.reports.fields import FIELDS, GROUPS
from incident_hub.reports.forms import FORMS
from incident_hub.reports.laying import as_shown, laid
from incident_hub.reports.order import may_begin
from incident_hub.reports.sources import OF_THE_JOURNAL, SOURCES, Known
from incident_hub.reports.wording import FIGURE, SHORTEST, short

NIGHT = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)
DESK = Words("甲快递", "Carrier A")


def wrote(kind: str, minute: int, text: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "text": text,
        "at": NIGHT + timedelta(minutes=minute),
        "milestone": None,
        "desk": DESK,
        **more,
    }


def figure(n: int | None, basis: str | None = None) -> dict[str, Any]:
    return {"n": n, "as_of": NIGHT, "source": "现场", "basis": basis}


KNOWN = Known(
    title="分拣线起火", type=Words("火灾", "Fire"), zone="Asia/Shanghai", summary="皮带机起火", received_at=NIGHT,
    logged_by=DESK, occurred_at=NIGHT, occurred_about=True, place=Words("港区", "Harbour"), grade="III", desk=DESK,
    journal=[
        wrote("action", 5, "切断电源"), wrote("milestone", 8, "带班领导", milestone="arrived"),
        wrote("note", 9, "备忘"),
    ],
    taken=[{"agency": DESK, "post": "executive", "at": NIGHT}, {"agency": DESK, "post": "duty_officer", "at": NIGHT}],
    owed=[{"what": Words("报送终报", "Send the final report"), "due_at": NIGHT}], files=["现场.jpg"],
    figures={"deaths": figure(0), "injured": figure(2), "missing": figure(None, "清点中"), "items": figure(800)},
)  # fmt: skip
EVERY = list(FORMS)


@pytest.mark.parametrize("code", EVERY)
def test_a_form_asks_for_lines_that_exist_each_once_and_in_both_languages(code: str) -> None:
    form = FORMS[code]
    lines = [one.field for one in form.asks]
    assert (form.code, len({one.code for one in lines})) == (code, len(lines))
    assert all(FIELDS[one.code] is one and one.group in GROUPS for one in lines)
    assert all(one.source is None or one.source in SOURCES for one in lines)
    assert all(category in FIGURE for one in lines for category in one.figures)
    said = [form.title, form.short, *(one.title for one in lines)]
    assert all(words.zh and words.en and words.zh != words.en for words in said)
    assert set(form.after) <= set(FORMS) - {code}


@pytest.mark.parametrize("code", EVERY)
def test_a_form_is_compiled_from_what_is_known_and_wants_only_the_rest(code: str) -> None:
    report = compiled(FORMS[code], KNOWN, {}, None)
    needed = {one.field.code for one in FORMS[code].asks if one.needed}
    missing = {one["pointer"].rpartition("/")[2] for one in blank(report)}
    filled = {one["code"] for one in report.lines if one["from"]}
    assert missing == {code for code in needed if code not in filled} | ({"casualties"} if FORMS[code].known else set())
    typed = {one: {"value": "写明"} for one in missing - {"casualties"}}
    known = KNOWN if not FORMS[code].known else _with(figures={**KNOWN.figures, "missing": figure(0)})
    assert blank(compiled(FORMS[code], known, typed, None)) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", EVERY)
def test_a_form_is_laid_out_for_paper_and_for_a_page(code: str, lang: str) -> None:
    typed = {"area": {"unknown": "正在核实"}, "requests": {"value": "请求支援"}}
    report = compiled(FORMS[code], KNOWN, typed, None)
    parts = laid(report.content, lang, KNOWN.zone)
    assert [row["to_date"] for row in parts["figures"]] == [0, 2, None, 800]
    assert ("requests" in parts) is ("requests" in {one["code"] for one in report.content})
    sheet = paper.forms.report(
        {"lang": lang, "agency": "甲快递", "at": "2026-09-02T03:10:00+08:00", "form": code, "turn": 1, **parts}
    )
    assert sheet["sections"]
    shown = as_shown(report.lines, lang, KNOWN.zone)
    assert [one["code"] for one in shown] == [one.field.code for one in FORMS[code].asks]


def test_what_is_typed_stands_over_what_is_known_and_unknown_over_counts() -> None:
    typed = {"place": {"value": "三号门"}, "casualties": {"unknown": "清点中"}}
    lines = {one["code"]: one for one in compiled(FORMS["first"], KNOWN, typed, None).lines}
    assert (lines["place"]["value"]["zh"], lines["place"]["from"]) == ("三号门", "typed")
    assert (lines["casualties"]["rows"], lines["casualties"]["unknown"]) == ([], "清点中")
    assert lines["occurred"]["value"]["zh"] == "约 2026-09-02 03:10"
    assert "带班领导" in lines["leaders"]["value"]["zh"]
    assert "duty officer" not in lines["leaders"]["value"]["en"]
    assert "备忘" not in lines["course"]["value"]["zh"]


@pytest.mark.parametrize(
    ("before", "now", "only", "rows"),
    [
        ({}, {"injured": figure(2)}, False, [("injured", 2, 2)]),
        ({"injured": 2}, {"injured": figure(3)}, True, [("injured", 1, 3)]),
        ({"injured": 2}, {"injured": figure(2)}, True, []),
        ({"injured": 2}, {"injured": figure(2)}, False, [("injured", 0, 2)]),
        ({"injured": 3}, {"injured": figure(2)}, True, [("injured", -1, 2)]),  # counted again, and fewer
        ({"injured": None}, {"injured": figure(2)}, True, [("injured", None, 2)]),  # unknown then is not zero
        ({"injured": 2}, {"injured": figure(None, "清点")}, True, [("injured", None, None)]),
        ({}, {}, False, []),
    ],
)
def test_counts_are_of_this_period_and_to_date_and_unknown_is_never_zero(before, now, only, rows) -> None:
    found = counted(("deaths", "injured"), now, Last(figures=before), only_changes=only)
    assert [(one["category"], one["period"], one["to_date"]) for one in found] == rows


def test_a_line_that_says_the_same_again_is_no_news() -> None:
    last = Last(lines={"place": {"zh": "港区", "en": "Harbour"}})
    assert moved("place", KNOWN.place, last) is None
    assert moved("place", Words("港区三号门", "Harbour, gate 3"), last) is not None
    assert moved("trend", Words("已控制", "contained"), last) is not None
    assert moved("next", Words("终报", "final"), last) is None
    assert all(moved(code, KNOWN.place, last) for code in OF_THE_JOURNAL)


def test_what_is_open_is_carried_until_it_is_said() -> None:
    first = compiled(FORMS["first"], KNOWN, {one: {"unknown": "核实中"} for one in ("area", "consequence")}, None)
    opened = still_open(first, None)
    assert opened == {"area": "核实中", "consequence": "核实中", "casualties": "清点中"}
    assert completeness(first.form, opened) == "pre_report"
    last = Last(cut_off=NIGHT, lines=first.facts["lines"], figures=first.facts["figures"], open=opened)
    known = _with(figures={**KNOWN.figures, "missing": figure(0)})
    part = compiled(FORMS["follow_up"], known, {"area": {"value": "二号线"}}, last)
    left = still_open(part, last)
    assert (left, completeness(part.form, left)) == ({"consequence": "核实中"}, None)
    again = compiled(FORMS["follow_up"], known, {"consequence": {"unknown": "待评估"}}, Last(open=left))
    assert still_open(again, Last(open=left)) == {"consequence": "待评估"}
    whole = compiled(FORMS["follow_up"], known, {"consequence": {"value": "无"}}, Last(open=left))
    assert completeness(whole.form, still_open(whole, Last(open=left))) == "complete"


@pytest.mark.parametrize(
    ("form", "sent", "may"),
    [
        ("first", set(), True), ("first", {"first"}, False), ("follow_up", set(), False),
        ("follow_up", {"first"}, True), ("final", {"first", "follow_up"}, True), ("final", {"first", "final"}, False),
        ("final", set(), True),
        ("daily", {"first", "daily"}, True), ("daily", {"daily"}, True),
    ],
)  # fmt: skip
def test_which_form_follows_on_which(form, sent, may) -> None:
    assert (may_begin(FORMS[form], sent) is None) is may


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("title", ["起火", "很长的标题" * 60])
def test_what_is_read_out_is_short_and_names_its_cut_off(lang: str, title: str) -> None:
    told = {
        "form": FORMS["first"].short, "title": title, "place": "港区", "occurred": None,
        "figures": [("deaths", 0), ("missing", None)], "as_of": "2026-09-02 03:19",
    }  # fmt: skip
    words = short(told, lang)
    assert len(words) <= SHORTEST
    assert words.endswith("2026-09-02 03:19")
    assert ("不明" if lang == "zh" else "unknown") in words


def _with(**changed: Any) -> Known:
    return Known(**{**KNOWN.__dict__, **changed})
