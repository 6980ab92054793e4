"""Anchors of a record, and the signatures that other agencies put under them.

Why: whoever can write to the database could tell the record anew; what was sealed every minute with a key outside of
it, and is kept by others, shows that.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "anchor",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_anchor_chain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sa.UniqueConstraint("chain", "number", name=op.f("uq_anchor_chain_number")),
    )
    op.create_index("ix_anchor_mark", "anchor", ["chain", "mark"])
    op.create_table(
        "witness",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("anchor", sa.String(length=24), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("desk", sa.String(length=96), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["anchor"], ["anchor.id"], name=op.f("fk_witness_anchor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witness")),
        sa.UniqueConstraint("anchor", "agency", name=op.f("uq_witness_anchor_agency")),
    )


def downgrade() -> None:
    op.drop_table("witness")
    op.drop_table("anchor")
