// What every page of the review shares: talking to the server, saving, keys, sound, differences.

export const meeting = document.body.dataset.meeting;
export const hasSound = document.body.dataset.sound === "yes";
export const $ = (id) => document.getElementById(id);

/** An element: `el("p", {class: "hint", onclick: f}, "text", other)`. Text is always text, never markup. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== "list" && name !== "class") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${String(m).padStart(2, "0")}:${String(s).padStart(2, "0")}` : `${m}:${String(s).padStart(2, "0")}`;
}

export function length(seconds) {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return `${Math.round(seconds)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

// ---- talking to the server --------------------------------------------------------------------------------------------

/** What the server refused: `status`, and `body` with `error` and `do`. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.error || body.text || `The server answered ${status}.`);
    this.status = status;
    this.body = body;
  }
}

export async function api(path, data) {
  const request = data === undefined ? {} : { method: "POST", body: JSON.stringify(data) };
  const response = await fetch(path, { ...request, headers: { "content-type": "application/json" } });
  const text = await response.text();
  let body;
  try { body = JSON.parse(text); } catch { body = { text }; }
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

export function toast(text, bad = false) {
  const message = el("div", { class: bad ? "toast bad" : "toast" }, text);
  $("toasts").append(message);
  setTimeout(() => message.remove(), bad ? 9000 : 3500);
}

/** Runs something that may be refused, and says so. */
export async function trying(action) {
  try { return await action(); } catch (error) {
    toast(error instanceof Refused ? [error.message, error.body.do].filter(Boolean).join(" ") : lost, true);
    return undefined;
  }
}
/** Where somebody is said to be signing. */
const signing = (name) => { $("me").textContent = `Signing as ${name}`; $("me").dataset.name = name; };
export const myName = () => $("me").dataset.name;
const lost = "The review does not answer. Is `afterword review` still running in the terminal?";

function saved(state, text) {
  $("saved").className = `saved ${state}`;
  $("saved").textContent = text;
}

// ---- saving ------------------------------------------------------------------------------------------------------------
// One change at a time is under way; the others wait here and in the browser's storage, so that neither a lost server
// nor a closed tab loses one. A change that meets somebody else's is saved again at the new revision when they concern
// different things; when they concern the same, the editor chooses.

const KEPT = `afterword:${meeting}`;
const state = { revision: 0, waiting: [], busy: false, listeners: [], retry: 0 };
export const revision = () => state.revision;
export function setRevision(number) { state.revision = Math.max(state.revision, number); }
export function onChange(listener) { state.listeners.push(listener); }

function keep() {
  try {
    if (state.waiting.length) localStorage.setItem(KEPT, JSON.stringify(state.waiting));
    else localStorage.removeItem(KEPT);
  } catch { /* a browser without storage: what is unsaved lives in the page only */ }
}

/** Saves commands; resolves when they are on disk. Of waiting saves with the same `key` the last one counts. */
export function save(commands, { group = crypto.randomUUID(), key = null } = {}) {
  return new Promise((resolve) => {
    const before = key ? state.waiting.findIndex((w, n) => w.key === key && (n > 0 || !state.busy)) : -1;
    const entry = { commands, group, key, resolve };
    if (before >= 0) {
      const old = state.waiting.splice(before, 1, entry)[0];
      old.resolve?.(true);
    } else state.waiting.push(entry);
    keep();
    saved("busy", "Saving");
    work();
  });
}

export const unsaved = () => state.waiting.length > 0;

async function work() {
  if (state.busy || !state.waiting.length) return;
  state.busy = true;
  clearTimeout(state.retry);
  const entry = state.waiting[0];
  try {
    const answer = await api(`/api/m/${meeting}/edits`, { revision: state.revision, group: entry.group, commands: entry.commands });
    state.revision = answer.revision;
    done(entry, true);
  } catch (error) {
    if (error instanceof Refused && error.status === 409) await meet(entry, error.body);
    else if (error instanceof Refused && error.status === 422) { giveBack(entry, error); done(entry, false); }
    else {
      const away = error instanceof Refused
        ? "Not saved: this page was opened before the review was started again. Open its new address in this browser; your change is kept here."
        : "Not saved: the review does not answer. Your change is kept in this browser; trying again.";
      saved("bad", away);
      state.busy = false;
      state.retry = setTimeout(work, 2000);
      return;
    }
  }
  state.busy = false;
  if (state.waiting.length) work();
}

/** What could not be saved at all is shown, so that its words are not lost; a click puts it away. */
function giveBack(entry, error) {
  const words = entry.commands.map((c) => c.text).filter(Boolean).join(" ");
  const message = el("div", { class: "toast bad" }, error.message, " ", error.body.do ?? "", words ? [" Your words: ", el("q", {}, words)] : null, " ", el("button", { type: "button", onclick: () => message.remove() }, "Put away"));
  $("toasts").append(message);
}

function done(entry, well) {
  state.waiting.shift();
  keep();
  if (!state.waiting.length) saved(well ? "ok" : "", well ? `Saved ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" })}` : "");
  entry.resolve?.(well);
  for (const listener of state.listeners) listener({ ...entry, refused: !well });
}

async function meet(entry, conflict) {
  if (!conflict.touched) { // different things: nothing to choose
    state.revision = conflict.revision;
    return;
  }
  saved("bad", "Not saved: somebody else changed the same");
  const mine = await choose(conflict);
  state.revision = conflict.revision;
  if (!mine) done(entry, false);
}

function choose(conflict) {
  const dialog = $("conflict");
  const who = [...new Set(conflict.since.map((s) => s.who))].join(", ");
  const anew = conflict.since.some((s) => s.target === "draft");
  $("conflict-title").textContent = anew ? "The draft was made again meanwhile" : `${who} changed this meanwhile`;
  $("conflict-body").replaceChildren(
    el("ul", {}, conflict.since.slice(-5).map((s) => el("li", { class: "hint" }, `${s.who} ${s.what}, ${new Date(s.at).toLocaleTimeString()}`))),
    ...conflict.difference.map((d) => el("div", { class: "sides" },
      el("div", {}, el("h3", {}, "Theirs"), el("p", {}, d.theirs || "See the history under Publish.")),
      el("div", {}, el("h3", {}, "Yours"), el("p", {}, d.mine)),
      el("div", {}, el("h3", {}, "From theirs to yours"), el("p", {}, difference(d.theirs, d.mine))))));
  return new Promise((resolve) => {
    const end = (mine) => { dialog.close(); dialog.onkeydown = dialog.oncancel = null; resolve(mine); };
    $("conflict-mine").onclick = () => end(true);
    $("conflict-theirs").onclick = () => end(false);
    dialog.oncancel = (event) => event.preventDefault(); // one of the two has to be chosen
    let last = performance.now();
    dialog.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key.length > 1 && event.key !== "Enter") return;
      // It may come up while somebody types: what they type then chooses nothing.
      const meant = performance.now() - last > 1000;
      last = performance.now();
      if (event.key === "Enter" && meant) return;
      event.preventDefault();
      if (meant && event.key.toLowerCase() === "m") end(true);
      if (meant && event.key.toLowerCase() === "t") end(false);
    };
    dialog.showModal();
    dialog.focus();
  });
}

/** What an earlier page could not save any more is saved now. */
export function takeUp() {
  let kept = [];
  try { kept = JSON.parse(localStorage.getItem(KEPT) || "[]"); } catch { kept = []; }
  if (!Array.isArray(kept) || !kept.length) return;
  state.waiting.push(...kept);
  saved("busy", "Saving what was left over");
  toast(`${plural(kept.length, "change")} from before ${kept.length === 1 ? "was" : "were"} not saved yet; saving now.`);
  work();
}

window.addEventListener("beforeunload", (event) => { if (state.waiting.length) event.preventDefault(); });

export async function step(which) {
  if (state.waiting.length) return;
  const answer = await trying(() => api(`/api/m/${meeting}/${which}`, { revision: state.revision }));
  if (!answer) { await refreshRevision(); return; }
  state.revision = answer.revision;
  saved("ok", which === "undo" ? "Taken back" : "Brought back");
  toast(which === "undo" ? `Taken back: ${answer.what}.` : `Brought back: ${answer.what}.`);
  for (const listener of state.listeners) listener({ step: which, targets: answer.targets });
}

async function refreshRevision() {
  for (const listener of state.listeners) listener({ step: "reload" });
}

/** The meeting as it is now; fills what every view shows of it. */
export async function load() {
  const found = await api(`/api/m/${meeting}`);
  setRevision(found.revision);
  $("undo").disabled = !found.undo;
  $("redo").disabled = !found.redo;
  const open = found.claims.filter((c) => c.state === "open").length;
  $("count-claims").textContent = open ? open : "";
  const nameless = found.voices.filter((v) => !v.name).length;
  $("count-people").title = "Voices without a name";
  $("count-claims").title = "Claims not decided yet";
  $("count-people").textContent = nameless ? nameless : "";
  const known = new Map(found.roster.map((r) => [r.name, r]));
  for (const person of found.people) if (!known.has(person.name)) known.set(person.name, person);
  $("roster").replaceChildren(...[...known.values()].map((r) => el("option", { value: r.name, label: [r.role, r.organisation].filter(Boolean).join(", ") || undefined })));
  return found;
}

// ---- keys --------------------------------------------------------------------------------------------------------------

const keys = [];
const typing = (target) => target.closest?.("input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]");

/** Keys with what they do: `{"j": [next, "Next claim"], "Shift+U": [...]}`. They do nothing while somebody types. */
export function onKeys(map) {
  for (const [combination, [action, what, shown]] of Object.entries(map)) keys.push({ combination, action, what, shown });
}

function named(event) {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key)) ? "Shift+" : "";
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift}${key}`;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const combination = named(event);
  if (typing(event.target) && !combination.startsWith("Ctrl+Enter")) return;
  // A focused button or link keeps its own keys.
  if ((combination === "Space" || combination === "Enter") && event.target.closest?.("button, a, summary, input")) return;
  const found = keys.find((k) => k.combination.toLowerCase() === combination.toLowerCase());
  if (!found) return;
  event.preventDefault();
  found.action(event);
});

export const key = (text) => el("kbd", {}, text);

function showKeys() {
  const rows = keys.filter((k) => k.what).flatMap((k) => [
    el("dt", {}, (k.shown || k.combination).split(" ").map((part) => [key(part), " "])), el("dd", {}, k.what)]);
  $("keys-list").replaceChildren(...rows);
  $("keys").showModal();
}

document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
const tabs = [...document.querySelectorAll(".tabs a")];
function turn(by) {
  const at = tabs.findIndex((t) => t.getAttribute("aria-current"));
  tabs[(at + by + tabs.length) % tabs.length]?.click();
}

$("help").onclick = showKeys;
$("me").onclick = async () => {
  const name = prompt("Sign changes with this name:", myName());
  if (!name) return;
  const answer = await trying(() => api("/api/me", { name }));
  if (answer) signing(answer.name);
};
if (meeting) {
  $("undo").onclick = () => step("undo");
  $("redo").onclick = () => step("redo");
}

/** The keys that every view of a meeting has; called last, so that they come last in the list. */
export function commonKeys() {
  const map = {};
  if (meeting) Object.assign(map, {
    u: [() => step("undo"), "Take back your last change", "U"],
    "ctrl+z": [() => step("undo"), ""],
    "Shift+u": [() => step("redo"), "Bring it back", "Shift+U"],
    "]": [() => turn(1), "Next view"],
    "[": [() => turn(-1), "View before"],
  });
  map["?"] = [showKeys, "Show these keys"];
  onKeys(map);
}

// ---- sound -------------------------------------------------------------------------------------------------------------

export const LEAD = 1.5; // s before the evidence from which a clip is played
const audio = $("sound");
let until = Infinity;
let playing = null;
const soundListeners = [];

export const sound = {
  /** Plays from `start` (s) to `end`; the same again stops it. `key` says whose clip it is. */
  clip(start, end, { slow = false, id = "" } = {}) {
    if (!hasSound) { toast("There is no sound: this meeting was made from a transcript."); return; }
    const mark = `${id}:${start}:${slow}`;
    if (!audio.paused && playing === mark) { audio.pause(); return; }
    playing = mark;
    audio.playbackRate = slow ? 0.7 : 1;
    audio.currentTime = Math.max(0, start - LEAD);
    until = end + 0.4;
    audio.play().catch(() => toast("The sound cannot be played.", true));
  },
  from(start) {
    if (!hasSound) return;
    playing = null;
    until = Infinity;
    audio.playbackRate = 1;
    audio.currentTime = start;
    audio.play().catch(() => {});
  },
  seek(start) { if (hasSound) { until = Infinity; audio.currentTime = start; } },
  toggle() { if (!hasSound) return; if (audio.paused) { until = Infinity; audio.play().catch(() => {}); } else audio.pause(); },
  get time() { return audio?.currentTime ?? 0; },
  get paused() { return audio?.paused ?? true; },
  get clipOf() { return audio && !audio.paused ? playing : null; },
  listen(listener) { soundListeners.push(listener); },
};

if (meeting && hasSound) {
  $("player").hidden = false;
  $("play").onclick = () => sound.toggle();
  $("seek").oninput = () => { until = Infinity; audio.currentTime = Number($("seek").value); };
  audio.ondurationchange = () => { $("seek").max = audio.duration; $("total").textContent = clock(audio.duration); };
  const show = () => {
    if (audio.currentTime >= until && !audio.paused) { audio.pause(); until = Infinity; }
    $("clock").textContent = clock(audio.currentTime);
    if (document.activeElement !== $("seek")) $("seek").value = audio.currentTime;
    $("play").textContent = audio.paused ? "▶" : "❚❚";
    $("rate").textContent = audio.playbackRate < 1 && !audio.paused ? "slower" : "";
    for (const listener of soundListeners) listener();
  };
  audio.onplay = () => { const beat = () => { show(); if (!audio.paused) requestAnimationFrame(beat); }; beat(); };
  audio.onpause = audio.onseeked = show;
}

// ---- differences -------------------------------------------------------------------------------------------------------

/** What became of `before` in `after`, word by word, as `ins` and `del`. */
export function difference(before, after) {
  const a = (before || "").split(/\s+/).filter(Boolean), b = (after || "").split(/\s+/).filter(Boolean);
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
  const pieces = [];
  const put = (tag, word) => {
    const last = pieces[pieces.length - 1];
    if (last?.tag === tag) last.words.push(word); else pieces.push({ tag, words: [word] });
  };
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) { put("same", a[i]); i++; j++; }
    else if (j >= b.length || (i < a.length && table[i + 1][j] >= table[i][j + 1])) put("del", a[i++]);
    else put("ins", b[j++]);
  }
  const fragment = document.createDocumentFragment();
  for (const { tag, words } of pieces) fragment.append(tag === "same" ? words.join(" ") : el(tag, {}, words.join(" ")), " ");
  return fragment;
}

/** Calls `action` when nothing more came for a while. */
export function settled(action, delay = 700) {
  let timer = 0;
  const later = (...values) => { clearTimeout(timer); timer = setTimeout(() => action(...values), delay); };
  later.now = (...values) => { clearTimeout(timer); return action(...values); };
  later.cancel = () => clearTimeout(timer);
  return later;
}
