"""Cells of a table as text: written so that no spreadsheet computes them, and read back as they were (pure).

A quotation mark of CSV keeps a formula from nothing. Whatever a spreadsheet would take for one, after blanks and marks
that cannot be seen, gets an apostrophe before it, which spreadsheets show or hide and never compute.
"""

from __future__ import annotations

MARK = "'"
# What begins a formula: also in the wide letters of a Chinese keyboard, and where a program is asked for a value (DDE).
_BEGINS = frozenset("=+-@|%＝＋－＠｜％\t\r\n\0'")
# What stands before it unseen: blanks of every width, byte order marks, letters of no width.
_UNSEEN = "".join(map(chr, (32, 0xA0, 0xAD, 0x85, 0x0B, 0x0C, *range(0x1C, 0x20), 0x1680, *range(0x2000, 0x2010),
                            *range(0x2028, 0x2030), 0x205F, *range(0x2060, 0x2065), 0x3000, 0xFEFF)))  # fmt: skip


def still(said: str) -> str:
    """A cell that computes nothing."""
    return MARK + said if _would(said) else said


def said(cell: str) -> str:
    """A cell as it was before `still`; one that people wrote is left as it is."""
    return cell[1:] if cell.startswith(MARK) and _would(cell[1:]) else cell


def _would(said: str) -> bool:
    bare = said.lstrip(_UNSEEN)
    return bool(bare) and bare[0] in _BEGINS
