"""A plan is proposed before it is put in force.

Why: two people sign a plan, at two moments; what the first one signed has to stay as it is until the second one does.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_proposal",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.Column("plan_version", sa.String(length=96), nullable=False),
        sa.Column("before", sa.String(length=96), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("countersigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("countersigned_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["operation"], ["operation.id"], name=op.f("fk_plan_proposal_operation")),
        sa.ForeignKeyConstraint(["plan_version"], ["plan_version.id"], name=op.f("fk_plan_proposal_plan_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_proposal")),
    )
    op.create_index(op.f("ix_plan_proposal_operation"), "plan_proposal", ["operation"])
