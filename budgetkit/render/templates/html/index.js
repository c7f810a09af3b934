"use strict";
(() => {
  const rows = Array.from(document.querySelectorAll("tr[data-year]"), row => ({
    row, year: row.dataset.year, failed: "failed" in row.dataset,
    text: row.textContent.toLowerCase(),
  }));
  const groups = Array.from(document.querySelectorAll("section[data-region]"));
  const [search, region, year, failed] = ["search", "region", "year", "failed"]
    .map(name => document.getElementById(name));
  const shown = document.getElementById("shown");
  const update = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const item of rows) {
      const group = item.row.closest("section").dataset.region;
      const hit = words.every(word => item.text.includes(word))
        && (!year.value || item.year === year.value)
        && (!region.value || region.value === group)
        && (!failed.checked || item.failed);
      item.row.hidden = !hit;
      count += hit;
    }
    for (const group of groups) group.hidden = !group.querySelector("tr[data-year]:not([hidden])");
    shown.textContent = count;
  };
  for (const control of [search, region, year, failed]) control.addEventListener("input", update);
  document.getElementById("tools").hidden = false;
  update();
})();
