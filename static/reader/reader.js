// Searches the titles of a copy's conversations. Pages on a disk may fetch nothing, so the titles come as scripts.
"use strict";
const search = document.getElementById("search");
const input = document.getElementById("words");
const found = document.getElementById("found");
const hits = document.getElementById("hits");
const MOST = 200;
const titles = [];
let ready = null;

const folded = (text) => text.normalize("NFKC").toLowerCase();

window.zcodeTitles = (some) => {
  for (const [title, day, href] of some) titles.push({ title, day, href, words: folded(title) });
};

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

function item({ title, day, href }) {
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
  const words = folded(input.value).split(/\s+/).filter(Boolean);
  const all = words.length ? titles.filter((each) => words.every((word) => each.words.includes(word))) : [];
  const said = all.length > MOST ? search.dataset.more : all.length ? search.dataset.some : search.dataset.none;
  found.textContent = words.length ? said.replace("{count}", all.length.toLocaleString(document.documentElement.lang)) : "";
  hits.replaceChildren(...all.slice(0, MOST).map(item));
}

search.hidden = false;
input.addEventListener("focus", load, { once: true });
input.addEventListener("input", look);
if (input.value) look(); // which a browser may have kept on the way back
