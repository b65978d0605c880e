// The claims, the riskiest first: listen, accept, word otherwise or drop, and go on. Everything by key.
import { $, api, clock, commonKeys, difference, el, key, load, meeting, myName, onChange, onKeys, save, settled, sound, takeUp, toast, trying, unsaved } from "./core.js";

const RISKS = { unsupported: "Not supported", open: "Open names", names: "Names off the roster", numbers: "Numbers and dates", weak: "Weakly supported", rest: "The rest" };
const ASKED = { point: "Is this what was said? Listen, then accept it, word it otherwise, or drop it.", person: "Is this the person, and is the role right? Then accept, else edit.", question: "Listen, then settle it. What you leave blank stays blank on the page." };
const MARKS = { open: "○", accepted: "✓", dropped: "✕" };
let claims = [];
let order = []; // ids in the order in which they were first shown: a claim never moves under the editor's hands
let at = 0;
let editing = false;
let group = "";
let blocked = ""; // the claim whose warnings the editor has seen

const now = () => claims.find((c) => c.id === order[at]);

async function refresh() {
  const found = await trying(load);
  if (!found || unsaved()) return; // what is on its way is shown already; the last of it comes here again
  claims = found.claims;
  const ids = new Set(claims.map((c) => c.id));
  order = order.filter((id) => ids.has(id));
  const known = new Set(order);
  order.push(...claims.map((c) => c.id).filter((id) => !known.has(id)));
  at = Math.min(at, Math.max(0, order.length - 1));
  showQueue();
  if (!editing) showCard();
}

function showQueue() {
  const decided = claims.filter((c) => c.state !== "open").length;
  $("progress").max = Math.max(1, claims.length);
  $("progress").value = decided;
  $("progress-text").textContent = `${decided} of ${claims.length} decided`;
  const rows = [];
  let last = "";
  order.forEach((id, n) => {
    const c = claims.find((x) => x.id === id);
    const risk = first.get(id) || c.risk;
    first.set(id, risk);
    if (risk !== last) rows.push(el("li", {}, el("h3", {}, RISKS[risk])));
    last = risk;
    rows.push(el("li", {}, el("button", { type: "button", class: c.state, "aria-current": n === at ? "true" : null, onclick: () => { go(n); if (matchMedia("(max-width: 52rem)").matches) $("queue-fold").open = false; } },
      el("span", { class: `mark ${c.state}`, title: c.state }, MARKS[c.state]), el("span", {}, c.kind === "question" ? `? ${c.text}` : c.text))));
  });
  $("queue").replaceChildren(...rows);
  $("queue").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}
const first = new Map();

function button(label, keys, action, kind = "") {
  return el("button", { type: "button", class: kind, onclick: () => { action(); } }, label, " ", key(keys));
}

function showCard() {
  const c = now();
  const card = $("card");
  card.ariaBusy = "false";
  if (!c) { card.replaceChildren(el("div", { class: "empty" }, el("h2", {}, "There is nothing to check"), el("p", {}, "This draft has no statements."))); return; }
  const all = claims.every((x) => x.state !== "open");
  card.replaceChildren(...[
    ...(all ? [el("p", { class: "note good" }, "Every claim is decided. ", el("a", { href: `/m/${meeting}/page` }, "Read the page"), " as a whole, then ", el("a", { href: `/m/${meeting}/publish` }, "approve and publish"), " it.")] : []),
    el("div", { class: "kicker" }, el("span", { class: "badge review" }, RISKS[c.risk]), el("span", {}, c.section), el("span", {}, `${at + 1} of ${order.length}`),
      c.worded ? el("span", {}, `worded by ${c.worded}`) : null, c.state === "accepted" ? el("span", { class: "badge published" }, c.kind === "question" ? "Settled" : "Accepted") : null, c.state === "dropped" ? el("span", { class: "badge" }, "Dropped: not on the page") : null),
    editing && c.kind !== "question" ? null : el("p", { class: `claim-text ${c.state}` }, c.text),
    editing ? editor(c) : null,
    el("div", { class: "notes", id: "notes" }, notes(c)),
    c.state === "open" && !editing ? el("p", { class: "hint ask" }, ASKED[c.kind]) : null,
    actions(c),
    evidence(c),
    versions(c)].filter(Boolean));
  if (editing) { const field = card.querySelector("[data-first]"); field?.focus(); if (field?.select && c.kind !== "point") field.select(); }
}

function notes(c) {
  return [...c.warnings.map((w) => el("p", { class: "note warn" }, w)), ...c.why.map((w) => el("p", { class: "note" }, w))];
}

function actions(c) {
  if (editing) return el("div", { class: "actions" }, button("Save and go on", "Enter", finish, "main"), button("Done", "Esc", close));
  const question = c.kind === "question";
  const nameless = question && c.voice;
  return el("div", { class: "actions" },
    nameless ? button("Name the voice", "E", edit, "main") : button(question ? "Settled, next" : "Accept, next", "A", accept, "main"),
    nameless ? button("Leave blank, next", "A", accept) : null,
    question ? null : button("Edit", "E", edit),
    question ? null : button("Drop", "D", drop, "danger"),
    c.state !== "open" ? button("Open again", "O", reopen) : null,
    c.kind === "point" && c.worded ? button("Restore", "R", restore) : null,
    button("Next", "J", () => go(at + 1)));
}

function evidence(c) {
  const rows = c.evidence.map((e, n) => e.start === null
    ? el("li", {}, el("span", { class: "hint" }, "Event file"), el("span", {}, e.words))
    : el("li", {}, el("button", { type: "button", class: "moment", onclick: () => play(n), title: `Play (${n + 1})` }, `▶ ${clock(e.start)}`),
        el("span", {}, e.speaker ? el("span", { class: "by" }, `${e.speaker}: `) : null, `“${e.words}”`)));
  return el("section", { class: "evidence" },
    el("h3", {}, "What it rests on ", key("Space"), " plays it, ", key("S"), " slower", rows.length > 1 ? [", ", key("1"), "–", key(String(Math.min(9, rows.length))), " each"] : null), el("ul", {}, rows));
}

function versions(c) {
  if (c.kind !== "point" || (!c.worded && !c.anew)) return null;
  return el("section", { class: "versions" },
    c.anew ? [el("h3", {}, "The draft says now"), el("p", {}, difference(c.text, c.anew))] : null,
    c.kept ? el("p", {}, "The draft made since has no such statement; yours is kept.") : null,
    c.text !== c.generated ? [el("h3", {}, "What you changed"), el("p", {}, difference(c.generated, c.text))] : null);
}

// ---- editing -----------------------------------------------------------------------------------------------------------

function editor(c) {
  if (c.kind === "point") {
    const area = el("textarea", { value: c.text, "data-first": true, "aria-label": "The statement", rows: 4, spellcheck: true });
    area.oninput = () => { later(c.id, area.value); };
    area.onkeydown = fieldKeys;
    return area;
  }
  const doubted = ["role", "organisation"].find((name) => c.warnings.some((w) => w.includes(`the ${name} “`))) ?? "name";
  const field = (name, label, value, list) => el("label", {}, label, el("input", { name, value: value || "", list, autocomplete: "off", "data-first": name === (c.kind === "question" ? "name" : doubted) ? true : null, oninput: () => later(c.id), onkeydown: fieldKeys }));
  return el("div", { class: "fields" }, c.kind === "question" ? field("name", "Who is speaking", "", "roster")
    : [field("name", "Name", c.ref, "roster"), field("role", "Role", c.role), field("organisation", "Organisation", c.organisation)]);
}

function fieldKeys(event) {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); finish(); }
  if (event.key === "Escape") { event.preventDefault(); close(); }
}

const values = () => Object.fromEntries([...$("card").querySelectorAll("input[name]")].map((i) => [i.name, i.value.trim()]));

function commands(c) {
  if (c.kind === "point") {
    const text = $("card").querySelector("textarea")?.value.trim();
    return text && text !== c.text ? [{ do: "text", point: c.ref, seen: c.generated, text }] : [];
  }
  const v = values();
  if (c.kind === "question") return v.name ? [{ do: "voice", voice: c.voice, name: v.name }] : [];
  const changed = {};
  if (v.name && v.name !== c.ref) changed.to = v.name;
  for (const name of ["role", "organisation"]) if (v[name] !== (c[name] || "")) changed[name] = v[name];
  return Object.keys(changed).length ? [{ do: "person", name: c.ref, ...changed }] : [];
}

// Text is saved while it is typed; names, which change the whole page, when they are finished.
const later = settled(async (id) => {
  const c = now();
  if (!editing || !c || c.id !== id || c.kind !== "point") return;
  const made = commands(c);
  if (!made.length) return;
  c.text = made[0].text;
  c.worded = c.worded || myName();
  save(made, { group, key: id });
  const checked = await trying(() => api(`/api/m/${meeting}/check`, { point: c.ref, text: c.text }));
  if (!checked || now() !== c || !editing) return;
  c.warnings = checked.warnings;
  $("notes").replaceChildren(...notes(c));
}, 600);

function edit() {
  const c = now();
  if (!c || (c.kind === "question" && !c.voice)) return;
  editing = true;
  blocked = "";
  group = crypto.randomUUID();
  showCard();
}

async function finish() {
  const c = now();
  const made = commands(c);
  later.cancel();
  if (c.kind === "point") {
    const text = $("card").querySelector("textarea").value.trim();
    if (!text) return;
    const checked = await trying(() => api(`/api/m/${meeting}/check`, { point: c.ref, text }));
    if (checked?.warnings.length && blocked !== text) { // seen once, it is the editor's word that counts
      blocked = text;
      c.warnings = checked.warnings;
      $("notes").replaceChildren(...notes(c), el("p", { class: "note" }, "Press Enter again to keep it nevertheless."));
      if (made.length) { c.text = text; save(made, { group, key: c.id }); }
      return;
    }
    made.push({ do: "decide", point: c.ref, seen: c.generated, decision: "accepted", text });
    c.text = text;
  } else if (c.kind === "person") {
    const name = made[0]?.to || c.ref;
    made.push({ do: "person", name, confirmed: true });
    if (name !== c.ref) order[at] = `person:${name}`;
  } else if (!made.length) { close(); return; }
  editing = false;
  c.state = "accepted";
  go(at + 1);
  await save(made, { group });
}

async function close() {
  if (!editing) return;
  const c = now();
  const made = c.kind === "point" ? commands(c) : [];
  later.cancel();
  editing = false;
  if (made.length) { c.text = made[0].text; await save(made, { group, key: c.id }); }
  showCard();
  $("card").focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

// ---- deciding ----------------------------------------------------------------------------------------------------------

function decide(decision) {
  const c = now();
  if (!c) return null;
  c.state = decision;
  if (c.kind === "question") return [{ do: "question", question: c.ref, settled: decision === "accepted" }];
  if (c.kind === "point") return [{ do: "decide", point: c.ref, seen: c.generated, decision, text: c.text }];
  if (decision === "dropped") return [{ do: "person", name: c.ref, dropped: true }];
  return [{ do: "person", name: c.ref, confirmed: decision === "accepted" }];
}

function accept() { const made = decide("accepted"); if (made) { go(at + 1); save(made); } }
function drop() {
  if (now()?.kind === "question") return;
  const made = decide("dropped");
  if (made) { go(at + 1); save(made); }
}
function reopen() { const made = decide("open"); if (made) { save(made); showCard(); } }
function restore() { const c = now(); if (c?.kind === "point" && c.worded) save([{ do: "text", point: c.ref, seen: c.generated, text: null }]); }

function go(n) {
  if (editing) close();
  at = Math.max(0, Math.min(order.length - 1, n));
  showQueue();
  showCard();
  $("card").focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

function nextOpen() {
  const open = (id) => claims.find((c) => c.id === id)?.state === "open";
  const next = order.findIndex((id, n) => n > at && open(id));
  const any = next >= 0 ? next : order.findIndex(open);
  if (any >= 0) go(any);
  else toast("Every claim is decided.");
}

function play(n, slow = false) {
  const c = now();
  const e = c?.evidence[n];
  if (e && e.start !== null) sound.clip(e.start, e.end, { slow, id: `${c.id}#${n}` });
}
const firstSpoken = () => Math.max(0, now()?.evidence.findIndex((e) => e.start !== null) ?? 0);

const map = {
  Space: [() => play(firstSpoken()), "Play the evidence, from 1.5 s before; again stops it"],
  s: [() => play(firstSpoken(), true), "Play it slower", "S"],
  a: [accept, "Accept and go on", "A"],
  Enter: [accept, ""],
  e: [edit, "Edit; Enter saves and goes on, Esc ends", "E"],
  d: [drop, "Drop: it does not go on the page", "D"],
  o: [reopen, "Open a decided claim again", "O"],
  r: [restore, "Restore the generated wording", "R"],
  j: [() => go(at + 1), "Next claim", "J"],
  ArrowDown: [() => go(at + 1), ""],
  k: [() => go(at - 1), "Claim before", "K"],
  ArrowUp: [() => go(at - 1), ""],
  n: [nextOpen, "Next undecided claim", "N"],
};
for (let n = 1; n <= 9; n++) map[String(n)] = [() => play(n - 1), n === 1 ? "Play one piece of evidence" : "", n === 1 ? "1 … 9" : undefined];
onKeys(map);
commonKeys();
onChange((entry) => {
  if (entry.refused && editing) { later.cancel(); editing = false; } // the field would save again what was given up
  refresh();
});
if (matchMedia("(max-width: 52rem)").matches) $("queue-fold").open = false;
refresh().then(() => { if (claims.some((c) => c.state === "open")) { at = -1; nextOpen(); } $("card").focus({ preventScroll: true }); takeUp(); });
