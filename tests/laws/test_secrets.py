"""What is published holds no secret, and no address of where somebody's packages came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from .house import ROOT, plant

# Put together here, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(words) for words in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("yarnpkg", "com"))
]
SECRETS = re.compile("|".join(["-----BEGIN [A-Z ]*PRIVATE " + "KEY", "AKIA[0-9A-Z]{16}", "gh[pousr]_[A-Za-z0-9]{36}"]))
RESOLVED = re.compile(r'"resolved"\s*:')
INDEX = re.compile(r"^\s*(--(extra-)?index-url|--find-links|-i\s|-f\s)|://")
NEVER_LOCKED = re.compile(r"^(eventlet|gevent-websocket)==", re.MULTILINE)
REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9._-]*==\S+)(?: ; [^\\]*)?( \\)?$")

NOT_OURS = {".git", ".venv", "node_modules", "static", "var", "__pycache__", "dist"}


def leaks(root: Path) -> list[str]:
    """Every place that names a registry, carries a secret, or locks what must not be locked."""
    faults = ["uv.lock is there, and names its registries"] if (root / "uv.lock").exists() else []
    for path, text in written(root):
        name = path.relative_to(root).as_posix()
        faults += [f"{name} names the registry {host}" for host in REGISTRIES if host in text]
        if SECRETS.search(text):
            faults.append(f"{name} holds a key")
        if path.name == "package-lock.json" and RESOLVED.search(text):
            faults.append(f"{name} says where its packages came from")
        if path.suffix == ".lock" or path.name.startswith("requirements"):
            faults += [f"{name} {fault}" for fault in loose(text)]
    return faults


def written(root: Path) -> Iterator[tuple[Path, str]]:
    """Every text file of the tree that is ours."""
    places = [root]
    while places:
        for path in sorted(places.pop().iterdir()):
            if path.is_dir():
                places += [] if path.name in NOT_OURS or path.name.endswith("_cache") else [path]
            elif path.is_file() and b"\0" not in (content := path.read_bytes())[:4096]:
                yield path, content.decode(errors="replace")


def loose(lock: str) -> list[str]:
    """What keeps a lock of Python packages from being exact, hashed and free of addresses."""
    faults = [f"locks {found[1]}, which the server must not find installed" for found in NEVER_LOCKED.finditer(lock)]
    lines = lock.splitlines()
    for line, following in pairwise([*lines, ""]):
        if INDEX.search(line):
            faults.append("names an index or an address")
        elif not line.startswith((" ", "#")) and line:
            found = REQUIREMENT.match(line)
            if not (found and found[2] and following.strip().startswith("--hash=sha256:")):
                faults.append(f"does not pin by hash: {line.strip()}")
    return faults


def pins(lock: Path) -> set[str]:
    """The exact versions of a lock."""
    return {found[1] for line in lock.read_text().splitlines() if (found := REQUIREMENT.match(line))}


def test_the_tree_holds_no_secret_and_no_registry():
    assert leaks(ROOT) == []


def test_tests_run_on_the_packages_that_run_the_hub():
    runtime, dev = (pins(ROOT / "config" / name) for name in ("requirements.lock", "requirements-dev.lock"))
    assert len(runtime) > 30
    assert runtime - dev == set()


def test_a_registry_a_key_and_a_uv_lock_are_named(tmp_path):
    root = plant(
        tmp_path,
        {
            "uv.lock": "",
            "README.md": f"see https://{REGISTRIES[0]}/project\n",
            "config/server.pem": "-----BEGIN PRIVATE " + "KEY-----\n",
            "incident_hub/frontend/package-lock.json": '{"resolved": "somewhere"}',
            "incident_hub/frontend/node_modules/x/package-lock.json": '{"resolved": "somewhere"}',
        },
    )
    assert sorted(leaks(root)) == [
        f"README.md names the registry {REGISTRIES[0]}",
        "config/server.pem holds a key",
        "incident_hub/frontend/package-lock.json says where its packages came from",
        "uv.lock is there, and names its registries",
    ]


def test_a_loose_lock_is_named(tmp_path):
    hashed = "    --hash=sha256:00\n"
    lock = f"--index-url https://x.example\nflask==3.1.3 \\\n{hashed}gevent==1\nrich>=1\neventlet==1 \\\n{hashed}"
    lock += f"tzdata==1 ; sys_platform == 'win32' \\\n{hashed}"
    assert leaks(plant(tmp_path, {"config/requirements.lock": lock})) == [
        "config/requirements.lock locks eventlet, which the server must not find installed",
        "config/requirements.lock names an index or an address",
        "config/requirements.lock does not pin by hash: gevent==1",
        "config/requirements.lock does not pin by hash: rich>=1",
    ]
