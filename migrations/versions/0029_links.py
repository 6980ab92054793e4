"""Links between two incidents, made and ended by those who know both.

Why: two reports of one event, or one that came out of another, are worked by desks that must see it, and by none that
knows only one of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incident_link",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("other", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=96), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=96), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_incident_link_chain")),
        sa.ForeignKeyConstraint(["other"], ["incident.ref"], name=op.f("fk_incident_link_other")),
        sa.ForeignKeyConstraint(["ref"], ["incident.ref"], name=op.f("fk_incident_link_ref")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_link")),
    )
    op.create_index("ix_incident_link_other", "incident_link", ["other"])
    op.create_index("ix_incident_link_ref", "incident_link", ["ref"])
