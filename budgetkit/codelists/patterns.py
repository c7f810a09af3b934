"""How an entry of a list matches a text: plain text, or a regular expression between slashes.

So it is in every list that a user may write.  The wordings of the prose and of the audit
(:data:`EXPRESSIONS`) are regular expressions throughout, without slashes.
"""

from __future__ import annotations

import re

from budgetkit.amounts import squeeze

#: Columns of the lists that match texts.
COLUMNS = frozenset({"pattern", "within", "header", "ends", "item"})
#: Lists whose patterns are regular expressions without slashes, since sentences are their matter.
EXPRESSIONS = frozenset({"demanded", "headline", "said", "wordings"})
#: What plain text of a header, title or name never has, and a regular expression does.
_SIGNS = re.compile(r"[\\|^$]|[.\])][*+?]|\[.+\]")


def is_expression(entry: str) -> bool:
    """Whether an entry is a regular expression, between slashes.

    Examples
    --------
    >>> is_expression("/本年(预算)?数/"), is_expression("本年数")
    (True, False)
    """
    return len(entry) > 2 and entry.startswith("/") and entry.endswith("/")


def pattern_of(entry: str, *, at_end: bool = False) -> re.Pattern[str]:
    """Compile an entry of a list.

    Parameters
    ----------
    entry
        Plain text, compared without spaces and with full-width signs folded, or a regular
        expression between slashes, written for such text.
    at_end
        Plain text stands at the end of what it is searched in.

    Returns
    -------
    re.Pattern
        To be searched or matched whole, as the list says.

    Examples
    --------
    >>> bool(pattern_of("增减(%)").fullmatch("增减(%)"))
    True
    >>> bool(pattern_of("/科目.*/").search("科目名称"))
    True
    >>> bool(pattern_of("总览", at_end=True).search("总览表"))
    False
    """
    if is_expression(entry):
        return re.compile(entry[1:-1])
    return re.compile(re.escape(squeeze(entry)) + ("$" if at_end else ""))


def pattern_problem(entry: str, *, expression: bool = False) -> str:
    """What is wrong with an entry; empty where nothing is.

    Parameters
    ----------
    entry
        Of a column of :data:`COLUMNS`.
    expression
        Whether its list is one of :data:`EXPRESSIONS`.

    Returns
    -------
    str

    Examples
    --------
    >>> pattern_problem("本年数|当年数")
    'looks like a regular expression'
    >>> pattern_problem("/本年(数/")
    'is no pattern (missing ), unterminated subpattern at position 2)'
    """
    if not expression and not is_expression(entry):
        return "looks like a regular expression" if _SIGNS.search(entry) else ""
    try:
        re.compile(entry if expression else entry[1:-1])
    except re.error as error:
        return f"is no pattern ({error})"
    return ""
