"""One stylesheet serves every page, so a bare class that two rooms style changes the pages of both."""

from __future__ import annotations

import re
from collections import defaultdict

from .house import ROOT

STYLES = ROOT / "incident_hub" / "frontend" / "styles"
# What every page is made of, and what paper takes away from all of them.
COMMON = {"tokens", "shell", "parts", "pages", "print"}


def styled(text: str) -> set[str]:
    """The classes that are styled bare, whatever stands inside them; `table.tally` and `.chip.late` are narrower."""
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    selectors = [one.strip() for found in re.findall(r"([^{}]+)\{", plain) for one in found.split(",")]
    return {found[1] for one in selectors if (found := re.match(r"\.([\w-]+)(?![\w.\[:-])", one))}


def test_no_two_rooms_style_the_same_bare_class():
    by: defaultdict[str, set[str]] = defaultdict(set)
    for path in STYLES.glob("*.css"):
        for name in styled(path.read_text(encoding="utf-8")) if path.stem not in COMMON else ():
            by[name].add(path.stem)
    assert len(by) > 50
    assert not {name: sorted(rooms) for name, rooms in by.items() if len(rooms) > 1}


def test_a_bare_class_is_told_from_one_that_is_narrowed():
    text = "/* .no */ .count > b, table.tally td { } @media print { .said h3 { } } .chip.late { } .a[b] { } .grave { }"
    assert styled(text) == {"count", "said", "grave"}
