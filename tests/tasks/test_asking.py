from __future__ import annotations

import pytest

from incident_hub.tasks.asking import may_answer, may_ask_again, may_complete, may_withdraw


@pytest.mark.parametrize(
    ("state", "accept", "reason", "refused"),
    [
        ("asked", True, "", None),
        ("asked", False, "无车可派", None),
        ("asked", False, "", "Say why not"),
        ("accepted", True, "", "accepted already"),
        ("accepted", False, "车坏了", None),
        ("declined", True, "", "may ask again"),
        ("done", False, "迟了", "done already"),
        ("withdrawn", True, "", "nothing is asked"),
    ],
)
def test_what_may_be_answered(state, accept, reason, refused):
    said = may_answer(state, accept, reason)
    assert (said is None) if refused is None else (said is not None and refused in said)


@pytest.mark.parametrize(
    ("state", "completed", "withdrawn", "again"),
    [
        ("asked", True, True, False),
        ("accepted", True, True, False),
        ("declined", False, False, True),
        ("done", False, False, True),
        ("withdrawn", False, False, True),
    ],
)
def test_what_may_become_of_it(state, completed, withdrawn, again):
    assert (may_complete(state) is None, may_withdraw(state) is None, may_ask_again(state) is None) == (
        completed, withdrawn, again,
    )  # fmt: skip
