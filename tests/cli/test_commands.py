"""The commands as they are typed: what they do, and the one sentence they say when they cannot."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from incident_hub.cli import hub as command
from incident_hub.kernel import clock
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Refusal
from tests.night import Hub

PLAN = Path(__file__).parents[2] / "config" / "plans" / "expo.toml"


def typed(hub: Hub | None, *words: str) -> Result:
    """Type a command in the folder of a Hub, which lets go of its database for that long."""
    place = [] if hub is None else ["--data", str(hub.folder)]
    if hub is not None:
        db.session.remove()
    result = CliRunner().invoke(command, [*words, *place])
    if result.exception is not None and not isinstance(result.exception, Refusal | SystemExit):
        raise result.exception
    return result


@pytest.fixture
def served(expo: Hub) -> Hub:
    """The small city with one find in it, under the system's clock, as commands see it."""
    expo.as_("dan").open(title="三号机发现可疑包裹")
    clock.use(clock.SystemClock())
    return expo


def test_a_record_is_exported_and_its_file_verifies_by_itself(served: Hub, tmp_path: Path) -> None:
    file = tmp_path / "expo.jsonl"
    assert "entries of EXPO" in typed(served, "record", "export", "EXPO", "-o", str(file)).output
    assert "unbroken" in typed(None, "record", "verify", str(file)).output
    assert "三号机" not in file.read_text()
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], *lines[2:]]) + "\n")
    broken = typed(None, "record", "verify", str(file))
    assert broken.exit_code == 1
    assert "entry 1 is missing" in broken.output


def test_a_signed_head_is_held_against_its_own_operation_only(served: Hub, tmp_path: Path) -> None:
    head = tmp_path / "head.json"
    typed(served, "record", "head", "EXPO", "-o", str(head))
    assert "unbroken" in typed(served, "record", "verify", "EXPO", "--head", str(head)).output
    other = orjson.loads(head.read_bytes()) | {"operation": "OTHER"}
    head.write_bytes(orjson.dumps(other))
    assert "signature" in str(typed(served, "record", "verify", "EXPO", "--head", str(head)).exception)


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_a_review_is_written_for_one_desk_as_it_may_know(served: Hub, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"review.{form}"
    typed(served, "review", "EXPO", "--format", form, "-o", str(file), "--as", "police/duty")
    assert "三号机" in file.read_text()
    typed(served, "review", "EXPO", "--format", form, "-o", str(file), "--as", "carrier-b/duty")
    assert "三号机" not in file.read_text()


def test_a_token_lets_its_member_in_and_only_as_far_as_its_scopes(served: Hub) -> None:
    token = typed(
        served, "token", "issue", "--member", "ana", "--scopes", "incidents:read", "--days", "1"
    ).output.strip()
    caller = served.app.test_client()
    headers = {"Authorization": f"Bearer {token}"}
    assert caller.get("/api/v1/operations/EXPO/board", headers=headers).status_code == 200
    body = {"type": "VIOL", "title": "x"}
    refused = caller.post("/api/v1/operations/EXPO/incidents", headers=headers, json=body)
    assert refused.status_code == 403
    assert "incidents:write" in refused.json["detail"]


def test_a_plan_with_a_fault_is_refused_with_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    text = PLAN.read_text()
    bad.write_text(text.replace('force = "law"', 'force = "lore"', 1))
    line = text[: text.index('force = "law"')].count("\n") + 1
    result = typed(None, "plan", "check", str(bad))
    assert result.exit_code == 1
    assert f"{bad}:{line}:" in result.output
    assert typed(None, "plan", "check", str(PLAN)).exit_code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("operation", "close", "NONE", "--statement", "x"), "There is no operation NONE"),
        (("operation", "open", "--from", "nowhere.toml"), "nowhere.toml cannot be read"),
        (("review", "EXPO", "-o", "x", "--as", "nobody/duty"), "There is no desk nobody/duty"),
        (("token", "issue", "--member", "nobody"), "There is no member nobody"),
        (("operation", "close", "EXPO", "--statement", "x"), "can become standing_down, not closed"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(served: Hub, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in str(typed(served, *words).exception)


def test_the_doctor_finds_nothing_wrong_and_then_names_what_is(served: Hub) -> None:
    assert "Nothing is wrong." in typed(served, "doctor").output
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE wording SET value = 'other' WHERE chain = 2")
    result = typed(served, "doctor")
    assert result.exit_code == 1
    assert "does not hold" in result.output
