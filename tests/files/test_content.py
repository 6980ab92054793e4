from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from incident_hub.files.content import DOCX, LARGEST, PDF, TEXT, XLSX, media_of, refusal, told_name


def packed(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("raw", "media"),
    [
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\nrest", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7\n\x00", PDF),
        ("现场已封控。\r\n\t两件".encode(), TEXT),
        (packed("[Content_Types].xml", "word/document.xml"), DOCX),
        (packed("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), None),
        (packed("photo.jpg"), None),
        (b"PK\x03\x04broken", None),
        (b"MZ\x90\x00program", None),
        ("文字".encode("gb18030"), None),
        (b"\x00\x00\x00\x18ftypheic", None),
    ],
)
def test_a_file_is_what_its_content_says(raw: bytes, media: str | None) -> None:
    assert media_of(raw) == media
    assert (refusal(raw) is None) == (media is not None)


def test_each_refusal_says_what_to_do() -> None:
    assert "choose another" in (refusal(b"") or "")
    assert "10 MiB" in (refusal(b"a" * (LARGEST + 1)) or "")
    assert "JPEG" in (refusal(b"\x00\x00\x00\x18ftypheic") or "")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("C:\\x\\现场.JPG", "现场.JPG"),
        ("../../etc/passwd", "passwd.jpg"),
        ("run.exe", "run.jpg"),
        ("a\r\nb.jpg", "ab.jpg"),
        (None, "file.jpg"),
        ("...", "file.jpg"),
    ],
)
def test_a_name_is_a_name_and_ends_as_its_content_says(given: str | None, told: str) -> None:
    assert told_name(given, "image/jpeg") == told
