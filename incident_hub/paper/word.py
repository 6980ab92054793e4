"""The same sheet as a Word document, built piece by piece: no template file, no link, no macro, nothing that computes.

The one thing that Word fills in itself is the number of the page.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as STAND
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from .sheet import made_at

RED = RGBColor(0xB3, 0x12, 0x1D)
SOFT = RGBColor(0x56, 0x5E, 0x69)
# Word finds these on every Chinese machine; where they are missing it takes the nearest of the same kind.
BODY, HEAD, TITLE, LATIN = "仿宋", "黑体", "宋体", "Times New Roman"
# The oldest date a zip knows; the real one is in the document's own properties.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def written(sheet: Mapping[str, Any]) -> bytes:
    """The DOCX of a sheet; the same sheet is the same bytes."""
    paper = Document()
    _prepared(paper, sheet)
    _head(paper, sheet)
    for section in sheet["sections"]:
        _section(paper, section, sheet["lang"])
    _end(paper, sheet)
    kept = BytesIO()
    paper.save(kept)
    return _dateless(kept.getvalue())


def _prepared(paper: Paper, sheet: Mapping[str, Any]) -> None:
    about, made = paper.core_properties, made_at(sheet).astimezone(UTC).replace(tzinfo=None)
    about.title, about.author, about.last_modified_by = sheet["title"][:255], sheet["agency"][:255], ""
    about.created = about.modified = made
    about.comments, about.language = "", "zh-CN" if sheet["lang"] == "zh" else "en"
    page = paper.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if sheet["landscape"] else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if sheet["landscape"] else WD_ORIENT.PORTRAIT
    page.top_margin = page.bottom_margin = Mm(28)
    page.left_margin, page.right_margin = Mm(26), Mm(24)
    normal: Any = paper.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    _in_chinese(paper)
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = 1.3, Pt(4)
    _every_page(page, sheet)


def _in_chinese(paper: Paper) -> None:
    """Chinese is set as on the mainland: another language's comma stands in the middle of its square."""
    for lang in paper.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")


def _every_page(page: Any, sheet: Mapping[str, Any]) -> None:
    words = sheet["words"]
    top: Paragraph = page.header.paragraphs[0]
    top.alignment = STAND.RIGHT
    if sheet["exercise"]:
        _said(top, words["exercise_line"] + "    ", 12, HEAD, bold=True, ink=RED)
    marks = [f"TLP:{sheet['tlp']}" if sheet["tlp"] else "", sheet["urgency"] or ""]
    _said(top, "  ".join(f"【{one}】" for one in marks if one), 11, HEAD, bold=True)
    foot: Paragraph = page.footer.paragraphs[0]
    foot.alignment = STAND.CENTER
    before, between, after = words["page"].replace("{m}", "{n}").split("{n}")
    for said, number in ((before, "PAGE"), (between, "NUMPAGES"), (after, None)):
        _said(foot, said, 9)
        if number:
            _page_number(foot, number)
    more = [words["record_mark"] + words["colon"] + sheet["record_mark"]] if sheet["record_mark"] else []
    more += [words["zone"]] if sheet["zone"] else []
    for said in (words["not_a_seal"], " · ".join([words["code"] + words["colon"] + sheet["code"], *more])):
        line = page.footer.add_paragraph()
        line.alignment = STAND.CENTER
        _said(line, said, 8, ink=SOFT)


def _page_number(line: Paragraph, number: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), number)
    line._p.append(field)  # pyright: ignore[reportPrivateUsage]
    field.append(_said(line, "1", 9)._r)


def _head(paper: Paper, sheet: Mapping[str, Any]) -> None:
    words = sheet["words"]
    agency = _line(paper, sheet["agency"], 26, TITLE, bold=True, ink=RED, stand=STAND.CENTER)
    border = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", str(RED))):
        rule.set(qn(f"w:{name}"), value)
    border.append(rule)
    # The order of these is fixed, and Word calls a file broken that has another.
    agency._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc")  # pyright: ignore[reportPrivateUsage]
    _line(paper, sheet["title"], 20, TITLE, bold=True, stand=STAND.CENTER)
    if sheet["subtitle"]:
        _line(paper, sheet["subtitle"], 12, stand=STAND.CENTER)
    told = [words[name] + words["colon"] + sheet[name] for name in ("number", "cut_off", "issued") if sheet[name]]
    if told:
        _line(paper, "    ".join(told), 10.5, stand=STAND.CENTER)


def _section(paper: Paper, section: Mapping[str, Any], lang: str) -> None:
    if section["heading"]:
        _line(paper, section["heading"], 13, HEAD, bold=True)
    if section["kind"] == "fields":
        _grid(paper, [(label, value) for label, value in section["fields"]], (32, 128), labels=True)
    elif section["kind"] == "table":
        titles, total = [one["title"] for one in section["columns"]], section["total"]
        shares = [one["share"] for one in section["columns"]]
        widths = [160 * share / sum(shares) for share in shares]
        stands = [one["align"] for one in section["columns"]]
        _grid(paper, [titles, *section["rows"], *([total] if total else [])], widths, stands=stands, total=bool(total))
    elif section["kind"] == "items":
        for number, one in enumerate(section["items"], 1):
            _line(paper, f"{number}. {one}", 12)
    else:
        for one in section["lines"]:
            _line(paper, one, 12).paragraph_format.first_line_indent = Pt(24 if lang == "zh" else 0)
    if section["note"]:
        _line(paper, section["note"], 9, ink=SOFT)


def _end(paper: Paper, sheet: Mapping[str, Any]) -> None:
    words = sheet["words"]
    if sheet["signatures"]:
        heads = [words["role"], words["who"], words["when"]]
        _grid(paper, [heads, *sheet["signatures"]], (30, 80, 50), stands=["left", "left", "center"])
    if sheet["seal"]:
        for said in (sheet["agency"], sheet["issued"] or "", words["seal"]):
            _line(paper, said, 12, stand=STAND.RIGHT)
    for label in ("sent_to", "copied_to"):
        if sheet[label]:
            _line(paper, words[label] + words["colon"] + words["comma"].join(sheet[label]), 10.5)


def _grid(
    paper: Paper,
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    stands: Sequence[str] = (),
    labels: bool = False,
    total: bool = False,
) -> None:
    """A table with lines; its first row is the head, or, with labels, its first column.

    It is written as XML in one go: built cell by cell, a thousand rows would hold everybody up for seconds.
    """
    twips = [round(width * 56.7) for width in widths]
    lines: list[str] = []
    for at, row in enumerate(rows):
        head = at == 0 and not labels
        heavy = head or (total and at == len(rows) - 1)
        cells = [
            _cell(said, twips[column], stands[column] if stands else "left", bold=heavy or (labels and column == 0))
            for column, said in enumerate(row)
        ]
        lines.append(f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}{''.join(cells)}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(lines)}</w:tbl>'
    )
    # Word wants a paragraph after a table, and the section's own properties last of all.
    _line(paper, "", 4)._p.addprevious(table)  # pyright: ignore[reportPrivateUsage]


def _cell(said: str, width: int, stand: str, *, bold: bool) -> str:
    font, heavy = (HEAD, "<w:b/>") if bold else (BODY, "")
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in said.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/><w:jc w:val="{stand}"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}"/>{heavy}<w:sz w:val="21"/>'
        f"</w:rPr>{text}</w:r></w:p></w:tc>"
    )


def _line(
    paper: Paper, said: str, size: float, font: str = BODY, *, bold: bool = False, ink: RGBColor | None = None,
    stand: STAND = STAND.LEFT,
) -> Paragraph:  # fmt: skip
    line = paper.add_paragraph()
    line.alignment = stand
    _said(line, said, size, font, bold=bold, ink=ink)
    return line


def _said(
    line: Paragraph, said: str, size: float, font: str = BODY, *, bold: bool = False, ink: RGBColor | None = None
) -> Any:
    run = line.add_run(said)
    run.font.name, run.font.size, run.font.bold = LATIN, Pt(size), bold
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # pyright: ignore[reportPrivateUsage]
    if ink is not None:
        run.font.color.rgb = ink
    return run


def _dateless(document: bytes) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as made, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(made.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            fixed.writestr(zipfile.ZipInfo(name, LONG_AGO), made.read(name), zipfile.ZIP_DEFLATED)
    return kept.getvalue()
