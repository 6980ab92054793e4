"""The log: a line for each change and each refusal, by whom and from where, without secrets and without faked lines."""

from __future__ import annotations

import logging
import re

from flask import Flask, Response, request

log = logging.getLogger("incident_hub.requests")
FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"
HIDDEN = "[hidden]"
# Under which name in the environment of a request stands who asks, once that is known.
ASKER = "hub.asker"
# What must never be read in a log, wherever it comes from: cookies, tokens, names of sockets, secrets of links.
_SECRETS = (
    (re.compile(r"\bih_([A-Za-z0-9]+)_[A-Za-z0-9_-]+"), rf"ih_\1_{HIDDEN}"),
    (re.compile(r"\bwhsec_[A-Za-z0-9+/=_-]+"), HIDDEN),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}"), rf"\1 {HIDDEN}"),
    (
        re.compile(
            r"(?i)\b(sid|token|csrf|secret|password|passwd|code|state|hub_session|hub_form|set-cookie|cookie"
            r"|authorization|x-csrf-token)(\\?[\"']?\s*[=:]\s*\\?[\"']?)(?!\[hidden\])[^\s\"'&,;}\\]+"
        ),
        rf"\1\2{HIDDEN}",
    ),
    (re.compile(r"(/(?:filing|zero-reports/links?|links?|invitations?|reset)/)[A-Za-z0-9_-]{16,}"), rf"\1{HIDDEN}"),
)
_UNSEEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Lines(logging.Formatter):
    """Writes a record as one line; what belongs to it, such as where it broke, stands indented below it."""

    def __init__(self) -> None:
        super().__init__(FORM)

    def format(self, record: logging.LogRecord) -> str:
        """The record without secrets and without a letter that could end its line."""
        kept = (record.msg, record.args, record.exc_text)
        record.msg, record.args = said(record.getMessage()), None
        record.exc_text = None
        try:
            head, *below = super().format(record).split("\n")
        finally:
            record.msg, record.args, record.exc_text = kept
        return "\n".join([head, *(f"    | {said(line)}" for line in below)])


def said(words: str) -> str:
    """Words as they may stand in a log."""
    for pattern, instead in _SECRETS:
        words = pattern.sub(instead, words)
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), words)


def attach(app: Flask) -> None:
    """Have every change and every refusal written down."""
    app.after_request(_noted)


def to_terminal(level: int = logging.INFO) -> None:
    """Send everything that is logged to the terminal, written so."""
    lines = logging.StreamHandler()
    lines.setFormatter(Lines())
    logging.basicConfig(level=level, handlers=[lines])


def _noted(response: Response) -> Response:
    if request.method in _CHANGES or response.status_code >= 400:
        asker = request.environ.get(ASKER)
        who = f"{asker.desk} {asker.member}" if asker is not None else "unknown"
        # The rule and not the path: what stands in a path may be a secret, and is in the record where it matters.
        rule = request.url_rule.rule if request.url_rule else "no such page"
        log.info("%s %s %s by %s from %s", request.method, rule, response.status_code, who, request.remote_addr or "-")
    return response
