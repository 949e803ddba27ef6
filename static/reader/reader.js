// Searches the titles of a copy's conversations. Pages on a disk may fetch nothing, so the titles come as scripts.
"use strict";
const titles = [];
const search = document.getElementById("search");
const input = document.getElementById("words");
const found = document.getElementById("found");
const hits = document.getElementById("hits");
const MOST = 200;
let ready = null;

window.zcodeTitles = (some) => titles.push(...some);

function load() {
  ready ??= [...Array(Number(search.dataset.sources)).keys()].reduce((before, number) => before.then(() => add(number + 1)), Promise.resolve());
  return ready;
}

function add(number) {
  return new Promise((done) => {
    const script = document.createElement("script");
    script.src = `reader/titles-${String(number).padStart(3, "0")}.js`;
    script.onload = script.onerror = done;
    document.head.append(script);
  });
}

function item([title, day, href]) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  const time = document.createElement("time");
  link.href = href;
  link.textContent = title;
  time.textContent = day;
  line.append(link, time);
  return line;
}

async function look() {
  await load();
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) {
    found.textContent = "";
    hits.replaceChildren();
    return;
  }
  const all = titles.filter(([title]) => words.every((word) => title.toLowerCase().includes(word)));
  const more = all.length > MOST ? ` ${search.dataset.more}` : "";
  found.textContent = all.length ? `${all.length} ${search.dataset.some}.${more}` : search.dataset.none;
  hits.replaceChildren(...all.slice(0, MOST).map(item));
}

search.hidden = false;
input.addEventListener("focus", load, { once: true });
input.addEventListener("input", look);
