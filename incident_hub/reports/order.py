"""Which form may follow on what an agency has sent (pure)."""

from __future__ import annotations

from collections.abc import Collection

from incident_hub.kernel.saying import Said, say, say_both

from .fields import Form
from .forms import FORMS


def may_begin(form: Form, sent: Collection[str]) -> str | None:
    """Why a form does not follow; None when it does."""
    if form.once and form.code in sent:
        return say("Your agency has sent its {form} already; write a follow-up, or amend it.", form=_named(form))
    if form.after and not set(sent) & set(form.after):
        wanted = [_named(FORMS[one]) for one in form.after]
        return say("Your agency has sent no {wanted:or} yet; write that one.", wanted=wanted)
    return None


def _named(form: Form) -> Said:
    return say_both(form.short.en.lower(), form.short.zh)
