"""The vault of personal values, and the reveals that read them.

Why: a waybill or a telephone number that an incident cannot do without is found by a keyed hash and told by its last
four; who reads it says why, with a second person, and when its time is over the value is destroyed and the row stays.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vault",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=96), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("last_four", sa.String(length=4), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("desk", sa.String(length=96), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["chain"], ["chain.id"], name=op.f("fk_vault_chain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault")),
    )
    op.create_index("ix_vault_subject", "vault", ["chain", "subject"])
    op.create_index("ix_vault_mark", "vault", ["chain", "mark"])
    op.create_table(
        "reveal",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("value", sa.String(length=24), nullable=False),
        sa.Column("member", sa.String(length=24), nullable=False),
        sa.Column("desk", sa.String(length=96), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("second", sa.String(length=24), nullable=True),
        sa.Column("second_desk", sa.String(length=96), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["value"], ["vault.id"], name=op.f("fk_reveal_value")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveal")),
    )
    op.create_index("ix_reveal_value", "reveal", ["value"])
