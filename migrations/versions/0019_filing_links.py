"""Links with which outlets without an account file one return each.

Why: a counter of two people files its day from any telephone, and nobody keeps an account for it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "filing_link",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("zero_report", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["zero_report"], ["zero_report.id"], name=op.f("fk_filing_link_zero_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_link")),
        sa.UniqueConstraint("hash", name=op.f("uq_filing_link_hash")),
    )
    op.create_index("ix_filing_link_zero_report", "filing_link", ["zero_report"])
