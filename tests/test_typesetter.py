"""The typesetter's documents hold together, print what they say, and come out the same."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from budgetkit.corpus.families import load_family
from budgetkit.corpus.model import STEP
from budgetkit.corpus.wording import amount_text, percent
from budgetkit.errors import BudgetkitError
from tests.conftest import ROOT
from tests.typesetter import (
    SLIPS,
    STYLES,
    Disclosure,
    Fact,
    invent,
    plant,
    read,
    truth,
    typeset,
    write,
)
from tests.typesetter.corpus import BUREAUS, FOLDER, build, invented

FAMILIES = ("xinjiang11", "shanghai9", "jiangsu12", "haiyu7")
CORPUS = sorted(FOLDER.glob("*.json"))
ZERO = Decimal(0)
AMOUNT = re.compile(r"(?<![\d.,])\d[\d,]*\.\d\d(?![\d.])")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[-－—]\d{7,8}(?!\d)|联系人|联系电话")
#: The bytes that this build's zlib makes of a known text; another deflate makes other PDFs.
DEFLATE = 4022720650


def _models() -> Iterator[Disclosure]:
    for family in FAMILIES:
        for seed in range(1, 9):
            yield invent(seed, 2023 + seed % 3, family)


MODELS = list(_models())


def _text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _name(model: Disclosure) -> str:
    return f"{model.key}-{Path(model.family).stem}"


def _rows(model: Disclosure, table: str, section: str = "") -> dict[str, dict[str, Decimal]]:
    """Return code → measures; rows of projects are left out."""
    return {code: m for (code, _, project), m in model.rows(table, section).items() if not project}


def _add(rows: list[dict[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for row in rows:
        for measure, amount in row.items():
            sums[measure] = sums.get(measure, ZERO) + amount
    return {measure: amount for measure, amount in sums.items() if amount}


@pytest.mark.parametrize("model", [*MODELS, *invented()], ids=_name)
def test_every_level_is_the_sum_of_the_next(model: Disclosure) -> None:
    """Parents are the sums of their children, totals those of the first level, exactly."""
    checked = 0
    for table in {fact.table for fact in model.facts}:
        listed = model.rows(table)
        leaves = [(c, m) for (c, _, project), m in listed.items() if c.isdigit()]
        for (code, _, project), measures in listed.items():
            if code == "total":
                children = [m for c, m in leaves if len(c) == 3]
            elif code.isdigit() and len(code) < 7 and not project:
                children = [m for c, m in leaves if len(c) == len(code) + 2 and c.startswith(code)]
            else:
                continue
            if children:
                assert _add(children) == measures, (table, code)
                checked += 1
    assert checked >= 8


@pytest.mark.parametrize("model", [*MODELS, *invented()], ids=_name)
def test_amounts_are_what_their_table_can_print(model: Disclosure) -> None:
    """No fact holds more decimals than two in the unit of its table."""
    units = {spec.table: spec.unit or model.unit for spec in load_family(model.family).tables}
    for fact in model.facts:
        assert fact.value == fact.value.quantize(STEP[units[fact.table]]), fact


@pytest.mark.parametrize("model", [*MODELS, *invented()], ids=_name)
def test_rows_add_up(model: Disclosure) -> None:
    """Each row's whole is the sum of its columns."""
    parts = {
        "expenditure": ("basic", "project", "reserve"),
        "general_expenditure": ("basic", "project"),
        "basic_expenditure": ("personnel", "operating"),
        "project_expenditure": ("301", "302", "303", "310", "312"),
        "carryover": ("fiscal_project", "nonfiscal_project"),
    }
    for table, measures in parts.items():
        for key, row in model.rows(table).items():
            if set(measures) & set(row):
                assert row["total"] == sum((row.get(m, ZERO) for m in measures), ZERO), (table, key)
    for key, row in model.rows("revenue").items():
        sources = {k: v for k, v in row.items() if k not in ("total", "fiscal_subtotal")}
        if model.family == "shanghai9":
            sources["fiscal"] = row.get("fiscal_subtotal", ZERO)
        if len(row) > 1:
            assert row["total"] == sum(sources.values(), ZERO), key


@pytest.mark.parametrize("model", [*MODELS, *invented()], ids=_name)
def test_tables_agree(model: Disclosure) -> None:
    """The same amount stands in every table that prints it."""
    expenditure = _rows(model, "expenditure")
    left, right = _rows(model, "summary", "revenue"), _rows(model, "summary", "expenditure")
    whole = expenditure["total"]["total"]
    assert left["total"]["amount"] == right["total"]["amount"] == whole
    assert _rows(model, "revenue")["total"]["total"] == whole
    for code, row in right.items():
        if code.isdigit() and code in expenditure:
            assert row["amount"] == expenditure[code]["total"]
    basic, general = _rows(model, "basic_expenditure"), _rows(model, "general_expenditure")
    assert basic["total"]["total"] == expenditure["total"]["basic"]
    projects = _rows(model, "project_expenditure")
    if projects and general:
        assert projects["total"]["total"] == general["total"]["project"]
    three = _rows(model, "three_public")
    spent = ("30212", "abroad"), ("30217", "reception"), ("30231", "vehicle_operation")
    for code, slug in spent:
        row = three.get(slug, {})
        assert row.get("total", ZERO) == basic.get(code, {}).get("total", ZERO)
    found = sum((three.get(slug, {}).get("total", ZERO) for _, slug in spent), ZERO)
    assert three["total"]["total"] == found
    carried = _rows(model, "carryover")
    if carried:
        revenue = _rows(model, "revenue")["total"]
        kept = revenue.get("fiscal_carryover", ZERO) + revenue.get("nonfiscal_carryover", ZERO)
        assert carried["total"]["total"] == kept == sum((c.amount for c in model.carried), ZERO)
    told = model.told
    parts = (told[f"procurement_{kind}"] for kind in ("goods", "works", "services"))
    assert told["procurement"] == sum(parts, ZERO)


@pytest.mark.parametrize("model", [*MODELS, *invented()], ids=_name)
def test_targets_and_descriptions_agree_with_the_tables(model: Disclosure) -> None:
    """A project has one size in table, prose and target, and its costs add up to it."""
    sizes = {p: m["total"] for t in ("project_expenditure", "carryover")
             for (_, _, p), m in model.rows(t).items() if p}  # fmt: skip
    for description in model.descriptions:
        if sizes:
            assert sizes[description.name] == description.amount
    for target in model.targets:
        assert target.budget == target.fiscal + target.other + (target.transfer or ZERO)
        costs = [Decimal(row[3][2:-2]) for row in target.rows if row[0] == "成本指标"]
        assert sum(costs) == (target.budget if costs else 0)
        if target.project in sizes:
            assert sizes[target.project] == target.budget
    budgets = [target.budget for target in model.targets if target.project]
    if budgets:
        assert sum(budgets) == _rows(model, "expenditure")["total"]["project"]
        assert model.targets[0].budget == model.told["total"]


@pytest.mark.parametrize("model", [*MODELS, *invented()], ids=_name)
def test_staff_adds_up(model: Disclosure) -> None:
    """Everyone counted is in post or retired; nobody stands over the authorised number."""
    staff = model.staff
    if staff.total is not None:
        assert staff.total == (staff.active or 0) + (staff.retired or 0) + (
            staff.special_retired or 0
        )
        assert (staff.active or 0) <= (staff.authorized or 0)


@pytest.mark.parametrize("bureau", BUREAUS, ids=lambda bureau: bureau.stem)
def test_a_year_agrees_with_the_document_of_the_year_before(bureau: object) -> None:
    """比上年增加 in one year is the difference to what the year before printed."""
    years = [m for m in invented() if m.key.startswith(f"{bureau.stem}-20")]  # type: ignore[attr-defined]
    assert [m.year for m in years] == [2023, 2024, 2025]
    for before, now in pairwise(years):
        last = {(s.section, s.lead, s.item): s.amount or ZERO for s in before.statements}
        for said in now.statements:
            if said.change is not None and said.amount is not None:
                was = last.get((said.section, said.lead, said.item), ZERO)
                assert said.change == said.amount - was
                if said.change_pct is not None:
                    assert said.change_pct == percent(said.change, was)
        for item in ("three_public", "reception", "vehicle_operation"):
            assert now.told[f"{item}_last"] == before.told[item]
        if now.staff.active is not None:
            assert now.staff.active - (now.staff.active_change or 0) == before.staff.active
            assert now.staff.retired - (now.staff.retired_change or 0) == before.staff.retired  # type: ignore[operator]


def test_a_department_contains_its_unit() -> None:
    """The department's totals are above those of its own office, in the same year."""
    by_key = {m.key: m for m in invented()}
    for year in (2023, 2024, 2025):
        whole, own = by_key[f"yanping-sfj-{year}"], by_key[f"yanping-sfj-office-{year}"]
        assert whole.department == own.department
        assert (whole.scope, own.scope) == ("department", "unit")
        for code, row in _rows(own, "expenditure").items():
            assert _rows(whole, "expenditure")[code]["total"] >= row["total"]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("family", FAMILIES)
def test_the_page_prints_the_facts(family: str, style: str, tmp_path: Path) -> None:
    """In any style the amounts on the pages of tables are the facts, no more and no less."""
    source = ROOT / "budgetkit" / "corpus" / "families" / f"{family}.json"
    said = json.loads(source.read_text(encoding="utf-8")) | {"document": [["tables"]]}
    alone = tmp_path / f"{family}.json"
    alone.write_text(json.dumps(said), encoding="utf-8")
    model = invent(5, 2024, str(alone), replace(STYLES[style], narrow=(), zeros=False))
    units = {spec.table: spec.unit or model.unit for spec in load_family(family).tables}
    thousands = model.style.thousands
    want = Counter(amount_text(f.value, units[f.table], thousands) for f in model.facts)
    if family == "haiyu7":  # its codes look like amounts: 301.01
        want += Counter(f"{c[:3]}.{c[3:]}" for c in _printed_codes(model))
    got = Counter(AMOUNT.findall(_text(typeset(model, tmp_path / "a.pdf"))))
    struck = {amount_text(f.value, units[f.table]) for f in _totals(model)}
    assert not want - got
    assert set(got - want) <= (struck if style == "strike" else set())


def _printed_codes(model: Disclosure) -> list[str]:
    tables = ("expenditure", "revenue", "basic_expenditure", "project_expenditure")
    codes = [code for table in tables for code, _, _ in model.rows(table)]
    return [code for code in codes if code.isdigit() and len(code) == 5]


def _totals(model: Disclosure) -> list[Fact]:
    return [fact for fact in model.facts if fact.code in ("total", "current_year")]


def test_pdfplumber_reads_the_same_table(tmp_path: Path) -> None:
    """An independent reader finds the basic expenditure cell by cell."""
    pdfplumber = pytest.importorskip("pdfplumber")
    for style in ("plain", "commas"):
        model = invent(2, 2025, "xinjiang11", style)
        path = typeset(model, tmp_path / "a.pdf")
        rows: list[list[str]] = []
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                for table in page.extract_tables():
                    rows += [[cell or "" for cell in row] for row in table if len(row) == 6]
        got = {a + b: row for a, b, *row in rows if a.isdigit()}
        thousands = model.style.thousands
        for (code, name, _), m in model.rows("basic_expenditure").items():
            if code != "total":
                texts = [
                    amount_text(m[k], "万元", thousands) if k in m else ""
                    for k in ("total", "personnel", "operating")
                ]
                assert [got[code][0].replace("\n", "").strip(), *got[code][1:]] == [name, *texts]


def test_narrow_columns_wrap_their_numbers(tmp_path: Path) -> None:
    """A number too wide for its column stands on two lines, whole when they are joined."""
    model = invent(5, 2025, "shanghai9", STYLES["narrow"])
    document = pypdfium2.PdfDocument(typeset(model, tmp_path / "a.pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    printed = amount_text(model.rows("expenditure")[("total", "合计", "")]["total"], "元", True)
    assert printed in re.sub(r"\s", "", text)
    assert re.search(r"\d[\d,]*\r?\n[\d,]*\.\d\d", text)


def test_turned_pages_show_as_landscape(tmp_path: Path) -> None:
    """A turned page is portrait in the file, carries /Rotate 90 and shows as landscape."""
    model = invent(5, 2025, "xinjiang11", "turned")
    document = pypdfium2.PdfDocument(typeset(model, tmp_path / "a.pdf"))
    turned = [page for page in document if page.get_rotation() == 90]
    assert len(turned) == 2
    for page in turned:
        assert page.get_width() > page.get_height()
        assert page.get_mediabox()[2] < page.get_mediabox()[3]


def test_the_corpus_is_rebuilt_byte_for_byte(tmp_path: Path) -> None:
    """A build is the same as the files that the repository ships, else as another build."""
    made = build(FOLDER, tmp_path)
    assert len(made) == len(CORPUS) >= 16
    if zlib.crc32(zlib.compress(bytes(range(256)) * 64)) == DEFLATE:
        for path in made:
            shipped = FOLDER / path.name
            assert shipped.read_bytes() == path.read_bytes(), f"{path.name}: run make corpus"
        return
    (tmp_path / "again").mkdir()
    for path, other in zip(made, build(FOLDER, tmp_path / "again"), strict=True):
        assert other.read_bytes() == path.read_bytes()
        assert _text(FOLDER / path.name) == _text(path), f"{path.name}: run make corpus"


def test_the_data_files_are_the_invented_ones(tmp_path: Path) -> None:
    """The shipped data files of the invented bureaus are what the generator writes."""
    for model in invented():
        path = tmp_path / "a.json"
        write(model, path)
        assert path.read_text(encoding="utf-8") == (FOLDER / f"{model.key}.json").read_text("utf-8")


def test_a_data_file_read_and_written_is_the_same(tmp_path: Path) -> None:
    """Nothing is lost between the model and its file."""
    for path in CORPUS:
        copy = tmp_path / path.name
        write(read(path), copy)
        assert copy.read_bytes() == path.read_bytes()


def test_the_corpus_is_small_enough_and_says_what_it_is() -> None:
    """At most 8 MB; every page of an invented document says that it is invented."""
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 8_000_000
    for path in CORPUS:
        model = read(path)
        for page in pypdfium2.PdfDocument(path.with_suffix(".pdf")):
            text = page.get_textpage().get_text_bounded()
            assert ("本文件为虚构，仅供教学" in text) == model.invented
    assert [p.stem for p in CORPUS if not read(p).invented] == ["changji-kjj-2025"]


def test_no_personal_data() -> None:
    """No phone number, no contact person, in a data file or on a page."""
    for path in CORPUS:
        assert not PHONE.search(path.read_text(encoding="utf-8")), path.name
        assert not PHONE.search(_text(path.with_suffix(".pdf"))), path.name


def test_changji_keeps_the_oddities_of_the_published_figures() -> None:
    """What the audit has to find in the real document is in the bundled one."""
    model = read(FOLDER / "changji-kjj-2025.json")
    basic = _rows(model, "basic_expenditure")
    parts = [m["total"] for c, m in basic.items() if len(c) == 5 and c.startswith("301")]
    assert (basic["301"]["total"], sum(parts)) == (Decimal("436.07"), Decimal("436.06"))
    early = next(t for t in model.targets if "前期费" in t.project)
    carried = {c.name: c.amount for c in model.carried}
    name = next(name for name in carried if "前期费" in name)
    assert (early.budget, carried[name]) == (Decimal("9.21"), Decimal("9.22"))
    assert any("30人" in row[3] for t in model.targets for row in t.rows)
    assert model.staff.active == 25
    assert "委托业务费" in model.text["uses"]
    assert "劳务费" not in model.text["uses"]
    assert "30227" not in basic
    assert basic["30226"]["total"] == Decimal("7.08")
    assert model.targets[0].transfer == Decimal("40.93")
    special = "科技特派员工作补助经费"
    assert carried[special] == Decimal("15.00")
    assert not any("特派员" in t.project for t in model.targets)


@pytest.mark.parametrize("kind", SLIPS[:10])
def test_a_planted_slip_changes_one_figure(kind: str) -> None:
    """The record names the change, the model is left as it was, the rest is the same."""
    model = next(m for m in MODELS if m.carried and m.family == "xinjiang11" and m.descriptions)
    before = json.dumps(truth(model))
    wrong, slip = plant(model, kind)
    assert json.dumps(truth(model)) == before
    assert slip.kind == kind
    assert slip.was != slip.now
    changed = [(a, b) for a, b in zip(model.facts, wrong.facts, strict=True) if a != b]
    changed += [(a, b) for a, b in zip(model.statements, wrong.statements, strict=True) if a != b]
    changed += [(model.staff, wrong.staff)] if model.staff != wrong.staff else []
    changed += [(k, v) for k, v in wrong.told.items() if model.told[k] != v]
    assert len(changed) == 1


def test_a_slip_that_a_document_cannot_have_is_refused() -> None:
    """Shanghai's documents say nothing of staff; an unknown kind is named."""
    with pytest.raises(BudgetkitError, match="nothing of its staff"):
        plant(invent(1, 2024, "shanghai9"), "head_count")
    with pytest.raises(BudgetkitError, match="no kind of error 'typo'"):
        plant(MODELS[0], "typo")


def test_a_family_is_data_alone(tmp_path: Path) -> None:
    """A description in a file of its own is enough to typeset a province."""
    source = ROOT / "budgetkit" / "corpus" / "families" / "haiyu7.json"
    said = source.read_text(encoding="utf-8").replace("收支总览", "进出总览")
    family = tmp_path / "mine.json"
    family.write_text(said, encoding="utf-8")
    model = invent(4, 2025, str(family))
    text = _text(typeset(model, tmp_path / "mine.pdf"))
    assert "进出总览" in text
    assert re.search(r"\d{3}\.\d\d\.\d\d", text)


def test_typesetting_does_not_import_zhplot() -> None:
    """Only the font file is used: importing zhplot would rewrite matplotlib's settings."""
    code = (
        "import sys; from tests.typesetter import invent, typeset; from pathlib import Path;"
        "import tempfile; typeset(invent(1, 2025), Path(tempfile.mkdtemp()) / 'a.pdf');"
        "print({'zhplot', 'matplotlib', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True)
    assert done.stdout == b"set()\n"
