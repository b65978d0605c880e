// How far the page is: what is open, approval, publication, the files, and who changed what.
import { $, api, commonKeys, el, key, load, meeting, onChange, onKeys, plural, revision, save, takeUp, toast, trying, unsaved } from "./core.js";

const FILES = { "summary.html": "Web page", "summary.md": "Markdown", "summary.docx": "Word", "summary.json": "Data", "transcript.vtt": "WebVTT", "transcript.srt": "SubRip", "transcript.txt": "Text" };
let found = null;

const when = (iso) => new Date(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
const link = (view, text) => el("a", { href: `/m/${meeting}/${view}` }, text);

function step(number, state, title, ...content) {
  return el("section", { class: `step ${state}` }, el("span", { class: "number", "aria-hidden": "true" }, state === "done" ? "✓" : String(number)), el("h2", {}, title), ...content);
}

function header() {
  const field = (label, name, value, type = "text") => el("label", {}, label, el("input", { name, type, value: value || "", autocomplete: "off" }));
  const form = el("form", { onsubmit: (event) => {
    event.preventDefault();
    const given = Object.fromEntries(["title", "date", "platform"].map((n) => [n, form.elements[n].value.trim()]).filter(([n, v]) => v !== (found[n] || "")));
    if (Object.keys(given).length) save([{ do: "meeting", ...given }]);
  } },
    el("div", { class: "header-fields" }, field("Title", "title", found.title), field("Date", "date", found.date, "date"), field("Platform", "platform", found.platform)),
    el("div", { class: "row" }, el("button", { type: "submit" }, "Save the header")));
  return form;
}

function show(history) {
  const open = found.claims.filter((c) => c.state === "open");
  const unsupported = found.claims.filter((c) => c.kind === "point" && c.state !== "dropped" && c.warnings.length);
  const nameless = found.voices.filter((v) => !v.name);
  const approved = found.state === "approved" || found.state === "published";
  const changed = found.approval && !approved;
  $("publish").ariaBusy = "false";
  $("publish").replaceChildren(
    step(1, open.length ? "now" : "done", open.length ? `${plural(open.length, "claim")} not decided yet` : "Every claim is decided",
      open.length ? el("p", {}, link("claims", "Go on with the claims"), ". You may approve the page before that, if you must.") : el("p", {}, "You have accepted or dropped each of them."),
      nameless.length ? el("p", { class: "note" }, `${plural(nameless.length, "voice")} without a name: `, link("people", "say who speaks"), ", or leave it blank.") : null,
      unsupported.length ? el("p", { class: "note warn" }, `${plural(unsupported.length, "statement is", "statements are")} not supported by the evidence: `, link("claims", "look at them"), ".") : null),
    step(2, "", "The header of the page", header()),
    step(3, approved ? "done" : open.length ? "" : "now", approved ? `Approved by ${found.approval.who}` : changed ? "Changed since it was approved" : "Approve the page",
      approved ? el("p", {}, `${when(found.approval.at)}. A change takes the approval back.`) : el("p", {}, changed ? `${found.approval.who} approved another revision, ${when(found.approval.at)}. ` : "", "Your approval fixes this very revision; nothing else can be published."),
      el("p", { class: "hash", title: "Revision" }, found.hash),
      approved ? null : el("div", { class: "row" }, el("button", { class: open.length ? "" : "main", type: "button", onclick: approve }, `Approve as ${found.who} `, key("A")), el("span", { class: "hint" }, link("page", "Read the page first")))),
    step(4, found.state === "published" ? "done" : approved ? "now" : "", found.state === "published" ? "Published" : "Publish",
      el("p", {}, found.state === "published" ? `The final files are in ${found.final}` : "Writes the final page in every form, exactly as approved."),
      el("div", { class: "row" }, el("button", { class: approved && found.state !== "published" ? "main" : "", type: "button", disabled: !approved, onclick: publish }, found.state === "published" ? "Publish again " : "Publish ", key("P"))),
      el("p", { class: "hint" }, "From the terminal, into an archive with index and feed: ", el("code", {}, "afterword publish MEETING_DIR --site DIR")),
      el("div", { class: "files" }, Object.entries(FILES).map(([file, label]) => el("a", { href: `/m/${meeting}/files/${file}${found.state === "published" ? "?published=1" : ""}`, download: file }, label)))),
    step(5, "", "Who changed what", el("p", { class: "hint" }, "Every change is kept with its signature, also those taken back."), timeline(history)));
}

function timeline(history) {
  const rows = [
    ...history.edits.map((e) => [e.at, el("li", { class: e.undone ? "undone" : "" }, el("time", { datetime: e.at }, when(e.at)), el("span", {}, el("b", {}, e.who), ` ${e.what}`, e.text ? [" ", e.before ? [el("q", {}, shorten(e.before)), " → "] : null, el("q", {}, shorten(e.text))] : null))]),
    ...history.approvals.map((a) => [a.at, el("li", {}, el("time", { datetime: a.at }, when(a.at)), el("span", {}, el("b", {}, a.who), ` approved revision ${a.revision.slice(0, 8)}`))]),
    ...history.publications.map((p) => [p.at, el("li", {}, el("time", { datetime: p.at }, when(p.at)), el("span", {}, `Published revision ${p.revision.slice(0, 8)} in ${p.place}`))]),
  ];
  rows.sort((a, b) => (a[0] < b[0] ? 1 : -1));
  return rows.length ? el("ol", { class: "history" }, rows.map(([, r]) => r)) : el("p", {}, "Nobody has changed anything yet.");
}
const shorten = (text) => (text.length > 110 ? `${text.slice(0, 108)}…` : text);

async function refresh() {
  const [loaded, history] = await Promise.all([trying(load), trying(() => api(`/api/m/${meeting}/history`))]);
  if (!loaded || !history) return;
  found = loaded;
  show(history);
}

async function approve() {
  if (unsaved()) { toast("Something is not saved yet."); return; }
  const made = await trying(() => api(`/api/m/${meeting}/approve`, { revision: revision() }));
  if (made) toast(`Approved as ${made.who}.`);
  refresh();
}

async function publish() {
  const made = await trying(() => api(`/api/m/${meeting}/publish`, {}));
  if (made) toast(`Published: ${plural(made.files.length, "file")} in ${made.folder}.`);
  refresh();
}

onKeys({
  a: [() => { if (found && found.state !== "approved" && found.state !== "published") approve(); }, "Approve this revision", "A"],
  p: [() => { if (found && (found.state === "approved" || found.state === "published")) publish(); }, "Publish what is approved", "P"],
});
commonKeys();
onChange(() => { if (!unsaved()) refresh(); });
refresh().then(takeUp);
