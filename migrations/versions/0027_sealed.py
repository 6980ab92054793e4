"""The posts that alone may read a sealed entry of the journal.

Why: some of what a duty room writes is for its leader only, and whoever sits beside him should not even see that there
is something.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("journal") as table:
        table.add_column(sa.Column("posts", sa.Text(), nullable=True))
