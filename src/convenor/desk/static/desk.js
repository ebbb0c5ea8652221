// What every page does: posts with the key of this desk, messages, publishing.
const KEY = document.querySelector('meta[name="desk-key"]').content;
const toast = document.getElementById("toast");
const alarm = document.getElementById("alarm");
let fading = 0;

document.documentElement.classList.add("scripted");

export function post(address, fields = {}, more = {}) {
  const body = more.body ?? new URLSearchParams(fields);
  return fetch(address, { method: "POST", body, headers: { "X-Desk-Key": KEY, ...more.headers } });
}

export function say(message, action = null) {
  clearTimeout(fading);
  alarm.replaceChildren();
  toast.replaceChildren(message);
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = action.label;
    button.addEventListener("click", action.run);
    toast.append(button);
  }
  fading = setTimeout(() => toast.replaceChildren(), action ? 9000 : 6000);
}

export function warn(message) {
  toast.replaceChildren();
  alarm.textContent = message;
  clearTimeout(fading);
  fading = setTimeout(() => alarm.replaceChildren(), 12000);
}

export async function act(address, fields = {}, more = {}) {
  try {
    const answer = await post(address, fields, more);
    if (answer.ok) return answer;
    const words = await answer.text();
    warn(words.startsWith("<!") ? "That did not work; load the page again." : words.trim());
  } catch {
    warn("The desk does not answer: was it closed in the terminal?");
  }
  return null;
}

// A message that outlives the page it was made on.
export function leave(address, message) {
  sessionStorage.setItem("said", message);
  location.assign(address);
}
const said = sessionStorage.getItem("said");
if (said) {
  sessionStorage.removeItem("said");
  say(said);
}

const publish = document.getElementById("publish");
const words = document.getElementById("run-words");
const bar = document.getElementById("run-bar");

export function markNews() {
  publish.classList.add("primary");
}

async function follow() {
  publish.disabled = true;
  bar.hidden = false;
  for (;;) {
    let state;
    try {
      state = await (await fetch("/publish")).json();
    } catch {
      break;
    }
    if (state.state !== "running") {
      finish(state);
      break;
    }
    if (state.total) bar.value = state.done / state.total;
    else bar.removeAttribute("value");
    words.textContent = state.total ? `Reading ${state.done} of ${state.total}` : "Publishing …";
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  publish.disabled = false;
  bar.hidden = true;
  words.textContent = "";
}

function finish(state) {
  publish.classList.toggle("primary", state.has_news);
  if (state.state === "failed") warn(state.message);
  else if (document.getElementById("work")) say(state.message);
  else leave(location.href, state.message);
}

publish.addEventListener("click", async () => {
  if (await act("/publish")) follow();
});
if (publish.dataset.state === "running") follow();

document.addEventListener("click", async (event) => {
  const retry = event.target.closest("[data-retry]");
  if (retry && (await act("/ledger/retry", { input: retry.dataset.retry }))) follow();
  const back = event.target.closest("[data-take-back]");
  if (back) {
    const answer = await act("/corrections/undo", { file: back.dataset.takeBack, line: back.dataset.line });
    if (answer) leave(location.href, (await answer.json()).message);
  }
});
