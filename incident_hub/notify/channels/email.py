"""E-mail by SMTP. The Message-ID is made from the delivery id, so that a second copy is known for what it is."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from incident_hub.agencies.queries import Member
from incident_hub.notify.messages import Message, Outcome, said, wall_time

TIMEOUT = 10.0
_TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "notices"
# Plain text: nothing in it is ever read as markup, so nothing is escaped.
_pages = Environment(  # noqa: S701
    loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_words = cast("dict[str, Any]", _pages.globals)
_words |= {"said": said, "wall_time": wall_time}


class Email:
    """A letter to the member's address, without a word about any person in it.

    Shape: settings under `HUB_MAIL`: host, port (25), from, and if needed user, password, tls (none | starttls |
    tls), link (the address of this Hub, put before the path).
    """

    name = "email"
    carries = True

    def address_of(self, member: Member) -> str | None:
        """The address in the directory."""
        return member.email or None

    def send(self, message: Message, settings: Mapping[str, Any]) -> Outcome:
        """Hand the letter to the SMTP server; what the server refuses for good is not tried again."""
        mail: Mapping[str, Any] = settings.get("HUB_MAIL") or {}
        if not mail.get("host"):
            return Outcome(accepted=False, fault="no mail server is set (HUB_MAIL)")
        try:
            letter = compose(message, mail)
            with _server(mail) as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refusal:
            code = next(iter(refusal.recipients.values()), (0, b""))[0]
            return Outcome(accepted=False, fault=f"recipient refused {code}", final=500 <= code < 600)
        except smtplib.SMTPResponseException as refusal:
            return Outcome(accepted=False, fault=f"{type(refusal).__name__} {refusal.smtp_code}")
        except (OSError, smtplib.SMTPException) as fault:
            return Outcome(accepted=False, fault=type(fault).__name__)
        return Outcome(accepted=True)


def compose(message: Message, mail: Mapping[str, Any]) -> EmailMessage:
    """The letter: subject and text from the templates of the reader's language."""
    language = "zh" if message.language.startswith("zh") else "en"
    sender = str(mail.get("from") or "incident-hub@localhost")
    link = str(mail.get("link") or "").rstrip("/")
    values = {"message": message, "matters": message.matters, "language": language, "link": link}
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = " ".join(_pages.get_template(f"{language}/subject.txt").render(values).split())
    letter["From"] = sender
    letter["To"] = message.address
    letter["Date"] = format_datetime(message.at)
    letter["Message-ID"] = f"<{message.delivery_id}@{sender.rpartition('@')[2].strip('<> ') or 'localhost'}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(_pages.get_template(f"{language}/body.txt").render(values), cte="base64")
    return letter


def _server(mail: Mapping[str, Any]) -> smtplib.SMTP:
    host, port, tls = str(mail["host"]), int(mail.get("port") or 25), mail.get("tls") or "none"
    if tls == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=_trusted())
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    try:
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


CHANNEL = Email()
