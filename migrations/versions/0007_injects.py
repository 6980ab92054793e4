"""Injects: what the control desk of an exercise plays by itself.

Why: an inject is a row with a due instant like every timer here, so that it is played once whatever becomes of the
process that would have played it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inject",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("incident", sa.String(length=64), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("played_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ref", sa.String(length=64), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_inject_chain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inject")),
    )
    op.create_index("ix_inject_chain", "inject", ["chain", "due_at"])
    op.create_index("ix_inject_due", "inject", ["state", "due_at"])
