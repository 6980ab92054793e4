"""Passkeys (WebAuthn level 2): what a browser is asked, and whether its answer holds for this house.

The challenge is the name of the question it belongs to; whoever answers takes the question away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
from flask import current_app, request
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from incident_hub.kernel.errors import BadInput

from .actions.factors import NewKey

UNREADABLE = "The answer of the passkey cannot be read."
NOT_OURS = "The passkey did not answer this question, or not for this house. Try again."
PATIENCE_MS = 120_000


@dataclass(frozen=True)
class House:
    """What passkeys are bound to: the host's name, and the address pages have."""

    name: str
    origin: str


def house() -> House:
    """This house as browsers know it: by the configured address, else by the host that was let in."""
    link = str(current_app.config.get("HUB_LINK") or "") or request.host_url
    parts = urlsplit(link)
    return House(parts.hostname or "localhost", f"{parts.scheme}://{parts.netloc}")


def to_add(member_id: str, login: str, name: str, known: Sequence[str]) -> tuple[dict[str, Any], str]:
    """What a browser is asked to make a passkey, and the challenge."""
    made = generate_registration_options(
        rp_id=house().name, rp_name="Incident Hub", user_id=member_id.encode(), user_name=login, user_display_name=name,
        timeout=PATIENCE_MS, exclude_credentials=_known(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )  # fmt: skip
    return orjson.loads(options_to_json(made)), bytes_to_base64url(made.challenge)


def to_show(known: Sequence[str] = ()) -> tuple[dict[str, Any], str]:
    """What a browser is asked to show one: any of this house, or one of those known; and the challenge."""
    made = generate_authentication_options(
        rp_id=house().name, timeout=PATIENCE_MS, allow_credentials=_known(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )  # fmt: skip
    return orjson.loads(options_to_json(made)), bytes_to_base64url(made.challenge)


def challenge_of(answer: Mapping[str, Any]) -> str:
    """The challenge an answer says it belongs to.

    Raises: BadInput for what is no answer at all.
    """
    try:
        said = orjson.loads(base64url_to_bytes(str(answer["response"]["clientDataJSON"])))
        return str(said["challenge"])
    except (KeyError, TypeError, ValueError) as fault:
        raise BadInput(UNREADABLE) from fault


def added(answer: dict[str, Any], challenge: str) -> NewKey:
    """The passkey that was made.

    Raises: BadInput when the answer does not hold.
    """
    here = house()
    try:
        made = verify_registration_response(
            credential=answer, expected_challenge=base64url_to_bytes(challenge), expected_rp_id=here.name,
            expected_origin=here.origin, require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, KeyError, TypeError, ValueError) as fault:
        raise BadInput(NOT_OURS) from fault
    public_key = bytes_to_base64url(made.credential_public_key)
    return NewKey(bytes_to_base64url(made.credential_id), public_key, made.sign_count)


def shown(answer: dict[str, Any], challenge: str, public_key: str, signs: int) -> int | None:
    """How often the passkey has signed by now; None when the answer does not hold, or its count went backwards."""
    here = house()
    try:
        made = verify_authentication_response(
            credential=answer, expected_challenge=base64url_to_bytes(challenge), expected_rp_id=here.name,
            expected_origin=here.origin, credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=signs, require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, KeyError, TypeError, ValueError):
        return None
    return made.new_sign_count


def _known(credentials: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in credentials]
