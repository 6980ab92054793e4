"""The replay: a file played against a running server through the HTTP API, as the desks would have sent it.

Each step carries an Idempotency-Key made of the run and the step, and is sent again under the same key while the
server cannot be reached; so nothing acknowledged is lost, and nothing is written twice.
"""

from __future__ import annotations

import json
import math
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO, cast
from urllib.parse import urlsplit

import httpx

from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.text import sha256

from .calls import Call
from .loop import read_calls, read_mapping
from .pacing import Stage
from .played import Played
from .script import Step, script, senders

Progress = Callable[[Played], None]
THREADS = 8
PATIENCE = 60.0
PREFIX = "/api/v1"
# The server is there but cannot answer just now; anything else it says is its answer.
AGAIN = (408, 425, 429, 502, 503, 504)
_UNREACHED = (httpx.TransportError, httpx.InvalidURL)


def replay_in(
    path: Path | str,
    mapping_path: Path | str,
    operation: str,
    server: str,
    tokens: Sequence[str],
    speed: float,
    *,
    limit_seconds: float | None = None,
    run: str | None = None,
    log: Path | str | None = None,
    progress: Progress | None = None,
    patience: float = PATIENCE,
    transport: httpx.BaseTransport | None = None,
) -> Played:
    """Play a file `speed` times as fast as it happened; the first call comes at once.

    Shape: one token per desk; `log` gets a JSON line {key, path, status, ref, id} for every acknowledged write.
    `transport` is another way to the server than the network.
    Units: `limit_seconds` and `patience` are seconds on this machine's clock.
    Raises: BadInput when the file, the mapping, the speed or a token is of no use.
    """
    if not 0 < speed < math.inf:
        raise BadInput("The speed must be more than 0; 600 plays ten minutes in a second.")
    mapping = read_mapping(mapping_path)
    calls = list(read_calls(path, mapping).calls())
    played = Played(run or secrets.token_hex(4))
    limits = httpx.Limits(max_connections=THREADS, max_keepalive_connections=THREADS)
    address, outside = _address(server), not _nearby(server)
    with (
        httpx.Client(base_url=address, timeout=20, limits=limits, trust_env=outside, transport=transport) as client,
        _opened(log) as kept,
    ):
        player = _Player(client, _desks(client, tokens), played, kept, patience)
        player.script = lambda call: script(call, mapping, operation)
        player.due = lambda at: (at - calls[0].occurred_at).total_seconds() / speed
        player.play(calls, math.inf if limit_seconds is None else limit_seconds, progress)
    return played


def _address(server: str) -> str:
    if not server.startswith(("http://", "https://")):
        raise BadInput(f"The server is {server}; write its address, for example http://127.0.0.1:8000.")
    return server.rstrip("/") + PREFIX


def _nearby(server: str) -> bool:
    # A proxy set in the environment is for what lies outside; this machine is reached directly.
    return urlsplit(server).hostname in ("127.0.0.1", "localhost", "::1")


def _opened(log: Path | str | None) -> Any:
    try:
        return Path(log).open("a", encoding="utf-8") if log else nullcontext()
    except OSError as fault:
        raise BadInput(f"The log {log} cannot be written: {fault.strerror}.") from fault


def _desks(client: httpx.Client, tokens: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, token in enumerate(tokens, 1):
        try:
            answer = client.get("/me", headers={"Authorization": f"Bearer {token}"})
        except _UNREACHED as fault:
            raise BadInput(f"The server {client.base_url} cannot be reached: {fault}. Check --server.") from fault
        if answer.status_code != 200:
            raise BadInput(f"The server does not take token {number}: {_reason(answer)}")
        found[_body(answer)["desk"]] = token
    if not found:
        raise BadInput("Give a token with --token, one for each desk that is to send.")
    return found


@dataclass
class _Turn:
    """One call on its way: what is left of its script, and the reference it was given."""

    call: Call
    steps: list[tuple[Step, str | None]] | None = None
    ref: str = ""


class _Lost(Exception):
    """No answer came in the time allowed."""


@dataclass
class _Player:
    """Sends the steps and keeps the account."""

    client: httpx.Client
    tokens: Mapping[str, str]
    played: Played
    log: TextIO | None
    patience: float
    script: Callable[[Call], list[Step]] = field(init=False)
    due: Callable[[datetime], float] = field(init=False)
    stage: Stage[_Turn] = field(init=False)
    counting: threading.Lock = field(default_factory=threading.Lock)

    def play(self, calls: Sequence[Call], limit: float, progress: Progress | None) -> None:
        """Play the calls until the time is over or the server has been silent for too long."""
        began = time.monotonic()
        self.stage = Stage(self._step, limit)
        try:
            waiting = [(self.due(call.occurred_at), _Turn(call)) for call in calls]
            self.stage.play(waiting, THREADS, lambda: progress(self.played) if progress else None)
        except KeyboardInterrupt:
            self.played.stopped = "it was interrupted"
        self.played.lag, self.played.seconds = self.stage.lag, time.monotonic() - began

    def _step(self, turn: _Turn) -> float | None:
        """Send one step of a call; when its next one is due, or None when the call is over."""
        if turn.steps is None:
            turn.steps = list(senders(self.script(turn.call), set(self.tokens)))
        step, desk = turn.steps.pop(0)
        if desk is None:
            self._leave_out(f"there is no token for {' or '.join(step.desks)}", 1)
        else:
            turn.ref = self._send(step, desk, turn.ref) or turn.ref
        if not turn.ref:
            self._leave_out("its incident was not opened", len(turn.steps))
            return None
        return self.due(turn.steps[0][0].at) if turn.steps else None

    def _leave_out(self, reason: str, many: int) -> None:
        with self.counting:
            self.played.left_out[reason] += many

    def _send(self, step: Step, desk: str, ref: str) -> str | None:
        """Send a step and count what became of it; the reference of an incident it opened."""
        path = step.path.format(ref=ref)
        try:
            answer = self._insist(path, step, desk)
        except _Lost as lost:
            with self.counting:
                self.played.lost[str(lost)] += 1
                self.played.stopped = self.played.stopped or f"the server was silent for {self.patience:.0f} s"
            self.stage.stopped.set()
            return None
        with self.counting:
            if not answer.is_success:
                self.played.refused[f"{step.path.rpartition('/')[2]}: {_reason(answer)}"] += 1
                return None
            body = _body(answer)
            opened = None if ref else str(body["ref"])
            self.played.acknowledged += 1
            self.played.incidents += opened is not None
            if self.log:
                line = {"key": step.key, "path": path, "status": answer.status_code, "ref": ref or opened}
                self.log.write(json.dumps(line | {"id": body.get("id")}) + "\n")
                self.log.flush()
            return opened

    def _insist(self, path: str, step: Step, desk: str) -> httpx.Response:
        """Send until the server answers, always under the same key.

        Raises: _Lost when it has not answered for as long as patience lasts.
        """
        key = sha256(f"{self.played.run}/{step.key}".encode())[:40]
        headers = {"Authorization": f"Bearer {self.tokens[desk]}", "Hub-Desk": desk, "Idempotency-Key": key}
        until, pause = time.monotonic() + self.patience, 0.1
        while True:
            try:
                answer = self.client.post(path, json={**step.body, "personal": "mask"}, headers=headers)
                if answer.status_code not in AGAIN:
                    return answer
                why = f"the server answered {answer.status_code}"
            except httpx.TransportError as fault:
                why = f"the server could not be reached ({type(fault).__name__})"
            if time.monotonic() + pause > until or self.stage.stopped.wait(pause):
                raise _Lost(why)
            pause = min(pause * 2, 2.0)
            with self.counting:
                self.played.again += 1


def _body(answer: httpx.Response) -> dict[str, Any]:
    return cast("dict[str, Any]", answer.json())


def _reason(answer: httpx.Response) -> str:
    try:
        return str(_body(answer)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered {answer.status_code}"
