"""Posting over HTTP: one client, no redirects, and what an answer means for trying again."""

from __future__ import annotations

import socket
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

import httpx
from standardwebhooks import Webhook

from incident_hub.notify import doorstep
from incident_hub.notify.messages import Outcome
from incident_hub.notify.retry import LONGEST_PAUSE

from . import bounded

# The receiver's trouble, or ours with this minute: try again. Everything else from 400 on is about this message.
_AGAIN = {408, 425, 429}
_DEAD = {404, 410}


def post(url: str, content: bytes, headers: Mapping[str, str], timeout: float, name: str | None = None) -> Outcome:
    """Send one body and judge the answer; a receiver that is away or too slow is a fault of the channel.

    Shape: `name` is what the machine in `url` has to prove that it is called. Units: `timeout` in seconds, for reaching
    it, sending and hearing its answer in all.
    """
    more = {"sni_hostname": name} if name else {}
    try:
        with (
            bounded.within(timeout),
            _client().stream(
                "POST", url, content=content, headers=dict(headers), timeout=timeout, extensions=more
            ) as answer,
        ):
            # The status says it all; whatever else is sent, and however slowly, is not waited for.
            return judged(answer.status_code, answer.headers.get("Retry-After"))
    except httpx.InvalidURL:
        return Outcome(accepted=False, fault="InvalidURL", final=True)
    except httpx.HTTPError as fault:
        return Outcome(accepted=False, fault=type(fault).__name__, down=True)


def exchanged(
    url: str, content: bytes, headers: Mapping[str, str], timeout: float
) -> tuple[int, Mapping[str, str], bytes]:
    """Send one body and hear the answer out, for a service that refuses in its words: status, headers and body.

    Raises: httpx.HTTPError when it is away, or not heard out within the time limit in all.
    """
    with bounded.within(timeout):
        answer = _client().post(url, content=content, headers=dict(headers), timeout=timeout)
    return answer.status_code, answer.headers, answer.content


def post_outside(
    url: str, content: bytes, headers: Mapping[str, str], timeout: float, let_through: Collection[str]
) -> Outcome:
    """The same to an address that a member gave: only outside of the house, to the very machine that was judged."""
    parts = doorstep.parts_of(url)
    if parts is None or doorstep.url_fault(url, let_through):
        return Outcome(accepted=False, fault="address not allowed", final=True)
    if doorstep.place(parts) in let_through:
        return post(url, content, headers, timeout)
    host, port = parts.hostname or "", parts.port or 443
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError:
        return Outcome(accepted=False, fault="name not found", down=False)
    machine = doorstep.outside(found)
    if machine is None:
        return Outcome(accepted=False, fault="address not allowed", final=True)
    place = f"[{machine}]:{port}" if ":" in machine else f"{machine}:{port}"
    pinned = parts._replace(netloc=place).geturl()
    return post(pinned, content, {**headers, "Host": parts.netloc}, timeout, name=host)


def let_through(settings: Mapping[str, object]) -> Collection[str]:
    """The places inside the house that may be posted to all the same: HUB_LET_THROUGH, host:port with commas."""
    named = str(settings.get("HUB_LET_THROUGH") or "")
    return {one.strip() for one in named.split(",") if one.strip()}


def judged(status: int, retry_after: str | None = None) -> Outcome:
    """What a status means: 2xx accepted, 408, 425, 429 and 5xx again, anything else refused for good.

    A redirect is a refusal: a message goes where it was addressed and nowhere else.
    """
    if 200 <= status < 300:
        return Outcome(accepted=True)
    if status in _AGAIN or status >= 500:
        return Outcome(accepted=False, fault=f"HTTP {status}", down=True, asked=_asked(retry_after))
    return Outcome(accepted=False, fault=f"HTTP {status}", final=True, gone=status in _DEAD)


def signed(secret: str, id: str, at: datetime, content: bytes) -> dict[str, str]:
    """The headers of Standard Webhooks: who may have sent these bytes, under which id, and when."""
    moment = at.astimezone(UTC)
    return {
        "Webhook-Id": id,
        "Webhook-Timestamp": str(int(moment.timestamp())),
        "Webhook-Signature": Webhook(secret).sign(id, moment, content.decode()),
    }


def _asked(retry_after: str | None) -> timedelta | None:
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return min(timedelta(seconds=min(int(retry_after), 86_400)), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    # The receiver's own clock says when; how long that is from now nobody here can know better than by the most.
    return LONGEST_PAUSE if until else None


@cache
def _client() -> httpx.Client:
    # The machine's proxies are not asked: where a message goes is in the settings and in the address alone.
    return httpx.Client(follow_redirects=False, trust_env=False, transport=bounded.transport())
