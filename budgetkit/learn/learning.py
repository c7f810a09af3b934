"""The one call: what was not understood in a dataset, proposed as rows of the lists."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.codelists.own_lists import check_own_lists
from budgetkit.errors import UsageError
from budgetkit.extraction.pdf.pages import Pdf
from budgetkit.learn.propose import Proposal, path_of, propose
from budgetkit.learn.unknown import LISTED
from budgetkit.learn.write_lists import Written, accept, documents_of, write_lists
from budgetkit.render.highlight import draw_figures
from budgetkit.storage.reader import DatasetReader

if TYPE_CHECKING:
    import pandas as pd


class Lessons:
    """What a dataset's reader did not understand, and what to tell it.

    Attributes
    ----------
    proposals : tuple of Proposal
        What costs most amounts first.
    written : Written or None
        What was written, where a folder was named.
    waiting, others : int
        Amounts of ``unmapped`` that a row of a list may help, and those that none would: a
        figure that does not read, one that stands outside of its table.
    rules : tuple of tuple of str and int
        Why those others were not read, the commonest first, and of how many each is true.
    """

    def __init__(
        self, dataset: DatasetReader, proposals: tuple[Proposal, ...], written: Written | None
    ) -> None:
        self._dataset = dataset
        self.proposals, self.written = proposals, written
        self.waiting = int(dataset.unmapped["cause"].isin(LISTED).sum())
        others = dataset.unmapped[~dataset.unmapped["cause"].isin(LISTED)]
        self.others = len(others)
        counts = others["rule"].value_counts()
        self.rules = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def __repr__(self) -> str:
        return f"<Lessons: {len(self.proposals)} not understood, {self.waiting} amounts wait>"

    def frame(self) -> pd.DataFrame:
        """Give the proposals as a frame, a row each, what costs most amounts first."""
        import pandas as pd

        return pd.DataFrame([_row(one) for one in self.proposals], columns=list(_COLUMNS))

    def _repr_html_(self) -> str:
        html: str = self.frame().to_html(index=False)
        return html

    def accept(self, answers: Mapping[str, str]) -> None:
        """Accept proposals that were written, as one would in a spreadsheet.

        Parameters
        ----------
        answers
            What each says, by its text: ``{"用款去向": "expenditure"}``; an empty one is as
            it was proposed.

        Raises
        ------
        UsageError
            None were written, there is none of that text, or one says nothing yet.
        """
        if self.written is None:
            raise UsageError("no proposals were written", remedy="name a folder: learn(ds, out)")
        accept(self.written.files[-1], answers)

    def page(self, number: int, *, password: str | None = None) -> Any:
        """Draw the page where something stands that was not understood, its figures outlined.

        Parameters
        ----------
        number
            Of the proposal, from 0, as in :meth:`frame`.
        password
            Of the PDF, where it has one.

        Returns
        -------
        PIL.Image.Image
            The cells of the column in blue, each figure in orange.

        Raises
        ------
        UsageError
            There is no such proposal, or its PDF is gone.
        """
        if not 0 <= number < len(self.proposals):
            raise UsageError(f"there is no proposal {number}; there are {len(self.proposals)}")
        unknown = self.proposals[number].unknown
        document, page = unknown.first
        boxes = unknown.places.get((document, page), [])
        with Pdf(self._dataset.pdf_of(document), password=password, unlock=True) as pdf:
            return draw_figures(pdf, page, boxes)


def learn(dataset: DatasetReader, out: str | Path | None = None) -> Lessons:
    """List what was not understood in a dataset, and propose a row of the lists for each.

    Parameters
    ----------
    dataset
        As extracted with the lists that hold now.
    out
        Folder to write the rows into, for ``BUDGETKIT_CODELISTS``; none where it is None.

    Returns
    -------
    Lessons
        It displays itself; ``frame()`` is a row a proposal, ``page(0)`` shows where one stands.

    Raises
    ------
    UsageError
        The user's own lists are wrong, or ``out`` can't be written.

    Examples
    --------
    >>> import budgetkit as bk
    >>> from budgetkit.demo import prepare
    >>> "proposals" in vars(bk.learn(bk.read_dataset(prepare())))
    True
    """
    check_own_lists()
    proposals = tuple(propose(dataset))
    return Lessons(dataset, proposals, write_lists(proposals, out) if out is not None else None)


def _row(one: Proposal) -> Mapping[str, Any]:
    values = (
        one.unknown.amounts,
        one.unknown.kind,
        path_of(one.unknown),
        one.unknown.word,
        documents_of(one),
        one.unknown.first[1],
        one.list,
        row_of(one),
        "yes" if one.sure else "",
        one.reason,
    )
    return dict(zip(_COLUMNS, values, strict=True))


_COLUMNS = (
    "amounts", "kind", "printed", "unknown", "document", "page", "list", "row", "sure", "reason",
)  # fmt: skip


def row_of(one: Proposal) -> str:
    """Print the row of a list that is proposed, as it would stand there; empty where none helps.

    Where nothing is known to say, it has a question mark.
    """
    says = one.says or "?"
    rows = {
        "titles": (says, one.text, one.ends),
        "headers": (one.table, one.within, one.text, says),
        "items": (one.table, one.section, one.within, one.text, says),
    }
    return ",".join(rows[one.list]) if one.list else ""
