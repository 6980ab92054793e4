"""Where messages leave the Hub: what the environment says of each channel, and whether it answers."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from incident_hub.kernel import keys
from incident_hub.notify.channels import CHANNELS, web_push
from incident_hub.notify.channels.channel import Settings

PATIENCE = 3.0
_PLACES = ("HUB_LINK", "HUB_LET_THROUGH", "HUB_HOSTS", "HUB_ORIGINS", "HUB_PROXIES")
_OWNERS = ("address", "session", "token")
_SHARES = ("at_once", "session", "token")
_SERVERS = ("SMS", "VOICE", "WECOM", "DINGTALK", "FEISHU", "NTFY")


def outward(folder: Path) -> dict[str, Any]:
    """The settings of all channels; one the environment does not name is not used.

    Shape: HUB_LINK is what readers' browsers call the Hub; HUB_SMTP is host:port with HUB_MAIL_FROM, HUB_SMTP_USER,
    HUB_SMTP_PASSWORD, HUB_SMTP_TLS (none, starttls, tls); HUB_SMS_URL with HUB_SMS_SECRET, and so for VOICE;
    HUB_NTFY_URL with HUB_NTFY_TOKEN; HUB_WECOM_URL, HUB_DINGTALK_URL, HUB_FEISHU_URL for services of one's own;
    HUB_LET_THROUGH are places inside the house that webhooks may lead to; HUB_HOSTS are further hosts the Hub answers
    to and HUB_ORIGINS further origins whose pages may act in it, with commas; HUB_PROXIES is how many proxies stand
    before it. HUB_SOCKETS, HUB_SOCKETS_ADDRESS, HUB_SOCKETS_SESSION and HUB_SOCKETS_TOKEN are how many live lines there
    may be at once: in all, from one address, of one session and of one token. HUB_REQUESTS_AT_ONCE is how many requests
    of one member are answered at once, HUB_REQUESTS_SESSION and HUB_REQUESTS_TOKEN how many a second for long.
    """
    said = os.environ
    settings: dict[str, Any] = {name: said.get(name, "") for name in _PLACES}
    caps = {of or "overall": said.get(f"HUB_SOCKETS_{of.upper()}".rstrip("_")) for of in ("", *_OWNERS)}
    settings["HUB_SOCKETS"] = {of: int(most) for of, most in caps.items() if most}
    shares = {of: said.get(f"HUB_REQUESTS_{of.upper()}") for of in _SHARES}
    settings["HUB_SHARES"] = {of: int(most) for of, most in shares.items() if most}
    sender = said.get("HUB_MAIL_FROM", "hub@localhost")
    host, _, port = said.get("HUB_SMTP", "").partition(":")
    if host:
        more = {name: said.get(f"HUB_SMTP_{name.upper()}") for name in ("user", "password", "tls")}
        settings["HUB_MAIL"] = {"host": host, "port": int(port or 25), "from": sender, **more}
    for name in _SERVERS:
        held = {part: said.get(f"HUB_{name}_{part.upper()}") for part in ("url", "secret", "token")}
        settings[f"HUB_{name}"] = {part: value for part, value in held.items() if value}
    subject = settings["HUB_LINK"] if settings["HUB_LINK"].startswith("https://") else f"mailto:{sender}"
    return settings | {"HUB_PUSH": {"key": push_key(folder), "subject": subject}}


def push_key(folder: Path) -> str:
    """This Hub's key for web push, made on first use, readable by its owner alone."""
    return keys.kept(folder / "push.key", lambda: web_push.new_key().encode()).decode()


def look(settings: Settings) -> tuple[list[str], list[str]]:
    """What there is to say of each channel that leaves the Hub, and what is wrong."""
    fine: list[str] = []
    wrong: list[str] = []
    for name, way in sorted(CHANNELS.items()):
        if not way.carries:
            continue
        place = _place(settings.get(way.setting or "") or {})
        if way.unset(settings):
            fine.append(f"The channel {name} is not set up ({way.setting}).")
        elif place and not _answers(*place):
            wrong.append(
                f"The channel {name} is set up and {place[0]}:{place[1]} does not answer: check {way.setting}."
            )
        else:
            fine.append(f"The channel {name} is set up{' and its server answers' if place else ''}.")
    return fine, wrong


def _place(held: Settings) -> tuple[str, int] | None:
    if held.get("host"):
        return str(held["host"]), int(held["port"])
    parts = urlsplit(str(held.get("url") or ""))
    return (parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)) if parts.hostname else None


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), PATIENCE).close()
    except OSError:
        return False
    return True
