"""Bulletins with the sheet of each desk they went to and the answers; tasks that one desk asks of another.

Why: who was told what, who answered how soon, and who stayed silent is asked about every warning afterwards; and what
one desk asked of another was a sentence in the journal that nobody owed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulletin",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("desk", sa.String(length=96), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("incident", sa.String(length=16), nullable=True),
        sa.Column("corrects", sa.String(length=24), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.String(length=12), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_bulletin_chain")),
        sa.ForeignKeyConstraint(["corrects"], ["bulletin.id"], name=op.f("fk_bulletin_corrects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
    )
    op.create_index("ix_bulletin_chain", "bulletin", ["chain", "sent_at"])
    op.create_table(
        "bulletin_sheet",
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("bulletin", sa.String(length=24), nullable=False),
        sa.Column("desk", sa.String(length=96), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("reached", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["bulletin"], ["bulletin.id"], name=op.f("fk_bulletin_sheet_bulletin")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_bulletin_sheet")),
    )
    op.create_index("uq_bulletin_sheet", "bulletin_sheet", ["bulletin", "desk_id"], unique=True)
    op.create_table(
        "bulletin_answer",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("sheet", sa.String(length=24), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sheet"], ["bulletin_sheet.ref"], name=op.f("fk_bulletin_answer_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_answer")),
    )
    op.create_index("uq_bulletin_answer", "bulletin_answer", ["sheet", "place"], unique=True)
    op.create_table(
        "task",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("incident", sa.String(length=16), nullable=True),
        sa.Column("desk", sa.String(length=96), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("to", sa.String(length=96), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("again", sa.String(length=24), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["again"], ["task.id"], name=op.f("fk_task_again")),
        sa.ForeignKeyConstraint(["chain"], ["operation.id"], name=op.f("fk_task_chain")),
        sa.ForeignKeyConstraint(["incident"], ["incident.ref"], name=op.f("fk_task_incident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index("ix_task_incident", "task", ["chain", "incident", "asked_at"])
    op.create_index("ix_task_desk", "task", ["chain", "desk_id"])
    op.create_index("ix_task_to", "task", ["chain", "to_id"])
