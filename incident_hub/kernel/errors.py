"""Refusals: every answer that is not what was asked for, said in one sentence (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .saying import Tongue, say


class Refusal(Exception):
    """A refusal with a stable type, a sentence and, where fields are at fault, a pointer to each.

    Shape: `detail` is a plain sentence, or one made by `say`; `errors` is a list of {pointer, detail}; `extra` holds
    members the kind of refusal promises.
    """

    status = 400
    type = "refused"
    title = "Refused"

    def __init__(self, detail: str, *, errors: list[dict[str, str]] | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors or []
        self.extra = extra

    def problem(self, chinese: Tongue | None = None) -> dict[str, Any]:
        """The refusal as application/problem+json, each sentence in both languages where there is a book of them."""
        body: dict[str, Any] = {
            "type": f"urn:incident-hub:{self.type}",
            "title": self.title,
            "status": self.status,
            **_in_both(self.detail, chinese),
            **self.extra,
        }
        if self.errors:
            body["errors"] = [{**one, **_in_both(one["detail"], chinese)} for one in self.errors]
        return body


class Malformed(Refusal):
    """What arrived could not be read at all."""

    status, type, title = 400, "malformed", "Could not be read"


class NotSignedIn(Refusal):
    """Nobody is known to be asking."""

    status, type, title = 401, "not-signed-in", "Sign in first"

    def __init__(self, detail: str = "Sign in, or send a token that is still valid.", page: str = "/sign-in") -> None:
        super().__init__(detail)
        # Where somebody at a browser is led.
        self.page = page


class NotAllowed(Refusal):
    """The asker may know of it but may not do this."""

    status, type, title = 403, "not-allowed", "Not allowed"


class ProofWanted(Refusal):
    """The asker may do this, once they have proved that it is they who sit there."""

    status, type, title = 403, "step-up-required", "Prove that it is you"

    def __init__(self) -> None:
        super().__init__(
            "Prove that it is you, then do it again: POST /api/v1/session/proof. The proof holds for ten minutes."
        )


class NotKnown(Refusal):
    """There is no such thing, or the asker may not know of it; the two are never told apart."""

    status, type, title = 404, "not-known", "Not known"

    def __init__(self) -> None:
        super().__init__("There is nothing here that you may know of. Check the reference, or ask for it to be shared.")


class Conflict(Refusal):
    """It no longer fits the state the thing is in."""

    status, type, title = 409, "conflict", "Does not fit the present state"


class Stale(Refusal):
    """Somebody else changed the same field since it was read."""

    status, type, title = 412, "stale", "Changed by somebody else"


class TooLarge(Refusal):
    """More than is taken at once."""

    status, type, title = 413, "too-large", "Too large"


class BadInput(Refusal):
    """It was read, and something in it is wrong; the pointers say where."""

    status, type, title = 422, "bad-input", "Something in it is wrong"


class Unconditional(Refusal):
    """A change of fields must say which version it was made on."""

    status, type, title = 428, "if-match-required", "Say which version you saw"

    def __init__(self) -> None:
        super().__init__("Send If-Match with the ETag of the version you read, so that nobody's change is lost.")


class TooMany(Refusal):
    """Too many tries in too short a time."""

    status, type, title = 429, "too-many", "Too many tries"

    @classmethod
    def early(cls, seconds: int) -> TooMany:
        """Whoever asks faster than one may is told in how many seconds to go on."""
        told = say(
            "You ask faster than one member may; go on in {n} s. Nothing was done, and what is open stays open.",
            n=seconds,
        )
        return cls(told, retry_after=seconds)


def _in_both(sentence: str, chinese: Tongue | None) -> Mapping[str, str]:
    zh = chinese and chinese.of(sentence)
    return {"detail": sentence, "detail_zh": zh} if zh else {"detail": sentence}
