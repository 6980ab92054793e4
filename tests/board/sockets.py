"""A socket of the live namespace as a script would open it, and everything it heard."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import engineio
import socketio
from socketio.exceptions import ConnectionError as Refused

from tests.board.served import Served

PATIENCE = 10


class _Line(engineio.Client):
    """A line that is heard in the order in which it speaks; the library begins a thread for each message."""

    def __init__(self, *more: Any, **options: Any) -> None:
        super().__init__(*more, **options)
        self._said: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        threading.Thread(target=self._hear_all, daemon=True).start()

    def _trigger_event(self, event: str, *args: Any, **kwargs: Any) -> Any:
        if event == "message":
            return self._said.put(args)
        if event == "disconnect":
            self._said.put(None)
        return super()._trigger_event(event, *args, **kwargs)

    def _hear_all(self) -> None:
        while (said := self._said.get()) is not None:
            self.handlers["message"](*said)


class _InOrder(socketio.Client):
    def _engineio_client_class(self) -> type[engineio.Client]:
        return _Line


class Ear:
    """What one socket heard, in order; `wait` stops at the first moment something holds."""

    def __init__(self, url: str, headers: dict[str, str], desk: str | None = None) -> None:
        self.heard: list[tuple[str, Any]] = []
        self.gone = False
        self._changed = threading.Condition()
        self.client = _InOrder(reconnection=False)
        for name in ("entry", "head", "summons", "revoked"):
            self.client.on(name, self._hear(name), namespace="/live")
        self.client.on("disconnect", self._leave, namespace="/live")
        auth = {"desk": desk} if desk else {}
        try:
            self.client.connect(url, headers=headers, auth=auth, namespaces=["/live"], transports=["websocket"])
        except Refused:
            self.close()
            raise

    def close(self) -> None:
        """Leave; what the client library keeps open after a refusal is closed as well."""
        line = self.client.eio.ws
        self.client.disconnect()
        if line is not None:
            line.close()
            if reading := self.client.eio.read_loop_task:
                reading.join(5)

    def watch(self, operation: Any = "EXPO", after: Any = None, **more: Any) -> dict[str, Any]:
        """Ask to follow an operation; the answer."""
        asked = {"operation": operation, **more} | ({} if after is None else {"after": after})
        return self.say("watch", asked)

    def say(self, event: str, *said: Any) -> dict[str, Any]:
        """Say anything at all; the answer, which must be one."""
        answer = self.client.call(event, said, namespace="/live", timeout=PATIENCE)
        assert isinstance(answer, dict), answer
        return answer

    def entries(self, ref: str | None = None) -> list[dict[str, Any]]:
        """The entries pushed so far, or those about one incident."""
        with self._changed:
            entries = [value for name, value in self.heard if name == "entry"]
        return [one for one in entries if ref is None or (one.get("subject") or {}).get("ref") == ref]

    def kinds(self, ref: str) -> list[str]:
        """The kinds of the entries about one incident."""
        return [one["kind"] for one in self.entries(ref)]

    def wait(self, holds: Callable[[], Any], within: float = PATIENCE) -> float:
        """Wait until something holds of what was heard; the seconds that took."""
        began = time.monotonic()
        with self._changed:
            assert self._changed.wait_for(holds, within), f"it did not come in {within} s: {self.heard[-5:]}"
        return time.monotonic() - began

    def wait_for_head(self, head: int, within: float = PATIENCE) -> float:
        """Wait until the entry at a position was pushed."""
        return self.wait(lambda: any(n == "entry" and v["position"] >= head for n, v in self.heard), within)

    def _hear(self, name: str) -> Callable[..., None]:
        def hear(value: Any = None) -> None:
            with self._changed:
                self.heard.append((name, value))
                self._changed.notify_all()

        return hear

    def _leave(self, *_why: Any) -> None:
        with self._changed:
            self.gone = True
            self._changed.notify_all()


@contextmanager
def ear(hub: Served, login: str, desk: str | None = None) -> Iterator[Ear]:
    """A socket with somebody's token, closed with the block."""
    made = Ear(hub.url, {"Authorization": f"Bearer {hub.tokens[login]}"}, desk)
    try:
        yield made
    finally:
        made.close()
