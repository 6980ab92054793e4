"""A fictional first report as a room would hand it over, and what can be read back from paper."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import openpyxl
import pypdfium2

from incident_hub.paper import forms

# As the room of reports hands it over: a night of a city that is not there.
TOLD: dict[str, Any] = {
    "lang": "zh",
    "form": "first",
    "agency": "云港市邮政管理局",
    "subtitle": "东洲博览会安全保障 · 事件 K7M2QF",
    "at": "2026-11-26T03:40:00+08:00",
    "number": "云邮值〔2026〕第 118 号",
    "issued": "2026年11月26日 03:40",
    "cut_off": "2026年11月26日 03:35",
    "zone": "北京时间",
    "urgency": "特急",
    "tlp": "AMBER",
    "fields": [
        ["事件名称", "承运企业甲北区分拨中心疑似危险化学品泄漏"],
        ["事件类型", "危险化学品泄漏"],
        ["初判等级", "Ⅲ级（较大）"],
        ["发生时间", "11月26日 03:10（约）"],
        ["接报时间", "11月26日 03:18"],
        ["信息来源", "承运企业甲值班室电话"],
        ["现场联系", "北区分局值班员"],
        ["发生地点", "云港市北区物流大道 88 号，北区分拨中心 3 号分拣线西侧卸货口"],
    ],
    "account": "11月26日03时10分许，北区分拨中心3号分拣线西侧卸货口一件邮包破损，流出无色刺激性液体约2升，"
    "2名分拣员出现眼部刺激症状，已送医观察。\n"
    "现场已停止3号线作业，疏散在岗人员41人，设置警戒区50米，消防、公安已到场，正在对液体取样检测。",
    "figures": [
        {"title": "死亡（人）", "period": 0, "to_date": 0, "as_of": "03:35", "source": "医院"},
        {"title": "受伤（人）", "period": 2, "to_date": 2, "as_of": "03:35", "source": "承运企业甲"},
        {"title": "失联（人）", "period": None, "to_date": None, "why": "正在核实，04:30 前报出"},
        {
            "title": "积压邮件快件（件）",
            "period": "12,400",
            "to_date": "12,400",
            "as_of": "03:30",
            "source": "承运企业甲",
        },
    ],
    "measures": [
        "停止3号分拣线作业，隔离破损邮包及同车312件邮件。",
        "通知寄递渠道联合值班室、市公安局、市消防救援支队、市卫生健康委。",
        "要求全市各企业对同一寄出地的邮件暂停投递并开展复检。",
    ],
    "outlook": "目前现场可控，无扩大趋势。检测结果预计04时30分前报出；续报将于05时前报送。",
    "signatures": [
        ["编制", "市邮政管理局值班员", "11月26日 03:36"],
        ["审核", "市邮政管理局带班领导", "11月26日 03:38"],
        ["签发", "市邮政管理局分管领导", "11月26日 03:40"],
    ],
    "sent_to": ["省邮政管理局值班室", "市政府总值班室"],
    "copied_to": ["寄递渠道联合值班室"],
}
FIRST_REPORT = forms.report(TOLD)


def bare(**values: Any) -> dict[str, Any]:
    """The least sheet there is, with what is given."""
    return {"lang": "zh", "agency": "值班室", "title": "值班信息", "at": "2026-11-26T03:40:00+08:00", **values}


def pages(made: bytes) -> list[str]:
    """The text of every page as a reader copies it."""
    document = pypdfium2.PdfDocument(made)
    return [document[number].get_textpage().get_text_bounded().replace("\r\n", "\n") for number in range(len(document))]


def run_together(made: bytes) -> str:
    """All text without spaces, line ends and the places where a long word may break."""
    return "".join("".join(pages(made)).split()).replace("\u200b", "").replace("\ufffe", "")


def read(form: str, made: bytes) -> str:
    """Every word of a document without spaces, as the program reads it that will open it; no cell computes."""
    if form == "pdf":
        return run_together(made)
    if form == "docx":
        return "".join(words(made).split())
    if form == "xlsx":
        book = openpyxl.load_workbook(BytesIO(made))
        cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        return "".join("".join(str(cell.value) for cell in cells).split())
    return "".join(made.decode().split())


def words(made: bytes) -> str:
    """All text of a Word document: paragraphs, head and foot, tables."""
    document = docx.Document(BytesIO(made))
    page = document.sections[0]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    lines = [line.text for line in (*document.paragraphs, *page.header.paragraphs, *page.footer.paragraphs)]
    return "\n".join([*lines, *cells])


def picture(made: bytes, scale: int = 1) -> Any:
    """The first page as a picture."""
    return pypdfium2.PdfDocument(made)[0].render(scale=scale).to_pil()
