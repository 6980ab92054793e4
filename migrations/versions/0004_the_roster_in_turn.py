"""The roster in turn: rotations, stand-ins, swaps, hand-overs and calendar subscriptions.

Why: posts change hands by rotation, for peaks and holidays, by replacement and by exchange; who goes is called until
who comes has signed; and a calendar client can only be given an address.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.String(length=24), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=32), nullable=True),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_calendar_desk_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_calendar_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar")),
    )
    op.create_index(op.f("ix_calendar_member_id"), "calendar", ["member_id"], unique=False)
    op.create_table(
        "arrangement",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_arrangement_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangement")),
    )
    op.create_index(op.f("ix_arrangement_post_id"), "arrangement", ["post_id"], unique=False)
    op.create_table(
        "handover",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outgoing", sa.Text(), nullable=False),
        sa.Column("incoming", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prepared_by", sa.String(length=24), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.String(length=24), nullable=True),
        sa.Column("call_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_handover_post_id")),
        sa.ForeignKeyConstraint(["prepared_by"], ["member.id"], name=op.f("fk_handover_prepared_by")),
        sa.ForeignKeyConstraint(["signed_by"], ["member.id"], name=op.f("fk_handover_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("post_id", "due_at", name=op.f("uq_handover_post_id_due_at")),
    )
    op.create_index("ix_handover_call", "handover", ["call_at"], unique=False)
    op.create_table(
        "swap",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=24), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("other_id", sa.String(length=24), nullable=False),
        sa.Column("other_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("other_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_swap_member_id")),
        sa.ForeignKeyConstraint(["other_id"], ["member.id"], name=op.f("fk_swap_other_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_swap_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap")),
    )
    op.create_index(op.f("ix_swap_post_id"), "swap", ["post_id"], unique=False)
    op.create_table(
        "override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=24), nullable=False),
        sa.Column("instead_of_id", sa.String(length=24), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("swap_id", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["instead_of_id"], ["member.id"], name=op.f("fk_override_instead_of_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_override_member_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_override_post_id")),
        sa.ForeignKeyConstraint(["swap_id"], ["swap.id"], name=op.f("fk_override_swap_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override")),
        sa.UniqueConstraint("ref", name=op.f("uq_override_ref")),
    )
    op.create_index(op.f("ix_override_member_id"), "override", ["member_id"], unique=False)
    op.create_index(op.f("ix_override_post_id"), "override", ["post_id"], unique=False)
    op.create_table(
        "turn",
        sa.Column("arrangement_id", sa.String(length=24), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["arrangement_id"], ["arrangement.id"], name=op.f("fk_turn_arrangement_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_turn_member_id")),
        sa.PrimaryKeyConstraint("arrangement_id", "turn", "place", name=op.f("pk_turn")),
    )
    op.create_index(op.f("ix_turn_member_id"), "turn", ["member_id"], unique=False)
