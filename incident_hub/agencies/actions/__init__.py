"""The verbs of the directory and of sign-in; each changes its tables and writes one entry of the house's record."""

from .entering import (
    HALF_LASTS,
    SESSION_LASTS,
    Knock,
    Opened,
    Shared,
    challenge,
    complete,
    count_wrong,
    end_session,
    end_sessions_at,
    end_sessions_of,
    enter,
    open_session,
    prove,
    refuse_sign_in,
    shorten_waits,
    touch,
)
from .people import add_member, change_password, disable_member, load_directory, seat, unseat
from .places import HUB, add_agency, add_area, add_desk, add_post, add_site
from .tokens import issue_token, revoke_token

__all__ = [
    "HALF_LASTS", "HUB", "SESSION_LASTS", "Knock", "Opened", "Shared", "add_agency", "add_area", "add_desk",
    "add_member", "add_post", "add_site", "challenge", "change_password", "complete", "count_wrong",
    "disable_member", "end_session", "end_sessions_at", "end_sessions_of", "enter", "issue_token", "load_directory",
    "open_session", "prove", "refuse_sign_in", "revoke_token", "seat", "shorten_waits", "touch", "unseat",
]  # fmt: skip
