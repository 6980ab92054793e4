"""What costs more than it says is refused; `python -m tests.faults.bombs` weighs each in a child of its own."""

from __future__ import annotations

from tests.faults.bombs import bombs, outcome


def test_every_file_that_hides_something_is_refused_in_a_sentence() -> None:
    became = {one.name: (outcome(one), one.taken) for one in bombs()}
    assert len(became) > 50
    assert [name for name, (how, taken) in became.items() if how != "refused" and not (taken and how == "taken")] == []
