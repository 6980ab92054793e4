"""A mail server that writes every receipt to the disk before it answers, and may cut the line instead of answering."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import Any

from tests.notify.sink import controlled


@dataclass(frozen=True)
class Receipt:
    """One letter as it arrived. Units: `at` is the machine's own clock, seconds since 1970."""

    delivery: str
    at: float
    cut: bool


class Receipts:
    """Keeps what arrives. Shape: `cut` is the share of deliveries whose first copy is taken and never answered."""

    def __init__(self, file: Path, cut: float = 0.0, seed: int = 1) -> None:
        self.file, self.cut = file, cut
        self._dice = random.Random(seed)
        self._met: set[str] = set()
        self._out = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the receipt, then answer or cut."""
        words = str(message_from_bytes(envelope.content)["Message-ID"])
        delivery = words.strip("<>").partition("@")[0]
        cuts = delivery not in self._met and self._dice.random() < self.cut
        self._met.add(delivery)
        line = json.dumps({"delivery": delivery, "at": time.time(), "cut": cuts}) + "\n"
        os.write(self._out, line.encode())
        os.fsync(self._out)
        if cuts:
            server.transport.abort()
        return "250 OK"

    def read(self) -> list[Receipt]:
        """Everything that arrived, in order."""
        return [Receipt(**json.loads(line)) for line in self.file.read_text().splitlines()]

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._out)


@contextmanager
def kept(file: Path, cut: float = 0.0, seed: int = 1) -> Iterator[tuple[Receipts, int]]:
    """A running mail server and its port."""
    receipts = Receipts(file, cut, seed)
    try:
        with controlled(receipts) as port:
            yield receipts, port
    finally:
        receipts.close()
