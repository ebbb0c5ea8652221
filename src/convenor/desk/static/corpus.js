// The list follows the filters without a reload.
const form = document.getElementById("filters");
let waiting = 0;
let asked = 0;

async function show(address, push = true) {
  const number = ++asked;
  const answer = await fetch(address);
  if (!answer.ok || number !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("list").replaceWith(page.getElementById("list"));
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
