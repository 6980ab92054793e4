"""A file on its way out: named, typed by us, and never to be run."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from .queries import Kept


def sent(file: Kept, *, inline: bool) -> Response:
    """A file as it goes over the wire; only a picture that we drew ourselves is ever shown in place."""
    response = Response(file.raw, content_type=file.media)
    way = "inline" if inline and file.shown else "attachment"
    # A name in Chinese goes as RFC 8187 has it; a header is Latin.
    response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(file.name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
