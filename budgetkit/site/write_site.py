"""A site of a dataset: index, reports, comparison, case files and data in one folder.

It needs no server and no network.  The folder is written aside and replaced as a whole; the
journal beside it keeps reports, case files and workbooks, so that the next site makes only what
has changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from budgetkit.checks.audit.run import audit
from budgetkit.compare.write_comparison import write_comparison
from budgetkit.disclosure import DisclosureKey, documents_by_key
from budgetkit.errors import BudgetkitError, UsageError
from budgetkit.render.labels import Labels
from budgetkit.report.make import ReportTask
from budgetkit.report.render_reports import Rendering, render_reports, tasks
from budgetkit.site.case_pages import CasePage, Finding, case_pages, kept_page
from budgetkit.site.downloads import write_downloads
from budgetkit.site.entries import Entry, entries, without_report
from budgetkit.site.search_index import departments
from budgetkit.site.site_links import CASES, COMPARISON, DATA, INDEX, SiteLink, with_bar
from budgetkit.site.site_pages import Contents, site_links, write_pages
from budgetkit.site.site_words import SiteWords
from budgetkit.storage.manifest import seal
from budgetkit.storage.own_folder import check_folder, replaced
from budgetkit.work.journal import Journal
from budgetkit.work.run_tasks import run_tasks
from budgetkit.work.tasks import Limits, Task

if TYPE_CHECKING:
    from budgetkit.progress import Watch
    from budgetkit.storage.reader import DatasetReader

#: What the folder is called.
KIND = "a site"
#: Reports of a site that is made in one process, which is quicker; the memory of a larger one goes
#: with the processes that make its parts.
FEW = 100
#: What a part of the site is.
Made = TypeVar("Made")
#: Characters that the name of a file may not have, and how many it has at most.
_NOT_IN_NAME, LONGEST_NAME = re.compile(r"[^\w.-]+"), 60
#: The folders of the journal.
_REPORTS, _CASES, _DATA = "reports", "cases", "data"


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """What was written.

    Attributes
    ----------
    index : Path
        The page to begin with.
    departments, reports, cases : int
        How many.
    without_report : dict of str to str
        Why a document has no report, by its file.
    no_comparison : str
        Why there is no comparison; empty where there is one.
    """

    index: Path
    departments: int
    reports: int
    cases: int
    without_report: dict[str, str] = field(default_factory=dict)
    no_comparison: str = ""


def write_site(
    dataset: DatasetReader,
    out: str | Path,
    *,
    lang: str = "zh",
    unit: str = "",
    title: str = "",
    licence: str = "",
    jobs: int = 1,
    cluster: str | None = None,
    watch: Watch | None = None,
) -> WrittenSite:
    """Write a site of a dataset.

    Parameters
    ----------
    dataset
        As of ``read_dataset``; it is audited if it was not yet.
    out
        Folder; written aside and then moved into place, a site that is there replaced.
    lang
        ``zh`` or ``en``.
    unit
        Amounts are shown in: ``yuan``, ``wan``, ``million`` or ``yi``; by default 万元 in Chinese,
        million yuan in English.  The files of the data are in 万元, always.
    title
        Of the site; empty for the region that its departments have in common.
    licence
        Under which the data is published, as ``CC BY 4.0``; empty where none is named.
    jobs
        Number of processes.
    cluster
        Address of a Dask scheduler whose workers do the work instead; they see the folder of the
        dataset.
    watch
        Shows the progress.

    Returns
    -------
    WrittenSite

    Raises
    ------
    UsageError
        There is no such language or unit, ``out`` holds something else or can't be written,
        another run is writing it, or the dataset has no disclosure of a known department and year.
    """
    out, say = Path(out), SiteWords(lang, unit)
    check_folder(out, what=KIND)
    every = tasks(dataset)
    if not every:
        raise UsageError("holds no disclosure of a known department and year", file=dataset.folder)
    if not dataset.audited:
        audit(dataset, jobs=jobs, cluster=cluster)
    journal = Journal(out)
    with journal.lock(), replaced(out, KIND) as folder:
        made = Path(journal.place)
        done = render_reports(
            dataset, made / _REPORTS, lang=lang, unit=unit, jobs=jobs, cluster=cluster, watch=watch
        )
        kept = Journal(made / _CASES)
        cases = case_pages(dataset, kept, lang, jobs=jobs, cluster=cluster, watch=watch)
        aside = _in_own_process if len(every) > FEW else _here
        no_comparison = aside(_compare, dataset, folder, lang, unit, cluster)
        data = aside(write_downloads, dataset, folder / DATA, Journal(made / _DATA), say, licence)
        found = entries(dataset, every, done.problems, lang)
        files = _case_files(cases)
        contents = Contents(
            title=title or _title(found, say),
            departments=departments(found, files, {}),
            findings=_by_key(dataset, cases),
            left_out=without_report(dataset, every, done.problems, lang),
            data=data,
            licence=licence,
            has_comparison=not no_comparison,
        )
        write_pages(contents, folder, say)
        _add_reports(made / _REPORTS, every, done, files, contents, folder, say)
        _add_cases(cases, kept, files, found, contents, folder, say)
        if contents.has_comparison:
            _add_bar(
                folder / COMPARISON / INDEX,
                site_links(contents, "../", say, f"{COMPARISON}/{INDEX}"),
                say,
            )
            seal(folder / COMPARISON)  # its page is another one than it noted
    missing = {one.source: one.reason for one in contents.left_out}
    return WrittenSite(out / INDEX, len(contents.departments), done.rendered, len(files), missing,
                       no_comparison)  # fmt: skip


def _here(function: Callable[..., Made], *arguments: Any) -> Made:
    return function(*arguments)


def _in_own_process(function: Callable[..., Made], *arguments: Any) -> Made:
    """Call a function in a process whose memory goes with it."""
    (done,) = run_tasks([Task("part", function, arguments)], limits=Limits(0, 0))
    if done.failure:
        raise BudgetkitError(f"can't be written: a part {done.failure}", file=arguments[1])
    made: Made = done.value
    return made


def _compare(
    dataset: DatasetReader, folder: Path, lang: str, unit: str, cluster: str | None
) -> str:
    """Write the comparison, or return why there is none."""
    place = folder / COMPARISON
    try:
        write_comparison(dataset, place, lang=lang, unit=unit, linked=False, cluster=cluster)
    except BudgetkitError as error:
        return str(error)
    return ""


def _title(found: list[Entry], say: SiteWords) -> str:
    """Name a site after the region that all of its departments lie in."""
    regions = sorted({entry.region for entry in found if entry.region})
    if not regions:
        return say("title")
    first, last = regions[0], regions[-1]
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
                min(len(first), len(last)))  # fmt: skip
    region = first[:same]
    return (
        say("title_of", region=Labels(say.lang).region(region))
        if region in regions
        else say("title")
    )


def _case_files(cases: Mapping[str, CasePage]) -> dict[str, str]:
    """Name the case files of departments, relative to the site."""
    seen: Counter[str] = Counter()
    found = {}
    for department, case in cases.items():
        if not case.kept:
            continue
        name = _NOT_IN_NAME.sub("_", department)[:LONGEST_NAME]
        seen[name.lower()] += 1
        count = seen[name.lower()]
        found[department] = f"{CASES}/{name}.html" if count == 1 else f"{CASES}/{name}~{count}.html"
    return found


def _by_key(
    dataset: DatasetReader, cases: Mapping[str, CasePage]
) -> dict[DisclosureKey, list[Finding]]:
    keys = {row["document"]: key for key, rows in documents_by_key(dataset).items() for row in rows}
    found: dict[DisclosureKey, list[Finding]] = {}
    for case in cases.values():
        for finding in case.findings:
            if finding.document in keys:
                found.setdefault(keys[finding.document], []).append(finding)
    return found


def _add_bar(page: Path, links: list[SiteLink], say: SiteWords) -> None:
    text = page.read_text(encoding="utf-8")
    page.write_text(with_bar(text, links, say("bar")), encoding="utf-8")


def _add_reports(
    made: Path,
    every: list[ReportTask],
    done: Rendering,
    files: Mapping[str, str],
    contents: Contents,
    folder: Path,
    say: SiteWords,
) -> None:
    common = site_links(contents, "", say)
    for report in every:
        if report.file in done.problems:
            continue
        links = list(common)
        if case := files.get(report.department):
            links.append(SiteLink(say("bar.case"), case))
        text = (made / report.file).read_text(encoding="utf-8")
        page = with_bar(text, links, say("bar"))
        (folder / report.file).write_text(page, encoding="utf-8")


def _add_cases(
    cases: Mapping[str, CasePage],
    kept: Journal,
    files: Mapping[str, str],
    found: list[Entry],
    contents: Contents,
    folder: Path,
    say: SiteWords,
) -> None:
    if files:
        (folder / CASES).mkdir()
    for department, file in files.items():
        links = site_links(contents, "../", say)
        own = [one for one in found if one.key.department == department and one.file]
        for one in sorted(own, key=lambda one: one.key, reverse=True):
            links.append(SiteLink(say.report(one.key), f"../{one.file}"))
        page = with_bar(kept_page(kept, cases[department]), links, say("bar"))
        (folder / file).write_text(page, encoding="utf-8")
