from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest

from incident_hub import paper
from tests.paper.sheets import FIRST_REPORT, bare, words


def test_the_first_report_opens_in_word_with_every_word():
    read = words(paper.docx("sheet", FIRST_REPORT))
    for said in (
        "云港市邮政管理局",
        "突发事件信息初报",
        "【TLP:AMBER】",
        "【特急】",
        "Ⅲ级（较大）",
        "12,400",
        "（盖章处）",
        "报送：省邮政管理局值班室，市政府总值班室",
        "1. 停止3号分拣线作业，隔离破损邮包及同车312件邮件。",
        "Hub 电子签名不等于公章 · a Hub signature is not a seal",
    ):
        assert said in read


def test_the_same_values_are_the_same_bytes():
    assert paper.docx("sheet", FIRST_REPORT) == paper.docx("sheet", FIRST_REPORT)


def test_chinese_is_set_in_the_fonts_of_official_papers():
    with zipfile.ZipFile(BytesIO(paper.docx("sheet", FIRST_REPORT))) as file:
        body = file.read("word/document.xml").decode()
    for font in ("仿宋", "黑体", "宋体"):
        assert f'w:eastAsia="{font}"' in body


def test_chinese_is_set_as_on_the_mainland_whatever_the_machine():
    with zipfile.ZipFile(BytesIO(paper.docx("sheet", FIRST_REPORT))) as file:
        styles = file.read("word/styles.xml").decode()
    assert 'w:eastAsia="zh-CN"' in styles
    assert 'w:lang w:val="en-US" w:eastAsia="en-US"' not in styles


@pytest.mark.parametrize(
    "said", ['=HYPERLINK("http://x")', "{{ 7 * 7 }}", "<w:p/>", "@SUM(A1)", "{ INCLUDETEXT x }", "a\x0bb\x00"]
)
def test_hostile_words_are_words(said):
    made = paper.docx("sheet", bare(sections=[{"text": said}, {"fields": [[said, said]]}, {"items": [said]}]))
    shown = said.replace("\x0b", "").replace("\x00", "")
    assert words(made).count(shown) == 4
    with zipfile.ZipFile(BytesIO(made)) as file:
        assert not [name for name in file.namelist() if "vba" in name or "embed" in name]
        parts = "".join(file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels")))
    assert "<w:hyperlink" not in parts
    assert "<w:instrText" not in parts
    assert 'TargetMode="External"' not in parts
    assert parts.count("w:fldSimple w:instr=") == 2  # the number of the page and how many there are


def test_an_exercise_says_so_on_every_page():
    assert (
        "EXERCISE"
        in docx.Document(BytesIO(paper.docx("sheet", bare(exercise=True)))).sections[0].header.paragraphs[0].text
    )
