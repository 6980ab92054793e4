"""What was found wrong while one file was read, each with its place. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from .bounds import FAULTS, Beyond
from .faults import Fault
from .positions import Path, Positions


@dataclass
class Notes:
    """The faults found so far in one file, and where its keys and values stand."""

    positions: Positions
    faults: list[Fault] = field(default_factory=list[Fault])

    def value(self, path: Path, rule: str, message: str, hint: str = "") -> None:
        """Note what is wrong with a value."""
        self._note(Fault(*self.positions.value(path), rule, message, hint))

    def key(self, path: Path, rule: str, message: str, hint: str = "") -> None:
        """Note what is wrong with a key, or with a table that lacks one."""
        self._note(Fault(*self.positions.key(path), rule, message, hint))

    def _note(self, fault: Fault) -> None:
        self.faults.append(fault)
        if len(self.faults) >= FAULTS:
            raise Beyond(f"more than {FAULTS} faults")
