"""A site of a small dataset: what is in the folder, what is not, and what the next run does."""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import budgetkit as bk
from budgetkit.errors import UsageError
from budgetkit.extraction.extract import extract
from budgetkit.site.write_site import WrittenSite, write_site
from budgetkit.storage.manifest import read_manifest
from tests.conftest import RunCli
from tests.helpers.runs import GOOD, contents

#: A whole site takes half a minute.
pytestmark = pytest.mark.slow
#: The case file of the one department in which the audit finds something.
CASE = "cases/昌吉回族自治州科学技术局.html"
SOME = (GOOD, "yunting-sjj-2024.pdf", "yunting-sjj-2025.pdf")


@pytest.fixture(scope="module")
def dataset(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "broken.pdf").write_bytes(b"no PDF")
    extract([*(corpus / name for name in SOME), folder / "broken.pdf"], folder / "dataset", jobs=1)
    return folder / "dataset"


@pytest.fixture(scope="module")
def written(dataset: Path) -> WrittenSite:
    return write_site(bk.read_dataset(dataset), dataset.parent / "site", licence="CC BY 4.0")


@pytest.fixture(scope="module")
def site(written: WrittenSite) -> Path:
    return written.index.parent


class Addresses(HTMLParser):
    """What a page leads to or loads, and the anchors in it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: set[str] = set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value and not value.startswith(("data:", "#")):
                self.targets.append(value)
            if name == "id" and value:
                self.anchors.add(value)


def test_it_holds_index_reports_comparison_case_file_and_data(
    written: WrittenSite, site: Path
) -> None:
    assert (written.departments, written.reports, written.cases) == (2, 3, 1)
    assert written.no_comparison == ""
    names = ["index.html", "changji-kjj-2025.html", "yunting-sjj-2024.html", CASE,
             "compare/index.html", "data/index.html", "data/facts.xlsx",
             "assets/site.js"]  # fmt: skip
    assert [name for name in names if not (site / name).is_file()] == []
    noted = read_manifest(site)
    assert noted is not None
    files = {name: hashlib.sha256(content).hexdigest() for name, content in contents(site).items()
             if not name.endswith(".budgetkit.json")}  # fmt: skip
    assert noted == files


def test_a_document_without_a_report_is_listed_with_the_reason(
    written: WrittenSite, site: Path
) -> None:
    assert list(written.without_report) == ["broken.pdf"]
    assert "不是PDF文件" in (site / "assets" / "more.js").read_text("utf-8")
    assert "不是PDF文件" in (site / "index.html").read_text("utf-8")


def test_every_link_leads_somewhere(site: Path) -> None:
    pages = {page: Addresses(page) for page in site.rglob("*.html")}
    broken = []
    for page, found in pages.items():
        for target in found.targets:
            parts = urlsplit(target)
            there = (page.parent / unquote(parts.path)).resolve()
            anchors = pages[there].anchors if there in pages else {parts.fragment}
            is_there = not parts.scheme and there.is_file()
            if not is_there or (parts.fragment and parts.fragment not in anchors):
                broken.append(f"{page.name}: {target}")
    assert broken == []


def test_the_findings_lead_to_their_place_in_the_case_file(site: Path) -> None:
    more = (site / "assets" / "more.js").read_text("utf-8")
    anchors = re.findall(r',[01],"([\w-]+)"\]', more)
    case = Addresses(site / CASE)
    assert anchors
    assert set(anchors) <= case.anchors


def test_the_data_folder_is_a_dataset_without_paths_of_this_machine(
    dataset: Path, site: Path
) -> None:
    taken, own = bk.read_dataset(site / "data"), bk.read_dataset(dataset)
    assert taken.facts.equals(own.facts)
    assert taken.audited
    assert taken.sources() == {}
    for line in (site / "data" / "SHA256SUMS").read_text("utf-8").splitlines():
        sha, name = line.split("  ")
        assert hashlib.sha256((site / "data" / name).read_bytes()).hexdigest() == sha
    package = (site / "data" / "datapackage.json").read_text("utf-8")
    assert '"title": "CC BY 4.0"' in package
    assert "CC BY 4.0" in (site / "data" / "index.html").read_text("utf-8")


def test_nothing_names_a_folder_of_this_machine(dataset: Path, site: Path) -> None:
    place = str(dataset.parent).encode()
    assert [name for name, content in contents(site).items() if place in content] == []


def test_each_page_forbids_to_load_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "Content-Security-Policy" in text, page.name
        assert "default-src 'none'" in text, page.name


def test_the_next_run_makes_only_what_is_new_and_gives_the_same_bytes(
    dataset: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetkit.site.write_site.FEW", 0)  # its parts in processes of their own
    before = contents(site)
    reports = site.parent / ".site.journal" / "reports" / "yunting-sjj-2025.html"
    made = reports.stat().st_mtime_ns
    write_site(bk.read_dataset(dataset), site, licence="CC BY 4.0")
    assert reports.stat().st_mtime_ns == made
    after = contents(site)
    assert [name for name in before if before[name] != after.get(name)] == []
    assert set(after) == set(before)


def test_a_folder_with_a_file_of_a_user_is_not_replaced(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(UsageError, match=r"not a site, as thesis\.docx"):
        write_site(bk.read_dataset(dataset), tmp_path)


def test_wrong_use_is_one_sentence(dataset: Path, tmp_path: Path, run_cli: RunCli) -> None:
    done = run_cli("site", dataset, "--out", tmp_path / "site", "--lang", "fr")
    assert done.returncode == 2
    assert done.stderr.strip() == "budgetkit: there is no language 'fr'; take zh or en."
