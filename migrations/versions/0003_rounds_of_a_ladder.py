"""A ladder is climbed in rounds until somebody answers, and a debt may move to another desk or be extended.

Why: nobody having answered is a fact of its own, a clock keeps its instants when it moves, and the old deadline stays
visible beside the new one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("obligation", sa.Column("exhausted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("obligation", sa.Column("moved_from", sa.Text(), nullable=True))
    op.add_column("obligation", sa.Column("original_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("step", sa.Column("round", sa.Integer(), server_default="0", nullable=False))
