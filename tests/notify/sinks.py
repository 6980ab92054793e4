"""Services on the loopback that speak as the real ones do: they read the format, answer in it, and can misbehave.

Shape of misbehaving: refuse (for good), hurried (429 or 503 with Retry-After), slow (no answer until let go), cut (the
connection ends after all was read).
"""

from __future__ import annotations

import base64
import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from standardwebhooks import Webhook

SECRET = "whsec_" + base64.b64encode(b"a secret between two machines").decode()


class Received:
    """One request as it arrived."""

    def __init__(self, path: str, headers: Any, body: bytes) -> None:
        self.path, self.headers, self.body = path, headers, body

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.body)

    @property
    def query(self) -> dict[str, str]:
        """What stands after the question mark."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}


class Service:
    """A service. Shape: `ways` is what it does to the next requests in turn; when it is used up it accepts."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.ways: list[str] = []
        self.texts: list[str] = []
        self.ids: list[str] = []
        self.port = 0
        self.faults: list[Any] = []
        self.seals: list[Any] = []
        self.let_go = threading.Event()

    @property
    def url(self) -> str:
        """Where it stands."""
        return f"http://127.0.0.1:{self.port}"

    def hears(self, one: Received) -> None:
        """Read one message in this service's format, and keep its text and id."""
        raise AssertionError("a service has a format")

    def accepts(self) -> tuple[int, Any]:
        """How it says yes."""
        return 200, {}

    def refuses(self) -> tuple[int, Any]:
        """How it says no, for good."""
        return 400, {"fault": "no"}

    def hurried(self) -> tuple[int, Any]:
        """How it says later."""
        return 429, {}


class WeCom(Service):
    """A WeCom group robot: everything is HTTP 200, what matters is errcode."""

    def hears(self, one: Received) -> None:
        assert urlsplit(one.path).path == "/cgi-bin/webhook/send"
        assert one.query == {"key": "key-1"}
        assert one.json["msgtype"] == "text"
        assert len(one.json["text"]["content"].encode()) <= 2048
        self.texts.append(one.json["text"]["content"])

    def accepts(self) -> tuple[int, Any]:
        return 200, {"errcode": 0, "errmsg": "ok"}

    def refuses(self) -> tuple[int, Any]:
        return 200, {"errcode": 93000, "errmsg": "invalid webhook url"}

    def hurried(self) -> tuple[int, Any]:
        return 200, {"errcode": 45009, "errmsg": "api freq out of limit"}


class DingTalk(Service):
    """A DingTalk group robot: HTTP 200 and errcode as well."""

    def hears(self, one: Received) -> None:
        assert urlsplit(one.path).path == "/robot/send"
        assert one.query["access_token"] == "token1"
        assert one.json["msgtype"] == "text"
        assert one.json["at"]["isAtAll"] is False
        self.texts.append(one.json["text"]["content"])

    def accepts(self) -> tuple[int, Any]:
        return 200, {"errcode": 0, "errmsg": "ok"}

    def refuses(self) -> tuple[int, Any]:
        return 200, {"errcode": 310000, "errmsg": "keywords not in content"}

    def hurried(self) -> tuple[int, Any]:
        return 200, {"errcode": 130101, "errmsg": "send too fast"}


class Feishu(Service):
    """A Feishu robot: HTTP 200 and code."""

    def hears(self, one: Received) -> None:
        assert one.path == "/open-apis/bot/v2/hook/token1/"
        assert one.json["msg_type"] == "text"
        self.texts.append(one.json["content"]["text"])

    def accepts(self) -> tuple[int, Any]:
        return 200, {"code": 0, "data": {}, "msg": "success"}

    def refuses(self) -> tuple[int, Any]:
        return 200, {"code": 19021, "msg": "sign match fail"}

    def hurried(self) -> tuple[int, Any]:
        return 200, {"code": 11232, "msg": "create message trigger service rate limit"}


class Ntfy(Service):
    """An ntfy server: a JSON message to the root, with its topic."""

    def hears(self, one: Received) -> None:
        assert one.path == "/"
        assert one.json["topic"] == "duty-1"
        self.texts.append(f"{one.json['title']}\n{one.json['message']}")

    def accepts(self) -> tuple[int, Any]:
        return 200, {"id": "x", "event": "message"}

    def refuses(self) -> tuple[int, Any]:
        return 403, {"code": 40301, "error": "forbidden"}


class Gateway(Service):
    """An SMS or voice gateway as docs/API.md describes it: it checks who signed."""

    def hears(self, one: Received) -> None:
        self.ids.append(_signed(one))
        body = one.json
        assert body["delivery"] == self.ids[-1]
        assert body["to"] == "+8613900000000"
        assert isinstance(body["exercise"], bool)
        if "sentence" in body:
            assert body["keys"] == {"1": "taken", "2": "seen", "3": "wrong_number"}
            assert body["answers_to"].endswith("/api/v1/gateways/voice/answers")
        self.texts.append(body.get("text") or body["sentence"])

    def accepts(self) -> tuple[int, Any]:
        return 202, {}


class Listener(Service):
    """A desk's own system: Standard Webhooks around a CloudEvent."""

    def hears(self, one: Received) -> None:
        self.ids.append(_signed(one))
        event = one.json
        assert one.headers["Content-Type"] == "application/cloudevents+json"
        assert event["specversion"] == "1.0"
        assert event["id"] == self.ids[-1]
        if event["type"] == "hub.anchor.v1":
            self.seals.append(event["data"]["matters"][0]["anchor"])
        else:
            assert event["type"] == "hub.notice.v1"
        assert set(event) == {
            "specversion", "type", "source", "id", "time", "datacontenttype", "subject", "data"
        }  # fmt: skip
        if event["type"] != "hub.anchor.v1":
            self.texts.append(event["data"]["text"])

    def accepts(self) -> tuple[int, Any]:
        return 204, None

    def refuses(self) -> tuple[int, Any]:
        return 410, None


class Push(Service):
    """A push service with one browser behind it, which alone can read what comes."""

    def __init__(self) -> None:
        super().__init__()
        self._browser, self._auth = ec.generate_private_key(ec.SECP256R1()), b"sixteen bytes it"
        self.shown: list[Any] = []

    @property
    def subscription(self) -> str:
        """What the browser hands to the Hub."""
        point = self._browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        held = {"endpoint": f"{self.url}/send/1", "p256dh": _text(point), "auth": _text(self._auth)}
        return json.dumps(held)

    def hears(self, one: Received) -> None:
        assert one.headers["Content-Encoding"] == "aes128gcm"
        assert int(one.headers["TTL"]) > 0
        assert len(one.body) <= 4096
        assert Vapid02.verify(one.headers["Authorization"])
        opened = http_ece.decrypt(
            one.body, private_key=self._browser, auth_secret=self._auth, version="aes128gcm"
        )  # fmt: skip
        self.shown.append(json.loads(opened))
        self.ids.append(one.headers["Topic"])
        self.texts.append(f"{self.shown[-1]['title']}\n{self.shown[-1]['body']}")

    def accepts(self) -> tuple[int, Any]:
        return 201, None

    def refuses(self) -> tuple[int, Any]:
        return 410, None


@contextmanager
def running(made: Callable[[], Service]) -> Iterator[Service]:
    """A service that listens on a free port of the loopback until the test is over."""
    service = made()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            service.received.append(Received(self.path, self.headers, body))
            service.hears(service.received[-1])
            self._answer(service.ways.pop(0) if service.ways else "accept")

        def _answer(self, way: str) -> None:
            if way == "cut":
                self.close_connection = True
                return
            if way == "slow":
                service.let_go.wait(20)
            later = way.partition(" ")[2]
            if way.startswith("http"):
                status, said = int(later), None
            else:
                status, said = {"refuse": service.refuses, "hurried": service.hurried}.get(way, service.accepts)()
            answer = b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            if status in (429, 503):
                self.send_header("Retry-After", "90")
            if status in (301, 307):
                self.send_header("Location", f"{service.url}/elsewhere")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that hung up before the answer is what some tests are about."""
            service.faults.append(sys.exc_info()[1])

    server = Server(("127.0.0.1", 0), Door)
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _signed(one: Received) -> str:
    """Check the signature as Standard Webhooks asks, apart from the age, which is the held clock's."""
    id, stamp = one.headers["Webhook-Id"], int(one.headers["Webhook-Timestamp"])
    expected = Webhook(SECRET).sign(id, datetime.fromtimestamp(stamp, UTC), one.body.decode())
    assert one.headers["Webhook-Signature"] == expected
    return id


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
