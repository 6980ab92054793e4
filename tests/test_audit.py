"""An auditor that looked at nothing has found nothing: only an answer that names every package counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import audit
from tests.audit import FAULTY, FRONT, LOCKS, SOUND, UNJUDGED, differs, judged, pinned, unsealed

WANTED = {"flask": "3.1.3", "python-socketio": "5.18.1"}
FLASK = {"name": "Flask", "version": "3.1.3", "vulns": []}
SOCKETS = {"name": "python_socketio", "version": "5.18.1", "vulns": []}


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"dependencies": [FLASK, SOCKETS]}, SOUND),
        ({"dependencies": []}, UNJUDGED),
        ({}, UNJUDGED),
        ({"dependencies": [FLASK]}, UNJUDGED),
        ({"dependencies": [FLASK, {"name": "python-socketio", "skip_reason": "not found"}]}, UNJUDGED),
        ({"dependencies": [FLASK, SOCKETS | {"version": "5.10"}]}, UNJUDGED),
        ({"dependencies": [FLASK | {"vulns": [{"id": "CVE-1", "fix_versions": []}]}, SOCKETS]}, FAULTY),
        (
            {"dependencies": [FLASK | {"vulns": [{"id": "CVE-1"}]}, {"name": "python-socketio", "skip_reason": "x"}]},
            FAULTY,
        ),
    ],
)
def test_only_an_answer_that_names_every_package_says_that_all_is_well(answer, status) -> None:
    assert judged(answer, WANTED)[0] == status
    assert (judged(answer, WANTED)[1] == []) is (status == SOUND)
    assert judged({"dependencies": []}, {})[0] == UNJUDGED


def test_what_is_listed_is_what_is_locked(tmp_path: Path) -> None:
    listed, wanted = audit.sbom(tmp_path / "sbom.json"), pinned(LOCKS[0].read_text())
    assert len(wanted) > 50
    assert differs(listed, wanted) == []
    assert differs({"components": listed["components"][1:]}, wanted)
    assert "--hash" not in json.dumps(pinned(LOCKS[0].read_text()))


def test_every_package_is_held_by_its_hash() -> None:
    for lock in LOCKS:
        text = lock.read_text()
        assert text.count("--hash=sha256:") >= len(pinned(text))
    kept = json.loads((FRONT / "package-lock.json").read_text())
    assert unsealed(kept) == []
    assert unsealed({"packages": {"": {}, "node_modules/x": {"version": "1"}}})
