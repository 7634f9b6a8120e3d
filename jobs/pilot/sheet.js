// Keeps what was marked in this browser and saves it as a CSV with the columns that `attendant pilot marks` reads.
"use strict";
const form = document.getElementById("sheet");
const done = document.getElementById("done");
const columns = form.dataset.columns.split(" ");
const names = [`mark_${columns[0]}`, `mark_${columns[1]}`, "better", "comment"];
const items = [...form.querySelectorAll("fieldset")];
const shelf = `${location.pathname}#${form.dataset.file}`;

const value = (item, name) => {
  const field = form.elements[`${item.dataset.item}:${name}`];
  return field ? field.value.trim() : "";
};
const isMarked = (item) => names.slice(0, 2).every((name) => value(item, name) !== "");
const count = () => {
  for (const item of items) item.classList.toggle("marked", isMarked(item));
  done.textContent = `Оценено ${items.filter(isMarked).length} из ${items.length}`;
};
const kept = () => {
  try { return JSON.parse(localStorage.getItem(shelf) || "{}"); } catch { return {}; }
};
for (const [name, said] of Object.entries(kept())) {
  if (form.elements[name]) form.elements[name].value = said;
}
count();
form.addEventListener("input", () => {
  const marks = [...new FormData(form)].filter(([, said]) => said !== "");
  try { localStorage.setItem(shelf, JSON.stringify(Object.fromEntries(marks))); } catch { /* a private window keeps nothing */ }
  count();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const cell = (text) => `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rows = items.map((item) => [item.dataset.item, item.dataset.dialogue, ...names.map((name) => value(item, name))]);
  const text = [["item", "dialogue", ...names], ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" }));
  link.download = form.dataset.file.replace(".csv", "-marked.csv");
  link.click();
  URL.revokeObjectURL(link.href);
});
