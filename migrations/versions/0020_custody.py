"""Things in custody, and every move of each.

Why: what was seized and cannot be found again, or counts one less at the next desk, is a second incident; who had it,
who counted it and under which seal has to be shown hand by hand.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item",
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("incident", sa.String(length=16), nullable=False),
        sa.Column("part_of", sa.String(length=24), nullable=True),
        sa.Column("sort", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("holder", sa.String(length=96), nullable=False),
        sa.Column("offered_to", sa.String(length=96), nullable=True),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_item_chain")),
        sa.ForeignKeyConstraint(["incident"], ["incident.ref"], name=op.f("fk_item_incident")),
        sa.ForeignKeyConstraint(["part_of"], ["item.ref"], name=op.f("fk_item_part_of")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_item")),
    )
    op.create_index("ix_item_chain", "item", ["chain", "taken_at"])
    op.create_index("ix_item_incident", "item", ["incident"])
    op.create_index("ix_item_holder", "item", ["holder", "state"])
    op.create_table(
        "item_move",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("item", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("giver", sa.String(length=96), nullable=True),
        sa.Column("taker", sa.String(length=96), nullable=True),
        sa.Column("receiver", sa.Text(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.Column("receipt", sa.String(length=64), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["item.ref"], name=op.f("fk_item_move_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_move")),
    )
    op.create_index("ix_item_move", "item_move", ["item", "number"], unique=True)
