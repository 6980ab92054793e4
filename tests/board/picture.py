"""A board kept by folding a feed, written from the contract and from nothing of the Hub's own code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

# What the contract says of a card that leaves the board.
GONE = {"closed", "false_alarm", "transferred"}


class Picture:
    """The cards as somebody knows them who read the board once and then only what came after it."""

    def __init__(self, board: Mapping[str, Any]) -> None:
        self.head: int = board["head"]
        self.cards = {card["ref"]: card for card in board["cards"]}
        self.holes: list[tuple[int, int]] = []

    def hear(self, entry: Mapping[str, Any]) -> None:
        """Fold one entry in; one that was heard before changes nothing, one too far ahead is a hole."""
        if entry["position"] <= self.head:
            return
        if entry["position"] != self.head + 1:
            self.holes.append((self.head, entry["position"]))
        self.head = entry["position"]
        if entry.get("withheld"):
            return
        ref = entry["subject"]["ref"]
        if entry["kind"] == "incident.withdrawn":
            self.cards.pop(ref, None)
        elif card := entry.get("card"):
            if card["status"] in GONE:
                self.cards.pop(ref, None)
            else:
                self.cards[ref] = card

    def hear_all(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Fold many in."""
        for entry in entries:
            self.hear(entry)

    @property
    def digest(self) -> str:
        """The digest of what is shown."""
        lines = "".join(f"{ref} {_hash(_bytes(card))}\n" for ref, card in sorted(self.cards.items()))
        return _hash(lines.encode())


def _bytes(card: Mapping[str, Any]) -> bytes:
    return json.dumps(card, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _hash(value: bytes) -> str:
    return hashlib.sha256(value).hexdigest()
