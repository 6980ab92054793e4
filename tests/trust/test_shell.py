"""What is written out at the shell for a desk follows the same table as the doors do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from incident_hub.cli import hub as command
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Refusal
from tests.trust import table
from tests.trust.city import DESKS
from tests.trust.knocking import City
from tests.trust.things import STATES

RELATIONS = ("lead", "from_now", "withdrawn", "outsider", "outside")


@pytest.fixture(autouse=True)
def put_back(city: City) -> Iterator[None]:
    """A copy that is handed over is stated in the record."""
    yield
    city.restore()


def typed(city: City, *words: str) -> tuple[Result, str]:
    """Type a command in the folder of the city; the result, and what it says or refuses."""
    db.session.remove()
    result = CliRunner().invoke(command, [*words, "--data", str(city.hub.folder)])
    if result.exception is not None and not isinstance(result.exception, Refusal | SystemExit):
        raise result.exception
    refusal = result.exception.detail if isinstance(result.exception, Refusal) else ""
    return result, result.output + refusal


def acting_for_a_desk(group: click.Group, before: str = "") -> set[str]:
    """Every command that is given a desk it acts for."""
    found: set[str] = set()
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            found |= acting_for_a_desk(one, f"{before}{name} ")
        elif any("--as" in option.opts for option in one.params):
            found.add(before + name)
    return found


def test_every_command_that_acts_for_a_desk_is_in_the_table_on_paper() -> None:
    assert acting_for_a_desk(command) == table.SHELL


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_copy_is_made_for_whoever_may_know_and_of_nothing_red(city: City, tmp_path: Path, relation: str) -> None:
    nothing = "0" * 6
    for state in STATES:
        ref, file = city.things[f"incident:{state}"], tmp_path / f"{state}.jsonl"
        more = ("--as", DESKS[relation], "--reason", "needed", "-o", str(file))
        result, said = typed(city, "retention", "copy", ref, *more)
        given = relation in table.INCIDENT[state] and state != "red"
        assert file.exists() == given, (relation, state, said)
        assert (result.exit_code == 0) == given
        if relation not in table.INCIDENT[state]:
            _, other = typed(city, "retention", "copy", nothing, *more)
            assert said.replace(ref, "…") == other.replace(nothing, "…")


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_review_names_what_its_desk_may_know_and_nothing_red(city: City, tmp_path: Path, relation: str) -> None:
    file = tmp_path / "review.json"
    _, said = typed(city, "review", "EXPO", "--as", DESKS[relation], "--format", "json", "-o", str(file))
    assert file.exists() == (relation != "outside"), said
    told = file.read_text() if file.exists() else said
    for state in STATES:
        named = relation in table.INCIDENT[state] and state != "red"
        assert (city.things[f"incident:{state}"] in told) == named, (relation, state)
    if relation == "outside":
        _, other = typed(city, "review", "NONE", "--as", DESKS[relation], "--format", "json", "-o", str(file))
        assert said.replace("EXPO", "…") == other.replace("NONE", "…")
