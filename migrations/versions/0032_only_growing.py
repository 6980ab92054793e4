"""What only grows is refused by the database itself.

Why: the record refused whoever changes it; what desks were shown, the seals, their witnesses and the looks did not.
"""

from __future__ import annotations

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

WHOLE = {
    "feed": "what a desk was shown is never changed or deleted",
    "anchor": "a seal is never changed or deleted",
    "witness": "what a witness signed is never changed or deleted",
}
LOOKS = "looks only grow, and are kept for three years"
LESS = (
    "NEW.subject <> OLD.subject OR NEW.desk <> OLD.desk OR NEW.hour <> OLD.hour OR NEW.outcome <> OLD.outcome "
    "OR NEW.first_at <> OLD.first_at OR NEW.n < OLD.n"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
        return
    for name, words in WHOLE.items():
        op.execute(
            f"CREATE FUNCTION {name}_never() RETURNS trigger LANGUAGE plpgsql AS "
            f"'BEGIN RAISE EXCEPTION ''{words}''; END'"
        )
        op.execute(
            f"CREATE TRIGGER {name}_never_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_never()"
        )
    op.execute(
        f"CREATE FUNCTION look_never() RETURNS trigger LANGUAGE plpgsql AS $look$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF {LESS} THEN RAISE EXCEPTION '{LOOKS}'; END IF; RETURN NEW; END IF; "
        f"IF OLD.hour > now() - interval '1095 days' THEN RAISE EXCEPTION '{LOOKS}'; END IF; RETURN OLD; "
        f"END $look$"
    )
    op.execute(
        "CREATE TRIGGER look_never_less BEFORE UPDATE OR DELETE ON look FOR EACH ROW EXECUTE FUNCTION look_never()"
    )
    op.execute(
        f"CREATE FUNCTION look_never_at_once() RETURNS trigger LANGUAGE plpgsql AS "
        f"'BEGIN RAISE EXCEPTION ''{LOOKS}''; END'"
    )
    op.execute(
        "CREATE TRIGGER look_never_emptied BEFORE TRUNCATE ON look "
        "FOR EACH STATEMENT EXECUTE FUNCTION look_never_at_once()"
    )


def _sqlite() -> None:
    for name, words in WHOLE.items():
        for word in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_never_{word.lower()} BEFORE {word} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )
    op.execute(
        f"CREATE TRIGGER look_never_less BEFORE UPDATE ON look WHEN {LESS} BEGIN SELECT RAISE(ABORT, '{LOOKS}'); END"
    )
    op.execute(
        f"CREATE TRIGGER look_never_gone BEFORE DELETE ON look WHEN OLD.hour > datetime('now', '-1095 days') "
        f"BEGIN SELECT RAISE(ABORT, '{LOOKS}'); END"
    )
