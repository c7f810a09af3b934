"""The bar at the top of the pages of a site."""

from __future__ import annotations

from budgetkit.site.site_links import SiteLink, site_bar, with_bar

LINKS = [SiteLink("部门"), SiteLink('"><b>', "data/index.html")]


def test_the_page_itself_is_no_link() -> None:
    bar = site_bar(LINKS, "网站")
    assert '<b aria-current="page">部门</b>' in bar
    assert '<a href="data/index.html">&#34;&gt;&lt;b&gt;</a>' in bar


def test_it_comes_first_in_the_page_and_once() -> None:
    page = '<html><body class="x"><p>&lt;body&gt;</p><body></body></html>'
    found = with_bar(page, LINKS, "网站")
    assert found.startswith('<html><body class="x"><nav class="site-bar"')
    assert found.count("<nav") == 1
