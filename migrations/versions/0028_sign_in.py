"""A session says by what it began, what it still awaits and when its member last proved to be there; second factors.

Why: a password alone can be watched, guessed or phished, and a duty room shares its computers: what is done there was
told as if one person had done it. Secrets of factors are sealed with a key that is not in the database.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
MEMBER = sa.String(length=24)


def upgrade() -> None:
    _sessions()
    _factors()
    op.create_table(
        "agency_policy",
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("second_from", INSTANT, nullable=True),
        sa.Column("alone", sa.Text(), nullable=False),
        sa.Column("idle_minutes", sa.Integer(), nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agency", name=op.f("pk_agency_policy")),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("enrolled_by", MEMBER, nullable=False),
        sa.Column("enrolled_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_device_desk_id")),
        sa.ForeignKeyConstraint(["enrolled_by"], ["member.id"], name=op.f("fk_device_enrolled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("hash", name=op.f("uq_device_hash")),
    )
    op.create_index(op.f("ix_device_desk_id"), "device", ["desk_id"])
    _of_member(
        "pin", sa.Column("hash", sa.String(length=128), nullable=False), sa.Column("set_at", INSTANT, nullable=False)
    )
    op.create_table(
        "password_reset",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", MEMBER, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_password_reset_member_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_password_reset")),
    )
    op.create_index(op.f("ix_password_reset_member_id"), "password_reset", ["member_id"])
    _elsewhere()


def _sessions() -> None:
    op.add_column("session", sa.Column("hash", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("session", sa.Column("awaits", sa.String(length=12), nullable=True))
    op.add_column("session", sa.Column("wrong", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("session", sa.Column("way", sa.String(length=12), nullable=False, server_default="password"))
    # Whoever was in before there was anything to prove has to prove it before the next signature.
    op.add_column("session", sa.Column("proved_at", INSTANT, nullable=True))
    op.add_column("session", sa.Column("device", sa.String(length=64), nullable=True))
    op.add_column("session", sa.Column("idle", sa.Integer(), nullable=True))
    op.add_column("session", sa.Column("agent", sa.String(length=64), nullable=False, server_default=""))
    op.execute("UPDATE session SET hash = id")
    with op.batch_alter_table("session") as table:
        for name in ("hash", "wrong", "way", "agent"):
            table.alter_column(name, server_default=None)
    op.create_index("uq_session_hash", "session", ["hash"], unique=True)


def _factors() -> None:
    _of_member(
        "totp",
        sa.Column("sealed", sa.String(length=255), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
    )
    op.create_table(
        "recovery_code",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", MEMBER, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_recovery_code_member_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_member_id"), "recovery_code", ["member_id"])
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("member_id", MEMBER, nullable=False),
        sa.Column("credential", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("signs", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_passkey_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkey_credential")),
    )
    op.create_index(op.f("ix_passkey_member_id"), "passkey", ["member_id"])


def _elsewhere() -> None:
    op.create_table(
        "linked_account",
        sa.Column("provider", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("member_id", MEMBER, nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_linked_account_member_id")),
        sa.PrimaryKeyConstraint("provider", "subject", name=op.f("pk_linked_account")),
    )
    op.create_index(op.f("ix_linked_account_member_id"), "linked_account", ["member_id"])
    op.create_table(
        "ceremony",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("member_id", MEMBER, nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_ceremony_member_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_ceremony")),
    )
    op.create_index("ix_ceremony_expires", "ceremony", ["expires_at"])


def _of_member(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("member_id", MEMBER, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f(f"fk_{name}_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f(f"pk_{name}")),
    )
