"""Refusals: every answer that is not what was asked for, said in one sentence (RFC 9457)."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A refusal with a stable type, a sentence and, where fields are at fault, a pointer to each.

    Shape: `errors` is a list of {pointer, detail}; `extra` holds members the kind of refusal promises.
    """

    status = 400
    type = "refused"
    title = "Refused"

    def __init__(self, detail: str, *, errors: list[dict[str, str]] | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors or []
        self.extra = extra

    def problem(self) -> dict[str, Any]:
        """The refusal as application/problem+json."""
        body: dict[str, Any] = {
            "type": f"urn:incident-hub:{self.type}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.extra,
        }
        if self.errors:
            body["errors"] = self.errors
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
        words = "Prove that it is you, then do it again: POST /api/v1/session/proof. The proof holds for ten minutes."
        super().__init__(words, detail_zh="请先确认是您本人（POST /api/v1/session/proof），再操作一次；十分钟内有效。")


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
        return cls(
            f"You ask faster than one member may; go on in {seconds} s. Nothing was done, and what is open stays open.",
            detail_zh=f"您的请求太快，请在 {seconds} 秒后继续；这次什么也没有做，已打开的页面不受影响。",
            retry_after=seconds,
        )
