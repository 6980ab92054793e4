"""Several inspectors write on one visit, each from a desk of their own: an answer says which desk gave it.

A visit says who signed it and when, so that its printed form can. A photograph is taken at a question, so that whoever
reads the visit sees it there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inspection_answer", sa.Column("desk", sa.String(length=96), nullable=True))
    op.add_column("inspection", sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("inspection", sa.Column("signed_by", sa.Text(), nullable=True))
    op.create_table(
        "inspection_photograph",
        sa.Column("file", sa.String(length=24), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("checklist", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["file"], ["attachment.id"], name=op.f("fk_inspection_photograph_file")),
        sa.ForeignKeyConstraint(["ref"], ["inspection.ref"], name=op.f("fk_inspection_photograph_ref")),
        sa.PrimaryKeyConstraint("file", name=op.f("pk_inspection_photograph")),
    )
    op.create_index("ix_inspection_photograph_ref", "inspection_photograph", ["ref"])
