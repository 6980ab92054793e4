"""E-mail by SMTP. The Message-ID is made from the delivery id, so that a second copy is known for what it is."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from typing import Any

from incident_hub.notify.messages import Message, Outcome

from . import bounded, wording
from .channel import Settings


@dataclass(frozen=True)
class Email:
    """A letter to the member's address, without a word about any person in it.

    Shape: settings under `HUB_MAIL`: host, port (25), from, and if needed user, password, tls (none | starttls |
    tls).
    """

    name: str = "email"
    carries: bool = True
    whose: str = "directory"
    takes: str | None = "email"
    setting: str | None = "HUB_MAIL"
    timeout: float = 10.0
    at_once: int = 4

    def unset(self, settings: Settings) -> str | None:
        """A server has to be named."""
        mail: Mapping[str, Any] = settings.get("HUB_MAIL") or {}
        return None if mail.get("host") else "no mail server is set (HUB_MAIL)"

    def address_fault(self, value: str, settings: Settings) -> str | None:
        """Something on both sides of an @."""
        name, _, host = value.rpartition("@")
        fits = name and host and value.isprintable() and " " not in value and len(value) <= 254
        return None if fits else "An e-mail address looks like duty@example.org."

    def send(self, message: Message, settings: Settings) -> Outcome:
        """Hand the letter to the SMTP server; what the server refuses for good is not tried again."""
        mail: Mapping[str, Any] = settings["HUB_MAIL"]
        try:
            letter = compose(message, settings)
            with bounded.cut_off(self.timeout) as line, _server(mail, self.timeout, line) as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refusal:
            code = next(iter(refusal.recipients.values()), (0, b""))[0]
            return Outcome(accepted=False, fault=f"recipient refused {code}", final=500 <= code < 600)
        except smtplib.SMTPResponseException as refusal:
            # What is said of one letter is about that letter; whoever says it works.
            about_us = not isinstance(refusal, smtplib.SMTPDataError)
            return Outcome(accepted=False, fault=f"{type(refusal).__name__} {refusal.smtp_code}", down=about_us)
        except (OSError, smtplib.SMTPException) as fault:
            return Outcome(accepted=False, fault=type(fault).__name__, down=True)
        return Outcome(accepted=True)


def compose(message: Message, settings: Settings) -> EmailMessage:
    """The letter: subject and text from the templates of the reader's language."""
    sender = str(settings["HUB_MAIL"].get("from") or "incident-hub@localhost")
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = wording.subject(message)
    letter["From"] = sender
    letter["To"] = message.address
    letter["Date"] = format_datetime(message.at)
    letter["Message-ID"] = f"<{message.delivery_id}@{sender.rpartition('@')[2].strip('<> ') or 'localhost'}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(wording.body(message, settings), cte="base64")
    return letter


class _Plain(smtplib.SMTP):
    """A conversation whose line is known as soon as it is open, before a word or a handshake has passed over it."""

    line: bounded.Line

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        opened: Any = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.line.holds(opened)
        return opened


class _Sealed(smtplib.SMTP_SSL, _Plain):
    """The same under TLS from the first byte."""


def _server(mail: Mapping[str, Any], timeout: float, line: bounded.Line) -> smtplib.SMTP:
    host, port, tls = str(mail["host"]), int(mail.get("port") or 25), mail.get("tls") or "none"
    server = _Sealed(timeout=timeout, context=_trusted()) if tls == "tls" else _Plain(timeout=timeout)
    server.line = line
    # What a certificate has to say is taken from here, since the place is named only now.
    server._host = host  # type: ignore[attr-defined]
    try:
        code, words = server.connect(host, port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)
        if tls == "starttls":
            server.starttls(context=_trusted())
        if mail.get("user"):
            server.login(str(mail["user"]), str(mail.get("password") or ""))
    except BaseException:
        server.close()
        raise
    return server


@cache
def _trusted() -> ssl.SSLContext:
    # Reading the machine's certificates takes longer than sending the letter.
    return ssl.create_default_context()


CHANNELS = (Email(),)
