"""The commands as they are typed: what they do, and the one sentence they say when they cannot."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from incident_hub.cli import hub as command
from incident_hub.cli.house import alone
from incident_hub.cli.place import Place
from incident_hub.kernel import clock
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Conflict, Refusal
from incident_hub.operations import queries as operations
from tests.night import Hub
from tests.paper.sheets import read

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


@pytest.mark.parametrize("form", ["md", "html", "json", "pdf", "docx", "xlsx"])
def test_a_review_is_written_for_one_desk_as_it_may_know(served: Hub, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"review.{form}"
    typed(served, "review", "EXPO", "--format", form, "-o", str(file), "--as", "police/duty")
    assert "三号机" in read(form, file.read_bytes())
    typed(served, "review", "EXPO", "--format", form, "-o", str(file), "--as", "carrier-b/duty")
    assert "三号机" not in read(form, file.read_bytes())


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


CHILD = """schema = 1
[plan]
code = "child"
version = "1"
extends = "{}"
"""


def test_a_plan_that_rests_on_another_is_checked_beside_it(tmp_path: Path) -> None:
    parent, child, faulty = tmp_path / "expo.toml", tmp_path / "child.toml", tmp_path / "faulty.toml"
    parent.write_text(PLAN.read_text(encoding="utf-8"), encoding="utf-8")
    child.write_text(CHILD.format("expo.toml"))
    assert "nothing is wrong" in plainly("plan", "check", str(child)).output
    for name, words in (
        ("gone.toml", "no file gone.toml"),
        ("child.toml", "rests on itself"),
        ("\\u0000", "no file"),
        ("faulty.toml", "has a fault in line 1"),
    ):
        faulty.write_text("schema = 1\nplan = 1\n")
        child.write_text(CHILD.format(name))
        refused = plainly("plan", "check", str(child))
        assert refused.exit_code == 1
        assert f"{child}:5:11: " in refused.output
        assert words in refused.output


def test_a_plan_put_in_force_is_read_again_with_the_one_it_rests_on(served: Hub, tmp_path: Path) -> None:
    parent, child = tmp_path / "expo.toml", tmp_path / "child.toml"
    parent.write_text(PLAN.read_text(encoding="utf-8"), encoding="utf-8")
    child.write_text(CHILD.format("expo.toml"))
    signed = ["--signed-by", "Ana", "--signed-by", "Ben"]
    said = typed(served, "plan", "activate", "EXPO", str(child), *signed)
    assert "child@1-" in said.output
    parent.unlink()
    _, plan = operations.plan_in_force(served.expo.id)
    assert (plan.code, plan.extends, len(plan.rules) > 3) == ("child", "expo.toml", True)


def test_two_plans_are_compared_in_words_in_either_language_and_as_json(tmp_path: Path) -> None:
    after = tmp_path / "after.toml"
    after.write_text(
        PLAN.read_text(encoding="utf-8").replace('waive = "parent"', 'waive = "joint_desk"'), encoding="utf-8"
    )
    assert plainly("plan", "diff", str(PLAN), str(after)).output == "Authority, may waive: parent agency → joint desk\n"
    assert "权限，免除：上级单位 → 联合值守席" in plainly("plan", "diff", str(PLAN), str(after), "--lang", "zh").output
    told = orjson.loads(plainly("plan", "diff", str(PLAN), str(after), "--json").output)
    assert [(one["part"], one["key"], one["after"]["en"]) for one in told] == [("authority", "waive", "joint desk")]
    assert "the same" in plainly("plan", "diff", str(PLAN), str(PLAN)).output


def plainly(*words: str) -> Result:
    """Type a command that needs no Hub."""
    return CliRunner().invoke(command, list(words))


def test_a_plan_is_held_against_the_roster_of_an_operation(served: Hub, tmp_path: Path) -> None:
    texted = tmp_path / "texted.toml"
    calling = 'kind = "call"\nto = ["duty_officer of own"]\nchannels = ["in_app", "email"]'
    text = PLAN.read_text(encoding="utf-8")
    assert calling in text
    texted.write_text(text.replace(calling, calling.replace('"in_app", "email"', '"sms"')), encoding="utf-8")
    said = typed(served, "plan", "check", str(texted), "--roster", "EXPO", "--json")
    told = orjson.loads(said.output)
    assert said.exit_code == 1
    assert "step-unreachable" in {one["rule"] for one in told}
    lines = texted.read_text(encoding="utf-8").split("\n")
    assert {lines[one["line"] - 1] for one in told if one["rule"] == "step-unreachable"} == {'channels = ["sms"]'}


def test_a_server_database_takes_several_webs_on_one_folder_and_one_engine(tmp_path: Path) -> None:
    postgres, sqlite = Place(tmp_path, "postgresql+psycopg://hub@/hub"), Place(tmp_path, f"sqlite:///{tmp_path}/hub.db")
    held = alone(postgres, "serve"), alone(postgres, "serve", "engine")
    with held[0], held[1], pytest.raises(Conflict), alone(postgres, "engine"):
        pass
    with alone(sqlite, "serve"), pytest.raises(Conflict), alone(sqlite, "serve"):
        pass
