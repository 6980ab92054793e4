"""Paper: what the Hub prints, as PDF and as a Word document, from one plain mapping that any room can hand over.

    paper.pdf("sheet", values) -> bytes        paper.docx("sheet", values) -> bytes
    paper.forms.report · roll_up · inspection · custody  make the sheet of a customary form from plainer values still
    paper.xlsx(title, at, tables) -> bytes     for what is too long for paper; tables are {name, columns, rows}

The work runs beside the loop. The same values give the same bytes. Whatever people typed is set as text: it is never
read as markup, formula, field or link, and no file and no network is touched. A room writes a pure function from what
it knows to this mapping, and its door hands over the result.

Shape of a sheet (what is not marked may be left out; a key that is not here is refused):

    lang        must  "zh" or "en": the fixed words (page, seal, sent to)
    agency      must  who issues it; stands in red above the title
    title       must  突发事件信息初报, 每日值班信息 …
    at          must  RFC 3339, when the sheet was made: the date of the file, so nothing else decides the bytes
    subtitle          the incident, or the operation and its day
    number · issued · cut_off    three texts in a row under the title: 编号, 时间, 截至
    zone              北京时间: says at the foot in which zone all times are
    urgency · tlp     特急, AMBER: boxed at the head of every page
    exercise          true: 演练 EXERCISE at the head of and across every page
    sections          list, in order; each {heading?, note?} and one of
        fields        [[label, value], …]; short ones stand two in a row
        text          paragraphs, one a line
        items         [text, …], numbered
        table         {columns: [title | {title, align: left|right|center, share: 1.0}], rows: [[…]], total?: […]};
                      the head is repeated on every page
    signatures        [[step, post, when], …]: 编制, 审核, 签发; posts, as the house signs
    sent_to · copied_to          lists of desks
    seal              true: a place for the seal, with agency and issued above it
    sha256            of the content as the record has it; else the sheet's own, and 16 digits of it are printed
    landscape         true for wide tables

Values are text or numbers; None and "" print as a dash. At most 40,000 cells and two million characters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from incident_hub.kernel.beside import aside

from . import forms
from .sheet import laid
from .spreadsheet import filled
from .typesetting import typeset
from .word import written

TEMPLATES = {"sheet"}

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

__all__ = ["DOCX", "PDF", "XLSX", "docx", "forms", "pdf", "xlsx"]


def pdf(template: str, values: Mapping[str, Any]) -> bytes:
    """A sheet as PDF, with its font inside it, tagged and fit to be archived.

    Raises: ValueError when the values are no sheet; Conflict when they are too many or it takes too long.
    """
    return aside(typeset, _known(template), laid(values))


def docx(template: str, values: Mapping[str, Any]) -> bytes:
    """The same sheet for Word, to be completed by hand.

    Raises: ValueError when the values are no sheet; Conflict when they are too many or it takes too long.
    """
    _known(template)
    return aside(written, laid(values))


def xlsx(title: str, at: datetime, tables: Sequence[Mapping[str, Any]]) -> bytes:
    """Tables as a spreadsheet in which nothing computes; for what is too long for paper.

    Raises: Conflict when it takes too long.
    """
    return aside(filled, title, at, tables)


def _known(template: str) -> str:
    if template not in TEMPLATES:
        raise ValueError(f"there is no paper {template}; there is {', '.join(sorted(TEMPLATES))}")
    return template
