"""The gate of the socket: who comes in from which page, how many and how much, and what becomes of all others."""

from __future__ import annotations

import http.client
import time
from contextlib import ExitStack

import pytest

from incident_hub.board.live.adapter import sensible
from incident_hub.board.live.lines import ENTER_WITHIN, Caps, Line, Lines
from incident_hub.kernel.hosts import is_ours
from incident_hub.kernel.turns import Bucket
from tests.board.served import Served
from tests.board.wire import Line as Wire
from tests.board.wire import line

UPGRADE = {
    "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip
HOME = "https://hub.example.org"


@pytest.mark.parametrize(
    ("host", "origin", "settings", "ours"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000", {}, True),
        ("127.0.0.1:8000", "http://127.0.0.1:8001", {}, False),
        ("127.0.0.1:8000", "https://127.0.0.1:8000", {}, False),
        ("127.0.0.1:8000", "http://127.0.0.1", {}, False),
        ("127.0.0.1:8000", "http://localhost:8000", {}, False),
        ("127.0.0.1:8000", "null", {}, False),
        ("127.0.0.1:8000", "", {}, False),
        ("localhost:8000", "http://LOCALHOST:8000", {}, False),
        # A host that is not ours is no origin of ours, whoever made the machine answer to it.
        ("evil.example", "http://evil.example", {}, False),
        ("hub.example.org", HOME, {"HUB_LINK": HOME}, True),
        ("127.0.0.1:8000", HOME, {"HUB_LINK": f"{HOME}/"}, True),
        ("hub.example.org", "https://hub.example.org.evil.example", {"HUB_LINK": HOME}, False),
        ("hub.example.org", "https://a.hub.example.org", {"HUB_LINK": HOME}, False),
        ("hub.example.org", "https://example.org", {"HUB_LINK": HOME}, False),
        ("hub.example.org", "https://hub.example.org:8443", {"HUB_LINK": HOME}, False),
        ("hub.example.org", "https://hub.example.org:443", {"HUB_LINK": HOME}, False),
        ("hub.example.org", "https://Hub.example.org", {"HUB_LINK": HOME}, False),
        ("hub.example.org", "https://wall.example.org", {"HUB_ORIGINS": "https://wall.example.org"}, True),
        ("hub.example.org", "https://wall.example.org", {"HUB_HOSTS": "wall.example.org"}, False),
    ],
)
def test_an_origin_is_ours_letter_for_letter(host: str, origin: str, settings: dict[str, str], ours: bool) -> None:
    assert is_ours(host, origin, "http", settings) is ours


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("3", True), ("1", True), ("40/live,{}", True), ('40/live,{"desk":"police/duty"}', True), ("41/live,", True),
        ("40", True), ("41/live", True),
        ('42/live,1["watch",{"operation":"EXPO","after":3}]', True), ('42/live,["watch"]', True),
        # Binary, attachments, acknowledgements, errors, upgrades, probes: nothing a board says.
        (b"4", False), ("bAAAA", False), ('451-/live,["watch",{"_placeholder":true,"num":0}]', False),
        ('461-/live,1[{"_placeholder":true,"num":0}]', False), ("43/live,1[]", False), ('44/live,{"a":1}', False),
        ("2probe", False), ("5", False), ("6", False), ("47", False), ("9", False), ("", False),
        ("42999999999-[]", False), ("42/live," + "9" * 100 + '["watch"]', False), ("42/live,{}", False),
        ("42/live,[]", False), ("42/live,[1]", False), ("42/live,nonsense", False), ("40/live,[1]", False),
        ("42/live," + "[" * 30_000 + "]" * 30_000, False),
        ('42/live,["watch",' + '{"a":' * 40 + "1" + "}" * 40 + "]", False),
    ],
)  # fmt: skip
def test_only_what_a_board_says_is_listened_to(said: str | bytes, fits: bool) -> None:
    assert sensible(said) is fits


def test_a_bucket_gives_so_many_at_once_and_so_many_a_second() -> None:
    bucket = Bucket(2.0, 3.0, looked=100.0)
    assert [bucket.take(100.0) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take(100.6) for _ in range(2)] == [True, False]
    assert [bucket.take(200.0) for _ in range(4)] == [True, True, True, False]


def test_lines_are_counted_in_all_by_address_and_by_whom_they_belong_to() -> None:
    lines = Lines(Caps(overall=6, address=4, session=2, token=3))
    mine = [lines.knock("a", "ana", machine=False) for _ in range(3)]
    assert [one is not None for one in mine] == [True, True, False]
    program = [lines.knock("a", "tok", machine=True) for _ in range(3)]
    assert [one is not None for one in program] == [True, True, False], "the address is full"
    assert lines.knock("b", "tok", machine=True)
    assert lines.knock("c", "ben", machine=False)
    assert lines.knock("d", "dan", machine=False) is None, "the house is full"
    assert isinstance(mine[0], Line)
    lines.leave(mine[0])
    lines.leave(mine[0])
    assert lines.knock("d", "dan", machine=False)


def test_who_keeps_coming_back_is_told_to_wait() -> None:
    lines = Lines(Caps(session=2))
    came = [lines.knock("a", "ana", machine=False) for _ in range(1)]
    for _ in range(10):
        for one in came:
            if one:
                lines.leave(one)
        came = [lines.knock("a", "ana", machine=False)]
    assert came == [None]
    assert lines.knock("a", "ben", machine=False), "nobody else pays for it"


def knock(hub: Served, query: str = "EIO=4&transport=websocket", **headers: str) -> int:
    """The status a knock at the socket is answered with."""
    wire = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=5)
    wire.request(
        "GET", f"/socket.io/?{query}", headers={**UPGRADE, **{k.replace("_", "-"): v for k, v in headers.items()}}
    )
    try:
        return wire.getresponse().status
    finally:
        wire.close()


@pytest.mark.served
def test_a_cookie_opens_the_socket_only_from_a_page_of_ours(hub: Served) -> None:
    cookie = {"Cookie": f"hub_session={hub.session('ana')}"}
    assert knock(hub, **cookie, Origin=hub.url) == 101
    assert knock(hub, **cookie) == 403
    for origin in ("null", "http://elsewhere.example", f"http://a.127.0.0.1:{hub.port}", "http://127.0.0.1:1", ""):
        assert knock(hub, **cookie, Origin=origin) == 403, origin
    evil = "evil.example"
    forged = {
        "X_Forwarded_Host": evil,
        "X_Forwarded_Proto": "https",
        "X_Forwarded_For": "10.0.0.1",
        "Forwarded": f"host={evil}",
    }
    for scheme in ("http", "https"):
        assert knock(hub, **cookie, Origin=f"{scheme}://{evil}", **forged) == 403
    assert knock(hub, **cookie, Origin=f"http://{evil}", Host=evil) == 400


@pytest.mark.served
def test_nobody_takes_up_the_session_of_another_line(hub: Served) -> None:
    with line(hub, "ana") as ana:
        ana.send('42/live,1["watch",{"operation":"EXPO"}]')
        ana.frame()
        for login in ("ana", "ben"):
            for way in ("polling", "websocket"):
                token = {"Authorization": f"Bearer {hub.tokens[login]}"}
                assert knock(hub, f"EIO=4&transport={way}&sid={ana.sid}", **token) == 401
        assert knock(hub, "EIO=4&transport=polling", Authorization=f"Bearer {hub.tokens['ana']}") == 400
        assert knock(hub, "EIO=4&transport=websocket&j=0", Authorization=f"Bearer {hub.tokens['ana']}") == 400
        ana.send('42/live,2["watch",{"operation":"EXPO"}]')
        assert ana.frame()[1].startswith(b"43/live,2")
    assert ana.sid not in hub.log()


@pytest.mark.served
def test_a_flood_ends_the_line_that_floods_and_no_other(hub: Served) -> None:
    with line(hub, "ben") as other, line(hub, "cleo") as cleo:
        cleo.sock.setblocking(True)
        began = time.monotonic()
        for _ in range(20):
            try:
                cleo.sock.sendall(Wire.framed('42/live,["watch",{"operation":"EXPO"}]') * 75)
            except OSError:
                break
        assert cleo.closed()
        assert time.monotonic() - began < 5
        other.send('42/live,1["watch",{"operation":"EXPO"}]')
        assert other.frame()[1].startswith(b"43/live,1")


@pytest.mark.served
def test_what_no_board_says_ends_the_line(hub: Served) -> None:
    for said, code in (('451-/live,["watch",{"_placeholder":true,"num":0}]', 0x81), ("x", 0x82), ("9", 0x81)):
        with line(hub, "cleo") as cleo:
            cleo.send(said, code=code)
            assert cleo.closed(), said


@pytest.mark.served
def test_who_knocks_and_never_enters_is_put_out(hub: Served) -> None:
    with ExitStack() as open_:
        waiting = [Wire(hub, "ana") for _ in range(5)]
        for one in waiting:
            open_.callback(one.sock.close)
            one.sock.settimeout(ENTER_WITHIN + 3)
        began = time.monotonic()
        assert all(one.closed() for one in waiting)
        assert ENTER_WITHIN - 1 < time.monotonic() - began < ENTER_WITHIN + 3
    assert "it never entered" in hub.log()
