"""Where a department is, and its level."""

from __future__ import annotations

import pytest

from budgetkit.codelists import read_codelist
from budgetkit.extraction.prose.identity import identify
from budgetkit.extraction.prose.regions import LEVELS, region_of, unknown_province, with_region


@pytest.mark.parametrize(
    ("name", "region", "level"),
    [
        # Cities whose name holds 州, which is no prefecture of that kind.
        ("广州市司法局", "广东省广州市", "city"),
        ("杭州市科学技术局", "浙江省杭州市", "city"),
        ("苏州市审计局", "江苏省苏州市", "city"),
        ("福州市仓山生态环境局", "福建省福州市", "city"),
        ("湘西州教育局", "湖南省湘西土家族苗族自治州", "city"),
        ("锡林郭勒盟正蓝旗财政局", "内蒙古自治区锡林郭勒盟正蓝旗", "county"),
        ("江苏省苏州市吴江区教育局", "江苏省苏州市吴江区", "county"),
        ("江苏苏州市审计局", "江苏省苏州市", "city"),
        ("北京市朝阳区教育局", "北京市朝阳区", "county"),
        ("晋城市城区教育局", "山西省晋城市城区", "county"),
        # A county that is named alone has the city and the province of the list.
        ("昆山市财政局", "江苏省苏州市昆山市", "county"),
        ("江苏省昆山市财政局", "江苏省苏州市昆山市", "county"),
        ("六枝特区教育局", "贵州省六盘水市六枝特区", "county"),
        ("仙桃市财政局", "湖北省仙桃市", "county"),
        ("崇明县财政局", "上海市崇明县", "county"),
        ("吴江区平望镇人民政府", "江苏省苏州市吴江区", "town"),
        # Of a name that several have only what they share is known.
        ("鼓楼区财政局", "鼓楼区", "county"),
        ("江苏省鼓楼区财政局", "江苏省鼓楼区", "county"),
        ("南京市鼓楼区财政局", "江苏省南京市鼓楼区", "county"),
        ("某县财政局", "某县", "county"),
        ("西咸新区财政局", "陕西省西咸新区", "county"),
        ("昆山经济技术开发区管理委员会", "江苏省苏州市昆山市昆山经济技术开发区", "county"),
        ("某镇人民政府", "", "town"),
        ("某乡政府", "", "town"),
        ("上海市浦东新区财政局", "上海市浦东新区", "county"),
        ("河北雄安新区管理委员会", "河北省雄安新区", "city"),
        ("广州经济技术开发区管委会", "广东省广州市广州经济技术开发区", "county"),
        ("苏州工业园区管理委员会", "江苏省苏州市苏州工业园区", "county"),
        ("上海市普陀区人民政府万里街道办事处", "上海市普陀区", "town"),
        ("湖州市南浔区练市镇人民政府", "浙江省湖州市南浔区", "town"),
        # A party committee is the place's.
        ("中共重庆市委宣传部", "重庆市", "province"),
        ("中国共产党江苏省委员会办公厅", "江苏省", "province"),
        ("国家信访局", "", "central"),
        ("教育部", "", "central"),
        ("中国共产党中央委员会办公厅", "", "central"),
        # Words that look like places.
        ("珠海市政府投资项目工务中心", "广东省珠海市", "city"),
        ("上海市市场监督管理局", "上海市", "province"),
        ("广东省湾区事务厅", "广东省", "province"),
        ("四川省城市规划院", "四川省", "province"),
        ("城市管理局", "", ""),
        ("指导各区和各部", "", ""),
        ("上海海洋大学", "", ""),
        ("市教育局", "", "city"),
        ("市民政局", "", "city"),
        ("青岛西海岸新区教育局", "山东省青岛市青岛西海岸新区", "county"),
        ("荆州市沙市区教育局", "湖北省荆州市沙市区", "county"),
        ("深圳市南山区财政局", "广东省深圳市南山区", "county"),
        ("杭州市西湖区教育局", "浙江省杭州市西湖区", "county"),
        ("温州市龙湾区教育局", "浙江省温州市龙湾区", "county"),
        ("东莞市某镇人民政府", "广东省东莞市", "town"),
        ("区委办公室", "", "county"),
        ("", "", ""),
    ],
)
def test_a_place_and_a_level(name: str, region: str, level: str) -> None:
    assert tuple(region_of(name)) == (region, level)


def test_the_list_of_places_holds_together() -> None:
    rows = read_codelist("regions")
    provinces = {row["name"] for row in rows if row["level"] == "province"}
    assert {row["within"] for row in rows if row["level"] == "city"} <= provinces
    assert {row["level"] for row in rows} <= set(LEVELS)
    assert len(provinces) == 35
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("row", read_codelist("regions"), ids=lambda row: row["name"])
def test_every_place_is_found_under_each_of_its_names(row: dict[str, str]) -> None:
    aliases = row["aliases"].split("|") if row["within"] else []
    for name in filter(None, (row["name"], row["within"] + row["name"], *aliases)):
        assert region_of(f"{name}财政局").name == row["within"] + row["name"]


def test_a_place_is_written_in_full_once() -> None:
    assert with_region("江苏省苏州市审计局") == with_region("苏州市审计局")


def test_counties_stand_in_provinces_and_cities_of_the_list() -> None:
    places = {row["name"]: row for row in read_codelist("regions")}
    for row in read_codelist("counties"):
        assert places[row["province"]]["level"] == "province"
        assert not row["city"] or places[row["city"]]["within"] == row["province"]


def test_a_name_of_counties_in_several_provinces_is_said_to_be_one() -> None:
    assert unknown_province("鼓楼区财政局").startswith("鼓楼区 is a county or district of")
    assert not any(map(unknown_province, ("昆山市财政局", "某县财政局", "财政部", "")))
    assert "its province is not known" in identify([(1, "鼓楼区财政局2025年部门预算")]).found
