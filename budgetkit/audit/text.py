"""The text itself: pages, broken sentences, punctuation, and words of another year or fund.

What a text check says must be plain to see on the page.  Whatever a reader of PDFs can get
wrong (where a paragraph ends, which mark belongs to which line) is given the benefit of the
doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from budgetkit.audit.case import Case, Row
from budgetkit.audit.catalogue import Finding, check
from budgetkit.audit.figures import FAIL, PASS, Place
from budgetkit.audit.prose import told
from budgetkit.prose.headings import marker
from budgetkit.prose.wordings import folded, matcher

_GUIDE = "财政部《地方预决算公开操作规程》（财预〔2016〕143号）"
#: A page with fewer characters than this says nothing that could be printed twice.
ENOUGH = 60
_DOUBLED = re.compile(r"[。，、；：][。，、；]|。[.．](?!\d)|[，、；]：")
_OPEN = {"（": "）", "“": "”", "《": "》", "【": "】", "〔": "〕", "‘": "’", "「": "」"}
_CLOSE = {close: mark for mark, close in _OPEN.items()}
_PAIRED = re.compile("[（）()“”《》【】〔〕‘’「」［］\\[\\]]")
_FOLD = str.maketrans("()［］[]", "（）【】【】")
_ENUMERATOR = re.compile(
    r"^[（(]?[0-9一二三四五六七八九十a-zA-Z①-⑳]{1,3}[)）]|(?<=[。；：，])\d{1,2}[)）]"
)
_TITLES = re.compile(r"《[^《》]*》|〔20\d\d〕|[（(\[【]20\d\d[)）\]】]第?\d*号?")
_YEAR = re.compile(r"(?<![\d.,〔])(20\d\d)年")
_PLACEHOLDER = re.compile(
    r"[×ＸX]{2,}(?![A-Za-z0-9])|[＊*]{2,}|_{3,}|＿{2,}|□|待补充|待填写|[（(](?:请|此处|待)?填写[^（()）]*[)）]"
)
_UNCHOSEN = re.compile(
    r"(?:增加|增长|上升)[（(](?:减少|下降|降低)[)）]|[（(](?:减少|下降)[)）](?:增加|增长)|增加/减少|增长/下降"
)
_CUT = re.compile(
    r"(?:主要)?原因(?:是|为|在于|：|:)[：:]?(?P<stop>[。；]|$)|主要(?:用于|包括)[：:]?$"
)
_CAPTION = re.compile(r"(编[制报]|填报)(部门|单位)[（(：:]")
_BELOW = re.compile(r"本(?:部|级)(?:以及|及|和)(?:其)?下属(\d+)家")
_KINDS = re.compile(r"(?:行政|参公|参照公务员法管理的?事业|(?<!参公)事业)单位(\d+)家")
_MAKER = re.compile(
    r"(?:编[制报]|填报)?(?:部门|单位)(?:名称)?[：:](?P<name>[\u4e00-\u9fff（）()]{4,40}?)(?:金额)?单位[：:]"
)
_FUNDS = {"政府性基金": "国有资本", "国有资本": "政府性基金"}


def _where(case: Case, row: Row, status: str, zh: str, en: str, code: str) -> Finding:
    return told(status, zh, en, row, table="text", code=code)


def _snippet(text: str, at: int) -> str:
    return text[max(at - 10, 0) : at + 10]


def _one(case: Case, found: list[Finding], zh: str, en: str) -> Iterator[Finding]:
    """Give what was found, or that nothing was."""
    if found:
        yield from found
    else:
        yield Finding(PASS, zh, en, table="text", document=case.document)


@check(
    "text-empty-grid",
    "text",
    "不应有只剩空白表格线的页",
    "No page is an empty grid alone",
    source=_GUIDE,
    needs="pages",
)
def empty_grids(case: Case) -> Iterator[Finding]:
    """Find pages whose grids hold nothing, with nothing beside them."""
    found = [
        _page(row, f"第{row['page']}页只有空白表格", f"page {row['page']} is an empty grid")
        for row in case.rows["pages"]
        if row["n_grids"] and not row["n_cell_chars"] and row["n_chars"] < 4
    ]
    yield from _one(case, found, "没有空白表格页", "no page is an empty grid alone")


def _page(row: Row, zh: str, en: str) -> Finding:
    place = Place(row["page"], 0.0, 0.0, 0.0, 0.0)
    return Finding(FAIL, zh, en, table="text", place=place, document=row["document"])


@check(
    "text-page-twice",
    "text",
    "同一页不应重复出现",
    "No page is printed twice",
    source=_GUIDE,
    needs="pages",
)
def pages_twice(case: Case) -> Iterator[Finding]:
    """Find pages with exactly the text of an earlier one."""
    found: list[Finding] = []
    first: dict[tuple[str, str], int] = {}
    for row in case.rows["pages"]:
        if not row["digest"] or row["n_chars"] < ENOUGH:
            continue
        before = first.setdefault((row["document"], row["digest"]), row["page"])
        if before != row["page"] and (row["n_amounts"] or not row["n_grids"]):
            found.append(
                _page(
                    row,
                    f"第{row['page']}页与第{before}页完全相同",
                    f"page {row['page']} repeats page {before}",
                )
            )
    yield from _one(case, found, "没有重复的页", "no page is printed twice")


def _body(case: Case) -> list[Row]:
    return case.rows["paragraphs"]


@check(
    "text-sentence-cut",
    "text",
    "说明文字不应在“主要原因是”之后中断",
    "No sentence breaks off where its reason should follow",
    source=_GUIDE,
    needs="paragraphs",
)
def sentences_cut(case: Case) -> Iterator[Finding]:
    """Find sentences that end behind 主要原因是."""
    rows = _body(case)
    found = []
    for row, after in pairwise([*rows, None]):
        if row is None or row["rank"]:
            continue
        match = _CUT.search(row["text"])
        if match is None:
            continue
        # At the end of a paragraph the rest may have been set apart: only a new item ends it.
        ended = after is None or after["rank"] or marker(after["text"]) or _starts(after)
        if match["stop"] or ended:
            text = _snippet(row["text"], match.start())
            found.append(
                _where(
                    case,
                    row,
                    FAIL,
                    f"句子中断：“{text}”之后没有内容",
                    f"the sentence breaks off behind '{text}'",
                    "cut",
                )
            )
    yield from _one(case, found, "没有中断的句子", "no sentence breaks off")


def _starts(row: Row) -> bool:
    """Whether a paragraph begins anew: a date, a caption, the name of a table."""
    return bool(_CAPTION.search(row["text"]) or row["text"].endswith(("表", "情况")))


@check(
    "text-doubled-mark",
    "text",
    "标点不应重复或叠用",
    "No mark stands where another one ends the clause",
    source=_GUIDE,
    needs="paragraphs",
)
def doubled_marks(case: Case) -> Iterator[Finding]:
    """Find 。。 and its like."""
    found = []
    for row in _body(case):
        for match in _DOUBLED.finditer(row["text"]):
            text = _snippet(row["text"], match.start())
            found.append(
                _where(
                    case,
                    row,
                    FAIL,
                    f"标点叠用“{match.group()}”：“{text}”",
                    f"doubled marks '{match.group()}': '{text}'",
                    "doubled",
                )
            )
    yield from _one(case, found, "没有叠用的标点", "no doubled marks")


@check(
    "text-unbalanced",
    "text",
    "括号、引号应成对",
    "Brackets and quotation marks come in pairs",
    source=_GUIDE,
    needs="paragraphs",
)
def unbalanced(case: Case) -> Iterator[Finding]:
    """Find brackets and quotation marks without their other half."""
    rows = _body(case)
    found = []
    for at, row in enumerate(rows):
        mark = stray_mark(row["text"])
        if mark is None or not _whole(rows, at):
            continue
        place = row["text"].translate(_FOLD).find(mark)
        text = _snippet(row["text"], place)
        found.append(
            _where(
                case,
                row,
                FAIL,
                f"“{mark}”不成对：“{text}”",
                f"'{mark}' has no other half: '{text}'",
                "unbalanced",
            )
        )
    yield from _one(case, found, "括号和引号成对", "brackets and quotation marks come in pairs")


def stray_mark(text: str) -> str | None:
    """Give the first mark of a text that has no other half.

    Examples
    --------
    >>> stray_mark("（一）开展“甲”、优秀案例”活动"), stray_mark("1）甲；2）乙"), stray_mark("（款)")
    ('”', None, None)
    """
    if not _PAIRED.search(text):
        return None
    text = _ENUMERATOR.sub("", text).translate(_FOLD)
    waiting: list[str] = []
    for char in text:
        if char in _OPEN:
            waiting.append(char)
        elif char in _CLOSE:
            if not waiting or waiting[-1] != _CLOSE[char]:
                return char
            waiting.pop()
    return waiting[-1] if waiting else None


def _whole(rows: Sequence[Row], at: int) -> bool:
    """Whether a paragraph stays unbalanced with its neighbours: it was not cut by the reader."""
    text = rows[at]["text"]
    before = rows[at - 1]["text"] if at else ""
    after = rows[at + 1]["text"] if at + 1 < len(rows) else ""
    return all(stray_mark(joined) for joined in (before + text, text + after))


@check(
    "text-year",
    "text",
    "文字、标题、附注中的年度应与预算年度一致",
    "Titles, notes and sentences about the budget name its own year",
    source=_GUIDE,
    needs="paragraphs",
)
def years(case: Case) -> Iterator[Finding]:
    """Find the year of another budget where this one's should stand."""
    if case.key is None:
        return
    year = case.key.year
    found: list[Finding] = []
    wrong_years: dict[str, list[tuple[Row, int, int]]] = defaultdict(list)
    for row in _body(case):
        if "20" not in row["text"]:
            continue
        text = _TITLES.sub(lambda match: "＊" * len(match.group()), folded(row["text"]))
        for match in matcher("year", "own").finditer(text):
            wrong = int(next(filter(None, match.groups())))
            if wrong != year:
                wrong_years[match.group()].append((row, wrong, year))
        for match in matcher("year", "before").finditer(text):
            wrong = int(next(filter(None, match.groups())))
            if wrong >= year:
                wrong_years[match.group()].append((row, wrong, year - 1))
    found.extend(_year(case, words, places) for words, places in wrong_years.items())
    for table in case.rows["tables"]:
        for text in (table["note"] or "", table["title"] or ""):
            named = {int(n) for n in _YEAR.findall(folded(text))}
            if named and year not in named and not re.search("结转|上年|决算|执行", text):
                wrong = min(named)
                found.append(
                    Finding(
                        FAIL,
                        f"“{text[:40]}”中的年度{wrong}年与预算年度{year}年不一致",
                        f"'{text[:40]}' names {wrong}, the budget is of {year}",
                        table=table["table"] or "",
                        place=next(
                            (f.place for f in case.figures if f.table == table["table"]), None
                        ),
                        document=table["document"],
                    )
                )
    yield from _one(case, found, "年度一致", "the years agree")


def _year(case: Case, words: str, places: Sequence[tuple[Row, int, int]]) -> Finding:
    row, wrong, right = places[0]
    return _where(
        case,
        row,
        FAIL,
        f"“{words}”中的{wrong}年应为{right}年（{len(places)}处）",
        f"'{words}' names {wrong} where {right} should stand ({len(places)} times)",
        "year",
    )


@check(
    "text-project-period",
    "text",
    "当年项目的实施周期应包含预算年度",
    "A project of the year runs in the year",
    source=_GUIDE,
    needs="projects",
)
def periods(case: Case) -> Iterator[Finding]:
    """Find projects whose period ended before the budget year or begins after it."""
    if case.key is None:
        return
    year = case.key.year
    for row in case.rows["projects"]:
        if row["where"] != "narrative" or row["funding"] == "carryover" or not row["period_end"]:
            continue
        first, last = (int(str(row[name])[:4]) for name in ("period_start", "period_end"))
        wrong = last < year or first > year
        text = f"{row['period_start']}—{row['period_end']}"
        yield told(
            FAIL if wrong else PASS,
            f"项目“{row['project']}”的实施周期{text}{'不' if wrong else ''}包含预算年度{year}",
            f"the project '{row['project']}' runs {text}, "
            + (f"not in {year}" if wrong else f"{year} included"),
            _named(case, row),
            table="text",
            code=row["project"],
            measure="period",
        )


def _named(case: Case, row: Row) -> Row:
    pages = {int(page) for page in (row["pages"] or "").split()}
    own = [p for p in _body(case) if p["page"] in pages]
    dated = [p for p in own if str(row["period_end"])[:4] in p["text"] and not p["rank"]]
    named = [p for p in own if row["name"] in p["text"]]
    place = (dated or named or own or [{"page": None}])[0]
    return {**place, "document": row["document"], "item": row["project"]}


@check(
    "text-fund",
    "text",
    "附注和说明应与所在报表的资金性质一致",
    "A note speaks of the fund of its own table",
    source=_GUIDE,
    needs="tables",
)
def funds(case: Case) -> Iterator[Finding]:
    """Find notes and sections that name the other fund alone."""
    found = []
    for table in case.rows["tables"]:
        own = {"government_fund": "政府性基金", "state_capital": "国有资本"}.get(table["table"])
        note = table["note"] or ""
        if own and _FUNDS[own] in note and own not in note:
            found.append(
                Finding(
                    FAIL,
                    f"“{table['title']}”的附注写成了{_FUNDS[own]}：“{note[:40]}”",
                    f"the note of {table['table']} speaks of the other fund",
                    table=table["table"],
                    place=_note_place(case, note),
                    document=table["document"],
                )
            )
    for row in _body(case):
        head = (row["heading"] or "").split(" > ")[-1]
        for own, other in _FUNDS.items():
            if (
                own in head
                and other not in head
                and other in row["text"]
                and own not in row["text"]
            ):
                found.append(
                    _where(
                        case,
                        row,
                        FAIL,
                        f"“{head[-24:]}”之下写的是{other}：“{row['text'][:30]}”",
                        "a section about one fund speaks of the other",
                        "fund",
                    )
                )
    yield from _one(case, found, "资金性质一致", "notes speak of their own fund")


def _note_place(case: Case, note: str) -> Place | None:
    for row in reversed(_body(case)):
        if row["text"] and (row["text"] in note or note in row["text"]):
            return Place(row["page"], row["x0"], row["top"], row["x1"], row["bottom"])
    return None


@check(
    "text-scope",
    "text",
    "单位预算不应写成部门预算，部门预算不应写成单位预算",
    "A unit is not called a department, nor a department a unit",
    source=_GUIDE,
    needs="paragraphs",
)
def scopes(case: Case) -> Iterator[Finding]:
    """Find 本部门 in a unit's document and 本单位 in a department's, in set phrases alone."""
    if case.key is None:
        return
    role = "unit" if case.key.scope == "unit" else "department"
    own, other = ("单位", "部门") if role == "unit" else ("部门", "单位")
    found: dict[str, tuple[Row, int]] = {}
    for row in _body(case):
        for match in matcher("scope", role).finditer(row["text"]):
            first, count = found.get(match.group(), (row, 0))
            found[match.group()] = (first, count + 1)
    findings = [
        _where(
            case,
            row,
            FAIL,
            f"{own}预算中写作“{words}”（{count}处），应为{own}而非{other}",
            f"'{words}' ({count} times) in the document of a {role}",
            "scope",
        )
        for words, (row, count) in found.items()
    ]
    yield from _one(case, findings, "部门与单位的称谓一致", "department and unit are kept apart")


@check(
    "text-placeholder",
    "text",
    "不应留有模板占位符",
    "No placeholder of the template is left",
    source=_GUIDE,
    needs="paragraphs",
)
def placeholders(case: Case) -> Iterator[Finding]:
    """Find XX, blanks to fill in, and 增加（减少） where one had to be chosen."""
    found: dict[str, list[tuple[Row, str]]] = defaultdict(list)
    for row in _body(case):
        for pattern in (_PLACEHOLDER, _UNCHOSEN):
            match = pattern.search(row["text"])
            if match:
                kind = "unchosen" if pattern is _UNCHOSEN else "placeholder"
                found[kind].append((row, _snippet(row["text"], match.start())))
    findings = [
        _where(
            case,
            rows[0][0],
            FAIL,
            f"留有模板{'未选择的词' if kind == 'unchosen' else '占位符'}"
            f"（{len(rows)}处）：“{rows[0][1]}”",
            f"words of the template are left ({len(rows)} times): '{rows[0][1]}'",
            kind,
        )
        for kind, rows in found.items()
    ]
    yield from _one(case, findings, "没有模板占位符", "no placeholder is left")


@check(
    "text-no-stop",
    "text",
    "说明金额的段落应以句号结束",
    "A paragraph about amounts ends in a full stop",
    source=_GUIDE,
    needs="paragraphs",
)
def no_stops(case: Case) -> Iterator[Finding]:
    """Find paragraphs about money that end without a mark before the next heading."""
    found = []
    for row, after in pairwise(_body(case)):
        text = row["text"]
        begins = after["rank"] or marker(after["text"]) or after["text"].endswith(("：", ":"))
        # Lines broken by a reader end in the middle; what begins anew behind it ends a paragraph.
        if row["rank"] or not begins or row["page"] != after["page"] or len(text) < 15:
            continue
        last = re.split("[。；]", text)[-1]
        if re.search(r"(?:[预算为数]|增加|减少)\d[\d,.]*(?:万元|元|%)$|原因是[^，。：]{2,}$", last):
            found.append(
                _where(
                    case,
                    row,
                    FAIL,
                    f"段落末尾缺少句号：“{text[-16:]}”",
                    f"the paragraph ends without a full stop: '{text[-16:]}'",
                    "stop",
                )
            )
    yield from _one(case, found, "段落以句号结束", "paragraphs end in a full stop")


@check(
    "text-unit-count",
    "text",
    "预算单位的家数应前后一致",
    "The numbers of budget units agree",
    source=_GUIDE,
    needs="paragraphs",
)
def unit_counts(case: Case) -> Iterator[Finding]:
    """Hold the units below a department, and itself, against the units by kind."""
    below: tuple[Row, int] | None = None
    kinds: tuple[Row, int] | None = None
    for row in _body(case):
        text = folded(row["text"])
        match = _BELOW.search(text)
        if match and below is None:
            below = (row, int(match[1]) + 1)
        numbers = [int(number) for number in _KINDS.findall(text)]
        if len(numbers) > 1 and kinds is None:
            kinds = (row, sum(numbers))
    if below is None or kinds is None:
        return
    status = PASS if below[1] == kinds[1] else FAIL
    yield told(
        status,
        f"本部及下属预算单位共{below[1]}家，按类型合计{kinds[1]}家",
        f"{below[1]} budget units with the department's own office, {kinds[1]} by their kinds",
        kinds[0],
        table="text",
        code="units",
        other_row=below[0],
    )


@check(
    "text-department-name",
    "text",
    "报表的编制部门应为本部门",
    "The tables name the department that publishes them",
    source=_GUIDE,
    needs="paragraphs",
)
def department_names(case: Case) -> Iterator[Finding]:
    """Find captions of tables with the name of somebody else."""
    if case.key is None:
        return
    own = _bare(case.key.department)
    found: dict[str, Row] = {}
    captions = 0
    for row in _body(case):
        match = _MAKER.match(row["text"])
        if match is None:
            continue
        captions += 1
        name = _bare(match["name"])
        if name not in own and own not in name and not _subsequence(name, own):
            found.setdefault(match["name"], row)
    # Where most captions name somebody else, the name on the cover was not understood.
    if len(found) > 2 or captions < 3:
        return
    findings = [
        _where(
            case,
            row,
            FAIL,
            f"报表的编制部门写作“{name}”，本部门为“{case.key.department}”",
            f"a table names '{name}', the document is of '{case.key.department}'",
            "department",
        )
        for name, row in found.items()
    ]
    yield from _one(case, findings, "编制部门一致", "the tables name the department")


def _bare(name: str) -> str:
    return re.sub(r"[（(][^（()）]*[)）]|本级|本部|机关$", "", name)


def _subsequence(one: str, other: str) -> bool:
    """Whether a name is the other with words left out, either way."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)
