"""`python -m tests.audit [--sbom FILE]`: what is inside, and whether any of it has a known fault (`make audit`).

Writes the list of what is inside (CycloneDX) and compares it with the lock; asks pip-audit of every Python package, npm
of every one of the front end. An auditor that reaches no list of faults finds none: one package passed over is a
failure, and so is an answer that names fewer packages than the lock. Ends with 0 when every package was judged and
none has a known fault, with 1 when one has, and with 3 when something could not be judged, which it says.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.chromium import NODE

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (ROOT / "config" / "requirements.lock", ROOT / "config" / "requirements-dev.lock")
FRONT = ROOT / "incident_hub" / "frontend"
SOUND, FAULTY, UNJUDGED = 0, 1, 3
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def pinned(lock: str) -> dict[str, str]:
    """Every package of a lock and its version, by its normal name."""
    return {_normal(name): version for name, version in _PINNED.findall(lock)}


def judged(answer: Mapping[str, Any], wanted: Mapping[str, str]) -> tuple[int, list[str]]:
    """What pip-audit's answer says of a lock. Shape: the exit status and the sentences for it."""
    found: dict[str, Any] = {_normal(one["name"]): one for one in answer.get("dependencies", ())}
    faulty = [
        f"{name} {one['version']}: {fault['id']}, mended in {', '.join(fault.get('fix_versions') or ['no release'])}"
        for name, one in sorted(found.items())
        for fault in one.get("vulns") or ()
    ]
    unjudged = [
        f"{name} {version} was not judged: {found.get(name, {}).get('skip_reason') or 'the answer does not name it'}"
        for name, version in sorted(wanted.items())
        if name not in found or found[name].get("skip_reason") or found[name].get("version") != version
    ]
    status = FAULTY if faulty else UNJUDGED if unjudged or not wanted else SOUND
    return status, faulty + unjudged


def differs(sbom: Mapping[str, Any], wanted: Mapping[str, str]) -> list[str]:
    """Where the list of what is inside is not the lock."""
    listed = {_normal(one["name"]): one.get("version") for one in sbom.get("components", ())}
    names = sorted({*listed, *wanted})
    return [
        f"{one}: listed {listed.get(one)}, locked {wanted.get(one)}"
        for one in names
        if listed.get(one) != wanted.get(one)
    ]


def unsealed(lock: Mapping[str, Any]) -> list[str]:
    """Packages of the front end that the lock does not hold by their hash."""
    packages: dict[str, dict[str, Any]] = lock.get("packages", {})
    return [f"{name} has no hash" for name, one in packages.items() if name and not one.get("integrity")]


def sbom(output: Path) -> dict[str, Any]:
    """The list of what is inside, from the lock, written to a file."""
    words = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "requirements",
        str(LOCKS[0]),
        "--output-reproducible",
        "-o",
        str(output),
    ]
    subprocess.run(words, check=True, capture_output=True)
    return json.loads(output.read_text())


def audited(lock: Path) -> tuple[int, list[str]]:
    """pip-audit over one lock, as strictly as it can be."""
    words = [sys.executable, "-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes", "--format", "json"]
    done = subprocess.run([*words, "-r", str(lock)], capture_output=True, text=True, check=False, timeout=600)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return UNJUDGED, [f"{lock.name} could not be judged; pip-audit says: {said}"]
    return judged(answer, pinned(lock.read_text()))


def audited_front() -> tuple[int, list[str]]:
    """npm over the lock of the front end."""
    npm = NODE.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    words = [str(NODE), str(npm), "audit", "--package-lock-only", "--json"]
    done = subprocess.run(words, cwd=FRONT, capture_output=True, text=True, check=False, timeout=600)
    try:
        answer = json.loads(done.stdout)
        faults = answer["vulnerabilities"]
        many = answer["metadata"]["dependencies"]["total"]
    except (ValueError, KeyError, TypeError):
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return UNJUDGED, [f"package-lock.json could not be judged; npm says: {said}"]
    told = [f"{name}: {one.get('severity')}" for name, one in sorted(faults.items())]
    return (FAULTY, told) if told else (SOUND, []) if many else (UNJUDGED, ["npm judged no package at all"])


def main() -> int:
    """List, compare, audit; the gravest of what was found."""
    asked = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    asked.add_argument("--sbom", type=Path, help="where to keep the list of what is inside")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        listed = sbom(given.sbom or Path(place) / "sbom.json")
    wrong = differs(listed, pinned(LOCKS[0].read_text())) + unsealed(
        json.loads((FRONT / "package-lock.json").read_text())
    )
    found = [(FAULTY if wrong else SOUND, wrong), *(audited(lock) for lock in LOCKS), audited_front()]
    for _, sentences in found:
        for one in sentences[:40]:
            print(one, file=sys.stderr)
    statuses = {status for status, _ in found}
    print(f"{len(listed['components'])} packages are inside and listed.")
    if FAULTY in statuses:
        print("Something inside has a known fault, or is not what the lock says.")
        return FAULTY
    if UNJUDGED in statuses:
        print("Not everything could be judged: no list of faults was reached, and that is no good news.")
        return UNJUDGED
    print("Every package was judged, and none has a known fault.")
    return SOUND


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
