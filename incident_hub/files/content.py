"""What a file is, by its content and never by its name (pure)."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from incident_hub.kernel.saying import say

LARGEST = 10 << 20
# A photograph of a good telephone; what holds more is a flood.
MOST_PIXELS = 25_000_000

PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PDF, TEXT = "application/pdf", "text/plain; charset=utf-8"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{_OFFICE}wordprocessingml.document"
XLSX = f"{_OFFICE}spreadsheetml.sheet"
ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", PDF: "pdf", TEXT: "txt", DOCX: "docx", XLSX: "xlsx",
}  # fmt: skip
# How a file is sent out.
SENT = tuple(media.partition(";")[0] for media in ENDINGS)

TAKEN = say("JPEG, PNG and WebP pictures, PDF, plain text in UTF-8, DOCX and XLSX without macros")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def media_of(raw: bytes) -> str | None:
    """What these bytes are; None for whatever the Hub does not keep."""
    if raw.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "image/webp"
    if raw.startswith(b"%PDF-"):
        return PDF
    if raw.startswith(b"PK\x03\x04"):
        return _office(raw)
    return TEXT if _is_text(raw) else None


def refusal(raw: bytes) -> str | None:
    """Why the Hub does not keep these bytes, as a sentence; None when it does."""
    if not raw:
        return "The file is empty; choose another one."
    if len(raw) > LARGEST:
        return say("The file is larger than {most} MiB; send a smaller one, or several.", most=LARGEST >> 20)
    if media_of(raw):
        return None
    if raw[4:8] == b"ftyp" and raw[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc"):
        return "A HEIC picture cannot be read here; set the camera to JPEG (most compatible), or send it as JPEG."
    return say("The Hub does not keep files of this kind; it takes {taken}.", taken=TAKEN)


def told_name(given: str | None, media: str) -> str:
    """What the file is called: the last part of the name it came with, without control characters, bounded."""
    last = re.split(r"[/\\]", given or "")[-1]
    name = "".join(one for one in last if one.isprintable()).strip(" .")
    ending = ENDINGS[media]
    stem = name.rpartition(".")[0] or name or "file"
    known = {ending, "jpeg"} if ending == "jpg" else {ending}
    return name[-120:] if name.rpartition(".")[2].lower() in known and "." in name else f"{stem[:112]}.{ending}"


def _office(raw: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        return None
    if "[Content_Types].xml" not in names or any(one.lower().endswith("vbaproject.bin") for one in names):
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _is_text(raw: bytes) -> bool:
    try:
        return not _CONTROL.search(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return False
