"""What the Hub says to whoever it refuses, found in its own source: the sentences that must be there in Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import Formatter

from .house import PACKAGE, Source, called, house_parts, imports

# The refusals of `kernel.errors`, with whatever a room makes of them.
REFUSALS = {
    "Refusal", "Malformed", "NotSignedIn", "NotAllowed", "Conflict", "Stale", "TooLarge", "BadInput", "TooMany",
    "HoldsPersonal",
}  # fmt: skip
SAY = f"{PACKAGE}.kernel.saying.say"
# Files that a request reaches and which speak to the log, to the record, on paper, to the writer of a plan or to a
# terminal. Of these only what a refusal is given is asked for in Chinese.
ELSEWHERE = (
    "plan", "simulation", "exchange.live", "exchange.loop", "operations.binding", "agencies.reading",
    "agencies.directory", "kernel.toml", "kernel.chains", "kernel.document", "anchors.mark", "cli",
    "returns.sheets.listing", "exercise", "kernel.showing", "paper", "returns.queries", "briefings.queries", "reviews",
)  # fmt: skip
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[A-Za-z`\[{“\0].*\.", re.DOTALL)


@dataclass
class Told:
    """What one file says: its sentences with their lines, and where it says something that cannot be looked up."""

    sentences: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    patched: list[str] = field(default_factory=list[str])


def served(house: dict[str, Source]) -> list[Source]:
    """The files that a request can reach: what the application imports, and what those import in turn."""
    seen, left = set[str](), [f"{PACKAGE}.app"]
    while left:
        source = house.get(left.pop())
        if source is None or source.module in seen:
            continue
        seen.add(source.module)
        for one in imports(source):
            if house_parts(one):
                left += [one.module, one.module.rpartition(".")[0]]
        if "import_module(" in source.text:
            # A folder whose files are found when it is opened.
            left += [module for module in house if module.startswith(f"{source.module}.")]
    return [house[module] for module in sorted(seen)]


def told(source: Source) -> Told:
    """Every sentence of a file that may reach a refusal."""
    found, passed, elsewhere = Told(), _passed_over(source.tree), _elsewhere(source.module)
    # Other rooms call other things `say`.
    says = any(one.module == SAY for one in imports(source))
    for node in source.nodes():
        if says and called(node) == "say":
            _made(source, node, found)
        elif called(node) in REFUSALS or (isinstance(node, ast.Dict) and not elsewhere):
            for said in _said_in(node):
                _straight(source, said, found)
        if elsewhere or id(node) in passed:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_sentence(node.value):
            found.sentences.append((source.at(node.lineno), node.value))
        elif isinstance(node, ast.JoinedStr) and _is_sentence(_words_of(node)):
            found.patched.append(f"{source.at(node.lineno)} puts values into a sentence without `say`")
    return found


def placeholders(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _elsewhere(module: str) -> bool:
    own = module.removeprefix(f"{PACKAGE}.")
    # What an answer holds is described to programs.
    return "shapes" in own.split(".") or any(own == one or own.startswith(f"{one}.") for one in ELSEWHERE)


def _made(source: Source, node: ast.AST, found: Told) -> None:
    assert isinstance(node, ast.Call)
    template = node.args[0] if node.args else None
    if isinstance(template, ast.Constant) and isinstance(template.value, str):
        found.sentences.append((source.at(node.lineno), template.value))
    else:
        found.patched.append(f"{source.at(node.lineno)} calls `say` without the words themselves")


def _said_in(node: ast.AST) -> Iterator[ast.expr]:
    """What a refusal is given as its sentence, and what stands under `detail` in a list of errors."""
    if isinstance(node, ast.Call):
        yield from node.args[:1]
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "detail":
                yield value


def _straight(source: Source, said: ast.expr, found: Told) -> None:
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        found.sentences.append((source.at(said.lineno), said.value))
    elif isinstance(said, ast.JoinedStr | ast.BinOp) or called(said) in ("format", "join"):
        found.patched.append(f"{source.at(said.lineno)} patches a refusal together; make it with `say`")


def _passed_over(tree: ast.Module) -> set[int]:
    """Texts that are told to nobody refused: docstrings, parts of texts, and what has its Chinese beside it."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
        elif isinstance(node, ast.Call | ast.Tuple | ast.List | ast.Dict):
            inner = [one for one in ast.iter_child_nodes(node)]
            inner += [one.value for one in inner if isinstance(one, ast.keyword)]
            if called(node) == "say" or any(_is_chinese(one) for one in inner):
                passed |= {id(one) for one in inner}
    return passed


def _is_chinese(node: ast.AST) -> bool:
    words = node.value if isinstance(node, ast.Constant) else _words_of(node) if isinstance(node, ast.JoinedStr) else ""
    return isinstance(words, str) and bool(_CHINESE.search(words))


def _words_of(node: ast.JoinedStr) -> str:
    return "".join(str(one.value) if isinstance(one, ast.Constant) else "\0" for one in node.values)


def _is_sentence(words: str) -> bool:
    return len(words.split()) > 2 and bool(_SENTENCE.fullmatch(words)) and not _CHINESE.search(words)
