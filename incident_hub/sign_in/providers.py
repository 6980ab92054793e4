"""Signing in through another house (OpenID Connect): which houses, what they are asked, and what their answer says.

`providers.toml` in the Hub's folder names them, one to an agency:

    [[provider]]
    name = "city"
    title = {zh = "市统一身份认证", en = "City sign-in"}
    agency = "police"
    issuer = "https://id.example.org"
    client_id = "incident-hub"
    client_secret = "…"
"""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from flask import current_app, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from incident_hub.kernel.errors import BadInput, NotSignedIn
from incident_hub.kernel.saying import say

FILE = "providers.toml"
NOT_SO = "The other house did not say who you are. Try again, or sign in with login and password."
# Units: seconds.
PATIENCE = 8.0
SKEW = 60
# The longest number of a subject. Units: characters.
LONGEST = 255
_SIGNED = ["RS256", "PS256", "ES256", "EdDSA"]
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Provider:
    """A house that knows members of one agency by subjects of its own. Shape: `title` is {zh, en}."""

    name: str
    title: Mapping[str, str]
    agency: str
    issuer: str
    client_id: str
    client_secret: str | None = None


@dataclass(frozen=True)
class Begun:
    """A sign-in that is under way elsewhere: where the browser is sent, and what the answer has to match."""

    location: str
    state: str
    verifier: str
    nonce: str


def known() -> dict[str, Provider]:
    """The houses that the settings name.

    Raises: BadInput naming what is wrong with the file.
    """
    folder = current_app.config.get("HUB_FOLDER")
    path = Path(folder) / FILE if folder else None
    if path is None or not path.exists():
        return {}
    try:
        found = [Provider(**row) for row in tomllib.loads(path.read_text(encoding="utf-8")).get("provider", [])]
    except (tomllib.TOMLDecodeError, TypeError) as fault:
        raise BadInput(say("{file} cannot be read: {fault}.", file=FILE, fault=fault)) from fault
    for one in found:
        parts = urlsplit(one.issuer)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise BadInput(say("{file}: the issuer of {house} must be https.", file=FILE, house=one.name))
    return {one.name: one for one in found}


def named() -> list[tuple[str, Mapping[str, str]]]:
    """The houses as the sign-in page names them: (name, title)."""
    return [(one.name, one.title) for one in known().values()]


def begin(provider: Provider) -> Begun:
    """Where to send the browser; the verifier and the nonce stay here (PKCE with S256)."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    asks = {
        "response_type": "code", "scope": "openid", "client_id": provider.client_id, "redirect_uri": _back(provider),
        "state": state, "nonce": nonce, "code_challenge": create_s256_code_challenge(verifier),
        "code_challenge_method": "S256",
    }  # fmt: skip
    with _line() as line:
        there = str(_described(line, provider)["authorization_endpoint"])
    return Begun(str(add_params_to_uri(there, list(asks.items()))), state, verifier, nonce)


def subject_of(provider: Provider, code: str, verifier: str, nonce: str, at: datetime) -> str:
    """Whom the other house says this is, by its own number for them.

    Raises: NotSignedIn when the code, the signature, the issuer, the audience, the nonce or the time does not hold.
    """
    asks = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": _back(provider), "code_verifier": verifier,
        "client_id": provider.client_id,
    }  # fmt: skip
    secret = httpx.BasicAuth(provider.client_id, provider.client_secret) if provider.client_secret else httpx.Auth()
    wanted = jwt.JWTClaimsRegistry(
        now=int(at.timestamp()), leeway=SKEW, iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id}, nonce={"essential": True, "value": nonce},
        sub={"essential": True}, exp={"essential": True},
    )  # fmt: skip
    try:
        with _line() as line:
            said = _described(line, provider)
            token = line.post(said["token_endpoint"], data=asks, auth=secret).raise_for_status().json()
            keys = KeySet.import_key_set(line.get(said["jwks_uri"]).raise_for_status().json())
        claims = jwt.decode(token["id_token"], keys, algorithms=_SIGNED).claims
        wanted.validate(claims)
        subject = str(claims["sub"])
    except (JoseError, httpx.HTTPError, KeyError, TypeError, ValueError) as fault:
        raise NotSignedIn(NOT_SO) from fault
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if not 0 < len(subject) <= LONGEST or (several and claims.get("azp") != provider.client_id):
        raise NotSignedIn(NOT_SO)
    return subject


def _line() -> httpx.Client:
    return httpx.Client(timeout=PATIENCE, trust_env=False, follow_redirects=False)


def _described(line: httpx.Client, provider: Provider) -> dict[str, Any]:
    try:
        there = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        said = line.get(there).raise_for_status().json()
    except (httpx.HTTPError, ValueError) as fault:
        raise NotSignedIn(NOT_SO) from fault
    # What another issuer says of itself is not believed under this one's name.
    if said.get("issuer") != provider.issuer:
        raise NotSignedIn(NOT_SO)
    return said


def _back(provider: Provider) -> str:
    link = str(current_app.config.get("HUB_LINK") or "").rstrip("/") or request.host_url.rstrip("/")
    return f"{link}/sign-in/from/{provider.name}"
