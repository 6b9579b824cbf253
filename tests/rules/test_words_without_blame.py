"""The product asks and states; it blames nobody, in no finding and in nothing else that it says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nextstep.diagnostics.rule import Rule
from nextstep.rules.catalogue import ALL_RULES
from tests.rules.ledgers import findings_of

SOURCE = Path(__file__).resolve().parents[2] / "src" / "nextstep"
BLAME = re.compile(
    r"""\b(?:
      accus\w+ | at\ fault | (?:your|their|his|her|whose|[a-z]+'s)\ fault | blam\w+ | careless\w*
    | cheat\w* | culprit\w* | delinquen\w+ | disappoint\w+ | disobe\w+ | excuses? | fail(?:ed|ures?|s|ing)
    | forg[eo]t\w* | guilt\w* | idiot\w* | ignoran\w+ | illegal\w* | incompeten\w+ | inexcusabl\w+
    | invalid\w* | irresponsib\w+ | lazy | lazily | laziness | liars? | lied | (?:late|missed|wrong)\ again
    | (?:should|ought\ to|must)(?:n't)?\ have | mess(?:ed)?\ up | (?:your|their)\ mistakes?
    | negligen\w+ | neglect\w* | (?:once|yet)\ again | offend\w* | obviously | penal\w+ | poor\ performance
    | pointless | punish\w* | reckless\w* | shame\w* | slack(?:er|ers|ing) | sloppy | stupid\w*
    | unacceptabl\w+ | underperform\w* | unreliab\w+ | useless | violat\w+ | why\ did(?:n't|\ (?:you|they)\ not)
    | worst | bad\ (?:luck|work|worker|performer|employee)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words with which somebody is blamed, or talked down to."""
OF_MACHINES = {
    "settings_fields.py": ("after the reset script failed",),
    "ruamel_nodes.py": ("found invalid Unicode character escape code",),
    "digest_mail.py": ("@nextstep.invalid",),
    "writing_git.py": ("` failed: ",),
    "history_view.py": ("lazy fetching",),
    "begun.py": ("Follow up the login failure",),
}
"""What is said by file of programs, or is no word for people at all."""
RULES = [rule for rule in ALL_RULES if not rule.bad.locked]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_finding_and_its_rule_blame_nobody(rule: Rule, tmp_path: Path) -> None:
    texts = [rule.name.replace("-", " "), rule.what, rule.why, rule.fix]
    for one in findings_of(tmp_path, rule.bad):
        texts += [one.message, one.hint, *(related.message for related in one.related)]
    assert [found[0] for text in texts if (found := BLAME.search(text))] == []


def test_nothing_that_the_program_can_say_blames_anybody() -> None:
    said = [
        (path.name, line, text)
        for path in sorted(SOURCE.rglob("*.py"))
        if BLAME.search(path.read_text("utf-8"))
        for line, text in _texts(path)
        if BLAME.search(text) and not any(one in text for one in OF_MACHINES.get(path.name, ()))
    ]
    assert said == []


@pytest.mark.parametrize(
    "text",
    [
        "raj failed to deliver",
        "this is Raj's fault",
        "you should have asked",
        "Nobody forgot it but you",
        "an invalid date",
        "late again",
        "Why didn't you ask?",
    ],
)
def test_words_of_blame_are_known_as_such(text: str) -> None:
    assert BLAME.search(text)


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module with their lines; what explains its code is not among them."""
    tree = ast.parse(path.read_text("utf-8"))
    explaining = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in explaining:
            continue
        if isinstance(node.value, str):
            yield node.lineno, node.value
