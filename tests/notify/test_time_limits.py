"""Nobody is heard out for longer than a delivery may take in all, and one dead address delays nobody else's."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from incident_hub.kernel.database import db, unit_of_work
from incident_hub.notify import actions, queries
from incident_hub.notify.breaker import FAULTS_IN_A_ROW, FIRST_PAUSE
from incident_hub.notify.channels import chat, email
from incident_hub.notify.messages import Message
from tests.databases import on_both
from tests.night import Hub
from tests.notify.sinks import SECRET, Listener, running
from tests.notify.test_channels import MATTER
from tests.notify.test_deliveries import matter

T0 = datetime(2026, 9, 1, 19, 10, tzinfo=UTC)


@contextmanager
def dripping(text: bytes) -> Iterator[int]:
    """A server that says a letter every twentieth of a second, for as long as somebody listens."""
    ending = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        talking, _ = listener.accept()
        with talking:
            for letter in text * 1000:
                try:
                    talking.sendall(bytes([letter]))
                except OSError:
                    return
                if ending.wait(0.05):
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        ending.set()
        listener.close()
        thread.join(5)


def message(address: str) -> Message:
    """A short one to somebody."""
    return Message("d1", address, "zh", T0, (MATTER,))


@pytest.mark.parametrize("tls", ["none", "starttls", "tls"])
def test_a_mail_server_that_drips_is_cut_off(tls: str) -> None:
    began = time.monotonic()
    with dripping(b"220-x\r\n") as port:
        settings = {"HUB_MAIL": {"host": "127.0.0.1", "port": port, "from": "hub@example.org", "tls": tls}}
        outcome = email.Email(timeout=0.6).send(message("ana@example.org"), settings)
    assert (outcome.accepted, outcome.down) == (False, True)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("text", [b"HTTP/1.1 200 OK\r\nX: y\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{}"])
def test_a_chat_service_that_drips_is_cut_off(text: bytes) -> None:
    began = time.monotonic()
    with dripping(text) as port:
        way = next(one for one in chat.CHANNELS if one.name == "wecom")
        held = {"HUB_WECOM": {"url": f"http://127.0.0.1:{port}"}}
        outcome = chat.Chat("wecom", way.plugin, "robot", "HUB_WECOM", "-_", timeout=0.6).send(message("a" * 32), held)
    assert (outcome.accepted, outcome.down) == (False, True)
    assert time.monotonic() - began < 3


def tell(hub: Hub, times: int = 1) -> None:
    """Have every system that listens for the operation told so many things."""
    for _ in range(times):
        with unit_of_work(hub.expo.id) as at:
            actions.tell_systems(hub.expo.id, ("operation", "EXPO"), matter(hub), at)
    hub.tick()


@on_both
def test_one_desks_dead_address_delays_nobody_elses_messages(expo: Hub) -> None:
    with running(Listener) as listener, socket.create_server(("127.0.0.1", 0)) as closed:
        dead, alive = f"127.0.0.1:{closed.getsockname()[1]}", f"127.0.0.1:{listener.port}"
        closed.close()
        expo.app.config.update(HUB_LET_THROUGH=f"{dead},{alive}")
        leader = expo.as_("anna.leader")
        first = leader.post("/webhooks", {"url": f"http://{dead}/hook"}).json["id"]
        tell(expo, FAULTS_IN_A_ROW)
        assert set(queries.fares()) == {("webhook", dead)}
        second = leader.post("/webhooks", {"url": f"http://{alive}/hook"}).json["id"]
        db.session.execute(db.text("UPDATE webhook SET secret = :secret"), {"secret": SECRET})
        db.session.commit()
        # The clock stands still: whoever else listens is told at once, and the dead one is not tried.
        tell(expo)
        assert len(listener.received) == 1
        states = {id: leader.get(f"/webhooks/{id}/deliveries").json["items"] for id in (first, second)}
        assert [one["state"] for one in states[second]] == ["sent"]
        assert {one["state"] for one in states[first]} == {"prepared"}
        # Until it may be tried again, and then one of them tries.
        expo.clock.forward(seconds=FIRST_PAUSE.total_seconds() + 1)
        expo.tick()
        db.session.rollback()
        assert queries.fares()["webhook", dead].faults == FAULTS_IN_A_ROW + 1
