/* A table that sorts, filters by column and exports what it shows. `data`: columns [{name, unit,
   decimals}], rows [[cell]], total, say {word}, file. Rows are drawn as they come into view. */
function bkRows(root, data, onRow) {
  const CHUNK = 200, MOST_CHOICES = 30, LONG = 12, PAUSE = 80;
  const {columns, rows, say} = data;
  const element = (tag, more = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), more);
    made.append(...inside);
    return made;
  };
  const plain = (cell, i) => cell === null ? '' : typeof cell === 'number' && columns[i].decimals
    ? written(cell) : String(cell);
  const two = new Intl.NumberFormat('en', {minimumFractionDigits: 2, maximumFractionDigits: 2});
  const written = cell => cell !== 0 && Math.abs(cell) < 0.005 ? cell.toPrecision(2) : two.format(cell);
  const numeric = columns.map((_, i) => rows.some(row => typeof row[i] === 'number'));
  const order = new Intl.Collator('zh', {numeric: true}).compare;
  let texts = null, sorted = null, shown = rows.map((_, n) => n), drawn = 0, selected = -1;
  const lines = new Map();

  const search = element('input', {type: 'search', placeholder: say.search, ariaLabel: say.search});
  const count = element('span', {className: 'count'}), all = element('span', {className: 'all'});
  const save = element('button', {type: 'button', className: 'save', textContent: 'CSV',
    title: say.export});
  const clear = element('button', {type: 'button', className: 'clear', textContent: say.clear});
  const filters = columns.map(column => element('input', {type: 'search', title: say.help,
    ariaLabel: `${say.filter} ${column.name}`}));
  const heads = columns.map((column, i) => {
    const button = element('button', {type: 'button'}, column.name);
    if (column.unit) button.append(' ', element('small', {}, `(${column.unit})`));
    const head = element('th', {scope: 'col'}, button);
    button.addEventListener('click', () => sort(i));
    return head;
  });
  const body = element('tbody');
  const table = element('table', {}, element('thead', {}, element('tr', {}, ...heads),
    element('tr', {className: 'filters'},
      ...filters.map((filter, i) => element('th', {}, filter, ...choices(i, filter))))), body);
  const box = element('div', {className: 'box', tabIndex: 0}, table);
  root.append(element('div', {className: 'bar'}, search, ' ', count, all, ' ', clear, ' ', save), box);

  /* What a column of few values may be filtered by. */
  function choices(i, filter) {
    const known = numeric[i] ? [] : [...new Set(rows.map(row => plain(row[i], i)))].filter(Boolean);
    if (!known.length || known.length > MOST_CHOICES) return [];
    bkRows.lists = (bkRows.lists ?? 0) + 1;
    const list = element('datalist', {id: `bk-list-${Date.now()}-${bkRows.lists}`},
      ...known.sort(order).map(value => element('option', {value: `=${value}`})));
    filter.setAttribute('list', list.id);
    return [list];
  }
  /* What a filter asks of a cell; null where it asks for nothing. */
  function test(i) {
    const asked = filters[i].value.trim().toLowerCase();
    if (!asked) return null;
    if (asked === '=') return row => plain(row[i], i) === '';
    if (asked === '!') return row => plain(row[i], i) !== '';
    if (numeric[i]) {
      const number = text => Number(text.replaceAll(',', ''));
      const range = /^(-?[\d,.]+?)\s*(?:\.\.|~|～|…)\s*(-?[\d,.]+)$/.exec(asked);
      if (range) return row => row[i] !== null && row[i] >= number(range[1]) && row[i] <= number(range[2]);
      const [, sign, side] = /^(>=|<=|≥|≤|>|<|=|!=)\s*(-?[\d,.]+)$/.exec(asked) ?? [];
      const limit = sign && number(side);
      if (sign) return row => row[i] !== null && ({'>=': row[i] >= limit, '≥': row[i] >= limit,
        '<=': row[i] <= limit, '≤': row[i] <= limit, '>': row[i] > limit, '<': row[i] < limit,
        '=': row[i] === limit, '!=': row[i] !== limit})[sign];
      const digits = asked.replaceAll(',', '');
      return row => plain(row[i], i).replaceAll(',', '').toLowerCase().includes(digits);
    }
    if (asked[0] === '=') return row => plain(row[i], i).trim().toLowerCase() === asked.slice(1).trim();
    const words = asked.split(/\s+/);
    return row => {
      const text = plain(row[i], i).toLowerCase();
      return words.every(word => word.length > 1 && word[0] === '!' ? !text.includes(word.slice(1))
        : text.includes(word));
    };
  }
  function filter() {
    const tests = columns.map((_, i) => test(i)).filter(Boolean);
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length) texts ??= rows.map(row => row.map(plain).join('\n').toLowerCase());
    shown = rows.map((_, n) => n).filter(n => tests.every(fits => fits(rows[n]))
      && words.every(word => texts[n].includes(word)));
    arrange();
  }
  function arrange() {
    if (sorted) {
      const {i, up} = sorted;
      shown.sort((a, b) => {
        const x = rows[a][i], y = rows[b][i];
        const empty = cell => cell === null || cell === '';
        if (empty(x) || empty(y)) return empty(x) - empty(y) || a - b;
        const found = typeof x === 'number' && typeof y === 'number' ? x - y : order(x, y);
        return (up ? found : -found) || a - b;
      });
    } else shown.sort((a, b) => a - b);
    count.textContent = shown.length.toLocaleString('en');
    all.textContent = ` ${say.of} ${rows.length.toLocaleString('en')} ${say.rows}`
      + (data.total > rows.length ? ` (${say.first} ${data.total.toLocaleString('en')})` : '');
    body.replaceChildren(); lines.clear(); drawn = 0; box.scrollTop = 0;
    draw();
  }
  /* A first click sorts up, a second down, a third as the frame was. */
  function sort(i) {
    const now = heads[i].getAttribute('aria-sort');
    heads.forEach(head => head.removeAttribute('aria-sort'));
    sorted = now === 'descending' ? null : {i, up: now !== 'ascending'};
    if (sorted) heads[i].setAttribute('aria-sort', sorted.up ? 'ascending' : 'descending');
    arrange();
  }
  function draw(upto = drawn + CHUNK) {
    for (; drawn < Math.min(upto, shown.length); drawn += 1) {
      const n = shown[drawn], line = element('tr');
      rows[n].forEach((cell, i) => {
        const textContent = plain(cell, i), title = textContent.length > LONG ? textContent : '';
        line.append(element('td', {className: typeof cell === 'number' ? 'n' : '', textContent, title}));
      });
      if (onRow) line.addEventListener('click', () => choose(n));
      line.classList.toggle('chosen', n === selected);
      lines.set(n, line); body.append(line);
    }
  }
  function mark(n) {
    lines.get(selected)?.classList.remove('chosen');
    selected = n;
    const at = shown.indexOf(n);
    if (at < 0) return;
    if (at >= drawn) draw(at + CHUNK);
    const line = lines.get(n), head = table.tHead.offsetHeight;
    line.classList.add('chosen');
    if (line.offsetTop < box.scrollTop + head) box.scrollTop = line.offsetTop - head;
    const under = line.offsetTop + line.offsetHeight - box.clientHeight;
    if (under > box.scrollTop) box.scrollTop = under;
  }
  function choose(n) { mark(n); onRow(n); }
  function csv() {
    const cell = value => {
      let text = value === null ? '' : String(value);
      /* A spreadsheet would take it for a formula. */
      if (typeof value === 'string' && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const all = [columns.map(column => column.name), ...shown.map(n => rows[n])];
    return '\ufeff' + all.map(row => row.map(cell).join(',') + '\n').join('');
  }
  save.addEventListener('click', () => {
    const link = element('a', {download: data.file,
      href: URL.createObjectURL(new Blob([csv()], {type: 'text/csv;charset=utf-8'}))});
    document.body.append(link); link.click(); link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  });
  let waits = 0;
  for (const input of [search, ...filters]) input.addEventListener('input', () => {
    clearTimeout(waits); waits = setTimeout(filter, rows.length > 2000 ? PAUSE : 0);
  });
  clear.addEventListener('click', () => {
    for (const input of [search, ...filters]) input.value = '';
    filter();
  });
  box.addEventListener('scroll', () => {
    if (box.scrollTop + 2 * box.clientHeight > box.scrollHeight) draw();
  });
  box.addEventListener('keydown', event => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (!onRow || !step || event.target.tagName === 'INPUT') return;
    event.preventDefault();
    const next = shown[Math.max(0, shown.indexOf(selected) + step)];
    if (next !== undefined) choose(next);
  });
  arrange();
  return {mark, choose, filter};
}
/* The output that a script stands in: JupyterLab, VS Code and a page of its own place it apart. */
function bkRoot(kind) {
  const script = document.currentScript;
  const root = script.closest(kind) ?? [...script.parentElement.querySelectorAll(kind)].pop();
  /* JupyterLab leaves the keys to what has this. */
  root.dataset.lmSuppressShortcuts = 'true';
  root.querySelectorAll('.still').forEach(still => still.remove());
  return root;
}
