"""What a case file says: the findings of one department, chosen, ordered and illustrated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from budgetkit.casefile.case_words import CaseWords
from budgetkit.casefile.illustrate import Illustrator, Picture
from budgetkit.checks.audit.catalogue import catalogue
from budgetkit.errors import UsageError, suggestion
from budgetkit.storage.answers import Answers
from budgetkit.storage.figures import Place, check_places
from budgetkit.storage.findings import by_cause, comparisons, money_moved
from budgetkit.storage.records import Row, records, text

if TYPE_CHECKING:
    from budgetkit.storage.reader import DatasetReader

#: Places that a finding shows; the pages of further ones are named.
MOST_PICTURES = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A place of a finding.

    Attributes
    ----------
    where : str
        Document, page, and table, row and column.
    printed : str
        The figure as printed, with its unit; empty for prose.
    page : int
        From 1.
    picture : Picture
        Empty where there is none.
    """

    where: str
    printed: str
    page: int
    picture: Picture


@dataclass(frozen=True, slots=True)
class Query:
    """One finding: an error with its evidence.

    Attributes
    ----------
    ids : tuple of str
        Of its rows of ``checks``, as answers name them.
    is_certain : bool
        False where a person should look.
    check : str
        Id of the check of its first row.
    year : str
        Of the document.
    document : str
        Id of the document.
    message : str
        What was found, with both figures as printed and the difference.
    also : tuple of str
        Further messages of the same cause.
    rule, source : str
        What was checked, and where the rule comes from.
    difference : str
        In 元 and 万元; empty where it is about no money.
    shown : tuple of Shown
        Its places.
    further : tuple of str
        Places without a picture.
    answer, reason : str
        Empty where there is none.
    """

    ids: tuple[str, ...]
    is_certain: bool
    check: str
    year: str
    document: str
    message: str
    also: tuple[str, ...]
    rule: str
    source: str
    difference: str
    shown: tuple[Shown, ...] = ()
    further: tuple[str, ...] = ()
    answer: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The findings of one department.

    Attributes
    ----------
    department : str
        Its name.
    documents : tuple of Row
        Rows of ``documents``.
    certain, look, answered : tuple of Query
        What is to be corrected, what to be looked at, and what was answered before.
    counts : dict of str to int
        Comparisons by status.
    """

    department: str
    documents: tuple[Row, ...]
    certain: tuple[Query, ...]
    look: tuple[Query, ...]
    answered: tuple[Query, ...]
    counts: dict[str, int]

    @property
    def queries(self) -> tuple[Query, ...]:
        """Those that wait for an answer."""
        return self.certain + self.look


def documents_of(dataset: DatasetReader, department: str | None) -> list[Row]:
    """Return the disclosures of a department, under all of its names.

    Parameters
    ----------
    dataset
        As written by ``budgetkit extract``.
    department
        As printed; None takes the only one that there is.

    Returns
    -------
    list of dict
        Rows of ``documents``, by year.

    Raises
    ------
    UsageError
        There is no such department, or there are several.
    """
    rows = [row for row in records(dataset.documents) if row["department"]]
    names = sorted({row["department"] for row in rows})
    if department is None:
        ids = {row["department_id"] or row["department"] for row in rows}
        if len(ids) != 1:
            raise UsageError(
                f"holds the documents of {len(ids)} departments, and a case file is about one",
                file=dataset.folder,
                remedy=f"name it with --department, as {' or '.join(names[:3])}" if names else "",
            )
    else:
        own = [row for row in rows if row["department"] == department]
        ids = {row["department_id"] or row["department"] for row in own}
        if not own:
            raise UsageError(
                f"there is no department '{department}'",
                file=dataset.folder,
                remedy=suggestion(department, names),
            )
    found = [row for row in rows if (row["department_id"] or row["department"]) in ids]
    return sorted(found, key=lambda row: (row["year"] or 0, row["scope"] or "", row["document"]))


def make_case_file(
    dataset: DatasetReader,
    documents: Sequence[Row],
    answers: Answers,
    say: CaseWords,
    *,
    password: str | None = None,
) -> CaseFile:
    """Put the findings of a department together.

    Parameters
    ----------
    dataset
        That was audited.
    documents
        Of the department, as of :func:`documents_of`.
    answers
        To findings of the dataset.
    say
        The words of a language.
    password
        Of encrypted PDFs.

    Returns
    -------
    CaseFile
        Certain findings first, what moves more money before what moves less.
    """
    rows = dataset.by_document("checks").rows(row["document"] for row in documents)
    failed = [row for row in rows if row["status"] == "fail"]
    counts = dict.fromkeys(("pass", "rounding", "fail", "skipped"), 0) | comparisons(rows)
    fresh = by_cause(row for row in failed if answers.to(row) is None)
    done = by_cause(row for row in failed if answers.to(row) is not None)
    with Illustrator(dataset, password) as illustrator:
        maker = _Maker(answers, say, illustrator)
        queries = [maker.query(group, with_pictures=True) for group in fresh]
        answered = [maker.query(group, with_pictures=False) for group in done]
    return CaseFile(
        text(documents[0]["department"]),
        tuple(documents),
        tuple(one for one in queries if one.is_certain),
        tuple(one for one in queries if not one.is_certain),
        tuple(answered),
        counts,
    )


class _Maker:
    """Turns rows of ``checks`` of one cause into a query."""

    def __init__(self, answers: Answers, say: CaseWords, illustrator: Illustrator) -> None:
        self._answers = answers
        self._say = say
        self._illustrator = illustrator
        self._checks = {check.id: check for check in catalogue()}

    def query(self, group: Sequence[Mapping[str, Any]], *, with_pictures: bool) -> Query:
        lead = group[0]
        messages = dict.fromkeys(text(row[f"message_{self._say.lang}"]) for row in group)
        message, *also = messages
        check = self._checks.get(text(lead["check"]))
        zh = self._say.lang == "zh"
        answer = self._answers.to(lead)
        places = _places(group) if with_pictures else []
        gap = next((moved for row in group if (moved := money_moved(row))), 0.0)
        return Query(
            ids=tuple(dict.fromkeys(self._answers.id_of(row) for row in group)),
            is_certain=any(row.get("certain", True) for row in group),
            check=text(lead["check"]),
            year=text(lead["year"]),
            document=text(lead["document"]),
            message=message,
            also=tuple(also),
            rule=(check.rule_zh if zh else check.rule_en) if check else "",
            source=self._source(text(lead["kind"]), check.source if check else ""),
            difference=self._say.money(gap) if gap else "",
            shown=tuple(self._shown(place) for place in places[:MOST_PICTURES]),
            further=tuple(self._where(place) for place in places[MOST_PICTURES:]),
            answer=answer.answer if answer else "",
            reason=answer.reason if answer else "",
        )

    def _source(self, kind: str, source: str) -> str:
        if source == "arithmetic":
            return self._say("source.arithmetic")
        if source:
            return self._say.source(source)
        key = "cross_table" if kind == "cross_table" else "arithmetic_kind"
        return self._say(f"source.{key}") if kind in ("arithmetic", "cross_table") else ""

    def _shown(self, place: Place) -> Shown:
        fact = self._illustrator.fact(place)
        printed = self._say.printed(text(fact["printed"]), text(fact["unit"])) if fact else ""
        picture = self._illustrator.picture(place)
        return Shown(self._where(place), printed, place.page, picture)

    def _where(self, place: Place) -> str:
        comma = self._say("comma")
        parts = [place.document, self._say("page", page=place.page)]
        fact = self._illustrator.fact(place)
        if not fact:
            return comma.join(parts)
        parts.append(self._say.name("table", text(fact["table"])))
        if section := text(fact["section"]):
            parts.append(self._say.name("section", section))
        name = text(fact["project"]) or text(fact["name"])
        parts += [self._say.line(name)] if name else []
        if text(fact["measure"]) != "amount":
            parts.append(self._say.name("measure", text(fact["measure"])))
        return comma.join(parts)


def _places(group: Iterable[Mapping[str, Any]]) -> list[Place]:
    """Places of the rows of a cause, each once."""
    return list(dict.fromkeys(place for row in group for place in check_places(row)))
