"""Paper reads nothing and reaches nobody, whatever stands in it: addresses, files, includes and links are words."""

from __future__ import annotations

import socket
import zipfile
from io import BytesIO
from pathlib import Path

import pypdfium2

from incident_hub import paper
from tests.paper.sheets import TOLD

SECRET = "what stands in a file of the machine"


def hostile(canary: Path, port: int) -> list[str]:
    """Everything a typesetter, Word or a converter might follow."""
    here, there = f"http://127.0.0.1:{port}/x", canary.as_uri()
    return [
        f'#read("{canary}")',
        f'#image("{there}")',
        f'#include "{canary}"',
        f'#import "{here}": *',
        f'#link("{here}")[x]',
        f'#eval("read(\\"{canary}\\")")',
        f"![x]({here})",
        f"[x]({there})",
        f'<img src="{here}">',
        "@import url(x)",
        f'<link rel=attachment href="{there}">',
        f'<svg><image href="{here}"/></svg>',
        f"data:image/svg+xml,<svg>{here}",
        f'INCLUDETEXT "{canary}"',
        f'DDEAUTO "{canary}"',
        f"\\\\127.0.0.1@{port}\\x",
        f"@preview/x:1.0.0 {here}",
        "data:," + "A" * 5000,
    ]


def test_paper_reads_nothing_and_reaches_nobody(tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text(SECRET)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        words = hostile(canary, listener.getsockname()[1])
        told = TOLD | {"fields": [["x", one] for one in words], "account": "\n".join(words)}
        values = paper.forms.report(told)
        pdf, word = paper.pdf("sheet", values), paper.docx("sheet", values)
        try:
            reached = listener.accept()
        except TimeoutError:
            reached = None
    assert reached is None
    pages = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    pages.close()
    said = "".join(text.split())
    assert "".join(SECRET.split()) not in said
    assert "INCLUDETEXT" in said
    for name in (b"/URI", b"/Launch", b"/JavaScript", b"/EmbeddedFile", b"/GoToR", b"/SubmitForm"):
        assert name not in pdf, name
    with zipfile.ZipFile(BytesIO(word)) as parts:
        whole = {name: parts.read(name) for name in parts.namelist()}
    assert not any(b'TargetMode="External"' in raw for raw in whole.values())
    assert not any(
        b"instrText" in raw and b"INCLUDETEXT" in raw.partition(b"instrText")[2][:200] for raw in whole.values()
    )
    assert SECRET.encode() not in b"".join(whole.values())
