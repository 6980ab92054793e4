"""Every refusal is said in the reader's language: its sentence is looked up whole, and it is there in Chinese."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from incident_hub.agencies.standing import ROLES, STRANGER, VERBS, may
from incident_hub.bulletins.answers import ANSWERS
from incident_hub.hazards import course
from incident_hub.incidents import lifecycle
from incident_hub.kernel import personal
from incident_hub.kernel.pages import chinese
from incident_hub.kernel.saying import PLACE, SENTENCE, Said, Tongue
from incident_hub.operations.opening import PHASES
from incident_hub.plan.vocabulary import KINDS, POSTS
from incident_hub.reports.forms import FORMS

from .house import ROOT, Source, plant, sources
from .tongues import placeholders, served, told

BOOK = ROOT / "templates" / "translations" / "refusals.po"
# English that stays English: what a field, a format or a program is called.
KEPT = re.compile(r"\{[^}]*\}|[A-Za-z0-9_./:#@\[\]-]+")


def what_is_said(house: dict[str, Source]) -> tuple[dict[str, str], list[str]]:
    """Every sentence that can reach a refusal with where it stands, and what keeps one from being looked up."""
    found: dict[str, str] = {}
    faults: list[str] = []
    for source in served(house):
        said = told(source)
        found |= {sentence: where for where, sentence in said.sentences}
        faults += said.patched
    return found, faults


def untold(found: dict[str, str], tongue: Tongue) -> list[str]:
    """What nobody has said in Chinese, what is said with other values than in English, and what is said for nothing."""
    faults = [f"{where}: no Chinese for {one!r}" for one, where in found.items() if one not in tongue.sentences]
    for english, zh in tongue.sentences.items():
        if english not in found:
            faults.append(f"nobody says {english!r}")
        elif placeholders(english) != placeholders(zh):
            faults.append(f"{found[english]}: {english!r} and its Chinese do not have the same values")
    return faults


def strange_words(tongue: Tongue) -> list[str]:
    """Vocabularies that a sentence asks for and that have no word, and those that no sentence asks for."""
    held = {vocabulary for vocabulary, _ in tongue.words} | {PLACE, SENTENCE}
    told_ = [*tongue.sentences.values(), *tongue.words.values()]
    asked = {spec for zh in told_ for _, _, spec, _ in Formatter().parse(zh) if spec}
    return sorted(f"there is no vocabulary {one}" for one in asked - held) + sorted(
        f"no sentence asks for {one}" for one in held - asked - {PLACE, "shape"}
    )


@pytest.fixture(scope="module")
def house() -> dict[str, Source]:
    return {source.module: source for source in sources(ROOT)}


def test_every_refusal_is_written_whole_and_has_its_chinese(house: dict[str, Source]):
    found, faults = what_is_said(house)
    assert len(found) > 400
    assert faults == []
    assert untold(found, chinese(ROOT / "templates")) == []


def test_words_behind_codes_are_there_and_wanted():
    assert strange_words(chinese(ROOT / "templates")) == []


def test_every_code_that_a_sentence_may_hold_has_its_word():
    held = chinese(ROOT / "templates").words
    refused = [said for verb in VERBS if isinstance(said := may(STRANGER, verb), Said)]
    assert len(refused) == len(VERBS)
    wanted = {
        "deed": [said.values["deed"] for said in refused],
        "role": [*ROLES, *(who for said in refused for who in said.values["who"])],
        "status": lifecycle.STATUSES, "sure": lifecycle.VERIFICATIONS, "role_in": lifecycle.ROLES,
        "journal": lifecycle.JOURNAL_KINDS, "milestone": lifecycle.MILESTONES, "hazard": course.STATES,
        "five": course.FIVE.values(), "phase": PHASES, "phases": PHASES, "post": POSTS, "kind": KINDS, "form": FORMS,
        "answer": [one for way in ANSWERS.values() for one in way], "personal": personal.KINDS,
        "bulletin": [kind.replace("_", "-") for kind in ANSWERS],
    }  # fmt: skip
    assert [(book, code) for book, codes in wanted.items() for code in codes if (book, code) not in held] == []


def test_the_book_is_in_order_and_says_nothing_twice():
    text = BOOK.read_text()
    keys = re.findall(r'^(?:msgctxt "(.*)"\n)?msgid "(.+)"$', text, re.MULTILINE)
    assert [key for key in keys if keys.count(key) > 1] == []
    assert keys == sorted(keys)
    with BOOK.open("rb") as file:
        assert not [one.id for one in read_po(file, locale="zh") if one.id and one.fuzzy]


def test_the_chinese_is_chinese():
    tongue = chinese(ROOT / "templates")
    assert [zh for zh in tongue.sentences.values() if not re.search(r"[\u3400-\u9fff]", KEPT.sub("", zh))] == [
        "{rule}：{fault:said}"
    ]
    # The marks of the page's own language, and none of the other between two of its words.
    assert [zh for zh in tongue.sentences.values() if re.search(r"[\u3400-\u9fff][,;:?!.(][\u3400-\u9fff]", zh)] == []


def test_a_refusal_patched_together_or_without_chinese_is_named(tmp_path):
    root = plant(
        tmp_path,
        {
            "incident_hub/__init__.py": "",
            "incident_hub/app.py": "from incident_hub.tasks import actions\n",
            "incident_hub/cli.py": 'raise BadInput(f"{file} cannot be read.")\n',
            "incident_hub/tasks/__init__.py": "",
            "incident_hub/tasks/actions.py": '''
                from incident_hub.kernel.saying import say
                from . import asking
                def ask(desk, words):
                    """Nothing is refused here. Really."""
                    if not words:
                        raise BadInput("It is empty.", errors=[{"pointer": "/words", "detail": "empty"}])
                    raise Conflict(f"{desk} is asked")
                def give(desk):
                    raise NotAllowed(say("Only {desk} gives it.", desk=desk))
            ''',
            "incident_hub/tasks/asking.py": """
                from incident_hub.kernel.saying import say
                KIND = Words("交办。", "A task of a desk.")
                def may(desk, words):
                    if desk:
                        return f"The desk {desk} may not."
                    return say(words) or "Ask somebody else."
            """,
        },
    )
    house = {source.module: source for source in sources(root)}
    found, faults = what_is_said(house)
    assert sorted(found) == ["Ask somebody else.", "It is empty.", "Only {desk} gives it.", "empty"]
    assert [fault.partition("/tasks/")[2] for fault in faults] == [
        "actions.py:7 patches a refusal together; make it with `say`",
        "asking.py:5 puts values into a sentence without `say`",
        "asking.py:6 calls `say` without the words themselves",
    ]
    tongue = Tongue({"It is empty.": "未填。", "Only {desk} gives it.": "只有{desks}可以给。", "Gone.": "没有了。"})
    where = "incident_hub/tasks/"
    assert untold(found, tongue) == [
        f"{where}actions.py:6: no Chinese for 'empty'",
        f"{where}asking.py:6: no Chinese for 'Ask somebody else.'",
        f"{where}actions.py:9: 'Only {{desk}} gives it.' and its Chinese do not have the same values",
        "nobody says 'Gone.'",
    ]
