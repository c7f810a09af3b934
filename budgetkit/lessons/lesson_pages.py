"""A folder with a page of each lesson, in both languages: of the site, or of the slides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.api import read_dataset
from budgetkit.demo import prepare
from budgetkit.lessons.lesson_list import LANGUAGES, Lesson, lessons
from budgetkit.progress import Watch
from budgetkit.storage.own_folder import replaced

if TYPE_CHECKING:
    from budgetkit.dataset import Dataset


@contextmanager
def lesson_pages(
    out: str | Path,
    kind: str,
    page_of: Callable[[Lesson, str, Dataset], str],
    watch: Watch | None = None,
) -> Iterator[tuple[Path, int]]:
    """Write a page of each lesson into a folder that replaces an earlier one at the end.

    Parameters
    ----------
    out
        The folder.
    kind
        What such a folder is called.
    page_of
        Makes the page of a lesson, in a language, on the bundled corpus.
    watch
        Shows the progress.

    Yields
    ------
    tuple of Path and int
        The new folder, in which more may be written, and how many pages it has.

    Raises
    ------
    UsageError
        The folder holds something else, or can't be written.
    """
    watch = watch or Watch()
    dataset = read_dataset(prepare())
    jobs = [(lesson, lang) for lesson in lessons().values() for lang in LANGUAGES]
    watch.begin(len(jobs), 0)
    with replaced(Path(out), kind) as folder:
        for lesson, lang in jobs:
            path = folder / lang / f"{lesson.stem}.html"
            path.parent.mkdir(exist_ok=True)
            path.write_text(page_of(lesson, lang, dataset), encoding="utf-8")
            watch.tell(f"{lang}/{lesson.stem}", "")
        yield folder, len(jobs)
