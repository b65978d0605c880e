// The page exactly as it will be published; each statement leads to its moment, and to its wordings.
import { $, api, clock, commonKeys, difference, el, key, load, meeting, onChange, onKeys, save, settled, sound, takeUp, trying, unsaved } from "./core.js";

let claims = new Map(); // statements by id
let current = "";
let shown = "mine";
let editing = false;
let group = "";

const frame = $("page");
const inside = () => frame.contentDocument;
const points = () => [...(inside()?.querySelectorAll("[data-point]") ?? [])].filter((p) => claims.has(p.dataset.point));

// Our marks on the page live here only: what is published has none of them.
const MARKS = "[data-point]{cursor:pointer;border-radius:3px} [data-point]:hover{background:rgb(42 114 134/14%)} .reviewed{background:rgb(42 114 134/22%);box-shadow:0 0 0 3px rgb(42 114 134/22%)}";

function dress() {
  const page = inside();
  if (!page?.body) return;
  const sheet = new frame.contentWindow.CSSStyleSheet();
  sheet.replaceSync(MARKS);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) event.preventDefault(); // nobody leaves the review by a click on the page
    const point = event.target.closest("[data-point]");
    if (point && claims.has(point.dataset.point)) select(point.dataset.point, { hear: Boolean(link) });
  });
  page.addEventListener("keydown", (event) => document.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, shiftKey: event.shiftKey, ctrlKey: event.ctrlKey, bubbles: true })));
  light();
}
frame.addEventListener("load", dress);

function light(scroll = false) {
  for (const p of points()) p.classList.toggle("reviewed", p.dataset.point === current);
  const point = scroll && points().find((p) => p.dataset.point === current);
  if (point) frame.contentWindow.scrollBy(0, point.getBoundingClientRect().top - frame.clientHeight / 3);
}

function select(id, { hear = false } = {}) {
  if (editing) close();
  current = id;
  shown = "mine";
  light(true);
  side();
  if (hear) play();
}

function go(by) {
  const all = points();
  const at = all.findIndex((p) => p.dataset.point === current);
  const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
  if (next) select(next.dataset.point);
}

function versionButton(name, label, letter) {
  return el("button", { type: "button", "aria-pressed": String(shown === name), onclick: () => { shown = name; side(); } }, label, " ", key(letter));
}

function side() {
  const c = claims.get(current);
  if (!c) return;
  const changed = c.text !== c.generated;
  const text = shown === "generated" ? c.generated : shown === "difference" ? difference(c.generated, c.text) : c.text;
  const area = editing ? el("textarea", { value: c.text, rows: 6, "aria-label": "The statement", oninput: () => later(c.ref, area.value), onkeydown: (event) => { if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) { event.preventDefault(); close(); } } }) : null;
  $("side").replaceChildren(...[
    el("div", { class: "kicker" }, el("span", {}, c.section), c.state === "accepted" ? el("span", { class: "badge published" }, "Accepted") : el("span", { class: "badge review" }, "Not decided"), c.worded ? el("span", {}, `worded by ${c.worded}`) : null),
    editing ? null : el("div", { class: "switch", role: "group", "aria-label": "Wording" }, versionButton("generated", "Generated", "G"), versionButton("mine", "Mine", "M"), versionButton("difference", "Difference", "F")),
    area || el("p", { class: "claim-text" }, text),
    !changed && shown !== "mine" ? el("p", { class: "hint" }, "You have not changed this statement.") : null,
    el("div", { class: "notes", id: "notes" }, c.warnings.map((w) => el("p", { class: "note warn" }, w))),
    el("div", { class: "row" },
      editing ? el("button", { class: "main", type: "button", onclick: close }, "Done ", key("Enter")) : el("button", { class: "main", type: "button", onclick: edit }, "Edit ", key("E")),
      el("button", { type: "button", onclick: restore, disabled: !c.worded }, "Restore ", key("R")),
      el("button", { type: "button", class: "danger", onclick: drop }, "Drop ", key("D"))),
    el("section", { class: "evidence" }, el("h3", {}, "What it rests on ", key("Space"), " plays it"), el("ul", {}, c.evidence.map((e) => e.start === null
      ? el("li", {}, el("span", { class: "hint" }, "Event file"), el("span", {}, e.words))
      : el("li", {}, el("button", { type: "button", class: "moment", onclick: () => sound.clip(e.start, e.end, { id: c.id }) }, clock(e.start)), el("span", {}, e.speaker ? el("span", { class: "by" }, `${e.speaker}: `) : null, `“${e.words}”`))))),
  ].filter(Boolean));
  area?.focus();
}

function play(slow = false) {
  const e = claims.get(current)?.evidence.find((x) => x.start !== null);
  if (e) sound.clip(e.start, e.end, { slow, id: current });
}

function edit() { if (!claims.has(current)) return; editing = true; group = crypto.randomUUID(); side(); }

const later = settled(async (id, text) => {
  const c = claims.get(id);
  const now = text.trim();
  if (!c || !now || now === c.text) return;
  c.text = now;
  save([{ do: "text", point: id, seen: c.generated, text: now }], { group, key: id });
  const checked = await trying(() => api(`/api/m/${meeting}/check`, { point: id, text: now }));
  if (checked && current === id) { c.warnings = checked.warnings; $("notes")?.replaceChildren(...c.warnings.map((w) => el("p", { class: "note warn" }, w))); }
}, 600);

function close() {
  const area = $("side").querySelector("textarea");
  editing = false;
  if (area) later.now(current, area.value);
  side();
  $("side").focus({ preventScroll: true });
}

function restore() { if (claims.get(current)?.worded) save([{ do: "text", point: current, seen: claims.get(current).generated, text: null }]); }
function drop() { const c = claims.get(current); if (c) save([{ do: "decide", point: current, seen: c.generated, decision: "dropped", text: c.text }]); }

async function refresh() {
  const found = await trying(load);
  if (!found) return;
  claims = new Map(found.claims.filter((c) => c.kind === "point" && c.state !== "dropped").map((c) => [c.ref, c]));
  if (!editing) side();
}

async function again() {
  await refresh();
  if (editing) return;
  const place = frame.contentWindow?.scrollY ?? 0;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, place), { once: true });
  frame.contentWindow.location.reload();
}

onKeys({
  j: [() => go(1), "Next statement", "J"], k: [() => go(-1), "Statement before", "K"],
  Space: [() => play(), "Play its moment"], s: [() => play(true), "Play it slower", "S"],
  e: [edit, "Word it otherwise", "E"], g: [() => { shown = "generated"; side(); }, "As it was generated", "G"],
  m: [() => { shown = "mine"; side(); }, "As it is now", "M"], f: [() => { shown = "difference"; side(); }, "The difference", "F"],
  r: [restore, "Restore the generated wording", "R"], d: [drop, "Drop it", "D"],
});
commonKeys();
onChange((entry) => {
  if (entry.refused && editing) { later.cancel(); editing = false; } // the field would save again what was given up
  if (!unsaved()) again();
});
refresh().then(() => { if (inside()?.readyState === "complete") dress(); takeUp(); });
