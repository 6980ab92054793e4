"""Whether everything people read is there in both languages. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from incident_hub.plan.contingency import Plan
from incident_hub.plan.judgement import Judgement
from incident_hub.plan.positions import Path
from incident_hub.plan.words import Words

_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_SMALL = re.compile("[a-z]")


def judge(plan: Plan) -> Iterator[Judgement]:
    """Chinese words without Chinese, and English ones with it; codes and numbers read alike in both."""
    for path, words in _all(plan):
        if _SMALL.search(words.zh) and not _CHINESE.search(words.zh):
            message = f"{words.zh[:40]!r} is not Chinese"
            yield (*path, "zh"), "untranslated", message, "write what a Chinese duty officer reads"
        if _CHINESE.search(words.en):
            message = f"{words.en[:40]!r} is not English"
            yield (*path, "en"), "untranslated", message, "write what an English duty officer reads"


def _all(plan: Plan) -> Iterator[tuple[Path, Words]]:
    yield ("plan", "title"), plan.title
    for number, grade in enumerate(plan.grades):
        yield ("levels", "grade", number, "title"), grade.title
    for number, level in enumerate(plan.response_levels):
        yield ("levels", "response", number, "title"), level.title
    for number, party in enumerate(plan.parties.values()):
        yield ("party", number, "title"), party.title
    for number, kind in enumerate(plan.types.values()):
        yield ("type", number, "title"), kind.title
        for line, words in enumerate(kind.checklist):
            yield ("type", number, "checklist", line), words
    for number, rule in enumerate(plan.rules):
        yield ("rule", number, "title"), rule.title
        yield ("rule", number, "what"), rule.what
    for number, period in enumerate(plan.periods):
        yield ("period", number, "title"), period.title
    for number, checklist in enumerate(plan.checklists):
        yield ("checklist", number, "title"), checklist.title
        for place, item in enumerate(checklist.items):
            yield ("checklist", number, "item", place, "question"), item.question
    for number, asked in enumerate(plan.readiness):
        yield ("readiness", number, "title"), asked.title
    for number, kept in enumerate(plan.retention):
        yield ("retention", number, "title"), kept.title
    for number, category in enumerate(plan.zero_report.categories if plan.zero_report else ()):
        yield ("zero_report", "category", number, "title"), category.title
        yield ("zero_report", "category", number, "unit"), category.unit
    for number, tier in enumerate(plan.zero_report.tiers if plan.zero_report else ()):
        yield ("zero_report", "tier", number, "title"), tier.title
