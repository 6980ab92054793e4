"""Each machine that messages are posted to fares by itself.

Why: with one breaker for all webhooks, five faults of one desk's address kept every other desk's messages waiting.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was prepared before goes by the channel as a whole.
    op.add_column("notice", sa.Column("route", sa.String(length=128), nullable=False, server_default=""))
    with op.batch_alter_table("notice") as table:
        table.alter_column("route", existing_type=sa.String(length=128), server_default=None)
    # How channels fare is of the last two minutes; nothing is lost that the next try does not find again.
    op.drop_table("channel_state")
    op.create_table(
        "channel_state",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("route", sa.String(length=128), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("channel", "route", name=op.f("pk_channel_state")),
    )
