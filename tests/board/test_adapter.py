"""The WebSocket under the line: nothing too large gets in, and whoever reads slowly gets every frame whole."""

from __future__ import annotations

import json
import struct
import time

import pytest
from flask import Flask

from incident_hub.app import create_app, enliven
from tests.board.served import Served
from tests.board.sockets import ear
from tests.board.wire import MASK, MEBIBYTE, line

pytestmark = pytest.mark.served


def test_an_upgrade_without_credentials_leaves_no_session_behind(tmp_path) -> None:
    app: Flask = create_app(f"sqlite:///{tmp_path}/hub.db", {"SECRET_KEY": "x"})
    running = enliven(app, "threading")
    answer = app.test_client().get(
        "/socket.io/?EIO=4&transport=websocket", headers={"Upgrade": "websocket", "Connection": "Upgrade"}
    )
    assert answer.status_code == 401
    assert running.socketio.server.eio.sockets == {}


def test_a_message_over_64_kib_closes_the_line_and_is_not_kept_in_memory(hub: Served) -> None:
    before = hub.memory
    with line(hub, "ana") as ana:
        ana.begin(64 * MEBIBYTE)
        sent = ana.until_closed(b"x" * 65536, 64 * MEBIBYTE)
    assert sent < 16 * MEBIBYTE, "the server took most of it"
    assert hub.memory - before < 8 * MEBIBYTE


def test_a_message_in_many_small_parts_counts_as_the_one_it_is(hub: Served) -> None:
    before = hub.memory
    with line(hub, "ana") as ana:
        ana.send("4", code=0x01)
        sent = ana.until_closed(b"\0\xfe" + struct.pack(">H", 16384) + MASK + b"x" * 16384, 64 * MEBIBYTE)
    assert sent < 16 * MEBIBYTE, "the server took most of it"
    assert hub.memory - before < 8 * MEBIBYTE


def test_compression_is_not_taken_up(hub: Served) -> None:
    with line(hub, "ana", **{"Sec-WebSocket-Extensions": "permessage-deflate"}) as ana:
        assert b"sec-websocket-extensions" not in ana.head.lower()


def test_a_slow_reader_gets_every_entry_whole_and_holds_nobody_up(hub: Served) -> None:
    ref = hub.as_("dan").open()
    with line(hub, "ben") as slow, ear(hub, "ana") as quick:
        slow.send('42/live,1["watch",{"operation":"EXPO"}]')
        head = json.loads(slow.frame()[1].partition(b"[")[2][:-1])["head"]
        quick.watch()
        texts = [f"{number:04d}" + "字" * 19_000 for number in range(50)]
        for text in texts:
            said = hub.as_("dan").post(f"/incidents/{ref}/journal", {"text": text})
            assert said.status_code == 201, said.text
        last = hub.as_("ben").get("/operations/EXPO/board").json["head"]
        # The quick one has it all while the slow one has not read a byte.
        quick.wait(lambda: texts[-1] in str(quick.heard[-3:]))
        heard, positions = [], []
        while not positions or positions[-1] < last:
            _, body = slow.frame()
            if body == b"2":
                slow.send("3")
                continue
            name, entry = json.loads(body.partition(b",")[2])
            if name == "entry":
                positions.append(entry["position"])
                heard += [entry["data"]["text"]] if "text" in entry["data"] else []
        assert positions == list(range(head + 1, last + 1))
        assert heard == texts


def test_one_who_never_reads_does_not_stop_the_server(hub: Served) -> None:
    ref = hub.as_("dan").open()
    with line(hub, "ben") as deaf:
        deaf.send('42/live,1["watch",{"operation":"EXPO"}]')
        for _ in range(40):
            hub.as_("dan").post(f"/incidents/{ref}/journal", {"text": "字" * 19_000})
        began = time.monotonic()
        assert hub.as_("ana").get("/operations/EXPO/board").status_code == 200
        assert time.monotonic() - began < 2
