"""Who looked at what, and who was refused it.

Why: whoever answers for an incident must be able to say who has seen it; by desk and hour is enough, and is kept for
three years beside the record, not in it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("subject", sa.String(length=96), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", "desk", "hour", "outcome", name=op.f("pk_look")),
    )
    op.create_index("ix_look_hour", "look", ["hour"])
