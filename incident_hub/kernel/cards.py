"""Cards: what everyone with access sees of a subject, drawn once for each unit of work that touched it (rulings 3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from .database import Work, current_work, db
from .disclosure import Subject, written
from .models import Card
from .text import canonical, sha256

CardBuilder = Callable[[int, str, int, datetime], tuple[dict[str, Any], bool]]
# Who draws the card of a noun; the composition root fills it in.
builders: dict[str, CardBuilder] = {}


def touch(work: Work, chain: int, subject: str, number: int, at: datetime) -> None:
    """Note that everyone with access was shown an entry about this subject."""
    if subject.partition("/")[0] in builders:
        touched: dict[tuple[int, str], tuple[int, int, datetime]] = work.gathered.setdefault("touched", {})
        count = touched.get((chain, subject), (0, 0, at))[0]
        touched[chain, subject] = (count + 1, number, at)


def settle_cards(work: Work) -> None:
    """Build the card of every subject touched so far; a subject moves on by one version per entry all may see."""
    touched: dict[tuple[int, str], tuple[int, int, datetime]] = work.gathered.pop("touched", {})
    for (chain, subject), (count, number, at) in touched.items():
        noun, _, ref = subject.partition("/")
        old = db.session.execute(select(Card.version).where(Card.chain == chain, Card.subject == subject)).first()
        version = (old.version if old else 0) + count
        body, on_board = builders[noun](chain, ref, version, at)
        text = canonical(body)
        values = {"version": version, "on_board": on_board, "body": text.decode(), "hash": sha256(text)}
        values |= {"number": number, "updated_at": at}
        if old:
            db.session.execute(update(Card).where(Card.chain == chain, Card.subject == subject).values(**values))
        else:
            db.session.execute(insert(Card).values(chain=chain, subject=subject, **values))


def card_version(chain: int, subject: Subject) -> int:
    """The version of a subject's card as this unit of work found it, counting what it has already written."""
    touched: dict[tuple[int, str], tuple[int, int, datetime]] = current_work().gathered.get("touched", {})
    kept = db.session.scalar(select(Card.version).where(Card.chain == chain, Card.subject == written(subject)))
    return (kept or 0) + touched.get((chain, written(subject)), (0, 0, None))[0]
