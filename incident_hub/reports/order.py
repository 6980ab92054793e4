"""Which form may follow on what an agency has sent (pure)."""

from __future__ import annotations

from collections.abc import Collection

from .fields import Form
from .forms import FORMS


def may_begin(form: Form, sent: Collection[str]) -> str | None:
    """Why a form does not follow; None when it does."""
    if form.once and form.code in sent:
        return f"Your agency has sent its {form.short.en.lower()} already; write a follow-up, or amend it."
    if form.after and not set(sent) & set(form.after):
        wanted = " or ".join(FORMS[one].short.en.lower() for one in form.after)
        return f"Your agency has sent no {wanted} yet; write that one."
    return None
