"""The work pool: outcomes whatever a task does, limits, deaths, a cluster."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from budgetkit.errors import UsageError
from budgetkit.work import Limits, Task, run_tasks
from budgetkit.work.local import LocalPool
from budgetkit.work.run_tasks import workers
from tests.conftest import ROOT
from tests.helpers import task_functions
from tests.helpers.runs import until


@pytest.mark.parametrize("jobs", [0, 1, 3])
def test_every_task_has_its_outcome(jobs: int) -> None:
    tasks = [Task(str(n), task_functions.double, (n,)) for n in range(20)]
    done = {outcome.key: outcome.value for outcome in run_tasks(tasks, jobs=jobs)}
    assert done == {str(n): 2 * n for n in range(20)}


@pytest.mark.parametrize("jobs", [0, 1])
def test_an_exception_is_one_sentence(jobs: int) -> None:
    (outcome,) = run_tasks([Task("a", task_functions.raises)], jobs=jobs)
    assert outcome.failure == "stopped with ValueError: first line second line"
    assert outcome.value is None


def test_a_result_that_can_not_be_sent_is_a_failure() -> None:
    (outcome,) = run_tasks([Task("a", task_functions.unsendable)], jobs=1)
    assert "can't be sent" in outcome.failure


def test_a_task_over_its_time_is_ended_and_the_others_go_on() -> None:
    tasks = [
        Task("long", task_functions.sleep, (30,)),
        *(Task(str(n), task_functions.double, (n,)) for n in (1, 2)),
    ]
    start = time.monotonic()
    done = {o.key: o for o in run_tasks(tasks, jobs=2, limits=Limits(seconds=1))}
    assert time.monotonic() - start < 15
    assert done["long"].failure == "took longer than 1 seconds (--time-limit)"
    assert (done["1"].value, done["2"].value) == (2, 4)


def test_a_task_over_its_memory_is_ended_and_the_others_go_on() -> None:
    tasks = [Task("large", task_functions.fill, (400,)), Task("1", task_functions.double, (1,))]
    done = {o.key: o for o in run_tasks(tasks, jobs=1, limits=Limits(memory=200 << 20))}
    assert done["large"].failure == "needed more than 200 MiB of memory (--memory-limit)"
    assert done["large"].memory > 200 << 20
    assert done["1"].value == 2


@pytest.mark.parametrize("fork", [True, False])
def test_work_whose_process_died_is_done_again(tmp_path: Path, fork: bool) -> None:
    tasks = [
        Task("once", task_functions.die_once, (str(tmp_path / "mark"),)),
        Task("always", task_functions.die),
        Task("1", task_functions.double, (1,)),
    ]
    pool = LocalPool(2, Limits(), fork=fork)
    try:
        done = {outcome.key: outcome for outcome in pool.run(tasks)}
    finally:
        pool.close()
    assert done["once"].value == "alive"
    assert done["always"].failure == "ended the process that worked on it, twice"
    assert done["1"].value == 2


def test_a_process_is_replaced_after_so_many_tasks() -> None:
    tasks = [Task(str(n), task_functions.process) for n in range(6)]
    pids = [o.value for o in run_tasks(tasks, jobs=1, limits=Limits(tasks_per_worker=2))]
    assert [len({*pids[i : i + 2]}) for i in (0, 2, 4)] == [1, 1, 1]
    assert len(set(pids)) == 3
    assert os.getpid() not in pids


def test_workers_are_kept_for_the_next_run() -> None:
    with workers(1, Limits()) as run:
        first, second = (run([Task("pid", task_functions.process)]) for _ in range(2))
        pids = {done.value for done in (*first, *second)}
    assert len(pids) == 1
    assert os.getpid() not in pids


def test_a_run_that_stops_early_leaves_no_process() -> None:
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    run = run_tasks([Task(str(n), task_functions.double, (n,)) for n in range(9)], jobs=2)
    next(run)
    run.close()  # type: ignore[attr-defined]
    after = {child.pid for child in psutil.Process().children(recursive=True)}
    assert after <= before


def test_a_run_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    script = (
        "from budgetkit.work import Task, run_tasks\nfrom tests.helpers import task_functions\n"
        f"list(run_tasks([Task('a', task_functions.linger, ({str(mark)!r},))], jobs=1))"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    until(lambda: mark.exists() and mark.read_text())
    worker = int(mark.read_text())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until(lambda: not psutil.pid_exists(worker))
    assert not psutil.pid_exists(worker)


def test_a_cluster_that_does_not_answer_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgetkit.work.cluster.PATIENCE", 0.5)
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        list(run_tasks([Task("a", task_functions.process)], cluster="tcp://127.0.0.1:9"))


@pytest.mark.slow
@pytest.mark.alone
def test_a_port_that_says_nothing_is_wrong_use_within_half_a_minute() -> None:
    begin = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UsageError, match="no Dask scheduler answers"):
            list(run_tasks([Task("a", task_functions.process)], cluster=address))
    assert time.monotonic() - begin < 30


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "http://127.0.0.1:9", "127.0.0.1:x"])
def test_an_address_that_is_none_is_wrong_use(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetkit.work.cluster.PATIENCE", 0.5)
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        list(run_tasks([Task("a", task_functions.process)], cluster=address))
