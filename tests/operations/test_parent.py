"""An operation may belong to another one, which is shown to those who take part in it."""

from __future__ import annotations

import pytest

from incident_hub.cli.operations import open_from
from incident_hub.kernel.errors import BadInput
from tests.night import FILES, Hub


def page(hub: Hub, path: str) -> str:
    caller = hub.as_("ana")
    return caller.client.get(f"{path}?lang=en", headers={**caller.headers, "Accept": "text/html"}).text


def test_an_operation_says_to_which_it_belongs(expo: Hub) -> None:
    open_from(FILES / "drill.toml")
    assert expo.as_("ana").get("/operations/DRILL").json["parent"] == "EXPO"
    assert expo.as_("ana").get("/operations/EXPO").json["parent"] is None
    assert "belongs to Expo mail security" in page(expo, "/operations")
    assert "belongs to" in page(expo, "/operations/DRILL/phase")


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('parent = "EXPO"', 'parent = "NONE"', "There is no operation NONE"),
        ('exercise = true\nparent = "EXPO"', 'exercise = false\nparent = "DRILL"', "only another exercise can belong"),
    ],
)
def test_an_operation_cannot_belong_to_just_any(expo: Hub, before: str, after: str, sentence: str) -> None:
    open_from(FILES / "drill.toml")
    text = (FILES / "drill.toml").read_text().replace('code = "DRILL"', 'code = "THIRD"')
    file = expo.folder / "third.toml"
    plan = (FILES / "../../config/plans/expo.toml").resolve()
    assert before in text
    file.write_text(text.replace(before, after).replace("../../config/plans/expo.toml", str(plan)))
    with pytest.raises(BadInput, match=sentence):
        open_from(file)
