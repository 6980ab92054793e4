"""Audits: an evaluator reads as another desk, for a reason and for a time.

Why: whoever judges an operation has to see what a desk saw, and that desk has to see that somebody looked.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=24), nullable=False),
        sa.Column("by", sa.String(length=96), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=96), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_audit_chain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_chain", "audit", ["chain", "since"])
