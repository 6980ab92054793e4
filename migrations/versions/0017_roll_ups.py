"""Roll-ups of a day as each level sent them upward.

Why: what was known at the cut-off must stay readable after more has come; a later roll-up amends and never replaces.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roll_up",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("owing", sa.String(length=24), nullable=False),
        sa.Column("tier", sa.String(length=64), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("amends", sa.String(length=24), nullable=True),
        sa.Column("cut_off", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_roll_up_chain")),
        sa.ForeignKeyConstraint(["owing"], ["owing_desk.ref"], name=op.f("fk_roll_up_owing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_up")),
        sa.UniqueConstraint("owing", "tier", "date", "number", name=op.f("uq_roll_up_owing_tier_date_number")),
    )
    op.create_index("ix_roll_up_date", "roll_up", ["chain", "date"])
