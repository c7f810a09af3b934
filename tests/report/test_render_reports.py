"""Reports of a dataset, and their index."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import signal
from pathlib import Path
from typing import Any

import nbformat
import pytest

import budgetkit as bk
from budgetkit.bundled import notebooks_folder
from budgetkit.errors import UsageError
from budgetkit.extraction.assemble import assemble
from budgetkit.extraction.document import read_file
from budgetkit.extraction.extract import extract
from budgetkit.extraction.inputs import find_inputs
from budgetkit.render.html import loads
from budgetkit.report.render_reports import NOTEBOOK, Rendering, render_reports, tasks
from budgetkit.report.standing import NOTE
from budgetkit.storage.manifest import MANIFEST
from budgetkit.storage.write import write_dataset
from budgetkit.work import Limits
from tests.conftest import RunCli
from tests.helpers.runs import GOOD, Seen, contents, entries, start, until
from tests.helpers.truth import NAMES, truth

SOME = (GOOD, "yunting-jyj-2024.pdf", "yunting-jyj-2025.pdf", "yunting-wjw-2023.pdf")


@pytest.fixture(scope="module")
def dataset(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four good files and one that is none."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "broken.pdf").write_bytes(b"no PDF")
    out = folder / "dataset"
    extract([*(corpus / name for name in SOME), folder / "broken.pdf"], out, jobs=0)
    return out


def render(dataset: Path, out: Path, **how: Any) -> Rendering:
    return render_reports(bk.read_dataset(dataset), out, **{"jobs": 2, **how})


@pytest.fixture(scope="module")
def rendered(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of that dataset, made by two processes."""
    out = tmp_path_factory.mktemp("rendered") / "reports"
    done = render(dataset, out)
    assert (done.rendered, done.failed, done.kept) == (4, 0, 0)
    return out


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's notebook with two of its sections: what a run does, made faster."""
    notebook = nbformat.read(notebooks_folder() / NOTEBOOK, 4)
    notebook.cells = [
        cell
        for cell in notebook.cells
        if not cell.source.startswith("report.") or cell.source in ("report.who()", "report.cost()")
    ]
    path = tmp_path_factory.mktemp("short") / "short.ipynb"
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="module")
def run(dataset: Path, short: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished run: short reports of that dataset, and its journal."""
    folder = tmp_path_factory.mktemp("run")
    assert render(dataset, folder / "reports", notebook=short).rendered == 4
    return folder


@pytest.fixture
def out(run: Path, tmp_path: Path) -> Path:
    """A copy of the reports and the journal of that run, as far from the PDFs that they link to."""
    shutil.copytree(run, tmp_path, dirs_exist_ok=True)
    return tmp_path / "reports"


def changed(notebook: Path, tmp_path: Path, *, into: str) -> Path:
    """A notebook with a line put before the section of costs."""
    nodes = nbformat.read(notebook, 4)
    (cell,) = (cell for cell in nodes.cells if cell.source == "report.cost()")
    cell.source = f"{into}\n{cell.source}"
    path = tmp_path / "changed.ipynb"
    nbformat.write(nodes, path)
    return path


def test_there_is_a_report_for_every_department_scope_and_year(sample_dataset: Path) -> None:
    work = tasks(bk.read_dataset(sample_dataset))
    told = {(t["department"], t["scope"], t["year"]) for t in map(truth, NAMES)}
    assert {(task.department, task.scope, task.year) for task in work} == told
    assert len({task.file for task in work}) == len(work)


@pytest.mark.slow
def test_any_number_of_processes_gives_the_same_bytes(
    dataset: Path, rendered: Path, tmp_path: Path
) -> None:
    render(dataset, tmp_path / "one", jobs=1)
    assert contents(tmp_path / "one") == contents(rendered)
    stems = [name.removesuffix(".pdf") for name in SOME]
    pages = [f"{stem}.html" for stem in [*stems, "index"]]
    assert sorted(contents(rendered)) == sorted([MANIFEST, NOTE, *pages])


@pytest.mark.slow
def test_a_kernel_for_each_report_gives_the_same_bytes(
    dataset: Path, rendered: Path, tmp_path: Path
) -> None:
    done = render(dataset, tmp_path / "kernels", jobs=0, year=2023)
    assert done.rendered == 1
    name = "yunting-wjw-2023.html"
    assert (tmp_path / "kernels" / name).read_bytes() == (rendered / name).read_bytes()


@pytest.mark.slow
def test_only_what_changed_is_made_again(dataset: Path, run: Path, out: Path, short: Path) -> None:
    again, mended, forced = Seen(), Seen(), Seen()
    assert render(dataset, out, notebook=short, watch=again).kept == 4
    (out / "yunting-jyj-2025.html").write_text("damaged")
    render(dataset, out, notebook=short, watch=mended)
    assert contents(out) == contents(run / "reports")
    one = {"department": "云汀自治州教育局", "year": 2025}
    render(dataset, out, notebook=short, **one, force=True, watch=forced)
    assert (again.names, mended.names) == ([], ["云汀自治州教育局 2025"])
    assert forced.names == mended.names
    name = "yunting-jyj-2025.html"
    assert (out / name).read_bytes() == (run / "reports" / name).read_bytes()


@pytest.mark.slow
def test_a_new_year_makes_its_department_stale_and_no_other(
    dataset: Path, out: Path, short: Path, corpus: Path, tmp_path: Path
) -> None:
    shutil.copytree(dataset.parent, tmp_path / "more")
    files = [corpus / name for name in (*SOME, "yunting-wjw-2024.pdf")]
    extract(files, tmp_path / "more" / "dataset", jobs=0)
    watch = Seen()
    render(tmp_path / "more" / "dataset", out, notebook=short, watch=watch)
    assert sorted(watch.names) == ["云汀自治州卫生健康委员会 2023", "云汀自治州卫生健康委员会 2024"]


@pytest.mark.slow
def test_another_notebook_makes_every_report_stale(dataset: Path, tmp_path: Path) -> None:
    out, watch = tmp_path / "reports", Seen()
    render(dataset, out, year=2023)
    other = changed(notebooks_folder() / NOTEBOOK, tmp_path, into="print('other')")
    render(dataset, out, year=2023, notebook=other, watch=watch)
    assert len(watch.names) == 1


@pytest.fixture(scope="module")
def failing(
    dataset: Path, run: Path, short: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Rendering]:
    """The run of a notebook that fails for one of the two years of a department."""
    folder = tmp_path_factory.mktemp("failing")
    shutil.copytree(run, folder / "run")
    fails = 'if "教育" in department and int(year) == 2024: raise ValueError("<b>why</b>")'
    notebook = changed(short, folder, into=fails)
    out = folder / "run" / "reports"
    return out, render(dataset, out, department="云汀自治州教育局", notebook=notebook)


def test_one_that_fails_stops_no_other_and_is_told_with_its_cell(
    failing: tuple[Path, Rendering],
) -> None:
    out, done = failing
    assert (done.rendered, done.failed) == (1, 1)
    assert list(done.problems) == ["yunting-jyj-2024.html"]
    assert re.search(r"cell \d+ stopped with ValueError: <b>why</b>", str(done.problems))
    # The page of the earlier run does not stand for this one.
    assert not (out / "yunting-jyj-2024.html").exists()
    assert (out / "yunting-jyj-2025.html").exists()
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "stopped with ValueError: &lt;b&gt;why&lt;/b&gt;" in index
    assert 'href="failed/yunting-jyj-2024.ipynb"' in index
    ran = nbformat.read(out / "failed" / "yunting-jyj-2024.ipynb", 4)
    assert "text/html" in str(ran.cells), "the sections before the failure are kept"


def test_a_run_is_summed_up(failing: tuple[Path, Rendering]) -> None:
    out, done = failing
    assert (done.summary["made"], done.summary["failed"]) == (2, 1)
    assert done.summary["failures"] == done.problems
    noted = json.loads((out.parent / ".reports.journal/run.json").read_text(encoding="utf-8"))
    assert noted == done.summary


@pytest.mark.slow
def test_one_that_failed_is_made_once_its_notebook_is_mended_by_any_number_of_processes(
    dataset: Path, run: Path, failing: tuple[Path, Rendering], short: Path, tmp_path: Path
) -> None:
    shutil.copytree(failing[0].parent, tmp_path / "run")
    out = tmp_path / "run" / "reports"
    assert render(dataset, out, notebook=short, jobs=3).failed == 0
    # The failed notebook is gone, too.
    assert contents(out) == contents(run / "reports")


@pytest.mark.slow
def test_limits_end_a_notebook_and_what_ran_is_kept(
    dataset: Path, short: Path, tmp_path: Path
) -> None:
    both = """
import time
kept = None if int(year) == 2024 else bytearray(b"x") * (1 << 30)
time.sleep(60)"""
    out = tmp_path / "reports"
    done = render(
        dataset, out, department="云汀自治州教育局", notebook=changed(short, tmp_path, into=both),
        limits=Limits(seconds=5, memory=700 << 20),
    )  # fmt: skip
    assert done.problems["yunting-jyj-2024.html"].endswith(
        "stopped with TooSlow: took longer than 5 seconds (--time-limit)"
    )
    assert (out / "failed" / "yunting-jyj-2024.ipynb").is_file()
    memory = done.problems["yunting-jyj-2025.html"]
    assert "needed more than 700 MiB of memory (--memory-limit)" in memory


@pytest.mark.slow
def test_killed_and_started_again_ends_with_the_same_bytes(
    dataset: Path, rendered: Path, tmp_path: Path, run_cli: RunCli
) -> None:
    out = tmp_path / "reports"
    journal = tmp_path / ".reports.journal"
    for so_far in (1, 2):
        run = start("report", dataset, "--out", out)
        until(lambda so_far=so_far: entries(journal) >= so_far, 120)  # type: ignore[misc]
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert not (out / "index.html").exists()
    done = run_cli("report", dataset, "--out", out)
    assert done.returncode == 0, done.stderr
    assert "of them kept" in done.stdout
    assert contents(out) == contents(rendered)
    # What a killed run was writing is no report.
    assert sorted(path.name for path in out.glob(".*")) == [MANIFEST, NOTE]


def test_the_second_run_at_once_says_so_and_stops(
    dataset: Path, tmp_path: Path, run_cli: RunCli
) -> None:
    first = start("report", dataset, "--out", tmp_path / "reports")
    lock = tmp_path / ".reports.journal" / "lock"
    until(lambda: lock.is_file() and lock.read_text().strip() == str(first.pid), 120)
    second = run_cli("report", dataset, "--out", tmp_path / "reports")
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert second.returncode == 2
    assert "another run is writing this folder" in second.stderr


def test_a_page_of_the_user_is_not_overwritten(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("my own page")
    with pytest.raises(UsageError, match=r"holds index\.html, which would be overwritten"):
        render(dataset, tmp_path, year=2023)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_reports_do_not_go_into_a_dataset(dataset: Path) -> None:
    with pytest.raises(UsageError, match="would lie in a folder that is replaced as a whole"):
        render(dataset, dataset / "reports", year=2023)


def test_a_folder_that_can_not_be_written_is_said(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="is a file, not a folder"):
        render(dataset, tmp_path / "file")
    with pytest.raises(UsageError, match="no year '2031'"):
        render(dataset, tmp_path / "out", year=2031)
    with pytest.raises(UsageError, match="no format 'docx'"):
        render(dataset, tmp_path / "out", format="docx")


HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>"\'&{{7*7}}[red]局'


@pytest.fixture(scope="module")
def hostile(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset in which every text that a PDF can choose is full of markup."""
    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "<script>alert(3)<.pdf"
    source.write_bytes((corpus / GOOD).read_bytes())
    (folder / "<b>broken<.pdf").write_bytes(b"no PDF")
    inputs = find_inputs([folder])
    rows, sources = assemble(
        inputs, lambda i: read_file(i.path) if "alert" in i.source else HOSTILE
    )
    fixed = {"document", "source", "sha256", "fact_id", "status", "scope", "issued", "family",
             "table", "section", "code", "measure", "certainty", "unit", "kind", "where", "funding",
             "item", "printed", "pages"}  # fmt: skip
    for table in rows.values():
        for row in table:
            for column, value in row.items():
                if isinstance(value, str) and value and column not in fixed:
                    row[column] = HOSTILE if column in ("department", "region") else value + HOSTILE
    write_dataset(folder / "dataset", [rows], sources)
    return folder / "dataset"


@pytest.mark.slow
def test_nothing_in_a_pdf_is_markup_or_script_of_a_page(hostile: Path, tmp_path: Path) -> None:
    done = render(hostile, tmp_path / "reports")
    assert (done.rendered, done.failed) == (1, 0), done.problems
    (name,) = {path.name for path in (tmp_path / "reports").glob("*.html")} - {"index.html"}
    page = (tmp_path / "reports" / name).read_text(encoding="utf-8")
    index = (tmp_path / "reports" / "index.html").read_text(encoding="utf-8")
    assert loads(page) == []
    assert loads(index) == ["<script>"], "the one script of the index is its own"
    for text in (page, index):
        assert "&lt;script&gt;alert(2)&lt;/script&gt;" in text
        assert "<script>alert" not in text
        # A label of a chart is text between tags, where a quote is a quote.
        assert 'onerror="' not in re.sub(r"(<text\b[^<>]*>)[^<>]*", r"\1", text)
        assert "49" not in re.findall(r"&amp;(.{2,8})\[red\]", text)
        assert "Content-Security-Policy" in text


def test_the_script_of_the_index_is_the_one_that_its_policy_names(rendered: Path) -> None:
    import base64

    index = (rendered / "index.html").read_text(encoding="utf-8")
    (script,) = re.findall(r"<script>(.*?)</script>", index, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in index
    assert "default-src 'none'" in index


@pytest.mark.slow
def test_a_workbook_stands_beside_each_page_where_asked_for(
    dataset: Path, short: Path, tmp_path: Path
) -> None:
    how: dict[str, Any] = {"notebook": short, "format": "xlsx", "year": 2025}
    out = tmp_path / "reports"
    assert render(dataset, out, **how).failed == 0
    pages = sorted(path.stem for path in out.glob("*.html") if path.stem != "index")
    books = sorted(out.glob("*.xlsx"))
    index = (out / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{path.name}"' in index for path in books)
    assert [path.stem for path in books] == pages
    before = {path.name: path.read_bytes() for path in books}
    assert render(dataset, out, **how).kept == len(pages)
    books[0].unlink()
    assert render(dataset, out, **how).kept == len(pages) - 1
    assert {path.name: path.read_bytes() for path in books} == before
