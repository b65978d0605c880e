// All meetings: how far each is, and a search in everything that was said.
import { $, api, clock, commonKeys, el, length, onKeys, plural, settled, toast, trying } from "./core.js";

const STATES = { draft: "Draft", "in review": "In review", approved: "Approved", published: "Published" };

function row(m) {
  const about = [m.date && new Date(`${m.date}T12:00`).toLocaleDateString([], { day: "numeric", month: "long", year: "numeric" }), length(m.duration), m.folder !== m.title && m.folder];
  const who = m.people.length > 6 ? `${m.people.slice(0, 6).join(", ")} and ${m.people.length - 6} more` : m.people.join(", ");
  return el("li", {},
    el("h2", {}, el("a", { href: `/m/${m.id}/${m.open ? "people" : "claims"}` }, m.title)),
    el("p", { class: "about" }, about.filter(Boolean).join(" · ")),
    el("p", { class: "who" }, who || "Nobody is named yet"),
    el("div", { class: "how" },
      el("span", { class: `badge ${m.state === "in review" ? "review" : m.state}` }, STATES[m.state]),
      el("span", {}, m.decided === m.claims ? "All claims decided" : `${m.decided} of ${plural(m.claims, "claim")} decided`,),
      el("progress", { value: m.decided, max: Math.max(1, m.claims), "aria-label": "Claims decided" }),
      m.open ? el("span", {}, plural(m.open, "open question")) : null));
}

async function show() {
  const found = await trying(() => api("/api/library"));
  if (!found) return;
  $("meetings").replaceChildren(...found.meetings.map(row));
  $("meetings").ariaBusy = "false";
}

function hit(h) {
  return el("a", { class: "hit", href: `/m/${h.id}/transcript#t=${h.start}` },
    el("small", {}, [h.title, clock(h.start), h.speaker].filter(Boolean).join(" · ")), h.before, el("mark", {}, h.found), h.after);
}

const search = settled(async () => {
  const wanted = $("search").value.trim();
  const looking = wanted.length > 1;
  $("hits").hidden = !looking;
  $("meetings").hidden = $("intro").hidden = looking;
  if (!looking) return;
  const found = await trying(() => api(`/api/search?q=${encodeURIComponent(wanted)}`));
  if (!found || $("search").value.trim() !== wanted) return;
  const count = found.hits.length;
  $("hits").replaceChildren(
    el("p", { class: "hint" }, count ? `${plural(count, "place")}${count >= 60 ? ", the first ones" : ""}` : `Nobody said “${wanted}”.`), ...found.hits.map(hit));
}, 200);

$("search").oninput = () => search();
$("search").onkeydown = (event) => { if (event.key === "Escape") { $("search").value = ""; search.now(); $("search").blur(); } };
$("search-form").onsubmit = (event) => { event.preventDefault(); search.now(); };
$("another").onclick = async () => {
  const answer = await trying(() => api("/api/links", {}));
  if (!answer) return;
  await navigator.clipboard?.writeText(answer.address).catch(() => {});
  toast(`Open this once in the other browser (it is on the clipboard): ${answer.address}`);
};
onKeys({ "/": [() => $("search").focus(), "Search"] });
commonKeys();
show();
