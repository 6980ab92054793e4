"""Tables that only grow: the database itself refuses whoever changes or takes away a row, a fault of ours included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import DDL, event

# What each database is told, for all such tables; who owns it can take it back, and the seals show what was done then.
REFUSALS: dict[str, list[str]] = {"sqlite": [], "postgresql": []}


def only_grows(table: Any, words: str) -> None:
    """Have a table refuse every change and every deletion, in words."""
    refuse(table, never_again(table.name, words))


def only_counts_on(table: Any, words: str) -> None:
    """Have a table of counts refuse whatever is less than before, and to lose a row before three years, in words."""
    less = (
        "NEW.subject <> OLD.subject OR NEW.desk <> OLD.desk OR NEW.hour <> OLD.hour OR NEW.outcome <> OLD.outcome "
        "OR NEW.first_at <> OLD.first_at OR NEW.n < OLD.n"
    )
    name = table.name
    sqlite = [
        f"""CREATE TRIGGER {name}_never_less BEFORE UPDATE ON {name} WHEN {less}
            BEGIN SELECT RAISE(ABORT, '{words}'); END""",
        f"""CREATE TRIGGER {name}_never_gone BEFORE DELETE ON {name} WHEN OLD.hour > datetime('now', '-1095 days')
            BEGIN SELECT RAISE(ABORT, '{words}'); END""",
    ]
    postgresql = [
        f"""CREATE FUNCTION {name}_never() RETURNS trigger LANGUAGE plpgsql AS $look$ BEGIN
            IF TG_OP = 'UPDATE' THEN IF {less} THEN RAISE EXCEPTION '{words}'; END IF; RETURN NEW; END IF;
            IF OLD.hour > now() - interval '1095 days' THEN RAISE EXCEPTION '{words}'; END IF; RETURN OLD;
            END $look$""",
        f"""CREATE TRIGGER {name}_never_less BEFORE UPDATE OR DELETE ON {name}
            FOR EACH ROW EXECUTE FUNCTION {name}_never()""",
        f"""CREATE FUNCTION {name}_never_at_once() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''{words}''; END'""",
        f"""CREATE TRIGGER {name}_never_emptied BEFORE TRUNCATE ON {name}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}_never_at_once()""",
    ]
    refuse(table, {"sqlite": sqlite, "postgresql": postgresql})


def never_again(name: str, words: str) -> Mapping[str, Sequence[str]]:
    """The statements by which a table refuses, for each database; the migrations say the same."""
    return {
        "sqlite": [
            f"CREATE TRIGGER {name}_never_{word.lower()} BEFORE {word} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            for word in ("UPDATE", "DELETE")
        ],
        "postgresql": [
            f"""CREATE FUNCTION {name}_never() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN RAISE EXCEPTION ''{words}''; END'""",
            f"""CREATE TRIGGER {name}_never_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {name}
                FOR EACH STATEMENT EXECUTE FUNCTION {name}_never()""",
        ],
    }


def refuse(table: Any, statements: Mapping[str, Sequence[str]]) -> None:
    """Have a table refuse by statements of its own, from its making on."""
    for dialect, several in statements.items():
        REFUSALS[dialect] += several
        for one in several:
            event.listen(table, "after_create", DDL(one.replace("%", "%%")).execute_if(dialect=dialect))
