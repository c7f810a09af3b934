"""A second look at what an audit is about to accuse: each figure against its picture on the page.

A figure whose picture reads as another amount may have been misread, so that what is said of it is
never certain: its findings say what was seen, and a person should look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from budgetkit.casefile.spots import Leaf
from budgetkit.checks.audit.spill import writers_of
from budgetkit.extraction.ocr.recogniser import Reader, read_lines
from budgetkit.extraction.ocr.verify import verify
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.extraction.tables.table_content import Fact
from budgetkit.storage.figures import box_of
from budgetkit.storage.frames import forget
from budgetkit.storage.records import Row, text
from budgetkit.storage.write import add_derived

if TYPE_CHECKING:
    from budgetkit.storage.reader import DatasetReader

#: What is added to the message of a finding, by language.
SAID = {
    "zh": "；{printed}在图像上识别为“{seen}”，请核实",
    "en": "; the picture of {printed} reads as '{seen}': look yourself",
}


def look_again(
    dataset: DatasetReader,
    fact_ids: Iterable[str],
    *,
    password: str | None = None,
    read: Reader = read_lines,
) -> dict[str, tuple[str, str]]:
    """Read the pictures of figures.

    Parameters
    ----------
    dataset
        That holds them.
    fact_ids
        As in ``facts``.
    password
        Of encrypted PDFs.
    read
        Reads pictures of lines.

    Returns
    -------
    dict of str to tuple of str
        What is printed and what was seen, of each figure whose picture shows another amount.

    Raises
    ------
    UsageError
        A PDF is gone, or the extra is not installed.
    """
    wanted = set(fact_ids)
    by_document: dict[str, list[Row]] = {}
    for id in sorted(wanted):
        row = dataset.fact(id)
        by_document.setdefault(text(row["document"]), []).append(row)
    found: dict[str, tuple[str, str]] = {}
    for document, rows in by_document.items():
        with Pdf(dataset.pdf_of(document), password=password, unlock=True) as pdf:
            pages = {int(row["page"]): pdf.page(int(row["page"])) for row in rows}
            facts = [_fact(row, Leaf(pages[int(row["page"])], ())) for row in rows]
            for row, seen in zip(rows, verify(pdf, pages.values(), facts, read), strict=True):
                if seen.certainty == "doubtful" and seen.confidence is not None and seen.seen:
                    found[row["fact_id"]] = text(row["printed"]), seen.seen
    return found


def _fact(row: Row, leaf: Leaf) -> Fact:
    """A fact as an extraction has it: only its print, its place and its certainty count here."""
    return Fact(
        table=text(row["table"]),
        section="",
        code="",
        name="",
        level=None,
        project="",
        measure="",
        amount=Decimal(0),
        printed=text(row["printed"]),
        unit=text(row["unit"]),
        page=int(row["page"]),
        box=leaf.upright(box_of(row)),
        certainty="read",
        row=0,
        column=0,
    )


def doubt(row: Mapping[str, Any], seen: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Make a finding one to look at, where the picture of one of its figures reads otherwise.

    Parameters
    ----------
    row
        Of ``checks``.
    seen
        As of :func:`look_again`.

    Returns
    -------
    dict
        The row, unchanged where no figure of it is doubted.
    """
    found = dict(row)
    for name in ("fact_id", "other_fact_id"):
        if (id := text(row.get(name))) in seen:
            printed, picture = seen[id]
            found["certain"] = False
            for lang, said in SAID.items():
                found[f"message_{lang}"] += said.format(printed=printed, seen=picture)
    return found


def doubt_in_dataset(dataset: DatasetReader, seen: Mapping[str, tuple[str, str]]) -> None:
    """Write into ``checks`` what a second look doubts.

    Parameters
    ----------
    dataset
        That was audited.
    seen
        As of :func:`look_again`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(dataset.folder / "checks.parquet")
    rows = table.to_pylist()
    rows = [doubt(row, seen) if row["status"] == "fail" else row for row in rows]
    changed = pa.Table.from_pylist(rows, schema=table.schema)
    add_derived(dataset.folder, "checks", writers_of(lambda: [changed]))
    forget(dataset, "checks")
