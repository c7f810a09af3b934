"""What stands in the way of a comparison is computed, and said in the data."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from budgetkit.api import Dataset, read_dataset
from budgetkit.compare.guards import flag_names, say_flags, total
from budgetkit.errors import UsageError
from tests.helpers.rewritten import rewrite
from tests.helpers.words import WORDS

SFJ, OFFICE = "yanping-sfj-2025", "yanping-sfj-office-2025"
FINE_AUDIT = {"weight": 50, "message_zh": "合计不一致", "message_en": "the total fails",
              "found": 1.0,
              "code": "total", "table": "summary", "page": 5, "x0": 1.0, "top": 1.0, "x1": 2.0,
              "bottom": 2.0}  # fmt: skip


@pytest.fixture(scope="module")
def ds(sample_dataset: Path) -> Dataset:
    return read_dataset(sample_dataset)


@pytest.fixture
def copied(sample_dataset: Path, tmp_path: Path) -> Path:
    """A dataset that a test may change."""
    out = tmp_path / "dataset"
    shutil.copytree(sample_dataset, out, ignore=shutil.ignore_patterns("checks.*"))
    return out


def _change(folder: Path, name: str, change: object) -> None:
    frame = pd.read_parquet(folder / f"{name}.parquet", dtype_backend="numpy_nullable")
    rewrite(folder, name, change(frame))  # type: ignore[operator]


def test_a_department_and_its_own_unit_are_never_compared_together(ds: Dataset) -> None:
    frame = ds.compare("expenditure")
    assert set(frame["scope"]) == {"department"}
    assert len(frame.attrs["left_out"]["other_scope"]) == 3
    assert set(ds.compare("expenditure", scope="unit")["scope"]) == {"unit"}
    with pytest.raises(UsageError, match="there is no scope 'both'"):
        ds.compare("expenditure", scope="both")


def test_a_sum_over_both_scopes_is_refused(ds: Dataset) -> None:
    both = pd.concat([ds.compare("expenditure", 2025, scope=s) for s in ("department", "unit")])
    with pytest.raises(UsageError, match="the two are never added"):
        total(both, "expenditure")
    units = both[both["scope"] == "unit"]
    assert total(units, "expenditure") == pytest.approx(1705.0827)


def test_a_rate_or_several_years_are_not_added(ds: Dataset) -> None:
    with pytest.raises(UsageError, match="is a rate"):
        total(ds.compare("wages_per_head", 2025), "wages_per_head")
    with pytest.raises(UsageError, match="several years"):
        total(ds.compare("active"), "active")


def test_wages_by_head_divide_by_those_in_post_and_say_what_counted_means(ds: Dataset) -> None:
    row = ds.compare("wages_per_head", 2025, "昌吉回族自治州科学技术局").iloc[0]
    assert row["value"] == pytest.approx(436.07 / 25)  # 44 are counted, 19 of them retired
    assert row["flags"] == "counted_active_retired"
    assert "退休" in row["note"]


def test_where_people_in_post_are_not_disclosed_there_is_no_cost_per_person(ds: Dataset) -> None:
    row = ds.compare("wages_per_head", 2025, "云汀自治州卫生健康委员会").iloc[0]
    assert pd.isna(row["value"])
    assert row["flags"] == "no_active"


def test_running_costs_and_operating_expenditure_are_two_measures(ds: Dataset) -> None:
    frame = ds.compare(["operating", "operating_costs"], 2025, lang="en")
    assert set(frame["measure"]) == {"operating", "operating_costs"}
    assert frame.groupby("measure")["name"].first().nunique() == 2


def test_yuan_is_converted_and_said(ds: Dataset) -> None:
    row = ds.compare("wages", 2025, "云汀自治州砚平市司法局").iloc[0]
    assert row["value"] == pytest.approx(1386.3244)
    assert (row["unit"], row["flags"]) == ("万元", "from_yuan")


def test_bureaus_say_whether_they_are_invented(ds: Dataset) -> None:
    origins = ds.compare("active", 2025).set_index("department")["origin"]
    assert origins["昌吉回族自治州科学技术局"] == "published"
    assert set(origins.drop("昌吉回族自治州科学技术局")) == {"invented"}


def test_without_an_audit_that_is_said(copied: Path) -> None:
    frame = read_dataset(copied).compare("active", 2025)
    assert set(frame["audit"]) == {"not_audited"}
    assert frame.attrs["audited"] is False


def test_failed_totals_are_flagged_in_every_figure_of_the_bureau(copied: Path) -> None:
    rows = [
        {"document": document, "kind": kind, "status": status, **FINE_AUDIT}
        for document, kind, status in (
            (SFJ, "arithmetic", "fail"),
            ("yunting-jyj-2025", "text", "fail"),
            ("yunting-sjj-2025", "arithmetic", "pass"),
        )
    ]
    rewrite(copied, "checks", pd.DataFrame(rows))
    frame = read_dataset(copied).compare(years=2025)
    assert frame.attrs["audited"]
    failed = frame[frame["audit"] == "failed"]
    assert set(failed["documents"]) == {SFJ}
    known = failed[failed["value"].notna()]
    assert len(known) > 10
    assert known["flags"].str.startswith("failed_totals").all()
    assert not frame[frame["audit"] == "passed"]["flags"].str.contains("failed_totals").any()


def test_final_accounts_are_left_out(copied: Path) -> None:
    def retitle(frame: pd.DataFrame) -> pd.DataFrame:
        own = frame["document"] == "yunting-jyj-2025"
        frame.loc[own, "title"] = frame.loc[own, "title"].str.replace("预算", "") + "决算表"
        return frame

    _change(copied, "tables", retitle)
    frame = read_dataset(copied).compare("expenditure")
    assert ["云汀自治州教育局", "department", 2025] in frame.attrs["left_out"]["final_accounts"]
    assert "yunting-jyj-2025" not in set(frame["documents"])


def test_a_table_that_is_not_read_in_full_is_flagged(copied: Path) -> None:
    def lose(_: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame([{"document": "yunting-jyj-2025", "page": 10, "x0": 1.0, "top": 1.0,
                              "x1": 2.0, "bottom": 2.0, "text": "1.00", "rule": "no column",
                              "table": "basic_expenditure"}])  # fmt: skip

    _change(copied, "unmapped", lose)
    frame = read_dataset(copied).compare(["wages", "expenditure"], 2025, "云汀自治州教育局")
    assert frame.set_index("measure")["flags"].to_dict() == {
        "wages": "unread_table",
        "expenditure": "",
    }


def test_a_missing_table_is_not_a_zero(copied: Path) -> None:
    gone = "yunting-jyj-2025"
    for name in ("facts", "tables"):
        _change(
            copied,
            name,
            lambda f: f[~((f["document"] == gone) & (f["table"] == "project_expenditure"))],
        )
    row = read_dataset(copied).compare("projects", 2025, "云汀自治州教育局").iloc[0]
    assert pd.isna(row["value"])
    assert row["flags"] == "missing_table"
    other = read_dataset(copied).compare("projects", 2025, "云汀自治州砚平市司法局").iloc[0]
    assert other["flags"] == "no_table_in_template"


def _old_classes(folder: Path, *, detailed: bool) -> None:
    """Make the education bureau of 2023 a disclosure of 2017: the housing fund is in 303."""

    def move(frame: pd.DataFrame) -> pd.DataFrame:
        own = (frame["document"] == "yunting-jyj-2023") & (frame["table"] == "basic_expenditure")
        fund = own & (frame["code"] == "30113")
        for code, sign in (("301", -1), ("303", 1)):
            whole = own & (frame["code"] == code)
            amount = frame.loc[fund & (frame["measure"] == "total"), "amount"].iloc[0]
            frame.loc[whole, "amount"] += sign * amount
        frame.loc[fund, "code"] = "30311"
        frame.loc[frame["document"] == "yunting-jyj-2023", "year"] = 2017
        return frame if detailed else frame[~(own & (frame["level"] == 2))]

    _change(folder, "facts", move)
    _change(folder, "documents", lambda f: f.assign(
        year=f["year"].mask(f["document"] == "yunting-jyj-2023", 2017)))  # fmt: skip


def test_before_and_after_2018_are_bridged_where_the_detail_is_printed(
    ds: Dataset, copied: Path
) -> None:
    before = ds.compare(["wages", "family"], 2023, "云汀自治州教育局").set_index("measure")["value"]
    _old_classes(copied, detailed=True)
    frame = read_dataset(copied).compare(["wages", "family"], [2017, 2025], "云汀自治州教育局")
    old = frame[frame["year"] == 2017].set_index("measure")
    assert set(old["flags"]) == {"bridged_2018"}
    assert old["value"].to_dict() == pytest.approx(before.to_dict())
    assert set(frame[frame["year"] == 2025]["flags"]) == {""}


def test_before_and_after_2018_are_refused_where_it_is_not(copied: Path) -> None:
    _old_classes(copied, detailed=False)
    frame = read_dataset(copied).compare("wages", [2017, 2025], "云汀自治州教育局")
    old = frame[frame["year"] == 2017].iloc[0]
    assert pd.isna(old["value"])
    assert old["flags"] == "refused_2018"


def test_within_one_regime_nothing_is_bridged(copied: Path) -> None:
    _old_classes(copied, detailed=True)
    frame = read_dataset(copied).compare("wages", 2017, "云汀自治州教育局")
    assert frame["flags"].tolist() == [""]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"measures": "wage"}, "there is no measure 'wage'; did you mean wages"),
        ({"bureaus": "昌吉科学技术局"}, "did you mean 昌吉回族自治州科学技术局"),
        ({"years": 2052}, "there is no year '2052'; did you mean 2025"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(
    ds: Dataset, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        ds.compare(**arguments)  # type: ignore[arg-type]


def test_every_flag_has_its_words() -> None:
    assert len(flag_names()) > 5
    for flag, row in flag_names().items():
        assert say_flags(flag, "zh") == row["zh"] != ""
        assert say_flags(flag, "en") == row["en"] != ""
        assert row["weight"] in ("serious", "note")


def test_every_note_of_a_figure_is_a_flag() -> None:
    notes = {key[5:] for key in WORDS if key.startswith("note.")}
    assert notes
    assert notes <= set(flag_names())


def test_frames_keep_their_units(ds: Dataset) -> None:
    assert ds.facts.attrs["units"]["amount"] == "万元"
    units = ds.compare(["wages_per_head", "project_share"]).attrs["units"]
    assert units == {"wages_per_head": "万元/人", "project_share": "%"}
    assert json.loads(json.dumps(units)) == units
