"""`python -m tests.faults.bombs`: files made to cost more than they say, into every reader of what is brought in.

Each is read in a child of its own, so that what it takes can be weighed: entities that lead outside or multiply, zips
that unfold without end, nesting, encodings that hide, pictures of a million pixels a side, files that are two things at
once. Prints for each what became of it, in which time and by how much the child grew. Ends with 1 when one was taken
that must not be, took longer than a second, or grew the child by more than 32 MB. Half a minute.
"""

from __future__ import annotations

import os
import signal
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from incident_hub.agencies import directory
from incident_hub.exchange import mapping_file
from incident_hub.exercise import injects
from incident_hub.files import actions as files
from incident_hub.files.content import told_name
from incident_hub.kernel import bodies
from incident_hub.kernel.errors import Refusal
from incident_hub.operations import opening
from incident_hub.plan import reader
from incident_hub.returns.sheets import documents, rows
from incident_hub.returns.sheets.refusing import Unreadable
from incident_hub.roster import rota_file
from incident_hub.simulation import scenario_file

LONGEST, MOST_MORE, PATIENCE = 1.0, 32 << 20, 8
MEBIBYTE = 1 << 20
_SHEET, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


_TOML: dict[str, Callable[[str], object]] = {
    "plan": reader.read,
    "directory": directory.read,
    "operation": opening.read,
    "roster": lambda text: rota_file.read(text, date(2026, 9, 1)),
    "injects": lambda text: injects.read(text, ()),
    "scenario": lambda text: scenario_file.read(text, "Asia/Shanghai"),
    "mapping": mapping_file.read,
}


@dataclass(frozen=True)
class Bomb:
    """One file. Shape: `read` reads it as the door would; `taken` says that it is to be taken, bounded."""

    name: str
    read: Callable[[], object]
    taken: bool = False


def book(sheet: bytes | str = "", strings: bytes | str = "", **parts: Any) -> bytes:
    """A workbook with these parts."""
    whole, made = _parts(), BytesIO()
    given = {"xl/workbook.xml": parts.pop("workbook", ""), _SHEET: sheet, _STRINGS: strings}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, raw in (whole | {name: raw for name, raw in given.items() if raw} | parts).items():
            packed.writestr(name, raw)
    return made.getvalue()


@cache
def _parts() -> dict[str, Any]:
    made, kept = Workbook(), BytesIO()
    made.active.append(["a", 1])
    made.save(kept)
    with zipfile.ZipFile(kept) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def png(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG that says it is so large."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(chunks)
        + _chunk(b"IDAT", zlib.compress(bytes(1000)))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, raw: bytes) -> bytes:
    return struct.pack(">I", len(raw)) + kind + raw + struct.pack(">I", zlib.crc32(kind + raw))


def spreadsheets() -> Iterator[tuple[str, bytes]]:
    """What XLSX can hide."""
    rows_ = "<row><c><v>1</v></c></row>"
    yield (
        "60 MiB of rows",
        book(f"<worksheet {_MAIN}><sheetData>{rows_ * (60 * MEBIBYTE // len(rows_))}</sheetData></worksheet>"),
    )
    yield (
        "60 MiB of strings",
        book(strings=f"<sst {_MAIN}>{'<si><t>aaaaaaaaaaaaaaaa</t></si>' * (60 * MEBIBYTE // 32)}</sst>"),
    )
    yield "one string of 60 MiB", book(strings=f"<sst {_MAIN}><si><t>{'a' * 60 * MEBIBYTE}</t></si></sst>")
    yield "100,000 elements deep", book(f"<worksheet {_MAIN}>{'<a>' * 100_000}{'</a>' * 100_000}</worksheet>")
    entity = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
    inline = '<row><c t="inlineStr"><is><t>{}</t></is></c></row>'
    leading = f"{entity}<worksheet {_MAIN}><sheetData>{inline.format('&e;')}</sheetData></worksheet>"
    yield "an entity that leads to a file", book(leading)
    yield (
        "the same in UTF-16",
        book(**{_SHEET: ('<?xml version="1.0" encoding="utf-16"?>' + leading).encode("utf-16")}),
    )
    yield (
        "the same in UTF-7",
        book(**{_SHEET: b'<?xml version="1.0" encoding="utf-7"?>' + leading.encode("utf-7")}),
    )
    yield "an entity in the workbook", book(workbook=entity + str(_parts()["xl/workbook.xml"], "utf-8"))
    yield (
        "a parameter entity",
        book("<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;]>" + f"<worksheet {_MAIN}/>"),
    )
    yield (
        "a billion laughs",
        book(f"{_LAUGHS}<worksheet {_MAIN}><sheetData>{inline.format('&i;')}</sheetData></worksheet>"),
    )
    quadratic = f"<!DOCTYPE x [<!ENTITY e '{'a' * 100_000}'>]><sst {_MAIN}><si><t>{'&e;' * 10_000}</t></si></sst>"
    yield "quadratic", book(strings=quadratic)
    yield "10,000 files", book(**{f"x/{n}": b"" for n in range(10_000)})
    yield "a name that climbs", book(**{"../../../tmp/hub-climbed": b"x", "/tmp/hub-climbed": b"x"})
    inner = book("a" * MEBIBYTE)
    yield "zips in zips", book(**{f"{n}.zip": inner for n in range(16)}).replace(b"xl/workbook.xml", b"xl/wirkbook.xml")
    yield (
        "a million columns",
        book(f"<worksheet {_MAIN}><sheetData><row>{'<c><v>1</v></c>' * 1_000_000}</row></sheetData></worksheet>"),
    )
    yield (
        "a row of number 2^31",
        book(f'<worksheet {_MAIN}><sheetData><row r="2147483647"><c r="XFD1048576"/></row></sheetData></worksheet>'),
    )
    yield "cut in half", book()[:400]


def texts() -> Iterator[tuple[str, bytes]]:
    """What CSV can hide."""
    yield "4 MiB of quotation marks", b'"' * (4 * MEBIBYTE)
    yield "4 MiB of commas", b"," * (4 * MEBIBYTE)
    yield "4 MiB of lines", b"\n" * (4 * MEBIBYTE - 2) + b"a"
    yield "5 MiB", b"a" * (5 * MEBIBYTE)
    yield "UTF-16 without end", ("a,b\n" * 500_000).encode("utf-16")
    yield "a NUL", b"a,b\n\0,1\n"
    yield "6,000 rows", b"a,b\n" * 6_000
    yield "61 columns", b"a," * 61 + b"\n"


def bombs() -> Iterator[Bomb]:
    """All of them, each with the reader it is meant for."""
    for name, raw in spreadsheets():
        yield Bomb(
            f"XLSX: {name}", lambda raw=raw: documents.from_xlsx(raw), name.startswith(("a name that", "a row of"))
        )
    for name, raw in texts():
        taken = name in ("4 MiB of lines", "4 MiB of quotation marks")
        yield Bomb(f"CSV: {name}", lambda raw=raw: rows.from_text(rows.decoded(raw)), taken)
    deep = "a = " + "[" * 200_000 + "]" * 200_000
    tables = {"dotted": ".".join("a" * 100_000) + " = 1", "deep": deep, "long": "a = 1\n" + "# x" * 3_000_000}
    for name, text in tables.items():
        for kind, read in _TOML.items():
            yield Bomb(f"TOML, {name}: {kind}", lambda read=read, text=text: read(text))
    yield Bomb("JSON: deep", lambda: bodies.json(b"[" * 500_000))
    yield Bomb("JSON: deep and whole", lambda: bodies.json(b'{"a":' * 1000 + b"1" + b"}" * 1000))
    for name, raw in pictures():
        yield Bomb(f"file: {name}", lambda raw=raw: files.sound("photo.jpg", raw), name.startswith("two things"))
    for name in (
        "../../../etc/passwd",
        "..\\..\\x.exe",
        "/etc/cron.d/x",
        "a\r\nSet-Cookie: x=1",
        "\u202egpj.exe",
        "con",
        "." * 300,
    ):
        yield Bomb(f"name: {name[:30]!r}", lambda name=name: _a_name(name), taken=True)


def pictures() -> Iterator[tuple[str, bytes]]:
    """What a picture can hide."""
    yield "60,000 pixels a side", png(60_000, 60_000)
    yield "2^31 pixels a side", png(0x7FFFFFFF, 0x7FFFFFFF)
    words = _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200 * MEBIBYTE), 9))
    yield "a remark that unfolds to 200 MiB", png(10, 10, words)
    profile = _chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(200 * MEBIBYTE), 9))
    yield "a profile that unfolds to 200 MiB", png(10, 10, profile)
    yield "SVG", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script>\x01</svg>'
    yield "GIF that is a script", b"GIF89a/*\x00*/=1;alert(1)//"
    yield "HTML after the mark of a JPEG", b"\xff\xd8\xff<script>alert(1)</script>"
    yield "an archive", book().replace(b"xl/workbook.xml", b"xl/warkbook.xml")
    yield "macros", book(**{"xl/vbaProject.bin": b"x"})
    yield "two things: PDF with HTML before it", b"<html>\x00" + b"%PDF-1.7"


def _a_name(name: str) -> str:
    told = told_name(name, "image/jpeg")
    unsafe = set("/\\\r\n\0") & set(told) or told.startswith(".") or len(told) > 130 or not told.isprintable()
    if unsafe:
        raise AssertionError(f"{told!r} is no name for a file")
    return told


@dataclass(frozen=True)
class Became:
    """What became of one. Units: seconds, bytes. Shape: `how` is taken, refused, or what broke."""

    bomb: Bomb
    how: str
    seconds: float
    more: int

    @property
    def fault(self) -> str | None:
        """What is wrong with that."""
        if self.how not in ("refused", "taken"):
            return f"{self.bomb.name}: {self.how}"
        if self.how == "taken" and not self.bomb.taken:
            return f"{self.bomb.name}: it was taken"
        if self.seconds > LONGEST or self.more > MOST_MORE:
            return f"{self.bomb.name}: {self.seconds:.2f} s, {self.more / 1e6:.0f} MB more"
        return None


def tried(bomb: Bomb, base: int) -> Became:
    """Read it in a child of this process."""
    theirs, ours = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        began = time.monotonic()
        how = outcome(bomb)
        os.write(ours, f"{time.monotonic() - began} {how}".encode())
        os._exit(0)
    os.close(ours)
    _, _, used = os.wait4(child, 0)
    with os.fdopen(theirs) as heard:
        seconds, _, how = heard.read().partition(" ")
    return Became(bomb, how or "it ended the process", float(seconds or 0), used.ru_maxrss * 1024 - base)


def outcome(bomb: Bomb) -> str:
    try:
        given = bomb.read()
    except (Refusal, Unreadable):
        return "refused"
    except BaseException as fault:  # noqa: BLE001 - whatever it is, it is the finding
        return f"{type(fault).__name__}: {fault}"[:200]
    # A reader of TOML answers with what it read and with the faults.
    return "refused" if isinstance(given, tuple) and given[-1] else "taken"


def run() -> Iterator[Became]:
    """All of them, each weighed against a child that reads nothing."""
    for one in bombs():
        base = tried(Bomb("nothing", lambda: None, taken=True), 0).more
        yield tried(one, base)


def main() -> int:
    """0 when each was refused, quickly and lightly."""
    found: list[Became] = []
    for one in run():
        found.append(one)
        print(f"{one.bomb.name:52} {one.how[:40]:10} {one.seconds * 1000:7.0f} ms {one.more / 1e6:7.1f} MB", flush=True)
    wrong = [one.fault for one in found if one.fault]
    print(*wrong, sep="\n", file=sys.stderr)
    print(f"{len(found)} files, {len(wrong)} that were taken, slow or heavy")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
