"""What a row leaves for the rows below it in its panel: block, group, unit, codes and year.

Used where rows are labelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from budgetkit.amounts import squeeze
from budgetkit.codelists import bare_name, class_by_name, is_total, item_code, known_names
from budgetkit.extraction.tables.printed_rows import (
    ENUMERATOR,
    UNIT_NAME,
    PrintedRow,
    RowsAbove,
    code_parts,
    has_codes,
    is_by_item,
    panel_of,
    plain_name,
    row_code,
    stated_year,
)
from budgetkit.extraction.tables.row_codes import fill_blanks, function_by_name
from budgetkit.extraction.tables.unit_rows import is_unit_name

#: Items that others are listed under.
BLOCKS = frozenset(
    {
        "general_appropriation",
        "government_fund",
        "state_capital",
        "special_account",
        "unit_funds",
        "carryover",
        "fiscal_carryover",
        "nonfiscal_carryover",
    }
)
_NUMBERED_BLOCK = re.compile(r"^[一二三四五六七八九十]+[、.．]")


def block_of(plain: str, above: RowsAbove) -> str:
    """Return the item that a row is listed under.

    Parameters
    ----------
    plain
        Name of the row, without spaces and quotation marks.
    above
        What the rows above leave.

    Returns
    -------
    str
        Slug of the item; empty for a row that is numbered as a block of its own.

    Examples
    --------
    >>> above = RowsAbove(block="carryover", unnumbered="carryover")
    >>> block_of("一、一般公共预算拨款", above), block_of("二、其他收入", above)
    ('carryover', '')
    """
    if not _NUMBERED_BLOCK.match(plain):
        return above.block
    return above.numbered_under or (above.unnumbered if plain.startswith("一") else "")


def carry_down(row: PrintedRow, panel: str, above: RowsAbove) -> None:
    """Keep what a row leaves for the rows below it in its panel.

    Parameters
    ----------
    row
        As printed.
    panel
        As of :func:`panel_of`.
    above
        Is changed.
    """
    _carry_unit(row, above)
    for text in map(bare_name, row.texts_of("name", "project_name")):
        above.economic_class = class_by_name("economic").get(text, above.economic_class)
    year = next(filter(None, map(stated_year, map(squeeze, row.texts_of("year")))), 0)
    above.year = year or above.year
    parts = code_parts(row)
    if any(parts):
        above.codes = fill_blanks(parts, above.codes)
    elif code := row_code(row, above).code:
        above.codes = code[:3], code[3:5], code[5:]
    table = row.table.table
    own = [placed for placed in row.texts if panel_of(placed, row.table) == panel]
    if not has_codes(row.table):
        columns = row.table.columns
        names = (placed.cell.text for placed in own if columns[placed.col].role == "name")
        _carry_functions(names, table, above)
    if not own or not (is_by_item(row.table) or table == "revenue"):
        return
    if own[0].col == 0:
        spans_others = len(own) > 1
        is_group = spans_others and not ENUMERATOR.fullmatch(own[0].cell.text)
        above.group = own[0].cell.text if is_group else ""
    plain = plain_name(own[0].cell.text)
    code = item_code(bare_name(plain), table, panel, block_of(plain, above))
    _carry_block(plain, code, above)


def _carry_functions(names: Iterable[str], table: str, above: RowsAbove) -> None:
    """Keep the functions that are printed by name, from the last 类 on; a total ends them."""
    for name in names:
        if code := function_by_name(bare_name(name), above.functions):
            above.functions = (*above.functions, code) if len(code) > 3 else (code,)
        elif is_total(name, table):
            above.functions = ()


def _carry_block(plain: str, code: str, above: RowsAbove) -> None:
    """Keep the block that a row opens: by its item, or by its number."""
    is_numbered, is_block = bool(_NUMBERED_BLOCK.match(plain)), code in BLOCKS
    if is_numbered:
        above.numbered_under = block_of(plain, above)
        above.block = above.numbered_under or code
    elif is_block or code == "total":
        above.numbered_under = ""
        above.block = code if is_block else above.block
    above.unnumbered = code if is_block and not is_numbered and "carryover" in code else ""


def _carry_unit(row: PrintedRow, above: RowsAbove) -> None:
    """Keep the unit whose name a row prints above the codes of its rows."""
    found = row_code(row, above)
    stated = next(iter(row.texts_of("unit_name")), "")
    heading = stated or next(iter(row.texts_of("name", "project_name")), "")
    if found.code or not heading or not is_unit_name(heading, row.table.table):
        return
    unit_codes = unit_codes_of(row, found.unit)
    if any(above.unit_names.get(code, heading) != heading for code in unit_codes):
        return  # what a unit spends on: its code has a name already
    is_project = not stated and bool(row.texts_of("project_name")) and bool(row.figures)
    ends_like_one = UNIT_NAME.search(squeeze(heading)) and not is_project
    if not (stated or unit_codes or ends_like_one or squeeze(heading) in above.units):
        return
    if not {squeeze(heading), bare_name(heading)} & known_names():
        above.unit, above.functions = heading, ()
        above.unit_names.update(dict.fromkeys(unit_codes, heading))


def unit_codes_of(row: PrintedRow, found: str) -> list[str]:
    """Return the codes of units that a row prints.

    Parameters
    ----------
    row
        As printed.
    found
        The one in its column of classification codes; empty where it has none.

    Returns
    -------
    list of str
    """
    return [*map(squeeze, row.texts_of("unit_code")), *filter(None, [found])]
