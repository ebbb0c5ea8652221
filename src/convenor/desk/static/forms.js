// The dialog in which a value is fixed, two are merged, or something is added.
const dialog = document.getElementById("dialog");
let send = null;
let leave = null;

let isComing = false; // keys typed meanwhile are meant for the form, never for the finding below

export async function openForm(address, onSend, onClose) {
  isComing = true;
  const answer = await fetch(address).finally(() => (isComing = false));
  if (!answer.ok) return;
  dialog.innerHTML = await answer.text(); // escaped where it was made
  send = onSend;
  leave = onClose;
  const choices = dialog.querySelector("[data-choices]");
  if (choices) showChoice(choices);
  showKind();
  dialog.showModal();
  const first = dialog.querySelector("input[type=text], select");
  first.focus();
  first.select?.();
}

document.addEventListener("keydown", (event) => {
  if (!isComing) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

dialog.addEventListener("close", () => {
  dialog.replaceChildren();
  leave?.();
});

dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[data-cancel]")) dialog.close();
  const pick = event.target.closest("[data-pick]");
  if (pick) dialog.querySelector('[name="value"]').value = pick.dataset.pick;
});

dialog.addEventListener("change", (event) => {
  if (event.target.matches("[data-choices]")) showChoice(event.target);
  if (event.target.name === "kind") showKind();
});

let waiting = 0;
dialog.addEventListener("input", (event) => {
  const kind = event.target.dataset.names;
  if (!kind) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => suggest(kind, event.target.value), 200);
});

async function suggest(kind, words) {
  const answer = await fetch(`/names?${new URLSearchParams({ kind, q: words })}`);
  const list = document.getElementById("others");
  if (!answer.ok || !list) return;
  const known = new Set([...list.options].map((option) => option.value));
  for (const name of await answer.json()) {
    if (!known.has(name)) list.append(new Option("", name));
  }
}

function showChoice(choices) {
  const { value, codes, field } = choices.selectedOptions[0].dataset;
  const text = dialog.querySelector('[name="value"]');
  const code = dialog.querySelector('[name="code"]');
  text.hidden = Boolean(codes);
  code.hidden = !codes;
  code.replaceChildren(...codes.split(" ").map((one) => new Option(one.replaceAll("_", " "), one)));
  text.value = value;
  if (codes) code.value = value;
  const hints = [[/_date$/, "as 2024-03-12"], [/_local$/, "as 2024-03-12T10:00"], [/country_code/, "two letters, as JP"], [/tz_iana/, "as Europe/Brussels"]];
  dialog.querySelector("[data-hint]").textContent = hints.find(([form]) => form.test(field))?.[1] ?? "";
}

function showKind() {
  const kind = dialog.querySelector('[name="kind"]')?.value;
  for (const part of dialog.querySelectorAll("[data-only-for]")) part.hidden = !part.dataset.onlyFor.split(" ").includes(kind);
  for (const part of dialog.querySelectorAll("[data-not-for]")) {
    part.hidden = part.dataset.notFor === kind;
    part.querySelector("input").required = !part.hidden;
  }
}

function fieldsOf(form) {
  const given = Object.fromEntries(new FormData(form));
  const fields = { action: form.dataset.action, scope: given.scope ?? "", reason: given.reason };
  if (form.dataset.action === "fix") {
    const { kind, name, field, codes } = form.querySelector("[data-choices]").selectedOptions[0].dataset;
    return { ...fields, kind, name, field, value: codes ? given.code : given.value };
  }
  if (form.dataset.action === "merge") return { ...fields, kind: form.dataset.kind, name: form.dataset.name, value: given.value };
  const { kind } = given;
  const name = kind === "domain" ? given.domain : given.name;
  if (kind === "participation") return { ...fields, kind, name, field: "role", value: given.role };
  if (given.day && ["date", "milestone"].includes(kind)) return { ...fields, kind, name, field: "start_date", value: given.day };
  return { ...fields, kind, name };
}

dialog.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-action]");
  if (!form) return;
  event.preventDefault();
  const isKept = await send(fieldsOf(form));
  if (isKept) {
    dialog.close();
    leave?.(); // at once: the event of closing comes a moment later
  } else form.querySelector(".form-problem").textContent = document.getElementById("alarm").textContent;
});
