// Each voice: three excerpts, the suggested name and why, and who it really is. Merge, split, correct single lines.
import { $, api, clock, commonKeys, el, key, length, load, meeting, onChange, onKeys, plural, save, sound, takeUp, toast, trying, unsaved } from "./core.js";

let found = null;
let lines = null; // of the whole transcript, read when a voice's lines are asked for
const unfolded = new Set();
let at = 0;

const cards = () => [...$("voices").querySelectorAll(".voice")];

function person(name) {
  return found.people.find((p) => p.name === name) || found.roster.find((r) => r.name === name) || {};
}

function card(v) {
  const about = person(v.name);
  const input = (label, name, value, list) => el("label", {}, label, el("input", { name, value: value || "", list, autocomplete: "off", "data-was": value || "" }));
  const name = input("Name", "name", v.name, "roster");
  const role = input("Role", "role", about.role);
  const body = input("Organisation", "organisation", about.organisation);
  name.querySelector("input").onchange = (event) => { // whoever is registered brings role and organisation along
    const known = person(event.target.value.trim());
    if (known.name) { role.querySelector("input").value = known.role || ""; body.querySelector("input").value = known.organisation || ""; }
  };
  const form = el("form", { onsubmit: (event) => { event.preventDefault(); submit(v, form); } },
    el("div", { class: "fields" }, name, role, body),
    el("div", { class: "row" },
      el("button", { class: "main", type: "submit" }, v.name ? "Save" : "Name this voice", " ", key("Enter")),
      merging(v),
      el("button", { type: "button", class: "quiet", onclick: () => unfold(v) }, unfolded.has(v.key) ? "Hide the lines" : `Show its ${plural(v.lines, "line")}`, " ", key("L"))));
  const several = v.names.length > 1 ? el("p", { class: "note" }, `More than one person is named in this voice: ${v.names.join(", ")}.`) : null;
  return el("article", { class: "voice", "data-key": v.key, "aria-label": v.name || v.label },
    el("header", {}, el("h2", {}, v.name || "Who is this?"), el("span", { class: "meta" }, `${v.label} · speaks ${length(v.seconds)}`), status(v, about)),
    el("p", { class: "reason" }, v.reason, v.evidence && v.named_by !== "label" && v.named_by !== "editor" ? [" ", el("q", {}, v.evidence)] : null, v.evidence_start !== null && v.named_by !== "label" && v.named_by !== "editor" && v.evidence && found.sound ? [" ", moment(v, v.evidence_start, v.evidence_start + 4, clock(v.evidence_start))] : null),
    several,
    el("ul", { class: "excerpts" }, v.excerpts.map((e, n) => el("li", {}, moment(v, e.start, e.end, `${found.sound ? "▶ " : ""}${clock(e.start)}`, n), el("span", {}, `“${e.text}”`)))),
    form,
    unfolded.has(v.key) ? linesOf(v) : null);
}

function moment(v, start, end, label, n) {
  return el("button", { type: "button", class: "moment", disabled: !found.sound, title: n === undefined ? "Play" : `Play (${n + 1})`, onclick: () => sound.clip(start, end, { id: v.key }) }, label);
}

function status(v, about) {
  if (!v.name) return el("span", { class: "badge review" }, "No name yet");
  if (v.named_by === "editor") return el("span", { class: "badge published" }, "Named by an editor");
  if (about.status === "confirmed") return el("span", { class: "badge approved" }, "Certain");
  return el("span", { class: "badge review" }, `Suggested, ${Math.round(v.confidence * 100)} %`);
}

function merging(v) {
  const others = found.voices.filter((o) => o.key !== v.key && o.name);
  if (!others.length) return null;
  const select = el("select", { "aria-label": "The same person as", onchange: () => { if (select.value) save([{ do: "voice", voice: v.key, name: select.value }]).then((well) => well && toast(`${v.label} is ${select.value}.`)); } },
    el("option", { value: "" }, "Same person as …"), [...new Set(others.map((o) => o.name))].filter((n) => n !== v.name).map((n) => el("option", { value: n }, n)));
  return select;
}

async function submit(v, form) {
  const value = (name) => form.elements[name].value.trim();
  const was = (name) => form.elements[name].dataset.was;
  const name = value("name");
  const commands = [];
  if (name !== (v.name || "") || (name && v.named_by !== "editor")) commands.push({ do: "voice", voice: v.key, name: name || null });
  const details = {};
  for (const field of ["role", "organisation"]) {
    const known = name === v.name ? was(field) : person(name)[field] || "";
    if (name && value(field) !== known) details[field] = value(field);
  }
  if (Object.keys(details).length) commands.push({ do: "person", name, ...details });
  if (!commands.length) return;
  if (await save(commands)) toast(name ? `${v.label} is ${name}, everywhere.` : `${v.label} has no name now.`);
}

// ---- single lines --------------------------------------------------------------------------------------------------------

async function unfold(v) {
  if (unfolded.has(v.key)) unfolded.delete(v.key);
  else {
    lines = lines || (await trying(() => api(`/api/m/${meeting}/transcript`)))?.lines;
    if (lines) unfolded.add(v.key);
  }
  show();
}

function linesOf(v) {
  const own = lines.filter((l) => l.voice === v.key);
  const rows = own.map((l) => {
    const box = el("input", { type: "checkbox", "aria-label": `Line at ${clock(l.start)}` });
    box.line = l;
    return el("li", {}, box, moment(v, l.start, Math.min(l.end, l.start + 15), clock(l.start)),
      el("span", {}, l.name !== v.name ? el("span", { class: "other" }, `${l.name || "Nobody"}: `) : null, l.words.slice(0, 40).join(" "), l.words.length > 40 ? " …" : ""));
  });
  const name = el("input", { list: "roster", autocomplete: "off", placeholder: "Somebody else’s name", "aria-label": "Who says the ticked lines" });
  const onward = () => { // splitting: everything from the first ticked line on
    const boxes = [...list.querySelectorAll("input")];
    const start = boxes.findIndex((b) => b.checked);
    if (start >= 0) boxes.forEach((b, n) => { b.checked = n >= start; });
  };
  const list = el("ol", {}, rows);
  return el("form", { class: "lines", onsubmit: async (event) => {
    event.preventDefault();
    const ticked = [...list.querySelectorAll("input:checked")].map((b) => [b.line.start, b.line.end]);
    if (!ticked.length) { toast("Tick the lines that somebody else says."); return; }
    if (await save([{ do: "lines", lines: ticked, name: name.value.trim() || null }])) { lines = null; toast(`${plural(ticked.length, "line")} moved to ${name.value.trim() || "nobody"}.`); }
  } },
    el("p", { class: "hint" }, "Two people in one voice, or a line put to the wrong one: tick the lines and say whose they are."), list,
    el("div", { class: "row" }, name, el("button", { type: "submit" }, "These lines are theirs"), el("button", { type: "button", class: "quiet", onclick: onward }, "Tick from the first one on")));
}

// ---- showing --------------------------------------------------------------------------------------------------------------

function show() {
  const inside = document.activeElement?.closest?.(".voice")?.dataset.key;
  const field = document.activeElement?.name;
  $("voices").ariaBusy = "false";
  $("voices").replaceChildren(...(found.voices.length ? found.voices.map(card) : [el("div", { class: "empty" }, el("h2", {}, "No voices"), el("p", {}, "This meeting has no words."))]));
  mark();
  if (inside && field) $("voices").querySelector(`[data-key="${CSS.escape(inside)}"] [name="${field}"]`)?.focus();
}

async function refresh() {
  const loaded = await trying(load);
  if (!loaded) return;
  found = loaded;
  if (unfolded.size && !lines) lines = (await trying(() => api(`/api/m/${meeting}/transcript`)))?.lines ?? null;
  if (!lines) unfolded.clear();
  show();
}

function mark() {
  cards().forEach((c, n) => c.classList.toggle("current", n === at));
}

function go(n) {
  at = Math.max(0, Math.min(cards().length - 1, n));
  mark();
  cards()[at]?.scrollIntoView({ block: "center" });
}

function play(n) {
  const v = found?.voices[at];
  const e = v?.excerpts[n];
  if (e) sound.clip(e.start, e.end, { id: v.key });
}

$("voices").addEventListener("focusin", (event) => { const n = cards().indexOf(event.target.closest(".voice")); if (n >= 0) { at = n; mark(); } });
$("voices").addEventListener("keydown", (event) => { if (event.key === "Escape" && event.target.matches("input")) { event.target.blur(); } });

onKeys({
  j: [() => go(at + 1), "Next voice", "J"],
  k: [() => go(at - 1), "Voice before", "K"],
  Space: [() => play(0), "Play its first excerpt; again stops it"],
  1: [() => play(0), "Play an excerpt", "1 2 3"],
  2: [() => play(1), ""],
  3: [() => play(2), ""],
  e: [() => cards()[at]?.querySelector("input[name=name]")?.select(), "Type its name; Enter saves, Esc leaves the field", "E"],
  l: [() => found?.voices[at] && unfold(found.voices[at]), "Show its lines", "L"],
});
commonKeys();
onChange(() => { if (!unsaved()) { lines = null; refresh(); } });
refresh().then(takeUp);
