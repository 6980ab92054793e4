"""Servers to measure, each a process of its own on the loopback, ended when the block is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from incident_hub.cli.place import Place, migrate
from incident_hub.engine import lease
from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from tests.night import Hub

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0


@dataclass(frozen=True)
class Server:
    """A running server. Shape: `tokens` by login; `folder` is where it keeps its things."""

    port: int
    pid: int
    folder: Path
    tokens: dict[str, str]

    def megabytes(self) -> tuple[float, float]:
        """Memory held now and at the most."""
        fields = dict(line.split(":", 1) for line in Path(f"/proc/{self.pid}/status").read_text().splitlines())
        return tuple(round(int(fields[name].split()[0]) / 1024, 1) for name in ("VmRSS", "VmHWM"))  # type: ignore[return-value]

    def seconds(self) -> float:
        """Processor time used so far."""
        parts = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def hub(folder: Path, logins: Sequence[str], *, engine: bool = True) -> Iterator[Server]:
    """`incident-hub serve` on the small city and its expo, with a token for each login.

    Shape: without `engine`, another process holds the engine's lease, so that this one only serves.
    """
    place = Place(folder, f"sqlite:///{folder}/hub.db")
    migrate(place)
    made = Hub(folder, place.url)
    clock.use(clock.SystemClock())
    try:
        made.populate()
        for login in logins:
            made.as_(login)
        if not engine:
            with unit_of_work() as at:
                lease.take("another process", None, None, at + timedelta(days=1))
    finally:
        made.close()
    tokens = {login: made.tokens[f"{login}@None"] for login in logins}
    port = free_port()
    command = ["-m", "incident_hub", "serve", "--port", str(port), "--data", str(folder)]
    with _running(command, port, folder) as process:
        yield Server(port, process.pid, folder, tokens)


@contextmanager
def plain(folder: Path) -> Iterator[Server]:
    """The rival: a bare create on the same kind of server."""
    port = free_port()
    with _running(["-m", "tests.bench.plain", str(port), str(folder)], port, folder) as process:
        yield Server(port, process.pid, folder, {})


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def _many() -> dict[str, str]:
    # All sockets of a measurement come from one address with two tokens, which nobody else's do.
    return {**os.environ, "HUB_SOCKETS_ADDRESS": "2000", "HUB_SOCKETS_TOKEN": "2000"}


@contextmanager
def _running(command: Sequence[str], port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=log, stderr=log, env=_many())
    try:
        until = time.monotonic() + PATIENCE
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the server did not start: {(folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
