"""The vault: plain values of persons, apart from everything else, under a key that lies outside the database.

What others compare and find by is a keyed hash and the last four; the plain value is opened by a reveal alone and is
destroyed when its time is over. A waybill is found wherever the asker may know of it; every other value is hashed with
its subject, so that no two incidents can ever be joined over a person (product: restraint).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import ForeignKey, Index, Integer, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from . import keys
from .database import Base, Instant, db
from .disclosure import Subject, written
from .personal import last_four, plain_value
from .registry import holds_text
from .text import opaque

holds_text("vault.sealed", "a value of a person, encrypted; destroyed when its time is over")
# How many days after the stand-down the plan of an operation lets a value be kept; the composition root fills it in.
lasting: dict[str, Callable[[int], int]] = {}
# Where nobody says. Units: days.
DAYS = 30


class Vault(Base):
    """One value of a person that belongs to a subject. After its destruction the row says that it was there."""

    __tablename__ = "vault"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The operation's chain.
    chain: Mapped[int] = mapped_column(ForeignKey("chain.id"))
    #: What it belongs to, `incident/K7QF2M`.
    subject: Mapped[str] = mapped_column(String(96))
    #: waybill, phone, identity, other.
    kind: Mapped[str] = mapped_column(String(16))
    #: Its end, to be told apart by; empty once destroyed, but for a waybill.
    last_four: Mapped[str] = mapped_column(String(4))
    #: Keyed hash, to be found by; empty once destroyed, but for a waybill.
    mark: Mapped[str] = mapped_column(String(64))
    #: The value, encrypted; null once destroyed.
    sealed: Mapped[str | None] = mapped_column(Text)
    #: The desk that put it in, `agency/desk`.
    desk: Mapped[str] = mapped_column(String(96))
    #: When.
    at: Mapped[datetime] = mapped_column(Instant)
    #: How many days after the stand-down it is destroyed, as the plan said when it was put in.
    keep_days: Mapped[int] = mapped_column(Integer)
    #: When it was destroyed.
    destroyed_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index("ix_vault_subject", "chain", "subject"), Index("ix_vault_mark", "chain", "mark"))


@dataclass(frozen=True)
class Value:
    """A value as it arrives."""

    kind: str
    plain: str


def put(chain: int, subject: Subject | str, value: Value, desk: str, at: datetime) -> Vault:
    """Lock a value away; what was locked away for this subject before is given back instead of a second one."""
    about = subject if isinstance(subject, str) else written(subject)
    mark = marked(about, value)
    same = select(Vault).where(Vault.chain == chain, Vault.subject == about, Vault.mark == mark)
    known = db.session.scalars(same.where(Vault.sealed.is_not(None))).first()
    if known is not None:
        return known
    id, asked = opaque(), lasting.get("plan")
    row = Vault(
        id=id, chain=chain, subject=about, kind=value.kind, last_four=last_four(value.plain), mark=mark,
        sealed=keys.locked(_keys()[1], value.plain.strip(), id), desk=desk, at=at,
        keep_days=asked(chain) if asked else DAYS, destroyed_at=None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def marked(subject: str, value: Value) -> str:
    """The keyed hash of a value: of a waybill alone, of everything else together with its subject."""
    scope = "" if value.kind == "waybill" else subject
    said = f"{value.kind}\n{scope}\n{plain_value(value.plain)}"
    return hmac.digest(_keys()[0], said.encode(), "sha256").hex()


def opened(row: Vault) -> str | None:
    """The plain value; None once it is destroyed, or when the key of this folder is not the one it was locked with."""
    if row.sealed is None:
        return None
    return keys.unlocked(_keys()[1], row.sealed, row.id)


def of(chain: int, subject: Subject) -> list[Vault]:
    """What is locked away for a subject, in the order it came."""
    query = select(Vault).where(Vault.chain == chain, Vault.subject == written(subject))
    return list(db.session.scalars(query.order_by(Vault.at, Vault.id)))


def one(id: str) -> Vault | None:
    """One value."""
    return db.session.get(Vault, id)


def every(chain: int) -> list[Vault]:
    """Every value of an operation that is not destroyed."""
    query = select(Vault).where(Vault.chain == chain, Vault.sealed.is_not(None))
    return list(db.session.scalars(query.order_by(Vault.at, Vault.id)))


def alike(chain: int, marks: Sequence[str]) -> list[Vault]:
    """Every value of an operation with one of these keyed hashes."""
    return list(db.session.scalars(select(Vault).where(Vault.chain == chain, Vault.mark.in_([m for m in marks if m]))))


def destroy(row: Vault, at: datetime) -> None:
    """Destroy a plain value; of a waybill the keyed hash and the last four stay, of everything else nothing."""
    row.sealed, row.destroyed_at = None, at
    if row.kind != "waybill":
        row.last_four = row.mark = ""


def key_file(place: Path) -> Path:
    """Where the vault's key lies; who has the database alone has no value of it."""
    return place / "vault.key"


def _keys() -> tuple[bytes, bytes]:
    """The key of the hash and the key of the values; made on first use, readable by their owner alone."""
    raw = keys.kept(key_file(Path(current_app.config["HUB_FOLDER"])), lambda: secrets.token_bytes(64))
    return raw[:32], raw[32:]
