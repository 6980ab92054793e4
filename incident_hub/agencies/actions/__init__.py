"""The verbs of the directory and of sign-in; each changes its tables and writes one entry of the house's record."""

from .entering import (
    SESSION_LASTS,
    Knock,
    Opened,
    end_session,
    end_sessions_of,
    enter,
    issue_token,
    open_session,
    refuse_sign_in,
    revoke_token,
    touch,
)
from .people import add_member, disable_member, load_directory, seat, unseat
from .places import HUB, add_agency, add_area, add_desk, add_post, add_site

__all__ = [
    "HUB", "SESSION_LASTS", "Knock", "Opened", "add_agency", "add_area", "add_desk", "add_member", "add_post",
    "add_site", "disable_member", "end_session", "end_sessions_of", "enter", "issue_token", "load_directory",
    "open_session", "refuse_sign_in", "revoke_token", "seat", "touch", "unseat",
]  # fmt: skip
