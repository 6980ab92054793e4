"""`python -m tests.faults.formulas`: 200 texts that want to be formulas, through every table the Hub gives out.

Each is the title of an incident, an entry in its journal, the name of a unit and a cell of a file that was brought in;
then the review as XLSX, the form of daily returns as XLSX and CSV, and the file of rows put aside are read back: with
openpyxl, and with LibreOffice in the mode in which it computes whatever it takes for a formula. Ends with 1 when a cell
is a formula, a link or a name that is asked elsewhere, or when a text is not found again. A minute; needs soffice.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import date
from itertools import product
from pathlib import Path

from argon2.profiles import CHEAPEST
from openpyxl import load_workbook

from incident_hub.agencies import passwords
from incident_hub.agencies import queries as agencies
from incident_hub.exchange.account import rejects
from incident_hub.exchange.calls import Aside
from incident_hub.kernel import clock
from incident_hub.kernel.cells import said, still
from incident_hub.paper.sheet import inert
from incident_hub.plan.words import Words
from incident_hub.returns.sheets import documents
from incident_hub.returns.sheets.reading import Known
from incident_hub.reviews import documents as review_forms
from incident_hub.reviews import queries as reviews
from tests.conftest import found_city
from tests.night import NIGHT, Hub, held_night

_CORES = [
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://127.0.0.1:9/x","a")', "+1+1", "-2+3", "@SUM(1+1)", "=A1", "-1",
    '=WEBSERVICE("http://127.0.0.1:9/")', "=IMPORTXML(A1,B1)", "DDE(\"cmd\";\"/C calc\";\"x\")", "|cmd", "%0A=1+1",
    "+cmd|' /C calc'!A0", '@IMPORTDATA("http://127.0.0.1:9/")', "=SUM(1)*cmd|' /C calc'!A0", "{=1+1}", "==1+1", "＝1+1",
]  # fmt: skip
_FRONTS = ["", " ", "\t", "\r", "\n", "\ufeff", "\u200b", "\u00a0", "\u3000", "'", '"', ";", "\x0b"]
PAYLOADS = [front + core for front, core in product(_FRONTS, _CORES)][:247]
# What of the content of a table makes LibreOffice compute or fetch.
_COMPUTES = re.compile(r"table:formula=|<table:dde-link|xlink:href=|table:content-validation|<script")
# CSV read as UTF-8, cells trimmed and formulas computed: the most careless way there is.
_CARELESS = "CSV:44,34,76,1,,0,false,true,false,false,true,0,true"


def exports(folder: Path) -> dict[str, bytes]:
    """Every table the Hub gives out, with the texts in it wherever a person may write one."""
    passwords.use(CHEAPEST)
    found_city(f"sqlite:///{folder}/hub.db", folder)
    with held_night(Hub(folder, f"sqlite:///{folder}/hub.db")) as hub:
        dan = hub.as_("dan")
        ref = dan.open()
        for words in PAYLOADS:
            if words.strip():
                answer = dan.post(f"/incidents/{ref}/journal", {"text": words})
                assert answer.status_code == 201, (words, answer.text)
        for words in PAYLOADS[::6]:
            dan.open(title=words.strip() or "x")
        desk = agencies.desk("police/duty")
        assert desk is not None
        told = reviews.review(hub.expo, desk.code, desk.id, clock.now(), "zh")
        made = {"review.xlsx": review_forms.REGISTERED["xlsx"].render(told, "zh")}
    units = [Known(f"U{n:04}", Words(words, words)) for n, words in enumerate(PAYLOADS)]
    form = documents.Form(units, date(2026, 9, 1), (), "zh")
    made["form.xlsx"] = documents.form_xlsx(form, "=1+1", NIGHT)
    made["form.csv"] = documents.form_csv(form)
    aside = [Aside(n, words, {"=heading": words, "other": words}) for n, words in enumerate(PAYLOADS)]
    made["rejects.csv"] = rejects(aside).encode("utf-8-sig")
    return made


def faults(made: dict[str, bytes]) -> list[str]:
    """Which cells compute by openpyxl or by their first letter, and which texts cannot be found again."""
    found: list[str] = []
    for name, raw in made.items():
        cells = _cells(name, raw)
        found += [f"{name}: {cell!r} is a formula" for kind, cell in cells if kind == "f"]
        texts = {cell for _, cell in cells}
        if name.endswith(".csv"):
            found += [f"{name}: {cell!r} is not marked" for _, cell in cells if still(cell) != cell and cell[:1] != "'"]
            texts = {said(cell) for cell in texts}
        kept = "\n".join(_plain(cell) for cell in texts)
        found += [f"{name}: {words!r} is not found again" for words in PAYLOADS if _plain(words) not in kept]
    return found


def computed(made: dict[str, bytes], office: str) -> list[str]:
    """What LibreOffice computes or fetches when it opens each of them."""
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="hub-formulas-") as place:
        for name, raw in made.items():
            (Path(place) / name).write_bytes(raw)
            careless = [f"--infilter={_CARELESS}"] if name.endswith(".csv") else []
            here = f"-env:UserInstallation=file://{place}/home"
            words = [office, here, "--headless", *careless, "--convert-to", "ods", name]
            told = subprocess.run(words, cwd=place, check=True, capture_output=True, text=True, timeout=120)
            if not (Path(place) / f"{Path(name).stem}.ods").exists():
                raise RuntimeError(f"LibreOffice did not open {name}; is its Calc installed? {told.stderr.strip()}")
            with zipfile.ZipFile(Path(place) / f"{Path(name).stem}.ods") as parts:
                content = parts.read("content.xml").decode()
            found += [f"{name}: LibreOffice reads {one!r}" for one in _COMPUTES.findall(content)]
            if len(re.findall("<table:table-cell", content)) < 100:
                found.append(f"{name}: LibreOffice read next to nothing")
    return found


def _cells(name: str, raw: bytes) -> list[tuple[str, str]]:
    if name.endswith(".csv"):
        return [("s", cell) for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")) for cell in row]
    book = load_workbook(io.BytesIO(raw))
    return [
        (cell.data_type, str(cell.value))
        for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None
    ]  # fmt: skip


def _plain(words: str) -> str:
    return inert(words.replace("\x0b", "")).strip().strip("\ufeff\u200b").strip()


def main() -> int:
    """0 when nothing computes and everything is found again."""
    office = shutil.which("soffice")
    if office is None:
        print("soffice is not on this machine; nothing was judged", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="hub-formulas-") as place:
        made = exports(Path(place))
    wrong = faults(made) + computed(made, office)
    for one in wrong[:20]:
        print(one, file=sys.stderr)
    print(f"{len(PAYLOADS)} texts through {', '.join(made)}: {len(wrong)} that compute or are lost")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
