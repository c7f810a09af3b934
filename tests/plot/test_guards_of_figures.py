"""What the other figures draw, leave out and refuse."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib as mpl
import pandas as pd
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

import budgetkit as bk


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def long(rows: list[tuple[str, int, str, float | None]], unit: str = "万元") -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["department", "year", "measure", "value"])
    frame["value"] = frame["value"].astype("Float64")
    return frame.assign(name=frame["measure"], unit=unit, scope="department", note="没有印这个数")


def below(ax: plt.Axes) -> str:
    return "\n".join(text.get_text() for text in ax.texts)


def test_a_line_breaks_where_a_year_is_missing() -> None:
    ax = bk.plot.trend(long([("甲局", 2023, "a", 1.0), ("甲局", 2024, "a", None),
                             ("甲局", 2025, "a", 3.0)]))  # fmt: skip
    values = list(ax.lines[0].get_ydata())
    assert values[0] == 1.0
    assert values[1] != values[1]
    assert "断开处" in below(ax)


def test_a_bar_with_an_unknown_part_is_left_out() -> None:
    frame = long([("甲局", 2025, "a", 1.0), ("甲局", 2025, "b", 3.0),
                  ("乙局", 2025, "a", 1.0), ("乙局", 2025, "b", None)])  # fmt: skip
    ax = bk.plot.share(frame, ["a", "b"])
    assert [text.get_text() for text in ax.get_yticklabels()] == ["甲局"]
    assert [patch.get_width() for patch in ax.patches] == [25.0, 75.0]
    assert "未列 1 行：没有印这个数 1 行" in below(ax)


def test_measures_of_two_units_share_no_axis() -> None:
    both = pd.concat([long([("甲局", 2025, "a", 1.0)]), long([("甲局", 2025, "b", 1.0)], "人")])
    with pytest.raises(bk.UsageError, match="which share no axis"):
        bk.plot.dumbbell(both, ["a", "b"])
    with pytest.raises(bk.UsageError, match="needs two figures"):
        bk.plot.dumbbell(both, "a")


def test_two_years_of_one_measure_are_joined() -> None:
    frame = long([("甲局", 2024, "a", 2.0), ("甲局", 2025, "a", 5.0), ("乙局", 2025, "a", 9.0)])
    ax = bk.plot.dumbbell(frame, "a", between=(2024, 2025))
    assert [text.get_text() for text in ax.get_yticklabels()] == ["乙局", "甲局"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["2024", "2025"]


def test_a_waterfall_leads_from_one_total_to_the_other_with_what_is_left() -> None:
    frame = pd.DataFrame(
        {
            "kind": ["total", "item", "item"],
            "name": ["支出", "甲项", "乙项"],
            "before": [10.0, 4.0, None],
            "now": [15.0, 6.0, 2.0],
        }
    )
    ax = bk.plot.waterfall(frame)
    names = [text.get_text() for text in ax.get_yticklabels()]
    assert names == ["上年", "甲项", "乙项", "其余", "本年"]
    assert [round(patch.get_width(), 2) for patch in ax.patches] == [10.0, 2.0, 2.0, 1.0, 15.0]
    with pytest.raises(bk.UsageError, match="needs the total of both years"):
        bk.plot.waterfall(frame.assign(before=[None, 4.0, None]))


def test_streams_are_as_wide_as_their_amounts_and_never_below_zero() -> None:
    frame = pd.DataFrame({"fund": ["甲", "乙"], "function": ["教育", "教育"], "amount": [3.0, 1.0]})
    ax = bk.plot.flow(frame)
    assert "甲\n3.00" in below(ax)
    assert "教育\n4.00" in below(ax)
    with pytest.raises(bk.UsageError, match="above zero"):
        bk.plot.flow(frame.assign(amount=[3.0, -1.0]))
    with pytest.raises(bk.UsageError, match="no stream is known"):
        bk.plot.flow(frame.head(0))


def test_a_missing_column_is_named() -> None:
    frame = pd.DataFrame({"name": ["a"]})
    with pytest.raises(bk.UsageError, match=r"bk\.plot\.icicle needs the column 'node'"):
        bk.plot.icicle(frame)


def test_a_distribution_has_a_row_a_year() -> None:
    rows = [(f"{n}局", year, "a", float(n)) for n in range(5) for year in (2024, 2025)]
    ax = bk.plot.distribution(long(rows))
    assert [text.get_text() for text in ax.get_yticklabels()] == ["2024", "2025"]
