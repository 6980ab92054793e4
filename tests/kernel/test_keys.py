"""Keys beside the database: made once, whole, and for their owner alone."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from incident_hub.kernel import keys


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "one.key"
    first = keys.kept(path, lambda: secrets.token_bytes(32))
    assert keys.kept(path, lambda: b"another") == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["one.key"]


def test_of_many_who_come_at_once_all_are_given_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as at_once:
        made = list(at_once.map(lambda _: keys.kept(tmp_path / "one.key", lambda: secrets.token_bytes(32)), range(64)))
    assert len({*made}) == 1
    assert len(made[0]) == 32
    assert [one.name for one in tmp_path.iterdir()] == ["one.key"]


def test_what_is_locked_opens_with_its_own_key_and_for_its_own_owner_alone() -> None:
    key, other = secrets.token_bytes(32), secrets.token_bytes(32)
    kept = keys.locked(key, "13800001111", "row 1")
    assert keys.unlocked(key, kept, "row 1") == "13800001111"
    assert keys.unlocked(other, kept, "row 1") is None
    assert keys.unlocked(key, kept, "row 2") is None
    assert "1111" not in kept
