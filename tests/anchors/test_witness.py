"""Another agency keeps the seals of a served Hub and signs them; a Hub that does not go on from them is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from incident_hub.cli import hub as command
from incident_hub.kernel.errors import BadInput
from tests.anchors.seals import DOOR
from tests.board.served import PATIENCE, Served, served
from tests.conftest import found_city
from tests.databases import Sqlite

pytestmark = pytest.mark.served


@pytest.fixture
def hub(sqlite_files: Sqlite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """The small city, served, with its first seal."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    sqlite_files.copied("city", found_city, tmp_path)
    with served(tmp_path) as made:
        until = time.monotonic() + PATIENCE
        while not made.as_("ana").get(DOOR).json["items"]:
            assert time.monotonic() < until, "nothing was sealed"
        yield made


def test_seals_are_kept_and_signed_and_a_record_told_anew_is_refused(hub: Served, tmp_path: Path) -> None:
    log = tmp_path / "seals.jsonl"
    first = witness(hub, tmp_path)
    assert "1 new seals of EXPO" in first.output, first.output
    assert "0 new seals of EXPO" in witness(hub, tmp_path).output
    assert [one["agency"] for one in hub.as_("dan").get(DOOR).json["items"][0]["witnesses"]] == ["police"]
    (kept,) = [orjson.loads(line) for line in log.read_bytes().splitlines()]
    log.write_bytes(orjson.dumps(kept | {"mark": "0" * 64}) + b"\n")
    refused = witness(hub, tmp_path).exception
    assert isinstance(refused, BadInput)
    assert "told anew" in str(refused)


def witness(hub: Served, place: Path) -> Result:
    words = ["--server", hub.url, "--token", hub.tokens["anna.leader"]]
    words += ["--key", str(place / "agency.key"), "--log", str(place / "seals.jsonl")]
    return CliRunner().invoke(command, ["record", "witness", "EXPO", *words])
