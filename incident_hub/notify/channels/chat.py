"""Chat groups and ntfy through Apprise: WeCom, DingTalk, Feishu and ntfy.

Apprise writes the bodies these services read. What it does not do is hear them out: WeCom and DingTalk refuse with
HTTP 200 and a code in the body, and Apprise counts that as sent. So the Hub listens to the answer itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import requests
from apprise.exception import AppriseException
from apprise.plugins import dingtalk, feishu, ntfy, wecombot

from incident_hub.kernel.saying import say
from incident_hub.notify.messages import Message, Outcome

from . import wording
from .channel import Settings
from .posting import exchanged, judged

# Refusals of the minute, not of the message: too many to one group at once, which says nothing of other groups.
_TOO_MANY = {"wecom": {45009}, "dingtalk": {130101, 130103}, "feishu": {9499, 11232}}
_A_MINUTE = timedelta(minutes=1)


class _Ear:
    """Stands between Apprise and `requests`: keeps the time limit, follows no redirect, remembers the answer."""

    def __init__(self) -> None:
        self._heard = threading.local()

    def __getattr__(self, name: str) -> Any:
        return getattr(requests, name)

    def listen(self, base: str | None, timeout: float) -> None:
        """Begin to listen in this thread. Shape: `base` is where the service stands instead of its public place."""
        self._heard.answer, self._heard.base, self._heard.timeout = None, base, timeout

    def heard(self) -> requests.Response | None:
        """What was answered last in this thread."""
        return self._heard.answer

    def post(self, url: str, **more: Any) -> requests.Response:
        """Post as Apprise asks, but here, and not longer than this."""
        asked = {name: more[name] for name in ("data", "json", "headers", "params", "auth") if name in more}
        made: Any = requests.Request("POST", _moved(url, self._heard.base), **asked).prepare()
        body = made.body.encode() if isinstance(made.body, str) else made.body or b""
        try:
            status, headers, heard = exchanged(str(made.url), body, dict(made.headers), self._heard.timeout)
        except httpx.HTTPError as fault:
            raise requests.ConnectionError(type(fault).__name__) from fault
        answer: Any = requests.Response()
        answer.status_code, answer._content = status, heard
        answer.headers.update(headers)
        self._heard.answer = answer
        return answer


_ear = _Ear()


@dataclass(frozen=True)
class Chat:
    """One service that Apprise speaks to.

    Shape: `plugin` makes Apprise's part for the member's address and the settings; settings under `setting`: url, where
    a service of one's own stands (ntfy needs one), and token if that one asks for it.
    """

    name: str
    plugin: Callable[[str, Mapping[str, Any]], Any]
    takes: str | None
    setting: str | None
    letters: str
    must_be_set: bool = False
    carries: bool = True
    whose: str = "member"
    timeout: float = 8.0
    at_once: int = 4

    def unset(self, settings: Settings) -> str | None:
        """Public services need nothing; ntfy needs a server."""
        held = self._held(settings)
        return f"no {self.name} server is set ({self.setting})" if self.must_be_set and not held.get("url") else None

    def address_fault(self, value: str, settings: Settings) -> str | None:
        """The key of a group's robot, or a topic: letters and digits, never an address."""
        fits = 0 < len(value) <= 200 and value.isascii() and all(one.isalnum() or one in self.letters for one in value)
        return (
            None
            if fits
            else say(
                "Give the {takes} alone, as {network} shows it, not a whole address.",
                takes=self.takes,
                network=self.name,
            )
        )

    def send(self, message: Message, settings: Settings) -> Outcome:
        """Have Apprise say it, and hear what the service answers."""
        held = self._held(settings)
        try:
            service = self.plugin(message.address, held)
        except AppriseException:
            return Outcome(accepted=False, fault="address not understood", final=True)
        has_title = self.name == "ntfy"
        _ear.listen(None if has_title else held.get("url"), self.timeout)
        title = wording.subject(message) if has_title else ""
        accepted = service.send(body=wording.body(message, settings), title=title)
        return self._judged(_ear.heard(), bool(accepted))

    def _held(self, settings: Settings) -> Mapping[str, Any]:
        return settings.get(self.setting or "") or {}

    def _judged(self, answer: requests.Response | None, accepted: bool) -> Outcome:
        if answer is None:
            return Outcome(accepted=False, fault="no answer", down=True)
        outcome, code = judged(answer.status_code, answer.headers.get("Retry-After")), refusal_of(answer)
        if not outcome.accepted or (accepted and not code):
            return outcome
        if code in _TOO_MANY.get(self.name, ()):
            return Outcome(accepted=False, fault=f"{self.name} {code}", asked=_A_MINUTE)
        return Outcome(accepted=False, fault=f"{self.name} {code or 'refused'}", final=True)


def refusal_of(answer: requests.Response) -> int:
    """The code in the body by which WeCom, DingTalk and Feishu refuse under HTTP 200; 0 when there is none."""
    try:
        body: Any = answer.json()
    except ValueError:
        return 0
    found = (body.get("errcode") or body.get("code") or 0) if isinstance(body, dict) else 0
    return found if isinstance(found, int) else 0


def _moved(url: str, base: str | None) -> str:
    if base is None:
        return url
    here, there = urlsplit(url), urlsplit(base)
    return urlunsplit((there.scheme, there.netloc, there.path.rstrip("/") + here.path, here.query, ""))


def _dingtalk(address: str, _held: Mapping[str, Any]) -> Any:
    secret, _, token = address.rpartition("@")
    return dingtalk.NotifyDingTalk(token=token, secret=secret or None)


def _ntfy(address: str, held: Mapping[str, Any]) -> Any:
    server = urlsplit(str(held["url"]))
    auth = {"token": held["token"], "auth": "token"} if held.get("token") else {}
    return ntfy.NotifyNtfy(
        targets=[address], mode="private", host=server.hostname, port=server.port, secure=server.scheme == "https",
        include_image=False, **auth,
    )  # fmt: skip


for _module in (wecombot, dingtalk, feishu, ntfy):
    vars(_module)["requests"] = _ear

CHANNELS = (
    Chat("wecom", lambda key, _: wecombot.NotifyWeComBot(key=key), "robot", "HUB_WECOM", "-_"),
    Chat("dingtalk", _dingtalk, "robot", "HUB_DINGTALK", "@"),
    Chat("feishu", lambda token, _: feishu.NotifyFeishu(token=token), "robot", "HUB_FEISHU", "-_"),
    Chat("ntfy", _ntfy, "topic", "HUB_NTFY", "-_", must_be_set=True),
)
