"""Addresses that lead inward, in 120 spellings: none of them reaches a canary on this machine, by whichever way."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from typing import Any

import pytest

from incident_hub.notify.channels import posting
from incident_hub.notify.channels.posting import post, post_outside

HOSTS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0177.0.0.1", "017700000001",
    "0177.1", "127.000.000.001", "127.0.0.1.", "127.255.255.254", ".".join("0000"), "0", "0x0", "00000000", "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1]", "[fd00::1]",
    "localhost", "LOCALHOST", "localhost.", "LocalHost.localdomain", "a.localhost", "ip6-localhost", "hub.local",
    "hub.internal", "intranet", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "198.18.0.1",
    "224.0.0.1", "255.255.255.255", "①②⑦.⓪.⓪.①", "127。0。0。1", "%31%32%37.0.0.1", "127.0.0.1%00.example.org",
]  # fmt: skip
FORMS = [f"{scheme}://{host}:{{port}}/hook" for scheme, host in product(("https", "http"), HOSTS)] + [
    "https://example.org@127.0.0.1:{port}/", "https://127.0.0.1:{port}@example.org/", "https://a:b@127.0.0.1:{port}/",
    "https://127.0.0.1:{port}#@example.org/", "https://127.0.0.1:{port}\\@example.org/", "https:127.0.0.1:{port}/",
    "https:///127.0.0.1:{port}/", "//127.0.0.1:{port}/", "\thttps://127.0.0.1:{port}/", "https://127.0.0.1\t:{port}/",
    "https://127.0.0.1:{port}/\r\nHost: x", "gopher://127.0.0.1:{port}/_x", "file:///etc/passwd", "ftp://127.0.0.1:{port}/",
    "HTTPS://127.0.0.1:{port}/", "https://[::1%25lo]:{port}/", "https://[127.0.0.1]:{port}/", "dict://127.0.0.1:{port}/",
    "unix:///tmp/x.sock", "https://127.0.0.1:{port}?.example.org/",
]  # fmt: skip
# Names whose owner says whatever they like, and the machines they lead to when asked for the first time and later.
NAMES = {
    "inward.example.org": [["127.0.0.1"]],
    "mixed.example.org": [["93.184.215.14", "127.0.0.1"]],
    "six.example.org": [["::1"]],
    "mapped.example.org": [["::ffff:127.0.0.1"]],
    "rebinding.example.org": [["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]],
    "metadata.example.org": [["169.254.169.254"]],
}


class Canary(ThreadingHTTPServer):
    """A machine inside that counts who connects, and drips or leads on whoever asks for it."""

    daemon_threads = True
    touched = 0

    def get_request(self) -> Any:
        self.touched += 1
        return super().get_request()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up in the middle is what is tested here."""


class Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/drip":
            self.connection.settimeout(5)
            try:
                for letter in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200:
                    self.wfile.write(bytes([letter]))
                    time.sleep(0.05)
            except OSError:
                pass
        elif self.path == "/endless":
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                for _ in range(100_000):
                    self.wfile.write(b"X-More: " + b"y" * 1000 + b"\r\n")
            except OSError:
                pass
        else:
            self.send_response(int(self.path[1:4]))
            self.send_header("Location", f"http://127.0.0.1:{self.path.rpartition('/')[2]}/hook")
            self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def standing() -> Iterator[Canary]:
    server = Canary(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    with standing() as made:
        yield made


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Names lead where they are made to; what lies outside is not connected to, only noted."""
    asked: dict[str, int] = {}
    found: list[tuple[str, int]] = []
    resolve, connect = socket.getaddrinfo, socket.create_connection

    def lead(host: Any, port: Any, *more: Any, **yet: Any) -> Any:
        if host not in NAMES:
            return resolve(host, port, *more, **yet)
        turns = NAMES[host]
        turn = turns[min(asked.get(host, 0), len(turns) - 1)]
        asked[host] = asked.get(host, 0) + 1
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in turn
        ]

    def note(address: tuple[str, int], *more: Any, **yet: Any) -> Any:
        found.append(address)
        if address[0].startswith("93."):
            raise ConnectionRefusedError("outside")
        return connect(address, *more, **yet)

    monkeypatch.setattr(socket, "getaddrinfo", lead)
    monkeypatch.setattr(socket, "create_connection", note)
    return found


def test_no_spelling_of_an_inward_address_is_connected_to(canary: Canary, reached: list[tuple[str, int]]) -> None:
    forms = [form.replace("{port}", str(canary.server_port)) for form in FORMS]
    assert len(forms) >= 120
    for form in forms:
        outcome = post_outside(form, b"{}", {}, 1.0, ())
        assert not outcome.accepted, form
    assert canary.touched == 0
    assert reached == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_leads_to_the_machine_that_was_judged_or_nowhere(
    canary: Canary, reached: list[tuple[str, int]], name: str
) -> None:
    outcome = post_outside(f"https://{name}:{canary.server_port}/hook", b"{}", {}, 1.0, ())
    assert not outcome.accepted
    assert canary.touched == 0
    assert reached == ([("93.184.215.14", canary.server_port)] if name.startswith("rebinding") else [])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_a_refusal(canary: Canary, status: int) -> None:
    with standing() as outside:
        place = f"127.0.0.1:{outside.server_port}"
        outcome = post_outside(f"http://{place}/{status}/{canary.server_port}", b"{}", {}, 2.0, {place})
        assert outside.touched == 1
    assert (outcome.accepted, outcome.final) == (False, True)
    assert canary.touched == 0


def test_the_machines_proxies_are_not_asked(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.server_port}")
    posting._client.cache_clear()
    with standing() as outside:
        post_outside(
            f"http://127.0.0.1:{outside.server_port}/200/0", b"{}", {}, 2.0, {f"127.0.0.1:{outside.server_port}"}
        )
        assert outside.touched == 1
    assert canary.touched == 0


def test_an_answer_that_drips_or_never_ends_is_not_waited_for(canary: Canary) -> None:
    began = time.monotonic()
    outcome = post(f"http://127.0.0.1:{canary.server_port}/drip", b"{}", {}, 0.5)
    assert (outcome.accepted, outcome.down) == (False, True)
    assert time.monotonic() - began < 2
    endless = post(f"http://127.0.0.1:{canary.server_port}/endless", b"{}", {}, 5.0)
    assert not endless.accepted
    assert time.monotonic() - began < 6
