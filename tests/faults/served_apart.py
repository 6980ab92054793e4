"""The Hub as it stands on PostgreSQL: two web processes and an engine on one folder and one database."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import httpx

from tests.board.served import COMMAND, PATIENCE, ROOT, Served, free_port


class Apart(Served):
    """Two addresses of one Hub: `url` is written to, `far` is listened at."""

    def __init__(self, folder: Path, database: str) -> None:
        self._all, self._far = list[subprocess.Popen[bytes]](), free_port()
        super().__init__(folder, database)

    @property
    def far(self) -> str:
        """The other web process."""
        return f"http://127.0.0.1:{self._far}"

    def start(self) -> float:
        """Start all three and wait until both doors are ready; the seconds that took."""
        began = time.monotonic()
        env = {**os.environ, "HUB_DATA": "", "HUB_DATABASE": self.database}
        with (self.folder / "served.log").open("ab") as log:
            for words in (["web", "--port", str(self.port)], ["web", "--port", str(self._far)], ["engine"]):
                command = [*COMMAND, *words, "--data", str(self.folder)]
                self._all.append(subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log))
        while not all(_ready(one) for one in (self.url, self.far)):
            assert all(one.poll() is None for one in self._all), f"it ended by itself:\n{self.log()}"
            assert time.monotonic() - began < PATIENCE, f"it was not ready in {PATIENCE} s:\n{self.log()}"
            time.sleep(0.02)
        return time.monotonic() - began

    def kill(self) -> None:
        """End all three."""
        for one in self._all:
            one.kill()
            one.wait(10)


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", trust_env=False, timeout=5).status_code == 200
    except httpx.TransportError:
        return False
