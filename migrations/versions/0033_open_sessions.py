"""From when on what an agency asks holds for sessions that were open already.

Why: whoever was signed in when an agency began to ask for a second factor went on for a week without one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agency_policy", sa.Column("open_from", sa.DateTime(timezone=True), nullable=True))
