// One slide at a time, by key, button or swipe; without this script they stand below one another.
"use strict";
(() => {
  const WIDTH = 1280, HEIGHT = 720, SMALLEST = 13, SWIPE = 50;
  const stage = document.getElementById("stage"), slides = [...stage.children];
  let now = 0;

  // What is too long for its slide gets smaller until it fits.
  function fit(slide) {
    const body = slide.querySelector(".body"), shown = body.querySelector(".output");
    const over = () => [body, ...body.querySelectorAll(".output, .text, .table, .code")].some(part =>
      part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1);
    const shrink = (part, smallest) => {
      let size = parseFloat(getComputedStyle(part).fontSize);
      while (over() && size > smallest) part.style.fontSize = `${size -= 1}px`;
    };
    shrink(body, SMALLEST);
    if (!shown) return;
    // What has a size of its own is made smaller as a whole.
    for (let by = 0.95; over() && by > 0.4; by -= 0.05) shown.style.zoom = by;
    document.body.classList.add("show-code");
    shrink(body.querySelector(".code"), SMALLEST);
    document.body.classList.remove("show-code");
  }

  function scale() {
    const by = Math.min(innerWidth / WIDTH, innerHeight / HEIGHT);
    stage.style.transform = `scale(${by}) translate(-50%, -50%)`;
  }

  function show(number) {
    slides[now].classList.remove("now", "large");
    now = Math.max(0, Math.min(slides.length - 1, number));
    slides[now].classList.add("now");
    history.replaceState(null, "", `#${now + 1}`);
  }

  const keys = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1,
    ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -Infinity, End: Infinity,
  };
  const code = () => document.body.classList.toggle("show-code");
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.tagName === "BUTTON" && (event.key === " " || event.key === "Enter")) return;
    if (event.key.toLowerCase() === "c") code();
    else if (event.key in keys) { event.preventDefault(); show(now + keys[event.key]); }
  });
  document.getElementById("code").addEventListener("click", code);
  document.getElementById("back").addEventListener("click", () => show(now - 1));
  document.getElementById("next").addEventListener("click", () => show(now + 1));
  // A page's picture is as large as the slide, until the next click.
  stage.addEventListener("click", event => {
    if (event.target.tagName === "IMG") slides[now].classList.toggle("large");
  });
  let from = null;
  addEventListener("touchstart", event => {
    from = event.touches.length === 1 ? event.touches[0].clientX : null;
  }, { passive: true });
  addEventListener("touchend", event => {
    if (from === null) return;
    const by = event.changedTouches[0].clientX - from;
    if (Math.abs(by) > SWIPE) show(now + (by < 0 ? 1 : -1));
    from = null;
  });
  addEventListener("hashchange", () => show(parseInt(location.hash.slice(1), 10) - 1 || 0));
  addEventListener("resize", scale);
  document.body.classList.add("running");
  scale();
  show(parseInt(location.hash.slice(1), 10) - 1 || 0);
  // Pictures have a size only now.
  addEventListener("load", () => {
    slides.forEach(fit);
    document.body.dataset.ready = "yes";
  });
})();
