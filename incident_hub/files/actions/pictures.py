"""Pictures drawn anew: what they show is kept, where and with what they were taken is not."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from io import BytesIO

import gevent
from gevent import monkey
from gevent.lock import BoundedSemaphore
from PIL import Image, ImageOps, UnidentifiedImageError

from incident_hub.files.content import MOST_PIXELS, PICTURES
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.saying import say

# One at a time, so that memory stays flat whatever arrives at once.
_turn = BoundedSemaphore(1)
BROKEN = "This picture cannot be read to its end; take it again or send another."


def drawn_anew(raw: bytes, media: str) -> bytes:
    """The same picture without a word beside it, upright, its first frame alone; the loop goes on meanwhile.

    Raises: BadInput for one that is broken or has too many pixels.
    """
    with _turn:
        return _beside(_drawn, raw, PICTURES[media])


def _drawn(raw: bytes, form: str) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _copied(raw, form)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as fault:
        raise BadInput(BROKEN, errors=[{"pointer": "/file", "detail": BROKEN}]) from fault


def _copied(raw: bytes, form: str) -> bytes:
    made = BytesIO()
    with Image.open(BytesIO(raw), formats=[form]) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            # Said from the header, before a single pixel is unfolded.
            told = say(
                "The picture has {width} × {height} pixels; {most} million are the most.",
                width=width,
                height=height,
                most=MOST_PIXELS // 1_000_000,
            )
            raise BadInput(told, errors=[{"pointer": "/file", "detail": told}])
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        shown = upright.convert("RGBA" if form != "JPEG" and upright.has_transparency_data else "RGB")
    shown.info.clear()
    shown.save(made, form, **({"optimize": False} if form == "PNG" else {"quality": 88}))
    return made.getvalue()


def _beside(work: Callable[[bytes, str], bytes], raw: bytes, form: str) -> bytes:
    if not monkey.is_module_patched("threading"):
        return work(raw, form)
    return gevent.get_hub().threadpool.apply(work, (raw, form))
