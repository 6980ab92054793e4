"""Where the Hub stands, as browsers call it: the hosts it answers to, and the origins whose pages may act in it.

Both come from the settings alone; nothing a request says about itself makes it ours. An origin is compared letter for
letter, as browsers write it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

Settings = Mapping[str, Any]
# A browser on the Hub's own machine.
NEAR = ("localhost", "127.0.0.1")


def hosts(settings: Settings) -> list[str]:
    """The hosts the Hub answers to: HUB_HOSTS (with commas), the one in HUB_LINK, and its own machine."""
    linked = urlsplit(_link(settings)).hostname
    return [*named(settings, "HUB_HOSTS"), *([linked] if linked else []), *NEAR]


def is_ours(host: str, origin: str, scheme: str, settings: Settings) -> bool:
    """Whether an origin is one whose pages may act in the Hub: of this very address, in HUB_LINK, or in HUB_ORIGINS."""
    if origin in named(settings, "HUB_ORIGINS") or origin == _origin(_link(settings)):
        return True
    return host_is_trusted(host, hosts(settings)) and origin == f"{scheme}://{host}"


def fronted(inner: Callable[..., Iterable[bytes]], settings: Settings) -> Callable[..., Iterable[bytes]]:
    """The application as it is reached: what it is called in an https HUB_LINK is https, whoever speaks TLS before it.

    Shape: the address somebody comes from is taken from the last of HUB_PROXIES proxies, and with none of them from
    the connection alone; no header says what host or scheme this is.
    """
    secure = urlsplit(_link(settings))
    secured = secure.netloc if secure.scheme == "https" else None
    proxies = int(settings.get("HUB_PROXIES") or 0)
    behind = ProxyFix(inner, x_for=proxies, x_proto=0, x_host=0) if proxies else inner

    def reached(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if secured and environ.get("HTTP_HOST") == secured:
            environ["wsgi.url_scheme"] = "https"
        return behind(environ, start_response)

    return reached


def named(settings: Settings, name: str) -> Collection[str]:
    """A setting that is a list, with commas."""
    return [one.strip() for one in str(settings.get(name) or "").split(",") if one.strip()]


def _link(settings: Settings) -> str:
    return str(settings.get("HUB_LINK") or "")


def _origin(link: str) -> str | None:
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None
