/* The index of a site: searches, filters and pages what rows.js and more.js hold.
   Its state stands in the address, so that a link keeps it. Nothing is written as HTML: all that
   a document says goes into the page as text. */
"use strict";
(() => {
  /* Rows of a page; milliseconds that typing rests before a search; from where a figure is shown
     without its fractions. */
  const PAGE = 50, LATE = 80, ROUND = 1000;
  const { words, lang, smallDigits, regions, levels, kinds, states, departments } = globalThis.budgetkitRows;
  const regionNames = globalThis.budgetkitRows.regionNames ?? regions;
  const more = globalThis.budgetkitMore;
  const byId = id => document.getElementById(id);
  const FILTERS = ["region", "level", "year", "kind", "state"];
  const VIEWS = ["departments", "projects", "findings", "leftOut"];
  const [YEAR, KIND, FILE, SPENT, SPENT_NOTE, PEOPLE, HEAD, HEAD_NOTE, FOUND, STATE, NOTE, NOTICE] =
    Array.from({ length: 12 }, (_, at) => at);
  const money = new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const small = new Intl.NumberFormat(lang, { minimumFractionDigits: smallDigits, maximumFractionDigits: smallDigits });
  // What is not zero never looks like zero.
  const tiny = new Intl.NumberFormat(lang, { maximumSignificantDigits: 2, maximumFractionDigits: 8 });
  const count = new Intl.NumberFormat(lang);
  const amount = value => {
    const size = Math.abs(value);
    if (!size || size >= 1) return money.format(value);
    return (size * 10 ** smallDigits >= 0.5 ? small : tiny).format(value);
  };
  const fold = text => text.normalize("NFKC").toLowerCase();
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /* --- rows ------------------------------------------------------------------------- */
  const rows = departments.map(([name, also, region, level, scope, file, all], at) => ({
    at, name, also, region, level, scope, file, all,
    text: fold([name, also, also.replace(/\s+/g, ""), regions[region], regionNames === regions ? "" : regionNames[region],
      ...all.map(one => one[YEAR])].join(" ")),
  }));
  // Where the figures of a list are of several years or kinds, each says which it is of.
  const MIXED = new Set(rows.flatMap(row => row.all.map(one => one[YEAR] * 2 + one[KIND]))).size > 1;
  const searched = list => list.map(one => {
    const row = rows[one[1]], disclosure = row.all[one[2]];
    return { what: one, row, disclosure, text: `${fold(one[0])} ${row.text} ${disclosure[YEAR]}` };
  });
  const lists = { departments: rows, leftOut: more.leftOut.map(what => ({ what, text: fold(what.join(" ")) })) };
  const listOf = view => lists[view] ??= searched(more[view]);

  /* --- state, kept in the address ------------------------------------------------------ */
  const EMPTY = { q: "", view: "departments", sort: "", page: "1",
    ...Object.fromEntries(FILTERS.map(name => [name, ""])) };
  let state = { ...EMPTY };
  const read = () => {
    const told = new URLSearchParams(location.hash.slice(1));
    state = { ...EMPTY };
    for (const name of Object.keys(EMPTY)) if (told.has(name)) state[name] = told.get(name);
    if (!VIEWS.includes(state.view)) state.view = EMPTY.view;
  };
  const address = changes => {
    const told = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...state, ...changes })) {
      if (value !== EMPTY[name]) told.set(name, value);
    }
    return `#${told}`;
  };
  const go = (changes, quietly = false) => {
    const to = address(changes);
    state = { ...state, ...changes };
    history[quietly ? "replaceState" : "pushState"](null, "", to);
    show();
  };

  /* --- what matches ------------------------------------------------------------------- */
  const matching = () => {
    const asked = fold(state.q).split(/\s+/).filter(Boolean);
    const hit = text => asked.every(word => text.includes(word));
    const kind = kinds.findIndex(([name]) => name === state.kind);
    const fits = one => (!state.year || String(one[YEAR]) === state.year)
      && (!state.kind || one[KIND] === kind)
      && (!state.state || (state.state === "findings" ? one[FOUND] > 0 : one[STATE] > 0));
    const inPlace = row => (!state.region || regions[row.region] === state.region.trim())
      && (!state.level || levels[row.level][0] === state.level.trim());
    const shown = new Map();
    for (const row of rows) {
      if (!inPlace(row)) continue;
      const own = row.all.filter(fits);
      if (own.length) shown.set(row, own);
    }
    const of = view => listOf(view).filter(
      one => shown.get(one.row)?.includes(one.disclosure) && hit(one.text));
    const filtered = FILTERS.some(name => state[name]);
    return {
      asked,
      departments: Array.from(shown, ([row, own]) => ({ row, own })).filter(one => hit(one.row.text)),
      projects: of("projects"),
      findings: of("findings"),
      leftOut: filtered ? [] : listOf("leftOut").filter(one => hit(one.text)),
    };
  };
  const compareText = new Intl.Collator(lang, { numeric: true }).compare;
  const KEYS = {
    departments: {
      name: one => one.row.name, spent: one => one.own[0][SPENT], people: one => one.own[0][PEOPLE],
      head: one => one.own[0][HEAD], found: one => one.own[0][FOUND] || null,
    },
    projects: {
      name: one => one.what[0], department: one => one.row.name,
      year: one => one.disclosure[YEAR], amount: one => one.what[3],
    },
    findings: {
      certain: one => one.what[3], department: one => one.row.name,
      year: one => one.disclosure[YEAR],
    },
    leftOut: {},
  };
  const sorted = (list, view, asked) => {
    const order = state.sort || USUAL[view] || "", down = order.startsWith("-");
    const key = KEYS[view][order.replace("-", "")];
    if (!key) {
      if (view !== "departments" || !asked.length) return list;
      const first = one => fold(one.row.name).startsWith(asked[0]);
      return [...list.filter(first), ...list.filter(one => !first(one))];
    }
    const between = (a, b) => (typeof a === "string" ? compareText(a, b) : a - b);
    // What is not disclosed comes last, whichever way.
    return list.map(one => [key(one), one]).sort(([a], [b]) => (a === null) - (b === null)
      || (a === null ? 0 : down ? between(b, a) : between(a, b))).map(([, one]) => one);
  };

  /* --- what is shown ------------------------------------------------------------------- */
  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children.filter(one => one !== null && one !== undefined));
    return made;
  };
  // On an English page what a document prints is marked as Chinese.
  const CHINESE = /([\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+)/;
  const spoken = text => (lang.startsWith("zh") || !text ? [text]
    : text.split(CHINESE).map((part, at) => (at % 2 ? make("span", { lang: "zh" }, part) : part)).filter(Boolean));
  const marked = (text, asked) => {
    const low = text.toLowerCase(), parts = [];
    if (low.length !== text.length) return spoken(text);
    let at = 0;
    while (at < text.length) {
      let next = -1, length = 0;
      for (const word of asked) {
        const found = low.indexOf(word, at);
        if (found >= 0 && (next < 0 || found < next)) [next, length] = [found, word.length];
      }
      if (next < 0) break;
      parts.push(...spoken(text.slice(at, next)), make("mark", {}, ...spoken(text.slice(next, next + length))));
      at = next + length;
    }
    return [...parts, ...spoken(text.slice(at))];
  };
  const named = one => `${one[YEAR]}${one[KIND] ? ` ${words.final}` : ""}`;
  const chip = one => (one[FILE] ? make("a", { class: "chip", href: one[FILE] }, named(one))
    : make("span", { class: "chip", title: one[NOTE] }, named(one)));
  const office = row => (row.scope === "unit" ? ` (${words.office})` : "");
  const place = row => regionNames[row.region] || words.otherRegion;
  const figure = (label, value, note, write) => make("td",
    { class: value === null ? "n none" : "n", "data-label": label },
    value === null ? "—" : write(value), note ? make("small", {}, note) : null);
  const stateOf = one => {
    if (!one[STATE]) return [states[0]];
    if (!one[NOTE]) return [states[one[STATE]]];
    return [make("details", {}, make("summary", {}, states[one[STATE]]), ...spoken(one[NOTE]))];
  };
  const anchored = (row, anchor) => (row.file && anchor !== "" ? `${row.file}#${anchor}` : row.file);

  const COLUMNS = {
    departments: [["name", words.department], ["", words.reports],
      ["spent", words.expenditure, words.unit], ["people", words.people],
      ["head", words.perHead, words.headUnit], ["found", words.findings], ["", words.state]],
    projects: [["name", words.project], ["department", words.department], ["year", words.year],
      ["amount", words.amount, words.unit]],
    findings: [["", words.finding], ["department", words.department], ["year", words.year]],
    leftOut: [["", words.file], ["", words.reason]],
  };
  // Without a choice: the largest projects first, and what is certain before what needs a look.
  const USUAL = { projects: "-amount", findings: "-certain" };
  const NUMBERS = new Set(["spent", "people", "head", "found", "amount"]);
  const ROW = {
    departments: ({ row, own }, asked) => {
      const one = own[0];
      const which = MIXED ? named(one) : "";
      return [
        make("td", { class: "name" }, make("b", {}, one[FILE]
          ? make("a", { href: one[FILE] }, ...marked(row.name, asked)) : make("span", {}, ...marked(row.name, asked))), office(row),
          row.also ? make("small", {}, ...marked(row.also, asked)) : null,
          make("small", {}, ...spoken([place(row), one[NOTICE]].filter(Boolean).join(" · ")))),
        make("td", { class: "reports" }, ...own.map(chip)),
        figure(`${words.expenditure} (${words.unit})`, one[SPENT], [which, one[SPENT_NOTE]].filter(Boolean).join(" · "), amount),
        figure(words.people, one[PEOPLE], "", value => count.format(value)),
        figure(`${words.perHead} (${words.headUnit})`, one[HEAD], one[HEAD_NOTE],
          value => (value >= ROUND ? count.format(Math.round(value)) : amount(value))),
        make("td", { class: one[FOUND] ? "n" : "n none", "data-label": words.findings },
          ...(one[FOUND] && row.file ? [make("a", { href: row.file, class: "bad" }, count.format(one[FOUND]))]
            : [count.format(one[FOUND])])),
        make("td", { class: one[STATE] ? "state" : "state none" }, ...stateOf(one)),
      ];
    },
    projects: ({ what, row, disclosure }, asked) => [
      make("td", { class: "name" }, ...marked(what[0], asked)),
      make("td", {}, ...marked(row.name, asked), office(row)),
      make("td", { class: "year" }, chip(disclosure)),
      figure(`${words.amount} (${words.unit})`, what[3], "", amount),
    ],
    findings: ({ what, row, disclosure }, asked) => [
      make("td", { class: "name" }, row.file ? make("a", { href: anchored(row, what[4]) }, ...marked(what[0], asked)) : make("span", {}, ...marked(what[0], asked)),
        what[3] ? null : make("small", {}, words.look)),
      make("td", {}, ...marked(row.name, asked), office(row)),
      make("td", { class: "year" }, chip(disclosure)),
    ],
    leftOut: ({ what }, asked) => [make("td", { class: "name" }, ...marked(what[0], asked)), make("td", {}, ...spoken(what[1]))],
  };
  const head = ([key, said, unit], view) => {
    const number = NUMBERS.has(key);
    const label = unit ? [said, make("small", {}, unit)] : [said];
    if (!key) return make("th", {}, ...label);
    const asked = state.sort || USUAL[view] || "";
    const now = asked.replace("-", "") === key, down = asked.startsWith("-");
    // Numbers begin with the largest, names with the first.
    const next = now ? (down ? key : `-${key}`) : number ? `-${key}` : key;
    const button = make("button", { type: "button", title: fill(words.sort, { column: said }) },
      said, now ? (down ? " ↓" : " ↑") : "", ...label.slice(1));
    button.addEventListener("click", () => go({ sort: next, page: "1" }));
    const order = now ? (down ? "descending" : "ascending") : undefined;
    return make("th", { class: number ? "n" : undefined, "aria-sort": order }, button);
  };
  const pager = (page, pages, from, to, all) => {
    const step = (said, to, can) => {
      const button = make("button", { type: "button" }, said);
      button.disabled = !can;
      button.addEventListener("click", () => { go({ page: String(to) }); byId("views").scrollIntoView(); });
      return button;
    };
    if (pages < 2) return [make("span", { class: "soft" }, fill(words.range, { from, to, all }))];
    return [step(words.previous, page - 1, page > 1), fill(words.pages, { page, pages }),
      step(words.next, page + 1, page < pages), make("span", { class: "soft" }, fill(words.range, { from, to, all }))];
  };
  const show = (whole = false) => {
    const found = matching(), view = state.view, list = sorted(found[view], view, found.asked);
    byId("views").replaceChildren(...VIEWS.filter(name => listOf(name).length || name === view).map(name => {
      const link = make("a", { href: address({ view: name, sort: "", page: "1" }), "aria-current": name === view ? "true" : undefined },
        words[name], " ", make("small", {}, count.format(found[name].length)));
      return link;
    }));
    const pages = Math.max(1, Math.ceil(list.length / PAGE));
    const page = Math.min(Math.max(1, Number.parseInt(state.page, 10) || 1), pages);
    const start = whole ? 0 : (page - 1) * PAGE;
    const part = whole ? list : list.slice(start, start + PAGE);
    byId("list").replaceChildren(list.length
      ? make("table", { class: `list ${view}` }, make("thead", {}, make("tr", {}, ...COLUMNS[view].map(one => head(one, view)))),
        make("tbody", {}, ...part.map(one => make("tr", {}, ...ROW[view](one, found.asked)))))
      : make("p", { class: "empty" }, view === "leftOut" && !more.leftOut.length ? words.noneLeftOut : words.none));
    byId("pager").replaceChildren(...(list.length ? pager(page, pages, start + 1, start + part.length, list.length) : []));
    const set = FILTERS.filter(name => state[name]);
    const said = set.map(name => byId(name).selectedOptions[0]?.textContent ?? state[name]);
    byId("clear").hidden = !set.length && !state.q;
    byId("chosen").textContent = said.join(" · ");
    const told = [state.q, ...said].filter(Boolean);
    byId("printed").textContent = told.length ? fill(words.printed, { filters: told.join(" · ") }) : "";
  };
  const controls = () => {
    byId("q").value = state.q;
    for (const name of FILTERS) {
      byId(name).value = state[name];
      byId(name).classList.toggle("set", Boolean(state[name]));
    }
  };

  /* --- begin --------------------------------------------------------------------------- */
  const options = {
    region: regions.map((name, at) => [name || " ", regionNames[at] || words.otherRegion]),
    level: levels.map(([name, said]) => [name || " ", said]),
    year: [...new Set(rows.flatMap(row => row.all.map(one => one[YEAR])))].sort((a, b) => b - a).map(year => [year, year]),
    kind: kinds.filter((_, at) => rows.some(row => row.all.some(one => one[KIND] === at))),
  };
  for (const [name, all] of Object.entries(options)) {
    byId(name).append(...all.map(([value, said]) => make("option", { value }, String(said))));
    byId(name).closest("label").hidden = all.length < 2;
  }
  let waiting = 0;
  byId("q").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => go({ q: byId("q").value, page: "1" }, true), LATE);
  });
  for (const name of FILTERS) {
    byId(name).addEventListener("input", () => { go({ [name]: byId(name).value, page: "1" }); controls(); });
  }
  byId("clear").addEventListener("click", () => { go({ ...EMPTY, view: state.view }); controls(); });
  const again = () => { read(); controls(); show(); };
  addEventListener("hashchange", again);
  addEventListener("popstate", again);
  addEventListener("beforeprint", () => show(true));
  addEventListener("afterprint", () => show());
  if (matchMedia("(max-width: 44rem)").matches) byId("filters").open = false;
  byId("tools").hidden = byId("views").hidden = false;
  again();
})();
