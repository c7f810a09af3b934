// Checks answers inside of the page: what is typed is normalised, salted and hashed, and the hash is
// looked up among those of the answer and of the usual mistakes. Nothing is sent anywhere.
"use strict";
(() => {
  const about = JSON.parse(document.getElementById("about").textContent);
  const known = new Map(about.exercises.map(one => [one.id, one]));
  const HINT_AFTER = 2, SOLUTION_AFTER = 3, DIGITS = 24;

  // SHA-256, as crypto.subtle is not there for every file that is opened from a disk.
  function sha256(text) {
    const primes = [], isPrime = n => primes.every(p => n % p);
    for (let n = 2; primes.length < 64; n++) if (isPrime(n)) primes.push(n);
    const part = x => ((x - Math.floor(x)) * 0x100000000) | 0;
    const K = primes.map(p => part(Math.cbrt(p)));
    const H = primes.slice(0, 8).map(p => part(Math.sqrt(p)));
    const bytes = [...new TextEncoder().encode(text)], bits = bytes.length * 8;
    bytes.push(0x80);
    while (bytes.length % 64 !== 56) bytes.push(0);
    for (let i = 7; i >= 0; i--) bytes.push(i > 3 ? 0 : (bits >>> (i * 8)) & 255);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < bytes.length; at += 64) {
      const w = [];
      for (let i = 0; i < 64; i++) {
        if (i < 16) {
          const b = at + i * 4;
          w[i] = (bytes[b] << 24) | (bytes[b + 1] << 16) | (bytes[b + 2] << 8) | bytes[b + 3];
        } else {
          const a = w[i - 15], c = w[i - 2];
          const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3), s1 = turn(c, 17) ^ turn(c, 19) ^ (c >>> 10);
          w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
        }
      }
      let [a, b, c, d, e, f, g, h] = H;
      for (let i = 0; i < 64; i++) {
        const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25), s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((x, i) => { H[i] = (H[i] + x) | 0; });
    }
    return H.map(x => (x >>> 0).toString(16).padStart(8, "0")).join("");
  }

  const squeeze = text => text.normalize("NFKC").replace(/\s+/g, "");

  // The answer as Python normalises it; null where a number is asked for and none is there.
  function normal(text, exercise) {
    const plain = squeeze(text);
    if (exercise.kind === "number") {
      const found = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?:万元|元|%|人|yuan)?$/.exec(plain.replace("−", "-"));
      if (!found) return null;
      const fixed = Number(found[1].replace(/,/g, "")).toFixed(exercise.places);
      return Number(fixed) === 0 ? fixed.replace("-", "") : fixed;
    }
    if (exercise.kind === "set" || exercise.kind === "list") {
      const several = text.normalize("NFKC").split(/[\s,、;，；]+/).map(squeeze).filter(Boolean);
      const lower = several.map(one => one.toLowerCase());
      return (exercise.kind === "set" ? lower.sort() : lower).join("|");
    }
    return plain.toLowerCase();
  }

  const shown = coded => new TextDecoder().decode(Uint8Array.from(atob(coded), c => c.charCodeAt(0)));
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  // What is said of the answers of all fields: its kind, and the sentence.
  function judge(exercise, texts) {
    if (texts.some(text => !text.trim())) return ["gap", about.words.gap_page];
    if (exercise.kind === "guess") {
      const guess = fill(about.words.guessed, { guess: texts[0].trim() });
      return ["guess", `${guess} ${shown(exercise.answer)}`];
    }
    const answers = texts.map(text => normal(text, exercise));
    if (answers.includes(null)) {
      // 75,93: a comma that separates no thousands.
      const comma = texts.some((text, n) => answers[n] === null && /\d,\d/.test(squeeze(text)));
      return ["wrong", comma ? about.words.decimal_comma : about.words.number_wanted];
    }
    const names = answers.map((one, n) => {
      const field = exercise.fields[n];
      return field.hashes[sha256(`${field.salt}|${one}`).slice(0, DIGITS)] ?? [];
    });
    const wrong = names.filter(of => !of.includes("right")), right = names.length - wrong.length;
    if (wrong.length === 0) return ["right", exercise.said.right];
    // Two mistakes may give the same number in one field: told is the one that explains all of them.
    const told = wrong[0].find(name => wrong.every(of => of.includes(name)));
    if (told) return ["mistake", exercise.said[told]];
    const some = fill(about.words.some_right, { right, all: names.length });
    return ["wrong", names.length > 1 ? some : about.words.not_yet];
  }

  for (const box of document.querySelectorAll(".exercise")) {
    const exercise = known.get(box.dataset.id), said = box.querySelector(".said");
    const show = box.querySelector(".show"), solution = box.querySelector(".solution");
    const inputs = [...box.querySelectorAll("input")];
    let tries = 0;
    const check = () => {
      const [kind, sentence] = judge(exercise, inputs.map(input => input.value));
      const lines = [sentence];
      if (kind === "mistake" || kind === "wrong") {
        tries += 1;
        if (tries >= HINT_AFTER) lines.push(exercise.hint);
        if (tries >= SOLUTION_AFTER) show.hidden = false;
      }
      said.dataset.kind = kind;
      said.replaceChildren(...lines.map(line => {
        const p = document.createElement("p");
        p.textContent = line;
        return p;
      }));
    };
    box.querySelector(".check").addEventListener("click", check);
    for (const input of inputs) {
      input.addEventListener("keydown", event => { if (event.key === "Enter") check(); });
    }
    show.addEventListener("click", () => {
      solution.hidden = false;
      solution.querySelector(".answer").textContent = shown(exercise.answer);
    });
  }
})();
