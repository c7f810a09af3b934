/* Pages beside rows: turns pages, zooms, and outlines the place of the row that was clicked.
   `data`: as bkRows takes it, with pages [{name, number, width, height, src}] and
   at [[[page, x0, top, x1, bottom]] of each row]. */
function bkViewer(root, data) {
  const STEP = 1.25, LEAST = 0.5, MOST = 6, {pages, at, say} = data;
  let now = 0, zoom = 1, chosen = -1, turn = 0;
  const button = (text, title, act) => {
    const made = Object.assign(document.createElement('button'), {type: 'button', textContent: text,
      title, ariaLabel: title});
    made.addEventListener('click', act);
    return made;
  };
  const div = (className, ...inside) => {
    const made = document.createElement('div');
    made.className = className; made.append(...inside);
    return made;
  };
  const picture = document.createElement('img'), marks = div('marks');
  const sheet = div('sheet', picture, marks), pane = div('pane', sheet);
  pane.tabIndex = 0;
  const choice = document.createElement('select');
  choice.title = choice.ariaLabel = say.page;
  pages.forEach((page, n) => choice.append(new Option(page.name, n)));
  const size = document.createElement('span'), note = document.createElement('small');
  const before = button('◀', say.before, () => show(now - 1));
  const next = button('▶', say.next, () => show(now + 1));
  const bar = div('bar', before, choice, next, button('−', say.smaller, () => scale(zoom / STEP)),
    size, button('+', say.larger, () => scale(zoom * STEP)),
    button('↔', say.fit, () => scale(1)), note);
  const side = div('side bk-rows');
  root.append(div('both', div('left', bar, pane), side));

  const percent = (value, whole) => `${100 * value / whole}%`;
  /* An outline stands this far (points) off the figure, so that it hides no digit. */
  const AIR = 3;
  function mark(place, n) {
    const [, x0, top, x1, bottom] = place, page = pages[now];
    const made = div(n === chosen ? 'mark chosen' : 'mark');
    Object.assign(made.style, {left: percent(x0 - AIR, page.width), top: percent(top - AIR, page.height),
      width: percent(x1 - x0 + 2 * AIR, page.width), height: percent(bottom - top + 2 * AIR, page.height)});
    made.addEventListener('click', () => table.choose(n));
    return made;
  }
  const on = pages.map(() => []);
  at.forEach((places, n) => places.forEach(place => on[place[0]].push([place, n])));
  function show(n) {
    now = Math.min(Math.max(n, 0), pages.length - 1);
    const page = pages[now];
    if (picture.src !== page.src) picture.src = page.src;
    picture.alt = page.name;
    sheet.style.aspectRatio = `${page.width} / ${page.height}`;
    choice.value = now; before.disabled = now === 0; next.disabled = now === pages.length - 1;
    marks.replaceChildren(...on[now].map(([place, row]) => mark(place, row)));
  }
  function scale(wanted) {
    const old = zoom;
    zoom = Math.min(Math.max(wanted, LEAST), MOST);
    const x = pane.scrollLeft + pane.clientWidth / 2, y = pane.scrollTop + pane.clientHeight / 2;
    sheet.style.width = `${100 * zoom}%`;
    size.textContent = `${Math.round(100 * zoom)} %`;
    pane.scrollLeft = x * zoom / old - pane.clientWidth / 2;
    pane.scrollTop = y * zoom / old - pane.clientHeight / 2;
  }
  /* Of a row that is printed in several places, another click shows the next one. */
  function choose(n) {
    turn = n === chosen ? turn + 1 : 0;
    chosen = n;
    const places = at[n];
    note.textContent = places.length ? (places.length > 1 ? `${turn % places.length + 1} / ${places.length}` : '')
      : say.off;
    if (!places.length) { show(now); return; }
    const [page, x0, top, x1, bottom] = places[turn % places.length];
    show(page);
    const {width, height} = pages[page], wide = sheet.offsetWidth, high = sheet.offsetHeight;
    pane.scrollLeft = (x0 + x1) / 2 / width * wide - pane.clientWidth / 2;
    pane.scrollTop = (top + bottom) / 2 / height * high - pane.clientHeight / 2;
  }
  choice.addEventListener('change', () => show(Number(choice.value)));
  pane.addEventListener('keydown', event => {
    const step = {PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (step) { event.preventDefault(); show(now + step); }
    if (event.key === '+' || event.key === '-') scale(event.key === '+' ? zoom * STEP : zoom / STEP);
  });
  pane.addEventListener('wheel', event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    scale(event.deltaY < 0 ? zoom * STEP : zoom / STEP);
  }, {passive: false});
  const table = bkRows(side, data, choose);
  show(data.start); scale(1);
}
