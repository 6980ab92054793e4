"""The sentences of the live components are one list made of many files; each has its own name there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from .house import PACKAGE, ROOT

WORDS = ROOT / PACKAGE / "frontend" / "words"
# Words behind codes are kept by list, and the same code may stand in several.
CODES = {"codes", "custody", "reaching", "sharing", "standing"}
KEY = re.compile(r'^\s*"([\w.-]+)":\s*\[', re.MULTILINE)


def said_twice(files: Mapping[str, str]) -> list[str]:
    """Sentences whose name another file gives to another one: the last would be shown in both places."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, text in files.items():
        for key in KEY.findall(text):
            found[key].append(name)
    return [f"{key} is a sentence of {' and of '.join(names)}" for key, names in found.items() if len(names) > 1]


def test_no_two_files_name_a_sentence_alike():
    files = {one.stem: one.read_text() for one in sorted(WORDS.glob("*.ts")) if one.stem not in CODES}
    assert len(files) > 5
    assert said_twice(files) == []


def test_a_name_given_twice_is_told():
    one, two = '  "links.none": ["没有。", "None."],\n', '  "links.none": ["无。", "Nothing."],\n'
    assert said_twice({"incident": one, "returns": two}) == ["links.none is a sentence of incident and of returns"]
