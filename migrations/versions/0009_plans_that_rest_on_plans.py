"""Plans that rest on plans: a version keeps the name of the one it extends.

Why: a child plan says only what it adds and tightens, so it can be read again only together with its parent.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan_version", sa.Column("parent", sa.String(length=96), nullable=True))
