"""`plan simulate` as it is typed: a timeline to read, to draw, or for a program."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import orjson
import pytest
from click.testing import CliRunner

from incident_hub.cli import hub as command
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Refusal
from tests.night import Hub

CONFIG = Path(__file__).parents[2] / "config"
PLAN, FIND = str(CONFIG / "plans" / "expo.toml"), str(CONFIG / "scenarios" / "class-a-find.toml")


def typed(*words: str) -> str:
    result = CliRunner().invoke(command, ["plan", "simulate", PLAN, *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_night_is_told_in_both_languages() -> None:
    english, chinese = typed("--scenario", FIND), typed("--scenario", FIND, "--lang", "zh")
    assert "03:10:00    ☎ call d2 ACK police/duty · rung 1 → police/duty:duty_officer" in english
    assert "03:20:00" in english
    assert "nobody new, rung 5 at once" in english
    assert "☎ 呼叫" in chinese
    assert "岗位空缺" in chinese


def test_the_same_night_is_the_same_to_the_byte() -> None:
    assert typed("--scenario", FIND, "--format", "json") == typed("--scenario", FIND, "--format", "json")
    told = orjson.loads(typed("--scenario", FIND, "--format", "json"))
    assert {"debts", "steps", "moments", "load"} <= set(told)


def test_the_drawing_is_an_svg_that_runs_and_fetches_nothing() -> None:
    drawn = typed("--scenario", FIND, "--format", "svg", "--lang", "zh")
    tree = ET.fromstring(drawn)  # noqa: S314 -- our own output
    assert tree.tag.endswith("svg")
    assert not [one for one in tree.iter() if one.tag.endswith(("script", "image", "foreignObject", "a"))]
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert "prefers-color-scheme:dark" in drawn


def test_a_fault_of_the_scenario_is_one_sentence_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "spoilt.toml"
    file.write_text(Path(FIND).read_text(encoding="utf-8").replace("+3h", "whenever"), encoding="utf-8")
    with pytest.raises(Refusal, match="no instant"):
        CliRunner().invoke(command, ["plan", "simulate", PLAN, "--scenario", str(file)], catch_exceptions=False)


def test_the_real_roster_shows_who_is_missing(expo: Hub) -> None:
    db.session.remove()
    told = typed("--scenario", FIND, "--roster", "EXPO", "--data", str(expo.folder))
    assert "police/duty:duty_officer (Ana)" in told
    assert "government/duty:duty_officer (Gus)" in told
    assert "state-security/duty:executive" in told
    assert "state-security/duty:deputy" in told
