"""PDF by typst: our templates, the one font of the house, values as JSON, and nothing fetched from anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import justmytype_intl_cjk
import orjson
import typst

from .sheet import made_at

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "paper"
FONTS = Path(justmytype_intl_cjk.__file__).parent / "fonts" / "ofl" / "notosanssc"
# To be kept for years, and to be read aloud by a screen reader.
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
# A file that is read stays under the tree of templates; packages would come over the network, and there are none.
NOWHERE = TEMPLATES / "packages"
# Characters that no font has are found one text at a time; more rounds than this are hostile.
ROUNDS = 4
# typst remembers how it set the last ten files, which for a thousand rows is 60 MB each: after a file that long it is
# made to forget by so many empty ones.
LONG = 20_000
FORGOTTEN_AFTER = 12
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_unshown: set[str] = set()


def typeset(template: str, sheet: Mapping[str, Any]) -> bytes:
    """The PDF of a sheet; a character that the font does not have is printed by its number, never as an empty box."""
    for _ in range(ROUNDS):
        try:
            return _compiled(template, _numbered(sheet), STANDARDS)
        except typst.TypstError as fault:
            missing = {sign for found in _UNSHOWN.findall(fault.diagnostic) for sign in _read(found) if ord(sign) > 127}
            if not missing - _unshown:
                raise
            _unshown.update(missing)
    return _compiled(template, _numbered(sheet), [])


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _compiled(template: str, sheet: Mapping[str, Any], standards: list[typst.PDFStandard]) -> bytes:
    values = orjson.dumps(sheet).decode()
    made = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"values": values},
        pdf_standards=standards,
        package_path=NOWHERE,
        package_cache_path=NOWHERE,
        timestamp=made_at(sheet),
    )
    if len(values) > LONG:
        for _ in range(FORGOTTEN_AFTER):
            typst.compile(b"", font_paths=_fonts(), ignore_system_fonts=True)
    return made


def _read(found: str) -> str:
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found)


def _numbered(value: Any) -> Any:
    # Everything is text by now, so a walk reaches every character that will be set.
    if isinstance(value, str):
        return "".join(f"[U+{ord(sign):04X}]" if sign in _unshown else sign for sign in value)
    if isinstance(value, Mapping):
        return {name: _numbered(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_numbered(one) for one in value]
    return value
