"""Whether a sentence says a change, or an amount, of the item that it was read for.

A sentence with several amounts may go on to speak of the whole again (其中：甲 1 万元，乙 2 万元，
比上年增加 3 万元).  What can't be told is not judged.  All this is looked at only where a check
fails.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from budgetkit.amounts import squeeze
from budgetkit.checks.case import Case
from budgetkit.checks.quoted import quoted_amount, quoted_amounts, quoted_percents
from budgetkit.extraction.prose.wordings import any_of, folded

#: Where the words before a change name what changed.
_VERSUS = re.compile(r"(?:比|较|与|同|和)(?=上|去年|\d{4}年|年初)")
#: What stands around the name of what changed, and is no name itself.
_NOT_A_NAME = re.compile(
    r"20\d\d年(?:度|当年)?|本部门|本单位|全年|当年|年初|其中[：:]?|预算数为?|^(?:预算|数|均|共|总计|合计)+$"
)
_AMOUNT_OF = re.compile(r"(?:收入|支出|收支|预算|经费|费用?|拨款|资金)(?:总?额|合计|总计)?$")
#: What ends what is said of one item.
_STOPS = re.compile("[。；;）)：:]|其中")
#: An amount and a comma: the item before is one of a list.
_LISTED = re.compile(r"元[)）]?[、，,](?:和|及|其中[：:]?)?$")
#: What makes the amount behind it one of several that the item has.
_PART = re.compile(
    "其中|一般公共预算|政府性基金|国有资本|财政拨款|单位资金|财政专户|结转|上级|本级"
)


def says_own_change(case: Case, row: Mapping[str, Any]) -> bool:
    """Return whether a sentence says the change of the item whose amount it prints.

    Parameters
    ----------
    case : Case
        The disclosure.
    row : Mapping
        Of ``narrative``, with amount and change.

    Returns
    -------
    bool
    """
    return _is_own_change(row) and not _LISTED.search(words_before(case, row))


def _is_own_change(row: Mapping[str, Any]) -> bool:
    """Whether no other amount and no other name stand between an amount and its change.

    Examples
    --------
    >>> def row(text, item, amount, change):
    ...     return {"text": text, "item": item, "amount": amount, "change": change}
    >>> _is_own_change(row("办公费100万元，比上年增加5万元，增长5%", "办公费", 100.0, 5.0))
    True
    >>> _is_own_change(row("其他收入1万元，2025年预算收入较上年增加9万元", "其他收入", 1.0, 9.0))
    False
    """
    amount, change = quoted_amount(row, "amount"), quoted_amount(row, "change")
    if amount is None or change is None:
        return False
    after = [one for one in quoted_amounts(row["text"]) if one.start >= amount.end]
    if not after or abs(after[0].amount) != abs(change.amount):
        return False
    between = folded(row["text"])[amount.end : after[0].start]
    clause = re.split("[，。；、,;]", between)[-1]
    named = _VERSUS.split(clause)[0]
    named = re.sub(rf"(?:{any_of('change', 'up')}|{any_of('change', 'down')})了?$", "", named)
    named = _NOT_A_NAME.sub("", named)
    if not _AMOUNT_OF.search(named):
        return True
    named, item = (squeeze(name).replace("预算", "") for name in (named, row["item"]))
    return item in named


def says_own_percent(row: Mapping[str, Any]) -> bool:
    """Return whether a percent of change stands beside the change that it is the percent of.

    Parameters
    ----------
    row : Mapping
        Of ``narrative``, with change and change_pct.

    Returns
    -------
    bool

    Examples
    --------
    >>> row = {"text": "比上年减少2.56万元。）比上年增长10.7%", "change": -2.56, "change_pct": 10.7}
    >>> says_own_percent(row)
    False
    """
    change = quoted_amount(row, "change")
    if change is None:
        return False
    text = folded(row["text"])
    for place in quoted_percents(row, "change_pct"):
        (_, start), (end, _) = sorted([(change.start, change.end), place])
        between = text[start:end]
        if not quoted_amounts(f"{between}，") and not _STOPS.search(between):
            return "%" not in between
    return False


def is_part(case: Case, row: Mapping[str, Any]) -> bool:
    """Return whether the words before an amount make it a part of its item's amount.

    Parameters
    ----------
    case : Case
        The disclosure.
    row : Mapping
        Of ``narrative``, with an amount.

    Returns
    -------
    bool
    """
    amount = quoted_amount(row, "amount")
    own = folded(row["text"])[: amount.start] if amount else ""
    return bool(_PART.search(re.split("[。；;，,]", words_before(case, row) + own)[-1]))


def words_before(case: Case, row: Mapping[str, Any]) -> str:
    """Return the words of the same sentence that stand before those of a row of the prose.

    Parameters
    ----------
    case : Case
        The disclosure.
    row : Mapping
        With text, document and page.

    Returns
    -------
    str
        Folded; empty where the paragraph is not found.
    """
    start = squeeze(folded(row["text"]))[:24]
    for paragraph in case.rows["paragraphs"]:
        if paragraph["document"] == row["document"] and paragraph["page"] == row["page"]:
            before, found, _ = squeeze(folded(paragraph["text"])).partition(start)
            if found:
                return re.split("[。；;]", before)[-1]
    return ""
