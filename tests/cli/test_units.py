"""Units from the shell: one, many from a file, and the list of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from incident_hub.kernel import clock
from tests.night import Hub

from .test_commands import typed

HEAD = "单元代码,名称,单位,场所,值守席,起报日期,止报日期"
TODAY = datetime.now(UTC).date()
LATER, PAST = TODAY + timedelta(days=2), TODAY - timedelta(days=9)


@pytest.fixture
def city(expo: Hub) -> Hub:
    """The small city under the system's clock, as commands see it."""
    clock.use(clock.SystemClock())
    return expo


def sheet(folder: Path, *rows: str, head: str = HEAD, coding: str = "utf-8") -> str:
    file = folder / "units.csv"
    file.write_text("\n".join([head, *rows]) + "\n", encoding=coding)
    return str(file)


def test_a_unit_is_added_once_and_listed(city: Hub) -> None:
    words = ("unit", "add", "EXPO", "A1", "--agency", "carrier-a", "--zh", "港区一部", "--first-day", LATER.isoformat())
    assert typed(city, *words).output == f"A1 owes a daily return from {LATER}.\n"
    assert "is there already" in typed(city, *words).output
    row = ["A1", "carrier-a", "", "carrier-a/duty", LATER.isoformat(), "", "港区一部"]
    assert typed(city, "unit", "list", "EXPO").output == "\t".join(row) + "\n"
    assert typed(city, "unit", "list", "EXPO", "--agency", "carrier-b").output == ""


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
def test_units_come_from_a_file_and_a_second_run_changes_nothing(city: Hub, tmp_path: Path, coding: str) -> None:
    rows = (
        f"A1,港区营业部,carrier-a,carrier-a/site-001,,{LATER},",
        f"B1,北站,carrier-b,,carrier-b/duty,{LATER},{LATER}",
    )
    file = sheet(tmp_path, *rows, coding=coding)
    assert typed(city, "unit", "import", "EXPO", file, "--dry-run").output.startswith("2 of 2 units would be")
    assert typed(city, "unit", "list", "EXPO").output == ""
    assert typed(city, "unit", "import", "EXPO", file).output.startswith("2 of 2 units were")
    assert typed(city, "unit", "import", "EXPO", file).output.startswith("0 of 2 units were")
    listed = typed(city, "unit", "list", "EXPO").output.splitlines()
    assert [line.split("\t")[:4] for line in listed] == [
        ["A1", "carrier-a", "carrier-a/site-001", "carrier-a/duty"],
        ["B1", "carrier-b", "", "carrier-b/duty"],
    ]


def test_each_row_that_cannot_be_taken_is_named_and_then_none_is(city: Hub, tmp_path: Path) -> None:
    good = f"A1,港区营业部,carrier-a,,,{LATER},"
    file = sheet(tmp_path, good, "A 2,二部,carrier-a,,,,", "A3,,carrier-a,,,,", "A4,四部,carrier-a,,,someday,", good)
    refusal = typed(city, "unit", "import", "EXPO", file).exception
    assert "row 3: 'A 2' is no code" in str(refusal)
    assert [(one["pointer"], one["detail"].split(";")[0]) for one in getattr(refusal, "errors", [])] == [
        ("row 3", "'A 2' is no code"),
        ("row 4", "zh is empty."),
        ("row 5", "first_day says 'someday'"),
        ("row 6", "A1 stands in row 2 already"),
    ]
    file = sheet(tmp_path, good, f"Z1,外单位,carrier-z,,,{LATER},", f"A2,旧的,carrier-a,,,{PAST},")
    refusal = typed(city, "unit", "import", "EXPO", file).exception
    assert [one["pointer"] for one in getattr(refusal, "errors", [])] == ["row 3", "row 4"]
    assert "carrier-z takes no part" in str(refusal)
    assert typed(city, "unit", "list", "EXPO").output == ""


def test_a_file_without_the_columns_or_that_is_not_there_is_refused_in_one_sentence(city: Hub, tmp_path: Path) -> None:
    file = sheet(tmp_path, "A1,x", head="单元代码,备注")
    assert "The heading lacks zh, agency" in str(typed(city, "unit", "import", "EXPO", file).exception)
    assert "cannot be read" in str(typed(city, "unit", "import", "EXPO", str(tmp_path / "none.csv")).exception)
    assert "There is no operation" in str(typed(city, "unit", "list", "NONE").exception)
    assert "is no code" in str(
        typed(city, "unit", "add", "EXPO", "A 1", "--agency", "carrier-a", "--zh", "一部").exception
    )
