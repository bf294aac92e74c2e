// Counts words while one writes; the server counts again, and the page works without this file.
const WORD = /\S*[\p{L}\p{N}_]\S*/gu;
for (const field of document.querySelectorAll("textarea[data-words]")) {
  const most = Number(field.dataset.words);
  const shown = document.createElement("span");
  shown.className = "words-count";
  shown.setAttribute("aria-hidden", "true"); // the limit stands in the hint; a count at each letter would talk without end
  field.after(shown);
  const count = () => {
    const words = (field.value.match(WORD) ?? []).length;
    shown.textContent = `${words} / ${most}`;
    shown.classList.toggle("over", words > most);
  };
  field.addEventListener("input", count);
  count();
}
