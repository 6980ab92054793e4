"""A first report and a thousand units on paper: our PDF and our Word document, in turns with a browser that prints."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from html import escape
from statistics import median
from typing import Any

import orjson

from incident_hub import paper
from tests import chromium
from tests.paper.sheets import FIRST_REPORT, bare

UNITS = [[f"U{number:04}", f"第 {number} 网点", "未报", "北区分局值班席", number] for number in range(1000)]
THOUSAND = bare(sections=[{"table": {"columns": ["编号", "单位", "状态", "报至", "件数"], "rows": UNITS}}])


def measure(rounds: int) -> list[dict[str, Any]]:
    """Each side in a process of its own, in turns; the median of the rounds, and ours as a share of the browser's."""
    turns = [{side: _apart(side) for side in SIDES} for _ in range(rounds)]
    sides = {
        side: {name: round(median(turn[side][name] for turn in turns), 1) for name in turns[0][side]} for side in SIDES
    }
    rows: list[dict[str, Any]] = [{"side": side, **figures} for side, figures in sides.items()]
    for side in ("pdf", "docx"):
        shares = {name: round(sides[side][name] / value, 3) for name, value in sides["browser"].items()}
        rows.append({"side": f"{side} : browser", **shares, "MB at the most": "—"})
    return rows


def _apart(side: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", __name__, side], check=True, capture_output=True)
    return orjson.loads(done.stdout)


def _timed(printed: Callable[[dict[str, Any]], bytes]) -> dict[str, float]:
    first = _ms(printed, FIRST_REPORT)
    later = median(_ms(printed, {**FIRST_REPORT, "number": str(turn)}) for turn in range(20))
    long = median(_ms(printed, {**THOUSAND, "number": str(turn)}) for turn in range(3))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"first report, ms": first, "the next ones, ms": later, "1,000 units, ms": long, "MB at the most": most}


def _ms(printed: Callable[[dict[str, Any]], bytes], sheet: dict[str, Any]) -> float:
    begun = time.perf_counter()
    assert len(printed(sheet)) > 1000
    return (time.perf_counter() - begun) * 1000


def _with_a_browser() -> dict[str, float]:
    with chromium.browser() as browser:
        page = browser.new_page()

        def printed(sheet: dict[str, Any]) -> bytes:
            page.set_content(_bare_page(sheet))
            return page.pdf(format="A4")

        return _timed(printed)


def _bare_page(sheet: dict[str, Any]) -> str:
    # The rival has the words alone: no seal, no marks, no numbers of pages, no archive.
    parts = [f"<h1>{escape(sheet['title'])} {escape(sheet.get('number', ''))}</h1>"]
    for section in sheet["sections"]:
        rows = section.get("fields") or section.get("table", {}).get("rows") or []
        cells = ["".join(f"<td>{escape(str(cell))}" for cell in row) for row in rows]
        parts.append(f"<p>{escape(section.get('text', ''))}<table>{''.join(f'<tr>{row}' for row in cells)}</table>")
    return "".join(parts)


SIDES: dict[str, Callable[[], dict[str, float]]] = {
    "pdf": lambda: _timed(lambda sheet: paper.pdf("sheet", sheet)),
    "docx": lambda: _timed(lambda sheet: paper.docx("sheet", sheet)),
    "browser": _with_a_browser,
}

if __name__ == "__main__":
    sys.stdout.buffer.write(orjson.dumps(SIDES[sys.argv[1]]()))
