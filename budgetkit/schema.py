"""The tables of a dataset and their columns, in one place.

Names, order and types are the data contract: files, frames and
``datapackage.json`` are made from this list, and from nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

#: Bump when rows change meaning, so that kept readings are read anew.
VERSION = 2


class Field(NamedTuple):
    """A column: its name, its type (of Frictionless) and what it means."""

    name: str
    type: str
    meaning: str


def _fields(text: str) -> tuple[Field, ...]:
    lines = (line for line in text.splitlines() if line.strip())
    return tuple(Field(*(part.strip() for part in line.split("|", 2))) for line in lines)


_PLACE = """
page     | integer | page, from 1
x0       | number  | left edge of the box, points from the left of the page as shown
top      | number  | upper edge of the box, points from the top of the page as shown
x1       | number  | right edge of the box
bottom   | number  | lower edge of the box
"""

_KEY = """
document   | string  | id of the disclosure
"""

TABLES: dict[str, tuple[Field, ...]] = {
    "facts": _fields(
        """
        fact_id    | string  | stable id: document, table, row, column
        document   | string  | id of the disclosure: the file's stem
        source     | string  | path relative to the folder that was given
        department | string  | name of the department or unit
        scope      | string  | department or unit
        region     | string  | province or prefecture, where the name tells it
        year       | integer | budget year
        table      | string  | canonical id of the table
        section    | string  | revenue, expenditure or use where one table prints several
        code       | string  | classification code, total, department, or the slug of an item
        name       | string  | as printed
        level      | integer | 1 类, 2 款, 3 项; 0 for totals; empty where none
        project    | string  | name of the project where the row is one
        measure    | string  | canonical id of the column
        amount     | number  | 万元
        printed    | string  | the figure as printed
        stage      | string  | budget, adjusted, executed or final
        budget_unit | string | unit that the row speaks of, where a table prints its rows by unit
        government_code | string | code of the government's economic classification, if printed
        economic_code | string | code of the economic classification beside a function's code
        unit       | string  | unit it was printed in
        """
        + _PLACE
        + "certainty | string | read, repaired or doubtful"
    ),
    "unmapped": _fields(
        _KEY
        + _PLACE
        + """
        text     | string | the amount as printed
        table    | string | canonical id of the table, where known
        rule     | string | the rule that failed
        """
    ),
    "documents": _fields(
        """
        document   | string  | id of the disclosure, or of the input that gave none
        source     | string  | path relative to the folder that was given
        sha256     | string  | of the file
        pages      | integer | number of pages
        department | string  | name of the department or unit
        scope      | string  | department or unit
        region     | string  | province or prefecture
        year       | integer | budget year
        issued     | date    | date of issue
        notice     | string  | what its cover says of the document itself: that it is invented
        family     | string  | template family
        unit       | string  | unit of most of its tables
        status     | string  | ok, partial or failed
        error      | string  | what is wrong, in one sentence
        n_tables   | integer | tables found
        n_facts    | integer | figures read
        n_unmapped | integer | amounts listed as not read
        """
    ),
    "tables": _fields(
        _KEY
        + """
        table    | string  | canonical id, empty where no title is known
        title    | string  | as printed
        unit     | string  | as stated, else empty
        pages    | string  | pages it stands on
        note     | string  | printed with it: why it is empty, what it leaves out
        n_rows   | integer | rows without the header
        n_facts  | integer | figures read
        """
    ),
    "profile": _fields(
        _KEY
        + """
        kind     | string | function, office or unit
        text     | string | as printed
        """
        + _PLACE
    ),
    "glossary": _fields(
        _KEY
        + """
        term       | string | explained term
        definition | string | as printed
        """
        + _PLACE
    ),
    "assets": _fields(
        _KEY
        + """
        item          | string | what the department holds or buys
        quantity      | number | how many
        unit          | string | unit of the quantity
        value         | number | 万元
        as_of         | date   | day that the figures hold for
        """
        + _PLACE
        + "text | string | the sentence"
    ),
    "staffing": _fields(
        _KEY
        + """
        department             | string  | name of the department or unit
        scope                  | string  | department or unit
        year                   | integer | budget year
        authorized             | integer | 编制: posts allowed
        total                  | integer | 实有: people there are
        active                 | integer | 在职: people in post
        active_change          | integer | against the year before, negative for 减少
        retired                | integer | 退休
        retired_change         | integer | against the year before
        special_retired        | integer | 离休
        special_retired_change | integer | against the year before
        total_change           | integer | against the year before
        authorized_change      | integer | against the year before
        offices                | integer | number of offices
        """
        + _PLACE
        + "text | string | the sentence"
    ),
    "projects": _fields(
        _KEY
        + """
        project      | string | one key for a project under all its names
        code         | string | functional code, where a table gives it
        name         | string | as printed at this place
        funding      | string | general, government_fund, state_capital, carryover or unit
        amount       | number | 万元
        basis        | string | why it exists
        allocation   | string | how the money is split
        period_start | date   | first day
        period_end   | date   | last day
        pages        | string | where it is named
        where        | string | table, narrative or target
        """
    ),
    "indicators": _fields(
        _KEY
        + """
        project   | string | name of the project; empty in the overall form
        budget    | number | 万元, as the form prints it
        fiscal    | number | 万元
        other     | number | 万元
        goal      | string | as printed
        level1    | string | 一级指标
        level2    | string | 二级指标
        level3    | string | 三级指标
        operator  | string | comparison read out of the printed target
        target    | string | number read out of it
        unit      | string | its unit
        printed   | string | the target as printed
        basis     | string | as printed
        last_year | string | as printed
        weight    | string | as printed
        rule      | string | as printed
        evidence  | string | as printed
        """
        + _PLACE
    ),
    "narrative": _fields(
        _KEY
        + """
        item       | string | what the sentence is about
        kind       | string | amount, not_arranged, three_public, procurement, operating_costs, ...
        section    | string | heading that it stands under
        amount     | number | 万元
        share_pct  | number | share of the whole, per cent
        change     | number | 万元 against the year before, negative for 减少 or 下降
        change_pct | number | per cent, negative for 减少 or 下降
        reason     | string | as printed
        """
        + _PLACE
        + "text | string | the sentence"
    ),
    "pages": _fields(
        _KEY
        + """
        page         | integer | page, from 1
        role         | string  | cover, contents, table, prose or blank
        n_chars      | integer | characters, page numbers left out
        n_cell_chars | integer | characters inside of ruled grids
        n_amounts    | integer | amounts: numbers with a decimal point or thousands separators
        n_grids      | integer | ruled grids
        digest       | string  | of its text without page numbers; empty for a page without text
        """
    ),
    "paragraphs": _fields(
        _KEY
        + """
        number  | integer | place in the document, from 1
        rank    | integer | 0 for body; the rank of a heading otherwise
        heading | string  | the headings that it stands under
        """
        + _PLACE
        + "text | string | as printed; sentences with names or numbers of contacts left out"
    ),
}

#: What is made from the tables above: ``budgetkit audit`` writes it beside them.
DERIVED: dict[str, tuple[Field, ...]] = {
    "checks": _fields(
        """
        document     | string  | id of the disclosure that is judged
        department   | string  | name of the department or unit
        scope        | string  | department or unit
        year         | integer | budget year
        check        | string  | id of the check, as in the catalogue
        kind         | string  | arithmetic, cross_table, change, narrative, performance, ...
        status       | string  | pass, rounding, fail or skipped
        weight       | integer | how much a failure matters, 0 to 100
        expected     | number  | what it should be: 万元, per cent or people
        found        | number  | what is printed
        difference   | number  | found less expected
        tolerance    | number  | what rounding of the printed digits explains
        table        | string  | canonical id of the table that is judged
        section      | string  | revenue, expenditure or use where it prints several
        code         | string  | code of the row that is judged
        measure      | string  | column that is judged
        fact_id      | string  | the figure that is judged
        """
        + _PLACE
        + """
        other_fact_id  | string  | the figure that it is held against
        other_document | string  | document of that figure
        other_page     | integer | page of that figure, from 1
        other_x0       | number  | left edge of its box
        other_top      | number  | upper edge of its box
        other_x1       | number  | right edge of its box
        other_bottom   | number  | lower edge of its box
        sure           | boolean | false where the reader is unsure of a figure: read it yourself
        message_zh     | string  | the finding in Chinese
        message_en     | string  | the finding in English
        """
    )
}

_UNITS = {"万元": "万元", "points": "pt", "per cent": "%"}
_EDGES = ("x0", "top", "x1", "bottom")


def units(table: str) -> dict[str, str]:
    """Give the units of a table's columns, where they have one.

    Examples
    --------
    >>> units("narrative")["change"], units("facts")["x1"]
    ('万元', 'pt')
    """
    found = {}
    for field in TABLES.get(table, ()):
        unit = next((unit for word, unit in _UNITS.items() if word in field.meaning), "")
        if field.type == "number" and (unit or field.name in _EDGES):
            found[field.name] = unit or "pt"
    return found
