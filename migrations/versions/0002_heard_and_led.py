"""What is heard, planned and led: where an incident lies, when it is planned, and to whom the lead is offered.

Why: rules look at the areas of an incident, a closing notice counts back from a planned day, and the lead is handed
over by offer and acceptance.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incident", sa.Column("areas", sa.Text(), nullable=True))
    op.add_column("incident", sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("incident", sa.Column("lead_offer", sa.Text(), nullable=True))
