from __future__ import annotations

import ctypes
import re
import subprocess
import sys

import pypdfium2
import pypdfium2.raw
import pytest

from incident_hub import paper
from tests.paper.sheets import FIRST_REPORT, bare, pages, picture, run_together

# The 3,755 commonest characters, as the first level of GB 2312 lists them.
COMMON = "".join(
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF if row < 0xD7 else 0xFA)
)
SIGNS = "ⅠⅡⅢⅣ㊙℃㎡№①②③〔〕《》—…·※→←↑↓√×÷±≤≥′″‰￥🄫"


def test_the_first_report_reads_back_with_every_word_on_one_page():
    made = paper.pdf("sheet", FIRST_REPORT)
    read = run_together(made)
    for words in (
        "云港市邮政管理局",
        "突发事件信息初报",
        "TLP:AMBER",
        "特急",
        "Ⅲ级（较大）",
        "流出无色刺激性液体约2升",
        "12,400",
        "抄送：寄递渠道联合值班室",
        "第1页共1页",
        "（盖章处）",
        "Hub电子签名不等于公章",
        "均为北京时间",
    ):
        assert words in read
    assert len(pages(made)) == 1


def test_the_same_values_are_the_same_bytes():
    assert paper.pdf("sheet", bare(at="2026-11-26T03:40:00.123456+08:00"))
    assert paper.pdf("sheet", FIRST_REPORT) == paper.pdf("sheet", FIRST_REPORT)


def test_the_file_says_what_it_is_and_is_fit_for_the_archive():
    made = paper.pdf("sheet", FIRST_REPORT)
    about = pypdfium2.PdfDocument(made).get_metadata_dict()
    assert (about["Title"], about["Author"]) == ("突发事件信息初报", "云港市邮政管理局")
    assert about["CreationDate"].startswith("D:20261125194000")
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert not re.search(rb"/(JavaScript|JS|URI|Launch|EmbeddedFile|AcroForm|OpenAction)\b", made)


def test_every_font_is_inside_and_bold_is_another_than_regular():
    found = fonts(paper.pdf("sheet", FIRST_REPORT))
    assert found
    print(found)
    assert all("NotoSansSC" in name and inside for name, inside in found)
    assert len(found) >= 2


def fonts(made: bytes) -> set[tuple[str, bool]]:
    """Each font a text is set in, and whether it is in the file."""
    raw, found = pypdfium2.raw, set[tuple[str, bool]]()
    for page in pypdfium2.PdfDocument(made):
        for one in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(one.raw)
            kept = bytearray(200)
            length = raw.FPDFFont_GetBaseFontName(font, (ctypes.c_char * 200).from_buffer(kept), 200)
            found.add((bytes(kept[: length - 1]).decode(), bool(raw.FPDFFont_GetIsEmbedded(font))))
    return found


def test_no_common_character_and_no_customary_sign_is_missing():
    read = run_together(paper.pdf("sheet", bare(sections=[{"text": COMMON}, {"text": SIGNS}])))
    assert len(COMMON) == 3755
    assert "[U+" not in read.replace("[U+1F12B]", "")
    assert [sign for sign in COMMON + SIGNS[:-1] if sign not in read] == []


def test_a_character_the_font_does_not_have_is_printed_by_its_number():
    read = run_together(paper.pdf("sheet", bare(sections=[{"text": "甲😀乙"}, {"text": "한x"}])))
    assert "甲[U+1F600]乙" in read
    assert "[U+D55C]x" in read


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        "$x^2$ `raw` *bold* _it_ <label> @ref",
        r"\ \u{41} // no comment /* */",
        "#[a] = - + / ~ ---",
        "{{ 7 * 7 }} {% include x %}",
        "=1+1",
        "https://example.org/a",
        "&lt;b&gt; <b>",
    ],
)
def test_hostile_words_are_printed_as_words(words):
    sections = [{"heading": words, "text": words}, {"fields": [[words, words]]}, {"items": [words]},
                {"table": {"columns": [words], "rows": [[words]]}}]  # fmt: skip
    made = paper.pdf("sheet", bare(subtitle=words, sections=sections, sent_to=[words], signatures=[[words] * 3]))
    assert run_together(made).count("".join(words.split())) >= 8
    assert b"/URI" not in made


def test_a_word_without_end_stays_on_the_page():
    made = paper.pdf("sheet", bare(sections=[{"text": "W" * 4000}, {"fields": [["号", "9" * 900]]}]))
    page = pypdfium2.PdfDocument(made)[0]
    text = page.get_textpage()
    edges = [text.get_charbox(at)[2] for at in range(text.count_chars())]
    assert max(edges) < page.get_width() - 60
    assert run_together(made).count("W") == 4000


def test_long_cells_and_long_lists_of_desks_go_on_over_pages():
    desks = [f"第{number}值班室" for number in range(600)]
    table = {"columns": ["经过"], "rows": [["火" * 9000]]}
    made = paper.pdf("sheet", bare(seal=True, sections=[{"table": table}], sent_to=desks))
    words = run_together(made)
    assert words.count("火") == 9000
    assert len(pages(made)) > 5
    assert len([desk for desk in desks if desk not in words]) < len(pages(made))  # a name may stand on two pages


def test_words_from_right_to_left_and_signs_unseen_do_no_harm():
    read = run_together(paper.pdf("sheet", bare(sections=[{"text": "甲\u202e乙\x00\x07丙 שלום"}])))
    assert "甲乙丙" in read
    assert "[U+05E9]" in read


def test_an_exercise_says_so_across_every_page():
    rows = [[f"网点 {number}", "未报"] for number in range(120)]
    made = paper.pdf("sheet", bare(exercise=True, sections=[{"table": {"columns": ["单位", "状态"], "rows": rows}}]))
    read = pages(made)
    assert len(read) > 2
    for number, page in enumerate(read, 1):
        assert page.count("EXERCISE") >= 2
        assert "单位" in page  # the head of the table is repeated
        assert f"第{number}页共{len(read)}页" in "".join(page.split())
    assert "EXERCISE" not in run_together(paper.pdf("sheet", bare()))


def test_a_thousand_units_are_a_bounded_number_of_pages():
    rows = [[f"U{number:04}", f"第 {number} 网点", "未报", None, number] for number in range(1000)]
    made = paper.pdf("sheet", bare(sections=[{"table": {"columns": list("甲乙丙丁戊"), "rows": rows}}]))
    assert len(pages(made)) <= 32
    assert all(f"U{number:04}" in run_together(made) for number in (0, 500, 999))


def test_both_languages_have_their_own_fixed_words():
    read = " ".join(pages(paper.pdf("sheet", {**FIRST_REPORT, "lang": "en", "zone": "Beijing time"})))
    assert "Page 1 of" in read
    assert "Sent to: " in read
    assert "All times are Beijing time" in read


def test_a_page_is_not_empty_to_the_eye():
    shown = picture(paper.pdf("sheet", FIRST_REPORT)).convert("L")
    dark = sum(shown.histogram()[:100])
    assert dark > 5000


def test_paper_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="there is no paper"):
        paper.pdf("../base", bare())


def test_long_papers_do_not_pile_up_in_memory():
    script = (
        "from pathlib import Path\n"
        "from incident_hub import paper\n"
        "from tests.paper.sheets import bare\n"
        "def mb():\n"
        "    return int(Path('/proc/self/statm').read_text().split()[1]) * 4096 // 2**20\n"
        "rows = [[f'U{n}', '网点', '未报', '值班席', n] for n in range(1000)]\n"
        "def one(number):\n"
        "    table = {'columns': list('甲乙丙丁戊'), 'rows': rows}\n"
        "    paper.pdf('sheet', bare(number=str(number), sections=[{'table': table}]))\n"
        "    return mb()\n"
        "first, *_, last = [one(number) for number in range(6)]\n"
        "print(last - first)\n"
    )
    grown = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=120)
    assert int(grown.stdout) < 100  # without forgetting, each leaves 60 MB
