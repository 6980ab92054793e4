"""Tables that are given out compute nothing; `python -m tests.faults.formulas` asks LibreOffice as well."""

from __future__ import annotations

from pathlib import Path

from tests.faults.formulas import PAYLOADS, exports, faults


def test_no_text_is_a_formula_in_any_table_that_is_given_out(tmp_path: Path) -> None:
    assert len(PAYLOADS) > 200
    assert faults(exports(tmp_path)) == []
