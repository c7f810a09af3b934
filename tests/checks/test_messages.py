"""The sentences of findings: each message that a rule names is there, with words for its fields."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from budgetkit.checks import messages
from budgetkit.checks.audit import catalogue
from budgetkit.checks.audit.catalogue import KINDS, RULES
from budgetkit.checks.finding import Finding
from budgetkit.checks.messages import DOUBT, OWN_FIELDS, WORD, read_messages, sentence_of, templates
from budgetkit.checks.names import describe
from budgetkit.checks.printed import PrintedFigure

SOURCES = sorted(Path(catalogue.__file__).parents[1].rglob("*.py"))
#: Ways to make a finding, with the place of the message among their arguments.
MAKERS = {
    "Finding": 1,
    "about_figure": 2,
    "about_sentence": 2,
    "count_finding": 1,
    "text_finding": 1,
    "about_table": 3,
    "about_disclosure": 2,
    "skipped": 1,
    "found_or_none": 2,
    "phrase": 0,
}
#: Of those, the ones that take the words of a message as arguments.
WORDS_AS_ARGUMENTS = ("text_finding", "phrase")


def ids() -> set[str]:
    return {message for message, _ in read_messages() if not message.startswith(WORD)}


def fields(message: str, only: str = "") -> set[str]:
    """Fields of a message in any language, and in any status or one of them."""
    return {
        field.partition(":")[0]
        for name, status in read_messages()
        if name == message
        for template in templates(message, only or status or "fail")
        for field in template.fields
    }


def constants(node: ast.AST | None) -> Iterator[str]:
    """The strings that an expression may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*constants(node.body), *constants(node.orelse))


def calls() -> Iterator[tuple[Path, ast.Call, list[str]]]:
    """Every call that makes a finding or a phrase, with the messages that it names outright."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and _is_name(node.func) else ""
            if name in MAKERS and len(node.args) > MAKERS[name]:
                yield source, node, list(constants(node.args[MAKERS[name]]))


def status(call: ast.Call) -> str:
    """The status of a finding, where a call names it outright."""
    assert isinstance(call.func, ast.Name)
    if call.func.id in ("found_or_none", "text_finding"):
        return "pass" if call.func.id == "found_or_none" else "fail"
    node = call.args[MAKERS[call.func.id] - 1] if MAKERS[call.func.id] else None
    name = node.id.lower() if isinstance(node, ast.Name) else ""
    return name if name in ("pass", "rounding", "fail") else ""


def words_given(call: ast.Call) -> set[str] | None:
    """The words that a call gives; None where it does not write them out."""
    assert isinstance(call.func, ast.Name)
    if call.func.id in WORDS_AS_ARGUMENTS:
        names = [word.arg for word in call.keywords]
        return {name for name in names if name} if all(names) else None
    words = call.args[MAKERS[call.func.id] + 1 :][:1]
    if words and not isinstance(words[0], ast.Dict):
        return None
    return {key for node in words for item in node.keys for key in constants(item)}  # type: ignore[attr-defined]


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


def test_every_message_that_a_rule_names_is_there() -> None:
    named = {message for _, _, found in calls() for message in found}
    assert len(named) > 20
    assert named <= ids()


def test_every_message_is_used() -> None:
    strings = {
        node.value
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert ids() <= strings


def test_every_word_is_used() -> None:
    text = "".join(zh + en for zh, en in read_messages().values())
    words = {name.removeprefix(WORD) for name, _ in read_messages() if name.startswith(WORD)}
    assert {word for word in words if f"{{{word}}}" not in text} == set()


def test_rules_give_the_words_that_their_messages_need() -> None:
    """Where a rule writes out its words, they are those of the message, no fewer and no more."""
    seen = 0
    for source, call, found in calls():
        given = words_given(call)
        if given is None:
            continue
        needed = set().union(*[fields(name, status(call)) for name in found]) if found else given
        assert needed - OWN_FIELDS <= given <= needed, (source.name, call.lineno, found)
        seen += bool(found)
    assert seen > 20


def test_both_languages_say_the_same() -> None:
    for (message, status), wording in read_messages().items():
        assert all(text.strip() for text in wording), message
        assert re.search(r"[一-鿿{]", wording.zh), message
        if not message.startswith(WORD):
            assert templates(message, status or "fail")


def test_a_status_has_a_row_of_its_own_or_the_common_one() -> None:
    assert sentence_of(Finding("pass", "text-page-twice")).en == "no page is printed twice"
    with pytest.raises(KeyError):
        templates("text-page-twice", "rounding")


def test_doubt_is_said_where_the_reader_is_unsure() -> None:
    doubt = read_messages()[WORD + DOUBT, ""]
    for sure in (True, False):
        finding = Finding("fail", "equal", {"figure": "a", "other": "b"}, sure=sure)
        assert sentence_of(_with_amounts(finding)).zh.endswith(doubt.zh) is not sure


def _with_amounts(finding: Finding) -> Finding:
    from decimal import Decimal

    return finding._replace(expected=Decimal(1), found=Decimal(2))


def test_each_check_has_a_rule_and_each_rule_a_check() -> None:
    text = (files("budgetkit.checks.rules") / "checks.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    listed = [row["id"] for row in rows]
    rules = [id for module in RULES for id in module.CHECKS]
    assert len(set(listed)) == len(listed)
    assert sorted(listed) == sorted(rules)
    assert {row["kind"] for row in rows} == set(KINDS)


def test_sentences_keep_the_order_of_the_findings() -> None:
    found = [Finding("pass", name) for name in ("text-page-twice", "text-empty-grid") * 2]
    zh, en = messages.sentences(found)
    assert en == [sentence_of(finding).en for finding in found]
    assert zh == [sentence_of(finding).zh for finding in found]


def test_an_id_of_ours_is_no_name_of_an_item() -> None:
    place = "three_public", "", "total_with_meetings_training", "amount", "合计"
    zh, en = describe(PrintedFigure(Decimal(1), Decimal(0), "元", "", *place, None, "", True))
    assert zh == "“三公”经费表“合计”"
    assert en == "table of the three public expenses, “合计” (with meetings and training)"


def test_a_table_is_called_by_its_name() -> None:
    empty = Finding(
        "fail", "disclosure-empty-explained", {"title": "某表"}, table="government_fund"
    )
    assert sentence_of(empty).en == "the empty government fund table is not explained"
