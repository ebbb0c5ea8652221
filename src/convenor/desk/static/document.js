// A document: words and findings that lead to each other, and decisions about them.
import { act, markNews, say } from "./desk.js";
import { openForm } from "./forms.js";

const work = document.getElementById("work");
const address = `/document/${work.dataset.document}`;
const tip = document.getElementById("tip");
const add = document.getElementById("add-selection");
const canAct = Boolean(work.dataset.document);
let last = null; // the decision that U takes back
let turn = new Map(); // which of a finding's words come next

const all = (selector, root = work) => [...root.querySelectorAll(selector)];
// what is folded or hidden is told by its ancestors: to ask for sizes would lay out a whole long document
const cards = () => all("details[open] > .cards > .card");
const stops = () => all('#text:not([hidden]) .m[role="button"], #pages:not([hidden]) .m[role="button"]');
const numbers = (element) => (element.dataset.marks ?? element.dataset.m ?? "").split(" ").filter(Boolean);
const marksOf = (element) => numbers(element).flatMap((n) => all(`.m[data-m~="${n}"]`));
const current = () => work.querySelector(".card.on");

// -- light, tip -------------------------------------------------------------------------------------------------

function light(element) {
  for (const old of all(".lit")) old.classList.remove("lit");
  tip.hidden = true;
  if (!element) return;
  const card = element.closest(".card") ?? document.getElementById(element.dataset.card ?? "");
  const source = element.closest("[data-marks]") ?? card ?? element;
  for (const mark of marksOf(source)) mark.classList.add("lit");
  if (element.matches(".m")) {
    card?.classList.add("lit");
    showTip(element, card);
  }
}

function showTip(mark, card) {
  const value = document.createElement("strong");
  value.textContent = card ? card.querySelector(".card-title").textContent : mark.textContent;
  const how = document.createElement("span");
  const kind = mark.getAttribute("class").match(/layer-(\w+)/)[1];
  how.textContent = `${kind} · ${mark.dataset.note}`;
  tip.replaceChildren(value, how);
  tip.hidden = false;
  const box = mark.getClientRects()[0];
  const own = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - own.width - 8))}px`;
  tip.style.top = `${box.top > own.height + 70 ? box.top - own.height - 8 : box.bottom + 8}px`;
}

work.addEventListener("mouseover", (event) => {
  const target = event.target.closest(".m, .card");
  if (target && !target.matches(".layer-slot")) light(event.target.closest(".m, [data-marks]"));
  else light(null);
});
work.addEventListener("mouseleave", () => light(null));
document.addEventListener("scroll", () => (tip.hidden = true), true);

// -- from words to findings and back ----------------------------------------------------------------------------

function side(name) {
  work.querySelector(".panes").classList.toggle("findings", name === "findings");
  for (const button of all(".sides button")) button.setAttribute("aria-pressed", button.dataset.side === name);
}

function select(card, { focus = true, scroll = true } = {}) {
  for (const old of all(".on")) old.classList.remove("on");
  for (const other of all(".card[tabindex='0']")) other.tabIndex = -1;
  if (!card) return;
  const closed = card.closest("details:not([open])");
  if (closed) closed.open = true;
  card.tabIndex = 0;
  card.classList.add("on");
  for (const mark of marksOf(card)) mark.classList.add("on");
  if (focus) card.focus({ preventScroll: true });
  if (scroll) card.scrollIntoView({ block: "nearest" });
}

function toWords(source, focus = false) {
  const shown = marksOf(source).filter((mark) => mark.closest("#text, #pages") && !mark.closest("[hidden]"));
  const starts = shown.filter((mark) => mark.matches('[role="button"]'));
  const found = starts.length ? starts : shown.slice(0, 1);
  if (!found.length) return;
  const key = source.dataset.marks;
  const at = (turn.get(key) ?? -1) + 1;
  turn = new Map([[key, at % found.length]]);
  const mark = found[at % found.length];
  side("text");
  mark.scrollIntoView({ block: "center" });
  if (focus) stop(mark);
}

function toCard(mark) {
  const card = document.getElementById(mark.dataset.card ?? "");
  if (!card) return;
  side("findings");
  if (card.closest("details:not([open])")) card.closest("details").open = true;
  select(card, { focus: true, scroll: false });
  card.scrollIntoView({ block: "center" });
}

function stop(mark) {
  for (const other of all(".m[tabindex='0']")) other.setAttribute("tabindex", "-1");
  mark.setAttribute("tabindex", "0");
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "nearest" });
  light(mark);
}

// One stop of the Tab key in each pane; the arrows move inside.
function settle() {
  const first = work.querySelector("details[open] > .cards > .card");
  if (first && !work.querySelector(".card[tabindex='0']")) first.tabIndex = 0;
  const mark = work.querySelector('#text .m[role="button"]');
  if (mark && !work.querySelector(".m[tabindex='0']")) mark.setAttribute("tabindex", "0");
}

work.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) return press(button);
  if (String(getSelection())) return undefined;
  const mark = event.target.closest(".m[data-card]");
  if (mark) return toCard(mark);
  const card = event.target.closest(".card");
  if (card) {
    select(card, { scroll: false });
    if (!matchMedia("(max-width: 56rem)").matches) toWords(event.target.closest("[data-marks]") ?? card);
  }
  return undefined;
});

work.addEventListener("focusin", (event) => {
  if (event.target.matches(".card")) select(event.target, { focus: false });
  else if (event.target.matches(".m")) light(event.target);
});

// -- decisions --------------------------------------------------------------------------------------------------

export async function decide(fields) {
  const answer = await act(`${address}/decide`, fields);
  if (answer) put(await answer.text());
  return Boolean(answer);
}

async function undo(file, line) {
  const answer = await act(`${address}/undo`, { file, line });
  if (answer) put(await answer.text());
}

// What stands at the top of a pane, to bring it back there: heights of rows not yet seen are only estimates.
function place(pane, rows) {
  const top = pane.getBoundingClientRect().top;
  const list = all(rows, pane);
  const at = list.findIndex((row) => row.getBoundingClientRect().bottom > top);
  return { at, id: list[at]?.id, offset: at < 0 ? 0 : list[at].getBoundingClientRect().top - top };
}

function bringBack(pane, rows, { at, id, offset }) {
  const row = (id && document.getElementById(id)) || all(rows, pane)[at];
  if (row) pane.scrollTop += row.getBoundingClientRect().top - pane.getBoundingClientRect().top - offset;
}

function put(html) {
  const panes = [["#text", "p"], ["#findings", ".card"], ["#pages", ".page"]].filter(([name]) => work.querySelector(name));
  const places = panes.map(([name, rows]) => place(work.querySelector(name), rows));
  const isPages = work.querySelector("#pages:not([hidden])");
  const isFindings = work.querySelector(".panes.findings");
  const off = all(".legend [data-layer][aria-pressed=false]").map((button) => button.dataset.layer);
  const before = cards().map((card) => card.id);
  const anchor = current()?.id;
  const page = scrollY;
  work.innerHTML = html; // every value in it was escaped where it was made
  if (isPages) view("pages");
  if (isFindings) side("findings");
  for (const layer of off) toggle(layer);
  scrollTo({ top: page, behavior: "instant" });
  panes.forEach(([name, rows], i) => bringBack(work.querySelector(name), rows, places[i]));
  const rest = before.slice(Math.max(0, before.indexOf(anchor)));
  const next = rest.map((id) => document.getElementById(id)).find(Boolean) ?? cards()[0];
  if (anchor && next) select(next);
  settle();
  markNews();
  const said = document.getElementById("said");
  last = said?.dataset.file ? { file: said.dataset.file, line: said.dataset.line } : null;
  const back = last && { label: "Undo", run: () => undo(last.file, last.line) };
  if (said) say(said.dataset.message, back);
}

function rowOf(card, action) {
  const { kind, name, part } = card.dataset;
  // who took part is accepted as the document presents them, with role and post
  const isPart = action === "accept" && kind === "person" && part;
  return { action, kind: isPart ? "participation" : kind, name: isPart ? part : name };
}

function press(button) {
  const data = button.dataset;
  const card = button.closest(".card");
  if (data.act) decide(rowOf(card, data.act));
  else if (data.form) form(data.form, card);
  else if (data.rejectRole) decide({ action: "reject", kind: "participation", name: card.dataset.part, field: "role", value: data.rejectRole });
  else if (data.rejectOrganiser) decide({ action: "reject", kind: "organiser", name: data.rejectOrganiser });
  else if (data.undoFile) undo(data.undoFile, data.undoLine);
  else if (data.layer) toggle(data.layer);
  else if (data.side) side(data.side);
  else if (data.view) view(data.view);
  else if (button.id === "reviewed") decide({ action: "accept", kind: "document" });
  else if (button.id === "help") document.getElementById("keys").showModal();
}

function form(action, card = null, words = "") {
  const query = new URLSearchParams({ card: card?.id ?? "", words });
  openForm(`${address}/form/${action}?${query}`, decide, () => current()?.focus());
}

function toggle(layer) {
  const button = work.querySelector(`.legend [data-layer="${layer}"]`);
  if (!button) return;
  const isShown = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", isShown);
  work.querySelector("#text").classList.toggle(`no-${layer}`, !isShown);
}

// -- pages ------------------------------------------------------------------------------------------------------

function view(name) {
  work.querySelector("#text").hidden = name === "pages";
  work.querySelector("#pages").hidden = name !== "pages";
  for (const button of all(".views button")) button.setAttribute("aria-pressed", button.dataset.view === name);
  if (name !== "pages") return;
  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      draw(target);
    }
  }, { rootMargin: "400px" });
  for (const figure of all(".page")) watcher.observe(figure);
}

async function draw(figure) {
  const answer = await fetch(figure.dataset.address);
  const html = await answer.text();
  if (answer.ok) figure.innerHTML = html; // escaped where it was made
  else figure.append("This page cannot be shown; the text beside it is what was read.");
  for (const mark of current() ? marksOf(current()) : []) mark.classList.add("on");
}

// -- keys -------------------------------------------------------------------------------------------------------

function step(list, element, by) {
  return list[Math.max(0, Math.min(list.length - 1, list.indexOf(element) + by))];
}

function can(action, card) {
  return card.querySelector(`[data-form="${action}"]`) !== null;
}

function pressCardKey(event, card) {
  const key = event.key.toLowerCase();
  if (key === "arrowdown" || key === "j") select(step(cards(), card, 1));
  else if (key === "arrowup" || key === "k") select(step(cards(), card, -1));
  else if (key === "enter") toWords(card, true);
  else if (!canAct) return false;
  else if (key === "n") form("add");
  else if (key === "u") last && undo(last.file, last.line);
  else if (!card.dataset.kind) return false;
  else if (key === "a") decide(rowOf(card, "accept"));
  else if (key === "f" && can("fix", card)) form("fix", card);
  else if (key === "r" && card.dataset.kind !== "document") decide(rowOf(card, "reject"));
  else if (key === "m" && can("merge", card)) form("merge", card);
  else return false;
  return true;
}

function pressMarkKey(event, mark) {
  if (["ArrowRight", "ArrowDown"].includes(event.key)) stop(step(stops(), mark, 1));
  else if (["ArrowLeft", "ArrowUp"].includes(event.key)) stop(step(stops(), mark, -1));
  else if (["Enter", " "].includes(event.key)) toCard(mark);
  else return false;
  return true;
}

work.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") light(null);
  const target = event.target;
  let isDone = false;
  if (event.key === "?") isDone = document.getElementById("keys").showModal() ?? true;
  else if (target.matches(".card")) isDone = pressCardKey(event, target);
  else if (target.matches(".m")) isDone = pressMarkKey(event, target);
  if (isDone) event.preventDefault();
});

// -- words selected by hand -------------------------------------------------------------------------------------

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const words = String(selection).trim();
  const isText = canAct && words && words.length < 300 && selection.anchorNode?.parentElement?.closest("#text");
  add.hidden = !isText;
  if (!isText) return;
  add.dataset.words = words;
  const box = selection.getRangeAt(0).getBoundingClientRect();
  add.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 230))}px`;
  add.style.top = `${Math.min(box.bottom + 8, innerHeight - 60)}px`;
});
add.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
add.addEventListener("click", () => {
  form("add", null, add.dataset.words);
  getSelection().removeAllRanges();
});

settle();
