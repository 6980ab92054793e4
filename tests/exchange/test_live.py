"""A file played through the API: what is acknowledged is there, nothing is written twice, each desk sees its own."""

from __future__ import annotations

import json
import threading
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from incident_hub.exchange.live import replay_in
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput
from tests.exchange.conftest import MAPPING, SMALL

DESKS = ("sf-dispatch", "sf-fire", "sf-medical", "sf-police")


class Way(httpx.BaseTransport):
    """The way to the Hub inside this process, one request at a time; it can lose answers, or be cut."""

    def __init__(self, app: Any) -> None:
        self.inner = httpx.WSGITransport(app=app)
        self.loses: set[int] = set()
        self.cut = False
        self.posts = 0
        self.one = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with self.one:
            if self.cut and request.method == "POST":
                raise httpx.ConnectError("refused")
            answer = self.inner.handle_request(request)
            answer.read()
            if request.method == "POST":
                self.posts += 1
                if self.posts in self.loses:
                    raise httpx.ReadError("the connection broke before the answer came")
            return answer


@pytest.fixture
def way(sf):
    made = Way(sf.app)
    yield made
    made.close()


@pytest.fixture
def play(sf, written, way):
    def run(*logins: str, **more: Any):
        for login in logins or DESKS:
            sf.as_(login)
        tokens = [sf.tokens[f"{login}@None"] for login in logins or DESKS]
        db.session.remove()
        options: dict[str, Any] = {"transport": way, "run": "r1", "patience": 5.0, **more}
        return replay_in(written(SMALL), MAPPING, "SF", "http://localhost", tokens, 1_000_000, **options)

    return run


def kinds() -> dict[str, int]:
    db.session.remove()
    rows = db.session.execute(
        text("SELECT kind, count(*) FROM entry WHERE chain = (SELECT id FROM chain WHERE code = 'SF') GROUP BY kind")
    )
    return {kind: number for kind, number in rows if not kind.startswith("operation.")}


WHOLE = {"incident.opened": 3, "journal.added": 14, "incident.acknowledged": 3, "incident.status_changed": 6}


def test_every_step_is_acknowledged_and_kept(play):
    played = play()
    assert (played.incidents, played.acknowledged) == (3, 26)
    assert (played.refused, played.lost, played.left_out) == ({}, {}, {})
    assert kinds() == WHOLE


def test_clocks_open_and_are_met(play):
    play()
    db.session.remove()
    states = db.session.execute(text("SELECT rule, state, count(*) FROM obligation GROUP BY rule, state")).all()
    assert [tuple(one) for one in states] == [("ACK", "met", 3)]


def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_written_twice(play, way):
    way.loses = {1, 4, 9, 15}
    played = play()
    assert (played.again, played.acknowledged) == (4, 26)
    assert kinds() == WHOLE


def test_going_on_with_a_run_writes_nothing_twice(play):
    play()
    assert play().acknowledged == 26
    assert kinds() == WHOLE


def test_everything_acknowledged_stands_in_the_log(play, sf, tmp_path):
    log = tmp_path / "acknowledged.jsonl"
    play(log=log)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert len(lines) == len({line["key"] for line in lines}) == 26
    for line in lines:
        if line["path"].endswith("/journal"):
            journal = sf.as_("sf-dispatch").get(f"/incidents/{line['ref']}/journal").json["items"]
            assert line["id"] in {one["id"] for one in journal}


def test_each_desk_sees_only_its_own(play, sf):
    play()
    fire = sf.as_("sf-fire").get("/operations/SF/incidents").json["items"]
    medical = sf.as_("sf-medical").get("/operations/SF/incidents").json["items"]
    assert {one["type"] for one in fire} == {"structure_fire", "traffic_collision"}
    assert {one["type"] for one in medical} == {"medical", "traffic_collision"}
    assert {one["status"] for one in medical if one["type"] == "medical"} == {"closed"}


def test_steps_no_token_can_send_are_left_out_and_counted(play):
    played = play("sf-dispatch")
    assert played.incidents == 3
    assert played.left_out.total() == 9
    assert not played.refused


def test_a_server_that_stays_silent_stops_the_replay_and_says_so(play, way):
    way.cut = True
    played = play(patience=0.3)
    assert played.acknowledged == 0
    assert played.lost.total() >= 1
    assert "silent" in str(played.stopped)


def test_a_token_the_server_does_not_take_is_named(sf, written, way):
    with pytest.raises(BadInput, match="does not take token 1"):
        replay_in(written(SMALL), MAPPING, "SF", "http://localhost", ["ih_no_no"], 600, transport=way)


def test_an_address_that_is_none_and_a_speed_that_is_none_are_refused(written):
    with pytest.raises(BadInput, match="write its address"):
        replay_in(written(SMALL), MAPPING, "SF", "localhost:8000", ["x"], 600)
    with pytest.raises(BadInput, match="more than 0"):
        replay_in(written(SMALL), MAPPING, "SF", "http://localhost", ["x"], 0)
