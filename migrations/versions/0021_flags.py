"""Noughts in returns that something speaks against.

Why: what the filing unit may not know must be shown to those who may know both, and to nobody else.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "flag",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("zero_report", sa.String(length=24), nullable=False),
        sa.Column("filing", sa.String(length=24), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=96), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["zero_report"], ["zero_report.id"], name=op.f("fk_flag_zero_report")),
        sa.ForeignKeyConstraint(["filing"], ["filing.id"], name=op.f("fk_flag_filing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
    )
    op.create_index("ix_flag_zero_report", "flag", ["zero_report"])
    op.create_index("ix_flag_filing", "flag", ["filing"])
