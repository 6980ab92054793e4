"""A debt may be explained, met by a part, or come round by itself, each occurrence once.

Why: a reason is asked of what is late, missed or left undone; a pre-report says what was not known; and a rule of the
daily kind opens one debt a desk and occurrence, however often the clock asks.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("obligation", sa.Column("occurrence", sa.String(length=32), nullable=True))
    op.add_column("obligation", sa.Column("completeness", sa.String(length=16), nullable=True))
    op.add_column("obligation", sa.Column("explained_code", sa.String(length=32), nullable=True))
    op.add_column("obligation", sa.Column("explanation", sa.Text(), nullable=True))
    op.add_column("obligation", sa.Column("explained_at", sa.DateTime(timezone=True), nullable=True))
    columns = ["chain", "rule", "desk", "occurrence"]
    op.create_index("uq_obligation_occurrence", "obligation", columns, unique=True)
