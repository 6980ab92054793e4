"""The Hub's own commands as processes on one folder, each ended by its own process id and by nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.board.served import ROOT, free_port

PATIENCE = 60.0


class Half:
    """One command of the Hub that keeps running: serve, web or engine."""

    def __init__(self, folder: Path, words: Sequence[str], mail_port: int, clock_file: Path | None = None) -> None:
        self.folder, self.words = folder, [*words, "--data", str(folder)]
        self.module = ("-m", "tests.faults.stepped", str(clock_file)) if clock_file else ("-m", "incident_hub")
        self.settings = {**os.environ, "HUB_DATA": "", "HUB_SMTP": f"127.0.0.1:{mail_port}"}
        self.settings["HUB_MAIL_FROM"] = "hub@example.org"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it says in `half.log` how it fares."""
        with (self.folder / "half.log").open("ab") as log:
            command = [sys.executable, *self.module, *self.words]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.settings, stdout=log, stderr=log)

    def runs(self) -> bool:
        """Whether it has not ended by itself."""
        return self.process is not None and self.process.poll() is None

    def end(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End it, as a power cut would unless said otherwise."""
        if self.process is not None and self.runs():
            self.process.send_signal(number)
            self.process.wait(PATIENCE)


class Halves:
    """A running Hub. Shape: `engine` is what chases: the process of `serve`, or the engine's own."""

    def __init__(self, folder: Path, mail_port: int, *, apart: bool, clock_file: Path | None = None) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        front = Half(folder, ["web" if apart else "serve", "--port", str(self.port)], mail_port, clock_file)
        self.engine = Half(folder, ["engine"], mail_port, clock_file) if apart else front
        self._all = [front, self.engine] if apart else [front]

    def start(self) -> None:
        """Start all of it and wait until it is ready."""
        for one in self._all:
            one.start()
        until = time.monotonic() + PATIENCE
        while not self._ready():
            assert all(one.runs() for one in self._all), f"it ended by itself:\n{self.log()}"
            assert time.monotonic() < until, f"it was not ready in {PATIENCE} s:\n{self.log()}"
            time.sleep(0.02)

    def log(self) -> str:
        """What it said so far."""
        return (self.folder / "half.log").read_text(errors="replace")[-4000:]

    def close(self) -> None:
        """End what still runs."""
        for one in self._all:
            one.end()

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", trust_env=False, timeout=5).status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def halves(folder: Path, mail_port: int, *, apart: bool, clock_file: Path | None = None) -> Iterator[Halves]:
    """A Hub on a folder whose database is there, ended with the block."""
    made = Halves(folder, mail_port, apart=apart, clock_file=clock_file)
    try:
        made.start()
        yield made
    finally:
        made.close()
