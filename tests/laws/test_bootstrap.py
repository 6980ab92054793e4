"""The first command works on a bare Python, and what goes wrong is said in one sentence."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from incident_hub import bootstrap

from .house import ROOT, imports, plant, read, standard

BARE = ("incident_hub/__init__.py", "incident_hub/bootstrap.py")


def heavy(root: Path) -> list[str]:
    """What the first command would import that a bare Python lacks."""
    files = [read(root / name, name.removesuffix(".py").replace("/", ".")) for name in BARE]
    return [
        f"{source.at(found.line)} imports {found.module}"
        for source in files
        for found in imports(source)
        if not standard(found)
    ]


def run_bare(*words: str) -> subprocess.CompletedProcess[str]:
    """The command without any installed package."""
    command = [sys.executable, "-S", "-m", "incident_hub.bootstrap", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_first_command_needs_nothing_but_python():
    assert heavy(ROOT) == []


def test_a_package_that_a_bare_python_lacks_is_named(tmp_path):
    root = plant(tmp_path, {BARE[0]: "", BARE[1]: "import os\nimport click\nfrom incident_hub import cli\n"})
    assert heavy(root) == [
        "incident_hub/bootstrap.py:2 imports click",
        "incident_hub/bootstrap.py:3 imports incident_hub.cli",
    ]


def test_without_a_known_word_it_says_what_can_be_asked():
    for words in ((), ("fly",)):
        answer = run_bare(*words)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert answer.stderr == (
            "incident-hub: say what to do: python3 -m incident_hub.bootstrap run | test | check | setup [--dev].\n"
        )


def test_an_unknown_option_of_setup_is_refused_before_anything_is_made():
    answer = run_bare("setup", "--fast")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == "incident-hub: setup knows only --dev, not --fast.\n"


def test_a_python_without_venv_is_told_what_to_install(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / "venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "venv" / "bin" / "python")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert bootstrap.main(["setup"]) == 1
    assert capsys.readouterr().err == (
        "incident-hub: this Python cannot make virtual environments: install python3-venv, then run this again.\n"
    )


def test_a_step_is_done_again_only_when_what_it_was_made_from_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    lock, stamp = tmp_path / "a.lock", tmp_path / "stamp"
    lock.write_text("flask==1")
    assert not bootstrap.stands(stamp, bootstrap.digest([lock]))
    stamp.write_text(bootstrap.digest([lock]))
    assert bootstrap.stands(stamp, bootstrap.digest([lock]))
    lock.write_text("flask==2")
    assert not bootstrap.stands(stamp, bootstrap.digest([lock]))


def test_ci_runs_what_the_readme_says():
    command = "python3 -m incident_hub.bootstrap test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert command in (ROOT / ".ci" / "run").read_text()
    assert command in (ROOT / "README.md").read_text()
