"""Incident reports and the ways they went.

Why: what was told upward, by whom signed, when sent and when received, is what the clocks of the law are about.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incident_report",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("desk", sa.String(length=96), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("open_key", sa.String(length=64), nullable=True),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("open", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("cut_off", sa.DateTime(timezone=True), nullable=True),
        sa.Column("after", sa.String(length=24), nullable=True),
        sa.Column("amends", sa.String(length=24), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("based_on", sa.String(length=24), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("compiled_by", sa.Text(), nullable=False),
        sa.Column("compiled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_incident_report_chain")),
        sa.ForeignKeyConstraint(["ref"], ["incident.ref"], name=op.f("fk_incident_report_ref")),
        sa.ForeignKeyConstraint(["after"], ["incident_report.id"], name=op.f("fk_incident_report_after")),
        sa.ForeignKeyConstraint(["amends"], ["incident_report.id"], name=op.f("fk_incident_report_amends")),
        sa.ForeignKeyConstraint(["based_on"], ["incident_report.id"], name=op.f("fk_incident_report_based_on")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_report")),
        sa.UniqueConstraint("open_key", name=op.f("uq_incident_report_open_key")),
    )
    op.create_index("ix_incident_report_ref", "incident_report", ["chain", "ref", "compiled_at"])
    op.create_table(
        "report_sending",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("report", sa.String(length=24), nullable=False),
        sa.Column("desk", sa.String(length=96), nullable=False),
        sa.Column("to", sa.String(length=96), nullable=False),
        sa.Column("tiers", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("relay", sa.Boolean(), nullable=False),
        sa.Column("copy_of", sa.String(length=96), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["incident_report.id"], name=op.f("fk_report_sending_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_sending")),
    )
    op.create_index("ix_report_sending_report", "report_sending", ["report"])
    op.create_index("uq_report_sending", "report_sending", ["report", "desk", "to"], unique=True)
