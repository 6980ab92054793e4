"""From an officer's entry to the last of many sockets, with stock emit: half at one desk, half at another.

All sockets live in one process beside the server, speak Engine.IO themselves and show a token before the upgrade.
"""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from websockets.asyncio.client import ClientConnection, connect

from .client import Connection
from .creates import OURS
from .figures import in_ms
from .servers import Server, hub

DESKS = {"ana": "police/duty", "ben": "postal/duty"}
WRITER = "dan"
PATIENCE = 20.0
# So many sockets knock at once; a queue longer than the listener's would measure the queue.
KNOCKING = 50


@dataclass
class Crowd:
    """All sockets together: who has been shown the entry that is waited for, and when the last one was."""

    size: int
    mark: str = ""
    got: int = 0
    last: float = 0.0
    whole: asyncio.Event = field(default_factory=asyncio.Event)

    def expect(self, mark: str) -> None:
        """Wait for the entry with this mark from now on."""
        self.mark, self.got, self.whole = mark, 0, asyncio.Event()

    def heard(self, message: str) -> None:
        """A socket received something."""
        if self.mark and self.mark in message:
            self.got += 1
            self.last = time.perf_counter()
            if self.got == self.size:
                self.whole.set()


def measure(sizes: Iterable[int], entries: int) -> list[dict[str, Any]]:
    """One row for each number of sockets, each on a fresh server."""
    rows: list[dict[str, Any]] = []
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    for size in sizes:
        with TemporaryDirectory() as folder, hub(Path(folder), [*DESKS, WRITER]) as server:
            rows.append(asyncio.run(_watched(server, size, entries)))
    return rows


async def _watched(server: Server, size: int, entries: int) -> dict[str, Any]:
    crowd, gate = Crowd(size), asyncio.Semaphore(KNOCKING)
    before = server.megabytes()[0]
    with Connection(server.port, server.tokens[WRITER]) as writer:
        ref = orjson.loads(writer.post("/api/v1/operations/EXPO/incidents", OURS))["ref"]
        start = time.perf_counter()
        logins = [list(DESKS)[place % len(DESKS)] for place in range(size)]
        sockets = await asyncio.gather(*[_enter(server, login, gate) for login in logins])
        connected = time.perf_counter() - start
        listening = [asyncio.create_task(_listen(one, crowd)) for one in sockets]
        try:
            rounds = [await _one_entry(writer, ref, crowd, place) for place in range(entries + 2)][2:]
            memory = server.megabytes()
        finally:
            for task in listening:
                task.cancel()
            await asyncio.gather(*listening, *[one.close() for one in sockets], return_exceptions=True)
    return {
        "sockets": size,
        "entries": len(rounds),
        "from answer ms p50/p99": "{p50}/{p99}".format(**in_ms([after for after, _ in rounds])),
        "from start ms p50/p99": "{p50}/{p99}".format(**in_ms([whole for _, whole in rounds])),
        "worst ms from start": in_ms([whole for _, whole in rounds])["worst"],
        "connect all s": round(connected, 2),
        "server MB empty/full/peak": f"{before}/{memory[0]}/{memory[1]}",
    }


async def _enter(server: Server, login: str, gate: asyncio.Semaphore) -> ClientConnection:
    address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    token = {"Authorization": f"Bearer {server.tokens[login]}"}
    async with gate, asyncio.timeout(PATIENCE):
        made = await connect(address, additional_headers=token, compression=None, ping_interval=None, max_size=None)
        await made.recv()
        await made.send("40/live," + orjson.dumps({"desk": DESKS[login]}).decode())
        await _until(made, "40/live")
        await made.send('42/live,1["watch",{"operation":"EXPO","after":0}]')
        answer = await _until(made, "43/live")
        if '"head"' not in answer:
            raise RuntimeError(f"the socket may not watch: {answer}")
        return made


async def _until(made: ClientConnection, start: str) -> str:
    while True:
        message = str(await made.recv())
        if message.startswith(start):
            return message
        if message.startswith("44"):
            raise RuntimeError(f"the socket was refused: {message}")
        if message == "2":
            await made.send("3")


async def _listen(made: ClientConnection, crowd: Crowd) -> None:
    async for message in made:
        if message == "2":
            await made.send("3")
        else:
            crowd.heard(str(message))


async def _one_entry(writer: Connection, ref: str, crowd: Crowd, place: int) -> tuple[float, float]:
    """Seconds to the last socket, from the answer and from the start of the request."""
    # The pause is long enough for whatever the entry before still caused.
    await asyncio.sleep(0.3)
    mark = f"entry number {place} of the run"
    crowd.expect(mark)
    start = time.perf_counter()
    answered = await asyncio.to_thread(_written, writer, f"/api/v1/incidents/{ref}/journal", mark)
    with suppress(TimeoutError):
        await asyncio.wait_for(crowd.whole.wait(), PATIENCE)
    if crowd.got != crowd.size:
        raise RuntimeError(f"{mark} reached {crowd.got} of {crowd.size} sockets within {PATIENCE:.0f} s")
    return crowd.last - answered, crowd.last - start


def _written(writer: Connection, path: str, mark: str) -> float:
    writer.post(path, {"text": mark})
    return time.perf_counter()
