// The list follows the filters without a reload.
const form = document.getElementById("filters");
let waiting = 0;
let asked = 0;

async function show(address, push = true) {
  const number = ++asked;
  const answer = await fetch(address);
  if (!answer.ok || number !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement.closest("#list a")?.getAttribute("href");
  document.getElementById("list").replaceWith(page.getElementById("list"));
  [...document.querySelectorAll("#list a")].find((link) => focused && link.getAttribute("href") === focused)?.focus();
  for (const select of form.querySelectorAll("select")) {
    const fresh = page.querySelector(`select[name="${select.name}"]`);
    select.replaceChildren(...fresh.children);
    select.parentElement.className = fresh.parentElement.className;
  }
  if (push) history.replaceState(null, "", address);
}

function address() {
  const fields = [...new FormData(form)].filter(([, value]) => value);
  return fields.length ? `/?${new URLSearchParams(fields)}` : "/";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show(address());
});
form.addEventListener("change", () => show(address()));
form.querySelector("input").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => show(address()), 220);
});

// What was typed before this script came, or what the browser put back.
const shown = new URLSearchParams(location.search);
if ([...form.elements].some((field) => field.name && field.value !== (shown.get(field.name) ?? ""))) show(address());
