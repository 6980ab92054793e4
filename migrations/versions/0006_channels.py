"""Channels beyond the letter: addresses, webhooks, the history of each delivery, how each channel fares.

Why: a call may go out by telephone, text message, push, webhook or a chat group, each with addresses of its own; a desk
without members is called by hand, so a notice may be for a desk and for no member; a test message speaks of no debt.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notice") as notice:
        notice.add_column(sa.Column("post", sa.String(length=32), nullable=True))
        notice.add_column(sa.Column("caller", sa.Integer(), nullable=True))
        notice.add_column(sa.Column("bundled", sa.Boolean(), nullable=False, server_default=sa.false()))
        notice.add_column(sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True))
        notice.alter_column("obligation", existing_type=sa.String(length=24), nullable=True)
        notice.alter_column("member", existing_type=sa.String(length=24), nullable=True)
        notice.alter_column("address", existing_type=sa.String(length=254), type_=sa.Text())
        notice.alter_column("state", existing_type=sa.String(length=8), type_=sa.String(length=12))
    with op.batch_alter_table("notice") as notice:
        notice.alter_column("bundled", existing_type=sa.Boolean(), server_default=None)
        notice.create_index("ix_notice_carried", ["carried"])
        notice.create_index("ix_notice_caller", ["caller", "state"])
        notice.create_index("ix_notice_desk", ["desk", "prepared_at"])
    _history()
    _addresses()


def _history() -> None:
    op.create_table(
        "delivery_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=96), nullable=True),
        sa.ForeignKeyConstraint(["notice"], ["notice.id"], name=op.f("fk_delivery_event_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_event")),
    )
    op.create_index(op.f("ix_delivery_event_notice"), "delivery_event", ["notice"])
    op.create_table(
        "channel_state",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_state")),
    )


def _addresses() -> None:
    op.create_table(
        "address",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("member", sa.String(length=24), nullable=True),
        sa.Column("desk", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bad_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bad_why", sa.String(length=96), nullable=True),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_address_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    op.create_index("ix_address_member", "address", ["member", "channel"])
    op.create_index("ix_address_desk", "address", ["desk", "channel"])
    op.create_table(
        "webhook",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("member", sa.String(length=24), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_why", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_webhook_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_index(op.f("ix_webhook_desk"), "webhook", ["desk"])
