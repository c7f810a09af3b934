"""The rows that the script of the index searches."""

from __future__ import annotations

import json
from typing import Any

from budgetkit.disclosure import DisclosureKey
from budgetkit.report.index import LeftOut
from budgetkit.site.case_pages import Finding
from budgetkit.site.entries import Amount
from budgetkit.site.search_index import departments, more_script, rows_script
from budgetkit.site.site_words import SiteWords
from tests.helpers.sites import entry


def value(script: str) -> Any:
    return json.loads(script.partition("=")[2].rstrip(";\n"))


def test_disclosures_of_a_department_are_one_row_the_newest_first() -> None:
    found = departments(
        [entry("甲局", 2023), entry("甲局", 2025), entry("甲局", 2025, kind="final_account"),
         entry("甲局", 2024, scope="unit"), entry("乙局", 2024, region="")],
        {"甲局": "cases/0001.html"}, {"甲局": "Jia Bureau"},
    )  # fmt: skip
    assert [(one.name, one.scope) for one in found] == [
        ("甲局", "department"), ("甲局", "unit"), ("乙局", "department")
    ]  # fmt: skip
    keys = [(one.key.year, one.key.kind) for one in found[0].entries]
    assert keys == [(2025, "budget"), (2025, "final_account"), (2023, "budget")]
    assert (found[0].also, found[0].case) == ("Jia Bureau", "cases/0001.html")


def test_amounts_are_in_the_unit_of_the_language() -> None:
    found = departments([entry("甲局", 2025, expenditure=Amount(1234.5, "仅一般公共预算"))], {}, {})
    for lang, unit, amount, name in (
        ("zh", "", 1234.5, "万元"),
        ("en", "", 12.345, "million yuan"),
        ("zh", "yi", 0.12345, "亿元"),
    ):
        rows = value(rows_script(found, {}, SiteWords(lang, unit)))
        assert rows["departments"][0][6][0][3:5] == [amount, "仅一般公共预算"]
        assert rows["words"]["unit"] == name


def test_what_is_not_disclosed_is_null_and_never_zero() -> None:
    found = departments([entry("甲局", 2025, expenditure=None, people=None, per_head=None)], {}, {})
    row = value(rows_script(found, {}, SiteWords("zh")))["departments"][0][6][0]
    assert [row[3], row[5], row[6]] == [None, None, None]


def test_projects_and_findings_name_their_disclosure() -> None:
    own = [entry("甲局", 2024), entry("甲局", 2025, projects=(("新建", 9.5), ("未列金额", None)))]
    found = departments(own, {}, {})
    key = DisclosureKey("甲局", "department", 2024)
    told = {key: [Finding("a", "合计不符", True, "sum-1")]}
    more = value(more_script(found, told, [LeftOut("b.pdf", "is not a PDF")], SiteWords("zh")))
    assert more["projects"] == [["新建", 0, 0, 9.5], ["未列金额", 0, 0, None]]
    assert more["findings"] == [["合计不符", 0, 1, 1, "sum-1"]]
    assert more["leftOut"] == [["b.pdf", "is not a PDF"]]


def test_what_a_pdf_says_can_end_no_script_and_break_no_file() -> None:
    found = departments([entry("</script><b>\ud835局", 2025)], {}, {})
    script = rows_script(found, {}, SiteWords("zh"))
    assert "</script" not in script
    script.encode("utf-8")
    assert value(script)["departments"][0][0].startswith("</script><b>")


def test_an_english_site_is_searched_by_both_names() -> None:
    found = departments([entry("云河县审计局", 2025, region="云河县")], {}, {})
    rows = value(rows_script(found, {}, SiteWords("en")))
    assert rows["departments"][0][:2] == ["Audit Bureau of Yunhe County", "云河县审计局"]
    assert (rows["regions"], rows["regionNames"]) == (["云河县"], ["Yunhe County"])
    chinese = value(rows_script(found, {}, SiteWords("zh")))
    assert chinese["departments"][0][:2] == ["云河县审计局", ""]
    assert "regionNames" not in chinese
