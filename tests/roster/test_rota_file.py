"""A file of rotations: what is read from it, what is wrong with it in words, and that the shipped one holds."""

from __future__ import annotations

import tomllib
from datetime import date, time

import pytest
from click.testing import CliRunner

from incident_hub.cli import hub as command
from incident_hub.demonstration import DIRECTORY, ROSTER
from incident_hub.roster import queries
from incident_hub.roster.rota_file import read

from .conftest import MORNING, Watch

TODAY = date(2026, 9, 1)
GOOD = """
[[rotation]]
desk = "police/duty"
post = "duty_officer"
zone = "Asia/Shanghai"
handovers = ["08:00", "20:00"]
crews = [["abe"], ["ada", "ana"]]
relieve = true
"""


def test_a_rotation_is_read_with_its_turns_counted_from_the_day_given() -> None:
    (row,), faults = read(GOOD, TODAY)
    assert faults == []
    assert (row.desk, row.post, row.kind, row.relieve) == ("police/duty", "duty_officer", "rotation", True)
    assert row.rotation.handovers == (time(8), time(20))
    assert (row.rotation.first_on, row.rotation.crews) == (TODAY, (("abe",), ("ada", "ana")))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("[[rotation]]", "[[rotations]]"), "rotations is not part of a roster"),
        (('post = "duty_officer"', ""), "it has no post"),
        (('zone = "Asia/Shanghai"', 'zone = "Mars/Base"'), "there is no zone Mars/Base"),
        (('["08:00", "20:00"]', '["20:00", "08:00"]'), "must be in order"),
        (('["08:00", "20:00"]', '["8"]'), "[[rotation]] 1"),
        (("relieve = true", 'colour = "red"'), "it knows no colour"),
        (("relieve = true", 'kind = "sometimes"'), "its kind is one of"),
        (("relieve = true", "since = 2026-09-01T00:00:00"), "its since needs an offset"),
        (("[[rotation]]", "[[rotation"), "cannot be read as TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(change: tuple[str, str], words: str) -> None:
    _, faults = read(GOOD.replace(*change), TODAY)
    assert words in faults[0]


def test_the_shipped_roster_names_members_and_posts_of_the_shipped_city() -> None:
    rows, faults = read(ROSTER.read_text(), TODAY)
    assert faults == []
    assert len(rows) >= 4
    logins = {one["login"] for one in tomllib.loads(DIRECTORY.read_text())["member"]}
    assert {login for row in rows for crew in row.rotation.crews for login in crew} <= logins


def test_the_command_sets_every_rotation_of_a_file_and_says_how_many(watch: Watch) -> None:
    path = watch.hub.folder / "roster.toml"
    path.write_text(GOOD)
    typed = ["post", "rotate", "--from", str(path), "--database", watch.hub.url]
    done = CliRunner().invoke(command, typed)
    assert done.exit_code == 0, done.output
    assert done.output.endswith("roster.toml: 1.\n")
    held = queries.rotation.holders(queries.schedule_of(watch.desk, "duty_officer"), MORNING)
    assert len(held) in (1, 2)
    assert CliRunner().invoke(command, typed).exit_code == 0
    path.write_text(GOOD.replace("ada", "nobody"))
    refused = CliRunner().invoke(command, typed)
    assert "There is no member nobody" in str(refused.exception)
