"""A served Hub that is killed again and again while people write; what it acknowledged must all be there, once."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx
from socketio.exceptions import ConnectionError as Refused

from tests.board.picture import Picture
from tests.board.served import Served
from tests.board.sockets import Ear

WRITERS = ("dan", "ana", "ben", "cleo")
READERS = ("ana", "ben", "cleo")
BOARD = "/operations/EXPO/board"


@dataclass
class Written:
    """What the writers were told: the key of every acknowledged write, and what was answered."""

    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    tries: int = 0
    refused: list[str] = field(default_factory=list[str])


class Writer(threading.Thread):
    """Somebody who logs incidents and writes journals, and sends again under the same key until answered."""

    def __init__(self, hub: Served, login: str, written: Written, ending: threading.Event, seed: int) -> None:
        super().__init__(daemon=True, name=f"writer {login}")
        self.login, self.written, self.ending = login, written, ending
        self.dice = random.Random(seed)
        headers = {"Authorization": f"Bearer {hub.tokens[login]}"}
        self.client = httpx.Client(base_url=f"{hub.url}/api/v1", headers=headers, trust_env=False, timeout=10)
        self.refs: list[str] = []

    def run(self) -> None:
        """Write until told to end; what has been begun is seen through."""
        number = 0
        with self.client:
            while not self.ending.is_set():
                number += 1
                self._write(f"key:{self.login}:{self.dice.randrange(10**9)}:{number}")

    def _write(self, key: str) -> None:
        if not self.refs or self.dice.random() < 0.3:
            path, body = "/operations/EXPO/incidents", {"type": "VIOL", "title": key}
        else:
            path, body = f"/incidents/{self.dice.choice(self.refs[-5:])}/journal", {"text": key}
        until = time.monotonic() + 60
        while time.monotonic() < until:
            self.written.tries += 1
            try:
                answer = self.client.post(path, json=body, headers={"Idempotency-Key": key})
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code == 201:
                self.written.acknowledged[key] = answer.json()
                self.refs += [answer.json()["ref"]] if "title" in body else []
            else:
                self.written.refused.append(f"{answer.status_code} {answer.text[:200]}")
            return
        self.written.refused.append(f"{key}: no answer in a minute")


class Reader:
    """Somebody whose board lives through every kill: folded from the live line, caught up after each break."""

    def __init__(self, hub: Served, login: str) -> None:
        self.hub, self.login = hub, login
        self.picture = Picture(hub.as_(login).get(BOARD).json)
        self.resets = 0
        self.ear: Ear | None = None

    def catch_up(self) -> None:
        """Fold in what was heard, then open a new line from the last position on."""
        self.close()
        self.ear = self._entered()
        answer = self.ear.watch(after=self.picture.head)
        if answer.get("reset"):
            self.resets += 1
            fresh = Picture(self.hub.as_(self.login).get(BOARD).json)
            fresh.holes = self.picture.holes
            self.picture = fresh
        self.picture.hear_all(answer.get("entries", ()))

    def close(self) -> None:
        """Leave, having folded in all that was heard."""
        if self.ear is not None:
            self.ear.close()
            self.picture.hear_all(self.ear.entries())
            self.ear = None

    def settled(self, within: float = 5.0) -> tuple[str, str]:
        """The digest of this reader's board and of a fresh one, once the heads are the same."""
        assert self.ear is not None
        fresh = self.hub.as_(self.login).get(BOARD).json
        if self.picture.head < fresh["head"]:
            self.ear.wait_for_head(fresh["head"], within)
            self.picture.hear_all(self.ear.entries())
        # The engine may have told more meanwhile; then the fresh one is read again.
        if self.picture.head != fresh["head"]:
            fresh = self.hub.as_(self.login).get(BOARD).json
        return self.picture.digest, fresh["digest"]

    def _entered(self) -> Ear:
        until = time.monotonic() + 10
        while True:
            try:
                return Ear(self.hub.url, {"Authorization": f"Bearer {self.hub.tokens[self.login]}"})
            except Refused:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)


@dataclass
class Outcome:
    """What came of some rounds."""

    rounds: int
    acknowledged: int
    tries: int
    lost: list[str]
    doubled: list[str]
    refused: list[str]
    holes: list[Any]
    unequal: list[str]
    verdict: str
    restarts: list[float]

    @property
    def whole(self) -> bool:
        """Whether nothing was lost, doubled, refused or shown wrongly."""
        return not (self.lost or self.doubled or self.refused or self.holes or self.unequal) and "holds" in self.verdict

    def sentence(self) -> str:
        """The outcome in one line."""
        return (
            f"{self.rounds} kills, {self.acknowledged} writes acknowledged in {self.tries} tries; "
            f"lost {len(self.lost)}, doubled {len(self.doubled)}, refused {len(self.refused)}, "
            f"holes {len(self.holes)}, unequal boards {self.unequal}; "
            f"slowest restart {max(self.restarts):.2f} s. {self.verdict.strip()}"
        )


def rounds(hub: Served, count: int, seed: int, between: tuple[float, float] = (0.5, 2.0)) -> Outcome:
    """Let people write, kill and restart `count` times, then compare what was promised with what is there."""
    dice, written, ending = random.Random(seed), Written(), threading.Event()
    writers = [Writer(hub, login, written, ending, seed + number) for number, login in enumerate(WRITERS)]
    readers = [Reader(hub, login) for login in READERS]
    for reader in readers:
        reader.catch_up()
    for writer in writers:
        writer.start()
    restarts: list[float] = []
    for _ in range(count):
        ending.wait(dice.uniform(*between))
        hub.kill()
        restarts.append(hub.start())
        for reader in readers:
            reader.catch_up()
    ending.wait(between[0])
    ending.set()
    for writer in writers:
        writer.join(70)
        assert not writer.is_alive(), f"{writer.name} never ended"
    settled = {reader.login: reader.settled() for reader in readers}
    unequal = [login for login, (mine, fresh) in settled.items() if mine != fresh]
    for reader in readers:
        reader.close()
    kept = kept_keys(hub)
    lost = [key for key in written.acknowledged if key not in kept]
    doubled = [key for key, times in kept.items() if times > 1]
    holes = [hole for reader in readers for hole in reader.picture.holes]
    verdict = hub.command("record", "verify", "EXPO")
    told = (len(written.acknowledged), written.tries, lost, doubled, written.refused)
    return Outcome(count, *told, holes, unequal, verdict, restarts)


def kept_keys(hub: Served) -> Counter[str]:
    """How often each writer's key stands in the record."""
    base = sqlite3.connect(f"file:{hub.folder}/hub.db?mode=ro", uri=True)
    try:
        rows = base.execute("SELECT value FROM wording WHERE field IN ('title', 'text') AND value LIKE 'key:%'")
        return Counter(value for (value,) in rows)
    finally:
        base.close()
