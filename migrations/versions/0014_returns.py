"""Units, what each owes for a local date, and every version filed for it.

Why: silence must be a fact: a day that nobody reported is a row, and no version of a return is written over.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _units()
    _returns()


def _units() -> None:
    op.create_table(
        "owing_desk",
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_owing_desk_chain")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_owing_desk")),
        sa.UniqueConstraint("chain", "desk", name=op.f("uq_owing_desk_chain_desk")),
    )
    op.create_table(
        "unit",
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=96), nullable=True),
        sa.Column("owing", sa.String(length=24), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_unit_chain")),
        sa.ForeignKeyConstraint(["owing"], ["owing_desk.ref"], name=op.f("fk_unit_owing")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_unit")),
        sa.UniqueConstraint("chain", "code", name=op.f("uq_unit_chain_code")),
    )
    op.create_index("ix_unit_owing", "unit", ["owing"])
    op.create_table(
        "exemption",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("unit", sa.String(length=24), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["unit.ref"], name=op.f("fk_exemption_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
    )
    op.create_index("ix_exemption_unit", "exemption", ["unit"])


def _returns() -> None:
    op.create_table(
        "zero_report",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=24), nullable=False),
        sa.Column("owing", sa.String(length=24), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=True),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("filing", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_zero_report_chain")),
        sa.ForeignKeyConstraint(["unit"], ["unit.ref"], name=op.f("fk_zero_report_unit")),
        sa.ForeignKeyConstraint(["owing"], ["owing_desk.ref"], name=op.f("fk_zero_report_owing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zero_report")),
        sa.UniqueConstraint("unit", "date", name=op.f("uq_zero_report_unit_date")),
    )
    op.create_index("ix_zero_report_owing", "zero_report", ["owing", "date"])
    op.create_index("ix_zero_report_due", "zero_report", ["chain", "state", "due_at"])
    words = ("statement", "explanation", "checked_how", "late_reason", "stated_by", "compiled_by", "approved_by")
    op.create_table(
        "filing",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("zero_report", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("counts", "unknown", "reasons", "questions", *words)],
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("review", sa.String(length=16), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.String(length=128), nullable=True),
        sa.Column("review_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["zero_report"], ["zero_report.id"], name=op.f("fk_filing_zero_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
        sa.UniqueConstraint("zero_report", "version", name=op.f("uq_filing_zero_report_version")),
    )
    op.create_index("ix_filing_zero_report", "filing", ["zero_report"])
