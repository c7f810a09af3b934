"""JupyterLab in a real browser: the notebooks run, nothing leaves the machine.

Screenshots are kept in the folder ``BUDGETKIT_SCREENSHOTS`` names, else in
``reports/browser``, which git ignores: continuous integration keeps them.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from budgetkit.lessons.build import write_lessons
from budgetkit.lessons.lesson_list import Lesson
from budgetkit.render.highlight import CELLS, OUTLINE
from tests.conftest import ROOT, SHOTS, chromium_path
from tests.helpers.lessons import LESSONS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOCAL = ("127.0.0.1", "localhost")
#: Milliseconds: a kernel that starts on a busy machine, and a notebook that runs.
PATIENCE = 90_000
#: Seconds that a test may take, and the end of a browser: what hangs is a failure.
LIMIT, END = 300, 30


@contextlib.contextmanager
def _within(seconds: int) -> Iterator[None]:
    """Let nothing below take longer: playwright has no time-out for the end of a browser."""

    def stop(*_: Any) -> None:
        raise TimeoutError(f"it hangs: more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(autouse=True)
def limit() -> Iterator[None]:
    """A test that hangs fails."""
    with _within(LIMIT):
        yield


@pytest.fixture(scope="module")
def project(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project in an empty folder, and where the wheel is installed: nothing of the clone."""
    site, here = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("empty")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    prepare = "from budgetkit.demo import prepare; prepare(jobs=2)"
    for command in (
        [*pip, "--no-deps", "--target", str(site), str(wheel)],
        [sys.executable, "-m", "budgetkit", "new", ".", "--lang", "en"],
        [sys.executable, "-c", prepare],
    ):
        environment = os.environ | {"PYTHONPATH": str(site)}
        subprocess.run(command, cwd=here, env=environment, check=True, timeout=600)
    # The lessons in each language with their keys, some of which are made only when asked for.
    write_lessons(here / "notebooks" / "lessons")
    return here, site


def _options() -> list[str]:
    """The options that the Dockerfile hands to ``budgetkit lab``, but for address and port."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    command = json.loads(text[text.index("CMD [") + 4 :].replace("\\\n", ""))
    assert command[:2] == ["budgetkit", "lab"]
    return [option for option in command[2:] if not option.startswith(("--ip", "--port"))]


@pytest.fixture(scope="module")
def lab(project: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab as the wheel starts it in a container; its address."""
    here, site = project
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    notices = home / "settings" / "@jupyterlab" / "apputils-extension"
    notices.mkdir()
    (notices / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
    # Every cell stays in the page, also where it is out of sight.
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": str(site),
    }
    command = [
        sys.executable, "-m", "budgetkit", "lab", *_options(), f"--port={port}", "--ip=127.0.0.1",
        "--allow-root", "--IdentityProvider.token=", "--ServerApp.password=",
        "--ServerApp.port_retries=0", "--expose-app-in-browser",
    ]  # fmt: skip
    with (home / "lab.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=here, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, server, home / "lab.log")
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            pytest.fail(f"JupyterLab stopped: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/api", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not start: {log.read_text()[-2000:]}")


@dataclass
class Visit:
    """A page, and what it asked for elsewhere."""

    page: Any
    left: list[str] = field(default_factory=list)

    def route(self, route: Any) -> None:
        """Let through what stays on the machine; note and stop the rest."""
        address = urlsplit(route.request.url)
        if address.scheme in ("data", "blob") or address.hostname in LOCAL:
            route.continue_()
        else:
            self.left.append(route.request.url)
            route.abort()


@pytest.fixture(scope="module")
def context() -> Iterator[Any]:
    """One Chromium for all tests; no kernel runs in this process, whose event loop it shares."""
    sync_api = pytest.importorskip("playwright.sync_api")
    playwright = sync_api.sync_playwright().start()
    browser = playwright.chromium.launch(
        executable_path=chromium_path(),
        # A resolver that knows this machine alone: also what no page asked for stays here.
        args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    )
    yield browser.new_context(viewport={"width": 1400, "height": 1000}, locale="en-GB")
    with _within(END):
        browser.close()
        playwright.stop()


def _visit(context: Any) -> Visit:
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    made = Visit(page)
    page.route("**/*", made.route)
    return made


@pytest.fixture
def visit(context: Any) -> Iterator[Visit]:
    made = _visit(context)
    yield made
    made.page.close()


@pytest.fixture(scope="module")
def desk(lab: str, context: Any) -> Iterator[Visit]:
    """One JupyterLab for all lessons: its page is loaded once."""
    made = _visit(context)
    made.page.goto(f"{lab}/lab/workspaces/desk?reset")
    made.page.wait_for_function("() => window.jupyterapp?.shell?.isAttached")
    made.page.wait_for_selector(".jp-Launcher, .jp-Notebook")
    yield made
    made.page.close()


def _run_all(visit: Visit, address: str, name: str) -> int:
    """Open a notebook and run every cell; the number of its code cells."""
    page = visit.page
    shot = name.replace("/", "-")
    page.goto(f"{address}/lab/workspaces/{shot}/tree/{name}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
    _start(page)
    try:
        page.wait_for_function(DONE, timeout=PATIENCE)
    finally:
        _shot(page, f"{shot}-ran")
    return int(page.evaluate("document.querySelectorAll('.jp-Notebook .jp-CodeCell').length"))


def _start(page: Any) -> None:
    """Choose Run All; again where a page that was still busy with itself missed the click."""
    for _ in range(6):
        page.keyboard.press("Escape")
        page.click(".jp-Notebook .jp-CodeCell >> nth=0")
        page.locator(".lm-MenuBar-item", has_text="Run").first.click()
        page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
        with contextlib.suppress(Exception):  # playwright's own time-out
            page.wait_for_function(STARTED, timeout=10_000)
            return


#: A cell waits for its turn, or has run.
STARTED = """() => [...document.querySelectorAll('.jp-Notebook .jp-InputPrompt')]
 .some(prompt => /\\[(\\*|\\d+)\\]/.test(prompt.textContent ?? ''))"""

DONE = """() => {
 const cells = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')];
 const prompts = cells.map(cell => cell.querySelector('.jp-InputPrompt')?.textContent ?? '');
 const idle = document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle';
 return idle && cells.length > 3 && prompts.every(text => /^\\[\\d+\\]:$/.test(text.trim()));
}"""


def _errors(page: Any) -> list[str]:
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
          '.jp-RenderedText[data-mime-type="application/vnd.jupyter.stderr"],'
          + '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]')]
          .map(output => output.textContent)"""
    )
    return found


def _shot(page: Any, name: str) -> Path:
    SHOTS.mkdir(parents=True, exist_ok=True)
    path = SHOTS / f"{name}.png"
    page.screenshot(path=path)
    return path


def test_the_tour_runs_and_the_page_viewer_shows_the_cell(lab: str, visit: Visit) -> None:
    page = visit.page
    cells = _run_all(visit, lab, "explore")
    assert cells >= 12
    assert _errors(page) == []
    # The page viewer: pictures whose pixels hold the outline of cells and of figures.
    pictures = page.locator(".jp-RenderedImage img")
    assert pictures.count() == 4  # two pages, two figures
    for n, name in enumerate(("explore-page", "explore-locate")):
        pictures.nth(n).scroll_into_view_if_needed()
        colors = page.evaluate(COLORS, n)
        assert set(colors) >= {_text(CELLS), _text(OUTLINE)}, name
        _shot(page, name)
    assert page.locator(".bk-printed td[colspan]").count() > 0
    page.locator(".bk-printed").scroll_into_view_if_needed()
    _shot(page, "explore-printed")
    _sorts_and_filters(page)
    _turns_pages(page)
    assert visit.left == []


#: Colours of a picture's pixels, as "r,g,b", the many whites and greys left out.
COLORS = """n => {
 const image = document.querySelectorAll('.jp-RenderedImage img')[n];
 const canvas = Object.assign(document.createElement('canvas'),
   {width: image.naturalWidth, height: image.naturalHeight});
 const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);
 const data = context.getImageData(0, 0, canvas.width, canvas.height).data, found = new Set();
 for (let i = 0; i < data.length; i += 4) {
  const [r, g, b] = data.slice(i, i + 3);
  if (Math.max(r, g, b) - Math.min(r, g, b) > 60) found.add(`${r},${g},${b}`); }
 return [...found]; }"""


def _text(color: tuple[int, int, int]) -> str:
    return ",".join(map(str, color))


def _sorts_and_filters(page: Any) -> None:
    """A frame in the notebook sorts by its header, filters by column, and is saved."""
    browser = page.locator(".bk-browse").first
    browser.scroll_into_view_if_needed()
    heads = browser.locator("thead tr:first-child th")
    column = [text.split(" ")[0] for text in heads.all_inner_texts()].index("amount")
    heads.nth(column).locator("button").click()
    cells = browser.locator(f"tbody tr td:nth-child({column + 1})")
    amounts = [float(text.replace(",", "")) for text in cells.all_inner_texts()]
    assert amounts == sorted(amounts)
    assert len(amounts) > 5
    # Typed, not filled in: no key is a shortcut of JupyterLab.
    browser.locator(".bar input").press_sequentially("20601 basic")
    browser.locator(".filters input").nth(column).press_sequentially(">100")
    shown = browser.locator("tbody tr").all_inner_texts()
    assert 0 < len(shown) < len(amounts)
    assert all("20601" in text and "basic" in text for text in shown)
    assert browser.locator(".count").inner_text() == str(len(shown))
    with page.expect_download() as download:
        browser.locator(".save").click()
    saved = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(saved) == len(shown) + 1
    _shot(page, "explore-browse")


def _turns_pages(page: Any) -> None:
    """The viewer shows the place of the row that is clicked, and turns pages."""
    viewer = page.locator(".bk-viewer")
    viewer.scroll_into_view_if_needed()
    viewer.locator("tbody tr").nth(3).click()
    assert viewer.locator(".mark.chosen").count() == 1
    _shot(page, "explore-viewer")
    page_before = viewer.locator(".sheet img").get_attribute("src")
    viewer.locator("button[title='next page']").click()
    assert viewer.locator(".sheet img").get_attribute("src") != page_before


def _edit(page: Any, before: str, after: str) -> None:
    """Change a piece of a cell and run it; its picture is another one then."""
    cell = page.locator(".jp-CodeCell", has_text=before).first
    cell.scroll_into_view_if_needed()
    source = cell.locator(".cm-content").evaluate(
        "cell => [...cell.querySelectorAll('.cm-line')].map(line => line.textContent).join('\\n')"
    )
    old = _picture(cell)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source.replace(before, after))
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        """([old, text]) => [...document.querySelectorAll('.jp-CodeCell')].some(cell =>
             cell.textContent.includes(text) && (cell.querySelector('.jp-RenderedImage img')?.src
             ?? old) !== old)""",
        arg=[old, after],
        timeout=PATIENCE,
    )
    assert _errors(page) == []


def _picture(cell: Any) -> str:
    found: str = cell.locator(".jp-RenderedImage img").first.get_attribute("src")
    return found


def test_the_container_opens_on_the_tour(lab: str, visit: Visit) -> None:
    visit.page.goto(lab)
    visit.page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    assert visit.page.url.endswith("/lab/tree/explore.ipynb")
    assert visit.left == []


@pytest.mark.parametrize("name", ["audit", "questions"])
def test_the_other_notebooks_run(lab: str, visit: Visit, name: str) -> None:
    assert _run_all(visit, lab, name) > 5
    assert _errors(visit.page) == []
    assert visit.page.locator(".jp-RenderedImage img").count() >= 1
    _shot(visit.page, f"{name}-end")
    assert visit.left == []


def test_the_report_of_a_department_runs_in_another_colour(lab: str, visit: Visit) -> None:
    page = visit.page
    assert _run_all(visit, lab, "department_report") > 5
    assert _errors(page) == []
    page.locator(".jp-RenderedImage img").first.scroll_into_view_if_needed()
    _shot(page, "department-first")
    _edit(page, 'color="#0072B2"', 'color="#D55E00"')
    _shot(page, "department-edited")
    assert visit.left == []


def test_the_comparison_runs(lab: str, visit: Visit) -> None:
    page = visit.page
    cells = _run_all(visit, lab, "compare_bureaus")
    assert cells >= 16
    assert _errors(page) == []
    assert page.locator(".jp-RenderedImage img").count() >= 9
    page.locator(".jp-RenderedImage img").first.scroll_into_view_if_needed()
    _shot(page, "compare-first")
    figure = page.locator(".bk-table summary").first
    assert figure.inner_text() == "17.64"
    figure.click()
    page.locator(".bk-table details[open] img").first.scroll_into_view_if_needed()
    _shot(page, "compare-evidence")
    # Another measure, another colour, another year.
    _edit(page, 'ranked(now, "wages_per_head")', 'ranked(now, "project_share")')
    _shot(page, "compare-edited")
    _edit(page, 'ax=axes[1], color="#009E73"', 'ax=axes[1], color="#D55E00"')
    _edit(page, 'trend(every, "expenditure")', 'trend(every[every["year"] > 2023], "expenditure")')
    _edit(page, 'ranked(now, "project_share")', 'ranked(every, "project_share", year=2024)')
    assert visit.left == []


#: Opens a notebook, on a kernel that runs already or on a new one.
OPEN = """([path, kernel]) => {
 window.bkPanel = null;
 window.jupyterapp.commands
  .execute('docmanager:open', {path, factory: 'Notebook', ...(kernel && {kernel: {id: kernel}})})
  .then(panel => { window.jupyterapp.shell.activateById(panel.id); window.bkPanel = panel; });
}"""

#: The notebook's kernel, when it is there and waits.
KERNEL = """() => {
 const session = window.bkPanel?.sessionContext?.session;
 return window.bkPanel?.context.isReady && session?.kernel?.status === 'idle' && session.kernel.id;
}"""

#: Whether every code cell of the notebook has run.
RAN = """() => {
 const cells = window.bkPanel.content.widgets.filter(cell => cell.model.type === 'code');
 return cells.length > 3 && cells.every(cell => cell.model.executionCount > 0)
  && window.bkPanel.sessionContext.session.kernel.status === 'idle';
}"""


def _run_at(desk: Visit, name: str, kernel: str) -> str:
    """Open a lesson in the JupyterLab that is there, and run every cell; the id of its kernel."""
    page = desk.page
    page.evaluate(OPEN, [f"{name}.ipynb", kernel])
    found = str(page.wait_for_function(KERNEL).json_value())
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    try:
        page.wait_for_function(RAN)
    finally:
        _shot(page, f"{name.replace('/', '-')}-ran")
    return found


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_a_lesson_runs_with_its_gaps_and_with_its_solutions(desk: Visit, lesson: Lesson) -> None:
    """In both languages, one after the other on one kernel: a lesson begins anew by itself."""
    page, kernel = desk.page, ""
    guesses, exercises = len(lesson.guesses), len(lesson.exercises)
    solved = ["guess"] * guesses + ["right"] * exercises
    for place in ("zh", "keys/zh", "en", "keys/en"):
        name = f"lessons/{place}/{lesson.stem}"
        kernel = _run_at(desk, name, kernel)
        assert _errors(page) == [], name
        said = page.locator(".bk-verdict")
        kinds = [said.nth(n).get_attribute("data-kind") for n in range(said.count())]
        wanted = solved if "keys" in place else ["gap"] * (guesses + exercises)
        assert kinds == wanted, name
        if kinds:
            said.last.scroll_into_view_if_needed()
            _shot(page, f"{name.replace('/', '-')}-last")
        page.evaluate("() => window.bkPanel.dispose()")
    page.evaluate(
        "kernel => { window.jupyterapp.serviceManager.kernels.shutdown(kernel); }", kernel
    )
    assert desk.left == []


def test_the_written_page_links_to_its_cells(
    sample_dataset: Path, visit: Visit, tmp_path: Path
) -> None:
    from budgetkit.api import read_dataset
    from budgetkit.compare.write_comparison import write_comparison

    done = write_comparison(read_dataset(sample_dataset), tmp_path / "out", lang="zh")
    page = visit.page
    page.unroute_all()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(done.index.as_uri())
    _shot(page, "compare-page")
    page.locator(".three .card .fig").first.click()
    crop = page.locator(".evidence:popover-open .crop").first.bounding_box()
    assert crop["width"] > 100
    _shot(page, "compare-page-evidence")
    page.keyboard.press("Escape")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width + 1, f"the page is {wide} wide at {width}"
    page.evaluate("scrollTo(0, 0)")
    _shot(page, "compare-page-phone")
