"use strict";
const form = document.getElementById("filters");
if (form) {
  const items = [...document.querySelectorAll("#chronology li")];
  const texts = items.map((item) => item.textContent.toLowerCase());
  const show = () => {
    const words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const from = Number(form.from.value) || -Infinity;
    const to = Number(form.to.value) || Infinity;
    let count = 0;
    items.forEach((item, at) => {
      const year = Number(item.dataset.year);
      const fits =
        year >= from && year <= to &&
        (!form.domain.value || item.dataset.domains.split(" ").includes(form.domain.value)) &&
        words.every((word) => texts[at].includes(word));
      item.hidden = !fits;
      count += fits;
    });
    document.getElementById("shown").textContent = `${count} shown`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
}
