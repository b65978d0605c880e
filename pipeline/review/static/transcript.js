// The words in step with the sound. All lines are in the page, so that the browser's own find sees them; those out of
// sight cost nothing (content-visibility). Words are no elements: their places are kept as offsets into a line's text.
import { $, api, clock, commonKeys, el, load, meeting, onChange, onKeys, plural, save, settled, sound, takeUp, toast, trying, unsaved } from "./core.js";

let lines = [];
let nodes = []; // the element of each line
let cursor = { line: 0, word: 0, last: 0 }; // words [word, last] of a line
const canMark = "highlights" in CSS;
const marks = {};
if (canMark) for (const name of ["found", "now", "cursor"]) { marks[name] = new Highlight(); CSS.highlights.set(name, marks[name]); }

/** Where each word begins in its line's text. */
function offsets(line) {
  if (!line.offsets) {
    let at = 0;
    line.offsets = line.words.map((w) => { const here = at; at += w.length + 1; return here; });
  }
  return line.offsets;
}

function range(n, first, last) {
  const text = nodes[n]?.querySelector("p")?.firstChild;
  if (!text) return null;
  const from = offsets(lines[n]);
  return stretch(text, from[first], from[last] + lines[n].words[last].length);
}

// Static ranges: live ones would be moved along with every change of the page, thousands of them.
const stretch = (text, start, end) => new StaticRange({ startContainer: text, startOffset: start, endContainer: text, endOffset: Math.min(text.length, end) });

function mark(name, ranges) {
  if (!canMark) return;
  marks[name].clear();
  for (const r of ranges) if (r) marks[name].add(r);
}

// ---- showing ------------------------------------------------------------------------------------------------------------

function row(line, n, before) {
  const fresh = !before || before.name !== line.name || before.voice !== line.voice;
  return el("div", { class: "line", "data-n": n },
    fresh ? el("button", { type: "button", class: line.name ? "name" : "name nobody", title: "Whose line is this? (N)" }, line.name || `${line.voice === "unnamed" ? "Nobody" : line.voice} (not named)`) : null,
    el("p", {}, line.words.join(" ")),
    el("button", { type: "button", class: "moment", tabIndex: -1, "aria-label": `Play from ${clock(line.start)}` }, clock(line.start)));
}

function show() {
  const place = $("transcript");
  const fragment = document.createDocumentFragment();
  nodes = lines.map((line, n) => row(line, n, lines[n - 1]));
  sight.disconnect();
  inSight.clear();
  fragment.append(...nodes);
  place.replaceChildren(lines.length ? fragment : el("div", { class: "empty" }, el("h2", {}, "Nothing was said")));
  place.ariaBusy = "false";
  for (const node of nodes) sight.observe(node);
  cursor.line = Math.min(cursor.line, Math.max(0, lines.length - 1));
  showCursor();
}

async function refresh() {
  const found = await trying(() => api(`/api/m/${meeting}/transcript`));
  if (!found) return;
  lines = found.lines;
  show();
  if ($("find").value) find();
}

// ---- the cursor ----------------------------------------------------------------------------------------------------------

function showCursor({ scroll = false } = {}) {
  const line = lines[cursor.line];
  if (!line) return;
  cursor.word = Math.max(0, Math.min(cursor.word, line.words.length - 1));
  cursor.last = Math.max(cursor.word, Math.min(cursor.last, line.words.length - 1));
  mark("cursor", [range(cursor.line, cursor.word, cursor.last)]);
  for (const old of document.querySelectorAll(".line.here")) if (old !== nodes[cursor.line]) old.classList.remove("here");
  nodes[cursor.line]?.classList.add("here");
  if (scroll) nodes[cursor.line]?.scrollIntoView({ block: "nearest" });
}

function move(line, word, scroll = true) {
  const n = Math.max(0, Math.min(lines.length - 1, line));
  cursor = { line: n, word, last: word };
  showCursor({ scroll });
}

function step(by) {
  const line = lines[cursor.line];
  const word = (by > 0 ? cursor.last : cursor.word) + by;
  if (word >= (line?.words.length ?? 0)) move(cursor.line + 1, cursor.line + 1 < lines.length ? 0 : word - 1);
  else if (word < 0) { const before = Math.max(0, cursor.line - 1); move(before, lines[before].words.length - 1); }
  else move(cursor.line, word);
}

function widen(by) {
  cursor.last = Math.max(cursor.word, Math.min(cursor.last + by, lines[cursor.line].words.length - 1));
  showCursor();
}

/** Line and word under a point of the window. */
function wordAt(x, y) {
  const place = document.caretPositionFromPoint?.(x, y);
  const old = place ? null : document.caretRangeFromPoint?.(x, y);
  const [node, offset] = place ? [place.offsetNode, place.offset] : old ? [old.startContainer, old.startOffset] : [null, 0];
  const holder = node?.parentElement?.closest?.(".line p") && node.parentElement.closest(".line");
  if (!holder) return null;
  const n = Number(holder.dataset.n);
  return [n, wordOf(n, offset)];
}

function wordOf(n, offset) {
  const from = offsets(lines[n]);
  let low = 0, high = from.length - 1;
  while (low < high) { const middle = (low + high + 1) >> 1; if (from[middle] <= offset) low = middle; else high = middle - 1; }
  return low;
}

$("transcript").addEventListener("click", (event) => {
  const holder = event.target.closest(".line");
  if (!holder) return;
  const n = Number(holder.dataset.n);
  if (event.target.closest(".name")) { move(n, 0, false); name(); return; }
  if (event.target.closest(".moment")) { move(n, 0, false); sound.from(lines[n].start); return; }
  const chosen = getSelection();
  if (chosen && !chosen.isCollapsed) { // words that were drawn over are what `E` corrects
    const [a, b] = [chosen.anchorNode, chosen.focusNode].map((x) => x?.parentElement?.closest(".line"));
    if (a && a === b) {
      const [from, to] = [chosen.anchorOffset, chosen.focusOffset].sort((x, y) => x - y);
      const line = Number(a.dataset.n);
      cursor = { line, word: wordOf(line, from), last: wordOf(line, Math.max(from, to - 1)) };
      showCursor();
    }
    return;
  }
  const there = wordAt(event.clientX, event.clientY);
  if (!there) return;
  move(there[0], there[1], false);
  sound.from(lines[there[0]].at[there[1]] / 1000);
});

// ---- in step with the sound ------------------------------------------------------------------------------------------------

let heard = -1;
let spoken = ""; // the word that is marked
sound.listen(() => {
  if (sound.paused && heard < 0) return;
  const ms = sound.time * 1000;
  let low = 0, high = lines.length - 1;
  while (low < high) { const middle = (low + high + 1) >> 1; if (lines[middle].start * 1000 <= ms + 1) low = middle; else high = middle - 1; }
  const line = lines[low];
  if (!line) return;
  let word = line.at.length - 1;
  while (word > 0 && line.at[word] > ms + 1) word--;
  const key = ms <= line.to[word] + 700 ? `${low}:${word}` : "";
  if (key !== spoken) mark("now", key ? [range(low, word, word)] : []);
  spoken = key;
  if (low !== heard && !sound.paused) {
    const box = nodes[low].getBoundingClientRect();
    if (box.top < 120 || box.bottom > innerHeight - 90) nodes[low].scrollIntoView({ block: "center" });
  }
  heard = sound.paused ? -1 : low;
});

// ---- finding ------------------------------------------------------------------------------------------------------------------

let hits = []; // [line, first word, last word, offset]
let hit = -1;
const hitsOf = new Map(); // of each line, the stretches of its text
const inSight = new Set();

/** Only what is in sight is marked: a common word has thousands of places. */
function markFound() {
  mark("found", [...inSight].flatMap((n) => {
    const text = nodes[n]?.querySelector("p")?.firstChild;
    return text ? (hitsOf.get(n) ?? []).map(([start, end]) => stretch(text, start, end)) : [];
  }));
}

const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) inSight.add(Number(target.dataset.n)); else inSight.delete(Number(target.dataset.n));
  }
  if (hitsOf.size) markFound();
}, { rootMargin: "300px" });

function find() {
  const needle = $("find").value.trim().replace(/\s+/g, " ").toLocaleLowerCase();
  hits = [];
  if (needle.length > 1) {
    lines.forEach((line, n) => {
      line.folded ??= line.words.join(" ").toLocaleLowerCase();
      for (let at = line.folded.indexOf(needle); at >= 0 && hits.length < 5000; at = line.folded.indexOf(needle, at + needle.length))
        hits.push([n, wordOf(n, at), wordOf(n, at + needle.length - 1), at]);
    });
  }
  hitsOf.clear();
  for (const [n, , , at] of hits) hitsOf.set(n, [...(hitsOf.get(n) ?? []), [at, at + needle.length]]);
  markFound();
  hit = -1;
  $("found").textContent = needle.length > 1 ? (hits.length ? plural(hits.length, "place") : "nowhere") : "";
}
const finding = settled(find, 120);

function nextHit(by) {
  if (!hits.length) return;
  hit = hit < 0 ? (by > 0 ? Math.max(0, hits.findIndex(([n, w]) => n > cursor.line || (n === cursor.line && w >= cursor.word))) : hits.length - 1) : (hit + by + hits.length) % hits.length;
  const [n, first, last] = hits[hit];
  cursor = { line: n, word: first, last };
  showCursor();
  nodes[n].scrollIntoView({ block: "center" });
  $("found").textContent = `${hit + 1} of ${hits.length}`;
}

$("find").oninput = () => finding();
$("find").onkeydown = (event) => {
  if (event.key === "Enter") { event.preventDefault(); finding.now(); nextHit(event.shiftKey ? -1 : 1); }
  if (event.key === "Escape") { $("transcript").focus({ preventScroll: true }); }
};
$("find-form").onsubmit = (event) => { event.preventDefault(); finding.now(); nextHit(1); };
$("find-back").onclick = () => nextHit(-1);

// ---- correcting words ------------------------------------------------------------------------------------------------------------

const chosenWords = () => lines[cursor.line].words.slice(cursor.word, cursor.last + 1).join(" ");

function correct() {
  if (!lines[cursor.line]) return;
  close();
  const words = chosenWords();
  $("before").textContent = words;
  $("after").value = words;
  $("correct").hidden = false;
  $("after").select();
  preview();
}

const bare = (text) => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");

const preview = settled(async () => {
  const before = bare($("before").textContent);
  const found = await trying(() => api(`/api/m/${meeting}/places?before=${encodeURIComponent(before)}&after=${encodeURIComponent(bare($("after").value.trim()))}`));
  if (!found || $("correct").hidden) return;
  $("places-count").textContent = `(${found.count})`;
  $("everywhere").disabled = !found.count;
  $("places").replaceChildren(...found.places.slice(0, 30).map((p) => el("li", {}, el("small", {}, clock(p.start)), `${p.before} `, el("del", {}, p.found), " ", el("ins", {}, bare($("after").value.trim())), ` ${p.after}`)));
}, 150);

async function correctHere() {
  const line = lines[cursor.line];
  const before = chosenWords();
  let after = $("after").value.trim();
  close();
  // Typed over: the comma or full stop behind the old word stays, unless it is what was corrected.
  const end = before.match(/[.,;:?!…]+$/)?.[0];
  if (end && bare(after) && bare(after) !== bare(before) && !/[.,;:?!…]$/.test(after)) after += end;
  if (before === after) return;
  const place = { start: line.at[cursor.word] / 1000, end: line.to[cursor.last] / 1000 };
  // The page shows it before the server has it.
  line.words.splice(cursor.word, cursor.last - cursor.word + 1, ...after.split(/\s+/).filter(Boolean));
  delete line.offsets;
  delete line.folded;
  nodes[cursor.line].querySelector("p").textContent = line.words.join(" ");
  await save([{ do: "words", before, after, ...place }]);
}

async function correctEverywhere() {
  const [before, after] = [bare($("before").textContent), bare($("after").value.trim())];
  const count = $("places-count").textContent;
  close();
  if (!before || before === after) return;
  if (await save([{ do: "words", before, after, everywhere: true }])) toast(`“${before}” is “${after}” now ${count}.`);
}

// ---- naming a line ------------------------------------------------------------------------------------------------------------

function name() {
  const line = lines[cursor.line];
  if (!line) return;
  close();
  $("naming-line").textContent = line.words.slice(0, 8).join(" ") + (line.words.length > 8 ? " …" : "");
  $("line-name").value = line.name || "";
  $("naming").hidden = false;
  $("line-name").select();
}

function nameLine(whole) {
  const line = lines[cursor.line];
  const who = $("line-name").value.trim() || null;
  close();
  save(whole ? [{ do: "voice", voice: line.voice, name: who }] : [{ do: "lines", lines: [[line.start, line.end]], name: who }])
    .then((well) => well && toast(whole ? `The whole voice is ${who || "nobody"} now.` : `This line is ${who ? `${who}’s` : "nobody’s"} now.`));
}

function close() {
  const was = !$("correct").hidden || !$("naming").hidden;
  $("correct").hidden = $("naming").hidden = true;
  if (was) $("transcript").focus({ preventScroll: true });
}

$("correct").onsubmit = (event) => { event.preventDefault(); correctHere(); };
$("after").oninput = () => preview();
$("everywhere").onclick = correctEverywhere;
$("correct-close").onclick = $("naming-close").onclick = close;
$("naming").onsubmit = (event) => { event.preventDefault(); nameLine(false); };
$("whole-voice").onclick = () => nameLine(true);
for (const [form, shifted] of [["correct", correctEverywhere], ["naming", () => nameLine(true)]]) {
  $(form).addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); close(); }
    if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); shifted(); }
  });
}

// ---- keys -------------------------------------------------------------------------------------------------------------------

onKeys({
  Space: [() => { if (sound.paused) sound.from((lines[cursor.line]?.at[cursor.word] ?? 0) / 1000); else sound.toggle(); }, "Play from the cursor; again stops"],
  ArrowRight: [() => step(1), "Next word, word before", "→ ←"],
  ArrowLeft: [() => step(-1), ""],
  "Shift+ArrowRight": [() => widen(1), "More words, fewer words", "Shift+→ Shift+←"],
  "Shift+ArrowLeft": [() => widen(-1), ""],
  ArrowDown: [() => move(cursor.line + 1, 0), "Next line, line before", "↓ ↑"],
  ArrowUp: [() => move(cursor.line - 1, 0), ""],
  e: [correct, "Correct the words under the cursor", "E"],
  Enter: [correct, ""],
  n: [name, "Say whose line it is", "N"],
  "/": [() => $("find").select(), "Find (the browser’s own find works too)"],
});
commonKeys();
onChange(() => { if (!unsaved()) { trying(load); refresh(); } });

async function open() {
  await Promise.all([refresh(), trying(load)]);
  const wanted = Number(new URLSearchParams(location.hash.slice(1)).get("t"));
  if (wanted) {
    let n = lines.findIndex((l) => l.end > wanted);
    if (n < 0) n = lines.length - 1;
    move(n, Math.max(0, lines[n].at.findIndex((ms) => ms >= wanted * 1000 - 1)), false);
    nodes[n]?.scrollIntoView({ block: "center" });
    sound.seek(wanted);
  }
  // Who has begun to type in a field meanwhile keeps it.
  if (document.activeElement === document.body) $("transcript").focus({ preventScroll: true });
  takeUp();
}
open();
