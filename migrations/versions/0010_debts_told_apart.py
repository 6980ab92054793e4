"""Debts told apart: a desk may owe several under one rule on one subject.

Why: two reports on one incident want two receipts, and each task its own answer.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("obligation", sa.Column("about", sa.String(length=64), nullable=True))
