"""Many boards that watch by WebSocket from a process of their own, and everything that each of them was shown.

They speak Engine.IO themselves, keep what arrives as it arrives, and read it when all is over, so that watching costs
the machine as little as it can.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0
# So many knock at once; a queue longer than the listener's would measure the queue.
KNOCKING = 20
ENTRY = '42/live,["entry",'


@dataclass
class Seen:
    """What one board was shown. Shape: `head` was its position when it began; `entries` came after it, in order."""

    login: str
    head: int
    entries: list[dict[str, Any]]

    def holes(self) -> list[tuple[int, int]]:
        """Positions that were left out or came twice: the one before, and the one that came."""
        positions = [self.head, *(one["position"] for one in self.entries)]
        return [(a, b) for a, b in pairwise(positions) if b != a + 1]


class Watching:
    """A hundred boards as whoever started them sees them."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def seen(self, heads: dict[str, int]) -> list[Seen]:
        """Wait until every board has reached the head of its desk, and say what each was shown."""
        self._line.send(heads)
        return self._answer()

    def ready(self) -> None:
        """Wait until all of them watch."""
        self._answer()

    def _answer(self) -> Any:
        assert self._line.poll(PATIENCE), "the boards do not answer"
        told = self._line.recv()
        assert not isinstance(told, str), told
        return told


@contextmanager
def watching(port: int, tokens: Sequence[tuple[str, str]]) -> Iterator[Watching]:
    """Boards of an expo that is served at a port, one for each (login, token), until the block ends."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_boards, args=(there, port, list(tokens)), daemon=True)
    process.start()
    try:
        made = Watching(here)
        made.ready()
        yield made
    finally:
        process.terminate()
        process.join(10)
        here.close()
        there.close()


def _boards(line: Connection, port: int, tokens: list[tuple[str, str]]) -> None:
    try:
        asyncio.run(_watch(line, port, tokens))
    except BaseException as fault:
        line.send(f"{type(fault).__name__}: {fault}")
        raise


async def _watch(line: Connection, port: int, tokens: list[tuple[str, str]]) -> None:
    gate = asyncio.Semaphore(KNOCKING)
    entered = await asyncio.gather(*[_enter(port, token, gate) for _, token in tokens])
    boards = [(login, head, socket, []) for (login, _), (socket, head) in zip(tokens, entered, strict=True)]
    listening = [asyncio.create_task(_listen(socket, heard)) for _, _, socket, heard in boards]
    line.send({})
    heads = await asyncio.to_thread(line.recv)
    async with asyncio.timeout(PATIENCE):
        for login, head, _, heard in boards:
            while (_position(heard) or head) < heads[login]:
                await asyncio.sleep(0.05)
    for task in listening:
        task.cancel()
    line.send([Seen(login, head, [_entry(one) for one in heard]) for login, head, _, heard in boards])


async def _enter(port: int, token: str, gate: asyncio.Semaphore) -> tuple[ClientConnection, int]:
    address = f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"
    headers = {"Authorization": f"Bearer {token}"}
    async with gate, asyncio.timeout(PATIENCE):
        made = await connect(address, additional_headers=headers, compression=None, ping_interval=None, max_size=None)
        await made.recv()
        await made.send("40/live,{}")
        await _until(made, "40/live")
        await made.send('42/live,1["watch",{"operation":"EXPO"}]')
        answer = await _until(made, "43/live")
        return made, json.loads(answer[answer.index("[") :])[0]["head"]


async def _until(made: ClientConnection, start: str) -> str:
    while True:
        message = str(await made.recv())
        if message.startswith(start):
            return message
        if message.startswith("44"):
            raise RuntimeError(f"a board was refused: {message}")
        if message == "2":
            await made.send("3")


async def _listen(made: ClientConnection, heard: list[str]) -> None:
    async for message in made:
        if message == "2":
            await made.send("3")
        elif str(message).startswith(ENTRY):
            heard.append(str(message))


def _entry(message: str) -> dict[str, Any]:
    return json.loads(message[message.index("[") :])[1]


def _position(heard: list[str]) -> int:
    return _entry(heard[-1])["position"] if heard else 0
