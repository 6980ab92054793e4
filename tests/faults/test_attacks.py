"""A bounded sample of the attacks on the socket and the listener; `python -m tests.faults.attacks` times others too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.board.served import served
from tests.conftest import found_city
from tests.faults.attacks import ATTACKS, MORE_FILES, MORE_MEMORY, MORE_THREADS, settled, somebody, timed, weight

pytestmark = pytest.mark.served


def test_no_attack_leaves_memory_threads_or_files_behind(tmp_path: Path) -> None:
    found_city(f"sqlite:///{tmp_path}/hub.db", tmp_path)
    with served(tmp_path) as hub:
        assert hub.as_("ben").get("/operations/EXPO/board").status_code == 200
        base = weight(hub.pid)
        for name in (
            "1,000 anonymous sockets held",
            "128 MiB never finished",
            "1,500 events a second",
            "attachments and large frames",
        ):
            told = ATTACKS[name](hub, 0.5)
            left = settled(hub.pid, base)
            assert left.memory < MORE_MEMORY, (name, told)
            assert left.threads <= MORE_THREADS, (name, told)
            assert left.files <= MORE_FILES, (name, told)
        with somebody(hub) as line:
            timed(line, 0.3)
            before = timed(line, 0.7)
            line.send("begin")
            told = ATTACKS["one member, fifty connections"](hub, 1.0)
            line.send("end")
            during = line.recv()
            # Without turns some fifty requests are answered before anybody else's, which is half a second of work.
            assert during.processor < max(8 * before.processor, 0.2), told
        assert "answered 401" in ATTACKS["another's sid"](hub, 0.5)
        assert hub.as_("ben").get("/operations/EXPO/board").status_code == 200
        assert "Traceback" not in hub.log()
