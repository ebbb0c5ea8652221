// Drop a file, see what it gives, keep or discard it.
import { act, leave } from "./desk.js";

const drop = document.getElementById("drop");

async function read(file) {
  if (!file) return;
  const words = document.getElementById("drop-words");
  const bar = document.getElementById("reading");
  words.textContent = `Reading ${file.name} …`;
  bar.hidden = false;
  const headers = { "X-File-Name": encodeURIComponent(file.name), "Content-Type": "application/octet-stream" };
  const answer = await act("/try", {}, { body: file, headers });
  if (answer) location.assign((await answer.json()).address);
  words.textContent = "Drop a file here, or";
  bar.hidden = true;
}

if (drop) {
  const input = document.getElementById("file");
  input.addEventListener("change", () => read(input.files[0]));
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    read(event.dataTransfer.files[0]);
  });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-trial]");
  if (!button) return;
  const answer = await act(`/try/${button.dataset.key}/${button.dataset.trial}`);
  if (answer) {
    const { address, message } = await answer.json();
    leave(address, message);
  }
});
