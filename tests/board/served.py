"""The real command on a free port with a folder of its own: started, killed and started again as an operator would."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from argon2.profiles import CHEAPEST
from flask import Flask
from sqlalchemy import text

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import passwords
from incident_hub.agencies import queries as agencies
from incident_hub.cli.place import CONSOLE, Place, application
from incident_hub.kernel.database import db, unit_of_work

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "incident_hub")
PATIENCE = 30.0


class Served:
    """A Hub served by `incident-hub serve`, with a token for everybody."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        self.database = database or f"sqlite:///{folder}/hub.db"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.tokens: dict[str, str] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self._speakers: dict[str, Speaker] = {}
        self._issue()

    @property
    def far(self) -> str:
        """Where others listen; here it is one process."""
        return self.url

    @property
    def pid(self) -> int:
        """The process that serves now."""
        assert self.process is not None, "nothing is served"
        return self.process.pid

    @property
    def memory(self) -> int:
        """Bytes of memory the process holds."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024

    def start(self) -> float:
        """Start it and wait until it says that it is ready; the seconds that took."""
        began = time.monotonic()
        log = (self.folder / "served.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--data", str(self.folder), "--port", str(self.port)],
                cwd=ROOT, env={**os.environ, "HUB_DATA": ""}, stdout=log, stderr=log,
            )  # fmt: skip
        while not self._ready():
            assert self.process.poll() is None, f"it ended by itself:\n{self.log()}"
            assert time.monotonic() - began < PATIENCE, f"it was not ready in {PATIENCE} s:\n{self.log()}"
            time.sleep(0.02)
        return time.monotonic() - began

    def kill(self) -> None:
        """End the process as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the process as an operator would."""
        self._end(signal.SIGTERM)

    def close(self) -> None:
        """Let go of the lines to it."""
        for speaker in self._speakers.values():
            speaker.client.close()

    def log(self) -> str:
        """What it said so far."""
        return (self.folder / "served.log").read_text(errors="replace")

    def as_(self, login: str) -> Speaker:
        """Somebody at the API over HTTP, with their token."""
        token = self.tokens[login]
        if token not in self._speakers:
            self._speakers[token] = Speaker(self.url, token)
        return self._speakers[token]

    def session(self, login: str) -> str:
        """The secret of a new session of somebody, as their browser would keep it."""
        answer = httpx.post(
            f"{self.url}/api/v1/session", json={"login": login, "password": f"pw-{login}"}, trust_env=False, timeout=20
        )
        assert answer.status_code == 201, answer.text
        return answer.cookies["hub_session"]

    def command(self, *words: str) -> str:
        """Run another command on the same folder, as an operator would at the shell beside the server."""
        done = subprocess.run(
            [*COMMAND, *words, "--data", str(self.folder)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    @contextmanager
    def beside(self) -> Iterator[Flask]:
        """This process as one more that opens units of work on the served database."""
        app = application(Place(self.folder, self.database))
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()

    def _issue(self) -> None:
        passwords.use(CHEAPEST)
        with self.beside(), unit_of_work() as at:
            for login, member, desk in _seated():
                hashed = passwords.hashed(f"pw-{login}")
                db.session.execute(
                    text("UPDATE member SET password_hash = :hashed WHERE id = :id"), {"hashed": hashed, "id": member}
                )
                until = at + timedelta(days=30)
                self.tokens[login] = agencies_actions.issue_token(
                    member, desk, ["*"], label="test", expires_at=until, at=at, by=CONSOLE
                )

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", trust_env=False, timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def _end(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)


class Speaker:
    """Somebody at the API of a served Hub; answers have `.json` and `.status_code`, as in `tests.night`."""

    def __init__(self, url: str, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self.client = httpx.Client(base_url=f"{url}/api/v1", headers=headers, trust_env=False, timeout=20)

    def get(self, path: str, **more: Any) -> Any:
        """GET, as JSON."""
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        """POST, as JSON."""
        return self.call("POST", path, json={} if body is None else body, **more)

    def patch(self, path: str, body: Any, version: int | str, **more: Any) -> Any:
        """PATCH on a version."""
        return self.call("PATCH", path, json=body, headers={"If-Match": f'"{version}"'}, **more)

    def delete(self, path: str, **more: Any) -> Any:
        """DELETE."""
        return self.call("DELETE", path, **more)

    def call(self, method: str, path: str, **more: Any) -> Said:
        """Any method."""
        return Said(self.client.request(method, path, **more))

    def open(self, type_: str = "PROH-XRAY", title: str = "X 光机发现可疑物品", **more: Any) -> str:
        """Log an incident and return its reference."""
        response = self.post("/operations/EXPO/incidents", {"type": type_, "title": title, **more})
        assert response.status_code == 201, response.text
        return response.json["ref"]


class Said:
    """An answer, read as the tests of the API inside the process read theirs."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status_code, self.text, self.headers = answer.status_code, answer.text, answer.headers
        self.json: Any = answer.json() if "json" in answer.headers.get("Content-Type", "") else None


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """A Hub served from the database in a folder, which ends with the block by its own process id."""
    made = Served(folder)
    try:
        made.start()
        yield made
    finally:
        made.kill()
        made.close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _seated() -> list[tuple[str, str, int]]:
    members = db.session.execute(text("SELECT login, id FROM member ORDER BY login")).all()
    return [(login, id, seats[0][0].id) for login, id in members if (seats := agencies.seats_of(id))]
