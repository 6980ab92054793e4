"""Documents do not lag: what the code can do is named, and what is named the code can do."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

import pytest
from flask import Flask

from incident_hub import __version__
from incident_hub.app import create_app
from incident_hub.kernel import registry

from .house import ROOT, Source, called, plant, sources

API = "/api/v1"
PART = re.compile(r"<(?:[a-z]+:)?")
PLAIN_DOORS = {"/healthz", "/readyz", "/metrics"}


def commands(files: Iterable[Source]) -> set[str]:
    """Every command as it is typed, `agency add`; groups themselves are not commands."""
    groups: dict[str, str] = {}
    leaves: list[tuple[str, str]] = []
    for source in files:
        for node in source.nodes():
            if isinstance(node, ast.FunctionDef):
                for owner, kind, name in decorations(node):
                    if kind == "group":
                        groups[node.name] = "" if owner == "click" and node.name in roots(source) else name
                    else:
                        leaves.append((owner, name))
    return {f"{groups.get(owner, '')} {name}".strip() for owner, name in leaves}


def decorations(function: ast.FunctionDef) -> list[tuple[str, str, str]]:
    """By whom a function is made a command or group, and under which name: ("agency", "command", "add")."""
    found: list[tuple[str, str, str]] = []
    for decorator in function.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        if (
            isinstance(target, ast.Attribute)
            and target.attr in {"command", "group"}
            and isinstance(target.value, ast.Name)
        ):
            words = decorator.args if isinstance(decorator, ast.Call) else []
            given = words[0].value if words and isinstance(words[0], ast.Constant) else None
            found.append((target.value.id, target.attr, str(given or function.name.strip("_").replace("_", "-"))))
    return found


def roots(source: Source) -> set[str]:
    """The groups that others are added to: typed as `incident-hub` itself."""
    return {
        node.func.value.id
        for node in source.nodes()
        if isinstance(node, ast.Call)
        and called(node) == "add_command"
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
    }


def unnamed_commands(readme: str, known: Collection[str]) -> list[str]:
    """Commands the README does not name, and words it types after `incident-hub` that are no command."""
    faults = [
        f"README.md does not name the command {name}"
        for name in sorted(known)
        if not re.search(rf"(incident-hub |`){re.escape(name)}(?![\w-])", readme)
    ]
    first = {name.split()[0] for name in known}
    typed = re.findall(r"(?<![\w./-])incident-hub ([a-z][a-z-]*)", readme)
    return faults + [f"README.md names a command {word} that is not there" for word in sorted(set(typed) - first)]


def doors(app: Flask) -> set[str]:
    """Every door of the API as a document writes it, `POST /incidents/{ref}/status`."""
    return {
        f"{method} {PART.sub('{', rule.rule).replace('>', '}').removeprefix(API)}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(API) or rule.rule in PLAIN_DOORS
    }


def unnamed_doors(document: str, known: Collection[str]) -> list[str]:
    """Doors docs/API.md does not name, and those it names that are not there."""
    named = set(re.findall(r"\b((?:GET|POST|PUT|PATCH|DELETE) /[\w/{}.-]*)", document))
    return [f"docs/API.md does not name {door}" for door in sorted(set(known) - named)] + [
        f"docs/API.md names {door}, which is not there" for door in sorted(named - set(known))
    ]


def unnamed_kinds(document: str, known: Collection[str]) -> list[str]:
    """Kinds of entry without a line in docs/RECORD.md, lines for kinds that are not there, and kinds with two lines."""
    found = re.findall(r"^\s*[|*-]\s*`([a-z_]+\.[a-z_]+)`", document, re.MULTILINE)
    lines = set(found)
    return (
        [f"docs/RECORD.md has no line for {kind}" for kind in sorted(set(known) - lines)]
        + [f"docs/RECORD.md has a line for {kind}, which nobody writes" for kind in sorted(lines - set(known))]
        + [f"docs/RECORD.md has two lines for {kind}" for kind, n in sorted(Counter(found).items()) if n > 1]
    )


def misnumbered(decisions: str) -> list[str]:
    """Decisions whose number is not the next one."""
    numbers = [int(number) for number in re.findall(r"^##+ (\d+)\b", decisions, re.MULTILINE)]
    faults = [f"decision {number} stands where {due} is due" for due, number in enumerate(numbers, 1) if number != due]
    return faults or ([] if numbers else ["there is no decision"])


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(f"sqlite:///{tmp_path_factory.mktemp('doors')}/hub.db", {"SECRET_KEY": "documents"})


def command_files(root: Path) -> list[Source]:
    return [source for source in sources(root) if source.parts[0] == "cli"]


def test_the_readme_names_every_command():
    known = commands(command_files(ROOT))
    assert {"serve", "demo", "record verify"} <= known
    assert unnamed_commands((ROOT / "README.md").read_text(), known) == []


def test_the_api_document_names_every_door(app):
    assert unnamed_doors((ROOT / "docs" / "API.md").read_text(), doors(app)) == []


def test_every_kind_of_entry_has_its_line():
    assert registry.kinds
    assert unnamed_kinds((ROOT / "docs" / "RECORD.md").read_text(), registry.kinds) == []


def test_the_changelog_knows_this_version():
    assert re.search(rf"^## {re.escape(__version__)}\b", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_decisions_are_numbered_without_gaps():
    assert misnumbered((ROOT / "docs" / "DECISIONS.md").read_text()) == []


def test_commands_are_read_from_the_source(tmp_path):
    files = {
        "incident_hub/cli/__init__.py": """
            @click.group()
            def hub(): ...
            hub.add_command(agency)
        """,
        "incident_hub/cli/directory.py": """
            @click.group()
            def agency(): ...
            @agency.command("add")
            @click.option("--from")
            def add_agency(): ...
            @click.command()
            def replay_in(): ...
        """,
    }
    assert commands(command_files(plant(tmp_path, files))) == {"agency add", "replay-in"}


def test_a_command_the_readme_misses_or_invents_is_named():
    readme = "Run `incident-hub demo`, or `record verify`. Then incident-hub fly. See ./incident-hub-notes."
    assert unnamed_commands(readme, {"demo", "demo-more", "record verify", "tick"}) == [
        "README.md does not name the command demo-more",
        "README.md does not name the command tick",
        "README.md names a command fly that is not there",
    ]


def test_a_door_the_api_document_misses_or_invents_is_named():
    app = Flask("hub")
    for rule, method in ((f"{API}/incidents/<ref>", "GET"), (f"{API}/incidents", "POST"), ("/board", "GET")):
        app.add_url_rule(rule, f"{method} {rule}", lambda: "", methods=[method])
    assert unnamed_doors("| `GET /incidents/{ref}` | | `PUT /incidents` |", doors(app)) == [
        "docs/API.md does not name POST /incidents",
        "docs/API.md names PUT /incidents, which is not there",
    ]


def test_a_kind_without_a_line_and_a_line_without_a_kind_are_named():
    assert unnamed_kinds(
        "| `incident.opened` | all |\n" * 2 + "| `desk.sunk` | |", {"incident.opened", "access.granted"}
    ) == [
        "docs/RECORD.md has no line for access.granted",
        "docs/RECORD.md has a line for desk.sunk, which nobody writes",
        "docs/RECORD.md has two lines for incident.opened",
    ]


def test_a_gap_between_decisions_is_named():
    assert misnumbered("# Decisions\n## 1. One\n## 3. Three\n") == ["decision 3 stands where 2 is due"]
    assert misnumbered("# Decisions\n") == ["there is no decision"]
