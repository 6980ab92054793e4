"""What every page has: its language, its built assets, the headers that keep it safe, and refusals in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
from babel.messages.pofile import read_po
from flask import Flask, Response, current_app, redirect, render_template, request
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from . import clock, hosts
from .doors import PREFIX, refuse
from .errors import Malformed, NotAllowed, NotKnown, NotSignedIn, Refusal, TooMany
from .saying import Tongue, nobody
from .text import instant

Answered = AnyResponse | tuple[str, int]
log = logging.getLogger(__name__)
LANGUAGES = ("zh", "en")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
# What every answer carries, whoever gives it: a page, a file, a refusal, or the listener itself.
SAFE = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("X-Frame-Options", "DENY"),
)
# Half a year: whoever stands behind TLS once is asked for it again.
_ONLY_TLS = "max-age=15552000"
NOT_CALLED_SO = "The Hub is not called so. Use its own address; whoever runs it names further hosts in HUB_HOSTS."
# What the framework refuses before a door hears of it.
_NOT_SO = {
    405: "This address takes no such request; open the page itself and do it there.",
    413: "More was sent than is taken at once; send less, or in parts.",
}
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def attach(app: Flask, templates: Path, static: Path, names: Callable[[str], str | None]) -> None:
    """Give the application its templates, assets, languages, headers and words for refusals.

    Shape: `names` gives what an agency or a desk is called in Chinese, by its code.
    """
    app.extensions["hub_catalogue"] = catalogue(templates)
    app.extensions["hub_chinese"] = chinese(templates, names)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters["spoken"] = spoken
    app.context_processor(lambda: {"lang": language(), "now": instant(clock.now()), "asset": partial(asset, static)})
    app.before_request(_from_our_pages)
    app.after_request(_headers)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def language() -> str:
    """zh or en: as asked in the address, else as chosen before, else as the browser says, else Chinese."""
    asked = request.args.get("lang") or request.cookies.get("hub_lang")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES) or "zh"


@lru_cache(maxsize=4)
def catalogue(templates: Path) -> dict[str, str]:
    """The Chinese of every English sentence on the pages."""
    path = templates / "translations" / "zh.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file, locale="zh") if one.id and one.string}


def chinese(templates: Path, names: Callable[[str], str | None] = nobody) -> Tongue:
    """The Chinese of every refusal, with the words behind codes in it and the names of agencies and desks."""
    return Tongue(*_refusals(templates), names)


@lru_cache(maxsize=4)
def _refusals(templates: Path) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    with (templates / "translations" / "refusals.po").open("rb") as file:
        told = [one for one in read_po(file, locale="zh") if one.id and one.string]
    sentences = {str(one.id): str(one.string) for one in told if not one.context}
    return sentences, {(str(one.context), str(one.id)): str(one.string) for one in told if one.context}


def spoken(sentence: str) -> str:
    """A refusal's sentence in the language of the page."""
    tongue: Tongue = current_app.extensions["hub_chinese"]
    return (language() == "zh" and tongue.of(sentence)) or sentence


def asset(static: Path, name: str) -> str:
    """The address of a built asset by the name it has in the source; a stylesheet by its own name."""
    path = static / ".vite" / "manifest.json"
    manifest = _manifest(path, path.stat().st_mtime_ns if path.exists() else 0)
    entry = manifest.get(name)
    if entry is None:
        raise RuntimeError(f"there is no built asset {name}; build it: python3 -m incident_hub.bootstrap setup")
    return f"/static/{entry['file']}"


@lru_cache(maxsize=4)
def _manifest(path: Path, changed: int) -> dict[str, Any]:
    # A front end that was built anew has other names; the time of the change is part of what is remembered.
    if not changed:
        raise RuntimeError("the front end is not built: python3 -m incident_hub.bootstrap setup")
    return orjson.loads(path.read_bytes())


def _gettext(sentence: str) -> str:
    return current_app.extensions["hub_catalogue"].get(sentence, sentence) if language() == "zh" else sentence


def _ngettext(one: str, many: str, n: int) -> str:
    return _gettext(one if n == 1 else many)


def _headers(response: Response) -> Response:
    for name, value in SAFE:
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", _ONLY_TLS)
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    if request.args.get("lang") in LANGUAGES:
        lasts = 31_536_000
        response.set_cookie("hub_lang", request.args["lang"], max_age=lasts, secure=request.is_secure, samesite="Lax")
    return response


def _from_our_pages() -> None:
    # What changes something comes from a page of ours, or from a program, which names no page. SameSite says much of
    # this already; a neighbour under the same domain, a form in a frame and the door of sign-in it does not cover.
    if request.method in _SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    elsewhere = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
    ours = origin is None or hosts.is_ours(request.host, origin, request.scheme, current_app.config)
    # Other pages of one's own that the settings name are another site to the browser, and welcome all the same.
    if not ours or (elsewhere and origin is None):
        raise NotAllowed("This came from a page that is not the Hub's own; open the Hub itself and do it there.")


def _refused(refusal: Refusal) -> Answered:
    if request.path.startswith(PREFIX) or "text/html" not in request.headers.get("Accept", ""):
        return refuse(refusal)
    if isinstance(refusal, NotSignedIn):
        return redirect(f"{refusal.page}?{urlencode({'next': request.full_path.rstrip('?')})}")
    return render_template("kernel/fault.html", fault=refusal, told=spoken(refusal.detail)), refusal.status


def _http(fault: HTTPException) -> Answered:
    if fault.code == 404:
        return _refused(NotKnown())
    if fault.code == 429:
        return _refused(TooMany("Too many tries in a short time; wait a minute and try again."))
    if isinstance(fault, SecurityError):
        return _refused(Malformed(NOT_CALLED_SO))
    made = Malformed(_NOT_SO.get(fault.code or 400, "This request does not fit; check it and send it again."))
    made.status = fault.code or 400
    return _refused(made)


def _broken(fault: Exception) -> Answered:
    log.error("a request failed", exc_info=fault)
    made = Refusal("The Hub failed on this request; nothing of it was kept. Try again, and tell whoever runs the Hub.")
    made.status, made.type, made.title = 500, "failed", "The Hub failed"
    return _refused(made)
