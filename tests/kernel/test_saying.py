"""A sentence remembers how it was made, and is said in Chinese by the same values; what nobody wrote stays unsaid."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict

from incident_hub.kernel import bodies
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.saying import Said, Tongue, say, say_both
from incident_hub.kernel.text import canonical

NAMES = {"postal": "市邮政管理局", "postal/duty": "市邮政管理局"}
CHINESE = Tongue(
    {
        "It is empty.": "未填。",
        "{desk} has no post {post}.": "{desk:place}没有岗位“{post:post}”。",
        "Only {who:and} may do this.": "须由{who:role}办理。",
        "Answer with {answers:or}.": "只能答复：{answers}。",
        "{rule}: {why}": "{rule}：{why:said}",
        "{word!r} is none.": "没有“{word}”。",
        "The {where} has {n} fields that do not fit: {named}.": "有{n}处不合要求：{named:field}。",
    },
    {
        ("post", "deputy"): "备班", ("role", "duty officers"): "值班员", ("field", "note"): "说明",
        ("shape", "string_too_long"): "最多填{max_length}个字", ("shape", "literal_error"): "只能填：{expected}",
    },
    NAMES.get,
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "english", "zh"),
    [
        ("It is empty.", "It is empty.", "未填。"),
        (say("{desk} has no post {post}.", desk="postal/duty", post="deputy"), "postal/duty has no post deputy.",
         "市邮政管理局没有岗位“备班”。"),
        (say("{desk} has no post {post}.", desk="x/duty", post="guard"), "x/duty has no post guard.",
         "x/duty没有岗位“guard”。"),
        (say("Only {who:and} may do this.", who=["duty officers"]), "Only duty officers may do this.",
         "须由值班员办理。"),
        (say("Only {who:and} may do this.", who=("a", "b", "c")), "Only a, b and c may do this.", "须由a、b、c办理。"),
        (say("Answer with {answers:or}.", answers=("a", "b", "c")), "Answer with a or b or c.", "只能答复：a、b、c。"),
        (say("{rule}: {why}", rule="r", why="It is empty."), "r: It is empty.", "r：未填。"),
        (say("{rule}: {why}", rule="r", why=say_both("Late.", "晚了。")), "r: Late.", "r：晚了。"),
        (say("{word!r} is none.", word="{x}"), "'{x}' is none.", "没有“{x}”。"),
        ("Nobody wrote this.", "Nobody wrote this.", None),
        (say("Nobody wrote {this}.", this="it"), "Nobody wrote it.", None),
    ],
)  # fmt: skip
def test_the_same_is_said_in_both_languages(said: str, english: str, zh: str | None):
    assert said == english
    assert CHINESE.of(said) == zh


def test_a_said_sentence_is_text_to_everybody_else():
    said = say("{a} and {b:or}.", a={"y", "x"}, b=[1, 2])
    assert isinstance(said, Said)
    assert canonical({"detail": said}) == b'{"detail":"x, y and 1 or 2."}'


def test_a_problem_is_told_in_both_languages_where_there_is_a_book():
    told = say("{desk} has no post {post}.", desk="postal", post="deputy")
    refusal = BadInput(told, errors=[{"pointer": "/post", "detail": told}, {"pointer": "/x", "detail": "odd"}])
    zh = "市邮政管理局没有岗位“备班”。"
    problem = refusal.problem(CHINESE)
    assert (problem["detail"], problem["detail_zh"]) == ("postal has no post deputy.", zh)
    assert problem["errors"] == [
        {"pointer": "/post", "detail": "postal has no post deputy.", "detail_zh": zh},
        {"pointer": "/x", "detail": "odd"},
    ]
    assert "detail_zh" not in refusal.problem()
    assert "detail_zh" not in Conflict("Nobody wrote this.").problem(CHINESE)


class _Note(BaseModel):
    model_config = ConfigDict(extra="forbid")
    note: str = ""


def test_what_does_not_fit_a_shape_is_told_by_its_kind():
    class Short(_Note):
        model_config = ConfigDict(str_max_length=3)

    with pytest.raises(BadInput) as caught:
        bodies.fitted(Short, {"note": "longer"}, "body")
    problem = caught.value.problem(CHINESE)
    assert problem["detail_zh"] == "有1处不合要求：说明。"
    assert problem["errors"][0]["detail_zh"] == "最多填3个字"
    assert problem["errors"][0]["detail"].startswith("String should have at most 3")
