"""What a command prints: sentences for what the system refused, and no control characters."""

from __future__ import annotations

import errno
import os

import pytest

from budgetkit.console import say, sentence_of


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_whatever_the_system_refuses_is_one_sentence(number: int) -> None:
    sentence = str(sentence_of(OSError(number, os.strerror(number), "deep/facts.csv")))
    assert sentence.startswith("facts.csv: ")
    assert sentence.endswith("then repeat the command: it continues.")


def test_an_error_without_a_number_or_a_name_is_one_sentence() -> None:
    assert str(sentence_of(OSError("odd"))).startswith("the system refused it (odd); ")
    assert str(sentence_of(OSError(errno.EBADF, "bad", 3))).startswith("the system refused it")


def test_a_terminal_obeys_nothing_that_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b]0;title\x07b\x9b31m\u202e\u2066c\udcff\r")
    assert capsys.readouterr().out == ("a\\x1b]0;title\\x07b\\x9b31m\\u202e\\u2066c\\udcff\\x0d\n")
