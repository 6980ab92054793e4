"""Visits with their answers and findings.

Why: what was looked at on a place, by which questions, and whether the inspected signed it, is asked for years later.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection",
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("visit", sa.String(length=16), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=96), nullable=True),
        sa.Column("inspectors", sa.Text(), nullable=False),
        sa.Column("checklists", sa.Text(), nullable=False),
        sa.Column("plan_version", sa.String(length=96), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("witness", sa.Text(), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_inspection_chain")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_inspection")),
    )
    op.create_index("ix_inspection_chain", "inspection", ["chain", "begun_at"])
    op.create_table(
        "inspection_answer",
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("checklist", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ref"], ["inspection.ref"], name=op.f("fk_inspection_answer_ref")),
        sa.PrimaryKeyConstraint("ref", "checklist", "item", name=op.f("pk_inspection_answer")),
    )
    op.create_table(
        "inspection_finding",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("checklist", sa.String(length=40), nullable=True),
        sa.Column("item", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ref"], ["inspection.ref"], name=op.f("fk_inspection_finding_ref")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_finding")),
    )
    op.create_index("ix_inspection_finding_ref", "inspection_finding", ["ref", "at"])
