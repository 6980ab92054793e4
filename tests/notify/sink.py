"""A mail server on the loopback that keeps what it receives, and can refuse."""

from __future__ import annotations

from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """Receives letters. Shape: `answer` is what it says to the next ones."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuse_recipient = ""
        self.refuse_letter = ""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        """Accept or refuse whom it is for."""
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Accept or refuse the letter."""
        if self.refuse_letter:
            return self.refuse_letter
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to one person."""
        return [letter for letter in self.letters if letter["To"] == address]


class _AnyPort(Controller):
    """Listens on whichever port is free."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def controlled(handler: object) -> Iterator[int]:
    """A mail server on the loopback that hands what comes to a handler; its port."""
    controller = _AnyPort(handler, hostname="127.0.0.1", port=0, ready_timeout=10)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def smtp_sink() -> Iterator[tuple[Sink, dict[str, Any]]]:
    """A running sink and the settings that lead to it."""
    sink = Sink()
    with controlled(sink) as port:
        mail = {"host": "127.0.0.1", "port": port, "from": "hub@example.org"}
        yield sink, {"HUB_MAIL": mail, "HUB_LINK": "https://hub.example"}
