"""Hazards, what was done about each, and the incidents they belong to.

Why: what was found wrong and is not put right by its deadline is the accident of next week; who owns it, what was
settled, who looked again and when has to be seen while it can still be mended.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hazard",
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("clause", sa.String(length=96), nullable=True),
        sa.Column("source", sa.String(length=96), nullable=True),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("grade", sa.String(length=8), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=96), nullable=True),
        sa.Column("owner", sa.String(length=96), nullable=False),
        sa.Column("finder", sa.String(length=96), nullable=False),
        sa.Column("supervisor", sa.String(length=96), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("post", sa.String(length=32), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("funds", sa.Text(), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interim", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_hazard_chain")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_hazard")),
    )
    op.create_index("ix_hazard_chain", "hazard", ["chain", "state", "deadline"])
    op.create_index("ix_hazard_agency", "hazard", ["agency"])
    op.create_table(
        "hazard_step",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("further", sa.Text(), nullable=True),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["ref"], ["hazard.ref"], name=op.f("fk_hazard_step_ref")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_step")),
    )
    op.create_index("ix_hazard_step_ref", "hazard_step", ["ref", "number"], unique=True)
    op.create_table(
        "hazard_link",
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("incident", sa.String(length=16), nullable=False),
        sa.Column("relation", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ref"], ["hazard.ref"], name=op.f("fk_hazard_link_ref")),
        sa.ForeignKeyConstraint(["incident"], ["incident.ref"], name=op.f("fk_hazard_link_incident")),
        sa.PrimaryKeyConstraint("ref", "incident", name=op.f("pk_hazard_link")),
    )
    op.create_index("ix_hazard_link_incident", "hazard_link", ["incident"])
