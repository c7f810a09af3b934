"""Extraction at scale: killed and started again, two at once, damaged and hostile input."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from budgetkit.api import read_dataset
from budgetkit.errors import UsageError
from budgetkit.extraction.extract import extract
from budgetkit.work import Limits
from tests.conftest import ROOT, RunCli
from tests.helpers import damage, many
from tests.helpers.runs import GOOD, SMALL, Seen, contents, entries, start, until

#: Seconds that a damaged file may take.
PATIENCE = 30


def rows(dataset: Path) -> list[dict[str, str]]:
    with (dataset / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def kill_twice_then_finish(folder: Path, out: Path, number: int, jobs: int = 2) -> None:
    """Run, kill -9 after a third, run, kill after two thirds, run to the end."""
    journal = out.parent / f".{out.name}.journal"
    command = ("extract", folder, "--out", out, "--jobs", str(jobs))
    for share in (1, 2):
        run = start(*command)
        until(lambda share=share: entries(journal) >= share * number // 3, 600)  # type: ignore[misc]
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert not out.exists()
    done = start(*command)
    said, _ = done.communicate()
    assert done.returncode == 0
    assert "of them kept" in said


@pytest.mark.slow
def test_killed_twice_and_started_again_ends_with_the_same_bytes(
    corpus: Path, tmp_path: Path
) -> None:
    number = len(list(corpus.glob("*.pdf")))
    kill_twice_then_finish(corpus, tmp_path / "killed", number)
    extract([corpus], tmp_path / "undisturbed", jobs=2)
    assert contents(tmp_path / "killed") == contents(tmp_path / "undisturbed")


@pytest.mark.slow
def test_many_documents_killed_twice_end_with_the_same_bytes_in_flat_memory(
    corpus: Path, tmp_path: Path
) -> None:
    many.make(tmp_path / "in", 200)
    kill_twice_then_finish(tmp_path / "in", tmp_path / "killed", 200)
    done = extract([tmp_path / "in"], tmp_path / "undisturbed", jobs=2)
    assert contents(tmp_path / "killed") == contents(tmp_path / "undisturbed")
    few = extract([tmp_path / "in" / "p000"], tmp_path / "few", jobs=2)
    # Twenty times as many documents through the same two processes: no more memory.
    assert done.summary["worker_memory_mib"] < 1.3 * few.summary["worker_memory_mib"]


def test_the_second_run_at_once_says_so_and_stops(
    corpus: Path, tmp_path: Path, run_cli: RunCli
) -> None:
    out = tmp_path / "dataset"
    first = start("extract", corpus, "--out", out)
    lock = tmp_path / ".dataset.journal" / "lock"
    until(lambda: lock.is_file() and lock.read_text().strip() == str(first.pid), 120)
    second = run_cli("extract", corpus, "--out", out)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert f"another run is writing this folder (process {first.pid})" in second.stderr
    assert run_cli("extract", corpus / SMALL, "--out", out).returncode == 0


def test_nothing_is_read_again_unless_it_changed_or_is_forced(corpus: Path, tmp_path: Path) -> None:
    out, first, again, forced = tmp_path / "dataset", Seen(), Seen(), Seen()
    extract([corpus / SMALL], out, watch=first, jobs=0)
    before = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    assert extract([corpus / SMALL], out, watch=again, jobs=0).summary["kept"] == 1
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == before
    extract([corpus / SMALL], out, watch=forced, force=True, jobs=0)
    assert (len(first.names), len(again.names), len(forced.names)) == (1, 0, 1)
    (out / "facts.csv").unlink()
    extract([corpus / SMALL], out, jobs=0)
    assert len(read_dataset(out).facts) > 100
    assert (out / "facts.csv").is_file()


def test_another_password_reads_a_kept_failure_again(corpus: Path, tmp_path: Path) -> None:
    with pikepdf.open(corpus / SMALL) as pdf:
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="o", user="secret"))
    assert extract([tmp_path / "a.pdf"], tmp_path / "out", jobs=0).failed == 1
    opened = extract([tmp_path / "a.pdf"], tmp_path / "out", password="secret", jobs=0)
    assert opened.failed == 0


def test_the_run_is_summed_up_beside_the_dataset_and_where_asked(
    corpus: Path, tmp_path: Path, run_cli: RunCli
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/word.pdf").write_bytes(b"not a PDF")
    (tmp_path / "in/good.pdf").write_bytes((corpus / SMALL).read_bytes())
    run_cli(
        "extract", tmp_path / "in", "--out", tmp_path / "out", "--summary", tmp_path / "run.json"
    )
    summary = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert (summary["read"], summary["kept"], summary["failed"]) == (2, 0, 1)
    assert summary["failures"] == {"word.pdf": "is not a PDF; save it as PDF first"}
    assert summary["worker_memory_mib"] > 10
    assert summary == json.loads((tmp_path / ".out.journal/run.json").read_text(encoding="utf-8"))
    assert not any("run" in name for name in contents(tmp_path / "out"))


# --- hostile input ---------------------------------------------------------------------


def assert_damaged_files_end_well(folder: Path, tmp_path: Path, number: int) -> None:
    """Each damaged file has its row, none takes long, none ends the run."""
    begin = time.monotonic()
    done = extract([folder], tmp_path / "dataset", jobs=2, limits=Limits(seconds=PATIENCE))
    assert len({row["source"] for row in done.documents}) == number
    assert {path.name for path in folder.iterdir()} == {row["source"] for row in done.documents}
    assert all(seconds < PATIENCE for seconds, _ in done.summary["slowest"])
    assert all(row["status"] != "failed" or row["error"] for row in done.documents)
    assert not [row for row in done.documents if "please report" in str(row["error"])]
    assert time.monotonic() - begin < PATIENCE * number
    assert len(read_dataset(tmp_path / "dataset").documents) >= number


@pytest.mark.slow
def test_damaged_files_end_well(corpus: Path, tmp_path: Path) -> None:
    damage.make(tmp_path / "in", sorted(corpus.glob("*.pdf")), 48)
    assert_damaged_files_end_well(tmp_path / "in", tmp_path, 48)


@pytest.mark.slow
def test_a_thousand_damaged_files_end_well(corpus: Path, tmp_path: Path) -> None:
    damage.make(tmp_path / "in", sorted(corpus.glob("*.pdf")), 1000)
    assert_damaged_files_end_well(tmp_path / "in", tmp_path, 1000)


def page_bomb(path: Path, operators: int) -> None:
    """A small file with a page of so many lines to draw."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        content = b"".join(b"%d %d m %d %d l S\n" % (i % 600, i % 800, i % 599, i % 797)
                           for i in range(operators))  # fmt: skip
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.save(path, compress_streams=True)


@pytest.mark.slow
def test_a_page_bomb_is_one_failed_row_and_the_others_go_on(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    page_bomb(tmp_path / "in/bomb.pdf", 3_000_000)
    (tmp_path / "in/good.pdf").write_bytes((corpus / GOOD).read_bytes())
    limits = Limits(seconds=20, memory=500 << 20)
    done = extract([tmp_path / "in"], tmp_path / "out", jobs=2, limits=limits)
    bomb, good = done.documents
    assert bomb["status"] == "failed"
    assert "-limit" in bomb["error"]
    assert good["n_facts"] > 100
    again = extract([tmp_path / "in"], tmp_path / "out", jobs=2, limits=limits)
    assert again.summary["read"] == ("memory" in bomb["error"])
    # A document that took too long is kept as such; one that lacked memory is tried again.


@pytest.mark.slow
def test_a_file_of_ten_thousand_pages_is_one_failed_row(corpus: Path, tmp_path: Path) -> None:
    with pikepdf.open(corpus / GOOD) as pdf:
        page = pdf.pages[8]
        for _ in range(10_000):
            pdf.pages.append(page)
        pdf.save(tmp_path / "long.pdf")
    done = extract([tmp_path / "long.pdf"], tmp_path / "out", limits=Limits(seconds=3))
    assert done.documents[0]["error"] == "took longer than 3 seconds (--time-limit)"


NAMES = [
    "<img src=x onerror=alert(1)>.pdf",
    "[bold]markup[link=x].pdf",
    "line\nbreak\x1b[31m.pdf",
    "a,\"b\";'c'.pdf",
    "=cmd|'C calc'!A0.pdf",
    "长" * 80 + ".pdf",
    "two#2.pdf",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_a_file_is_text(name: str, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(b"not a PDF")
    done = extract([tmp_path / "in"], tmp_path / "out", jobs=0)
    (row,) = rows(tmp_path / "out")
    assert row["source"] == done.documents[0]["source"]
    assert row["source"].isprintable()
    assert row["source"].replace("\\x0a", "\n").replace("\\x1b", "\x1b") == name


def test_a_name_that_is_no_utf8_is_text(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = os.fsencode(tmp_path / "in") + b"/\xb2\xbf\xc3\xc5.pdf"
    with open(path, "wb") as handle:  # noqa: PTH123
        handle.write((corpus / SMALL).read_bytes())
    done = extract([tmp_path / "in"], tmp_path / "out")
    assert done.documents[0]["source"] == r"\xb2\xbf\xc3\xc5.pdf"
    dataset = read_dataset(tmp_path / "out")
    assert dataset.pdf_of(r"\xb2\xbf\xc3\xc5").is_file()


def test_a_second_disclosure_never_takes_the_name_of_a_file(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with (
        pikepdf.open(corpus / SMALL) as one,
        pikepdf.open(corpus / "yanping-sfj-2024.pdf") as two,
    ):
        one.pages.extend(two.pages)
        one.save(tmp_path / "in/a.pdf")
    (tmp_path / "in/a#2.pdf").write_bytes((corpus / "yunting-wjw-2024.pdf").read_bytes())
    done = extract([tmp_path / "in"], tmp_path / "out", jobs=0)
    assert sorted(row["document"] for row in done.documents) == ["a", "a#2", "a#2~"]


# --- other places ----------------------------------------------------------------------


def test_addresses_of_fsspec_are_read_and_written(corpus: Path, tmp_path: Path) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    for name in (SMALL, "yanping-sfj-2024.pdf"):
        memory.pipe_file(f"/province/2025/{name}", (corpus / name).read_bytes())
    out, again = "memory://results/dataset", Seen()
    extract(["memory://province"], out)
    extract(["memory://province"], out, watch=again)
    assert (again.names, again.kept) == ([], 2)
    memory.get("/results/dataset", str(tmp_path / "copy"), recursive=True)
    dataset = read_dataset(tmp_path / "copy")
    assert set(dataset.documents["source"]) == {f"2025/{SMALL}", "2025/yanping-sfj-2024.pdf"}
    assert dataset.pdf_of("yunting-wjw-2023").read_bytes() == (corpus / SMALL).read_bytes()
    with pytest.raises(UsageError, match="no such file"):
        extract(["memory://nowhere"], out)


# --- a cluster -------------------------------------------------------------------------


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler and two workers, each a process."""
    file = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    scheduler = subprocess.Popen(
        [*dask, "--scheduler-file", file, "--port", "0", "--no-dashboard"], **quiet,  # type: ignore[call-overload]
    )  # fmt: skip
    until(lambda: file.exists() and file.read_text(), 60)
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", file]
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", tmp_path]
    workers = [subprocess.Popen([*worker, *options], **quiet) for _ in range(2)]  # type: ignore[call-overload]
    try:
        yield json.loads(file.read_text())["address"], workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    corpus: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    many.make(tmp_path / "in", 60)

    class Killer(Seen):
        def tell(self, name: str, problem: str) -> None:
            super().tell(name, problem)
            if len(self.names) == 10:
                workers[0].kill()

    watch = Killer()
    done = extract([tmp_path / "in"], tmp_path / "cluster", cluster=address, watch=watch)
    assert workers[0].poll() is not None
    assert (done.failed, len(watch.names)) == (0, 60)
    extract([tmp_path / "in"], tmp_path / "here", jobs=2)
    assert contents(tmp_path / "cluster") == contents(tmp_path / "here")


@pytest.mark.slow
def test_a_cluster_makes_the_same_reports(
    corpus: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    from budgetkit.report.render_reports import render_reports

    extract([corpus / GOOD, corpus / "yunting-wjw-2023.pdf"], tmp_path / "dataset")
    dataset = read_dataset(tmp_path / "dataset")
    done = render_reports(dataset, tmp_path / "cluster", cluster=cluster[0])
    assert (done.rendered, done.failed) == (2, 0), done.problems
    render_reports(dataset, tmp_path / "here", jobs=2)
    assert contents(tmp_path / "cluster") == contents(tmp_path / "here")


@pytest.mark.slow
def test_a_cluster_makes_the_same_site_though_a_worker_is_killed(
    tmp_path: Path,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The audit, reports, case files and the comparison behind it are the cluster's work."""
    from budgetkit.site.write_site import write_site

    address, workers = cluster
    monkeypatch.setattr("budgetkit.checks.audit.run.TOGETHER", 8)
    monkeypatch.setattr("budgetkit.compare.aggregates.TOGETHER", 5)
    many.make(tmp_path / "in", 30)
    here, there = tmp_path / "here", tmp_path / "there"
    extract([tmp_path / "in"], here / "dataset", jobs=2)
    shutil.copytree(here, there)

    class Killer(Seen):
        def tell(self, name: str, problem: str) -> None:
            super().tell(name, problem)
            if len(self.names) == 5:
                workers[0].kill()

    dataset = read_dataset(there / "dataset")
    done = write_site(dataset, there / "site", cluster=address, watch=Killer())
    assert workers[0].poll() is not None
    assert done.no_comparison == ""
    write_site(read_dataset(here / "dataset"), here / "site", jobs=2)
    for name in ("dataset", "site"):
        assert contents(there / name) == contents(here / name)
