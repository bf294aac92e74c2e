// What is selected in a text becomes the start and end of a mark, counted in characters as the server counts (code points, end exclusive).
// Without this file one writes the number of a paragraph or sentence; with it those fields wait behind their heading.
const count = (text) => Array.from(text).length;

// The position of a spot in the text: the piece it lies in knows where it begins; names of codes between the pieces do not count.
function position(text, node, offset) {
  const pieces = [...text.querySelectorAll("[data-at]")];
  if (node.nodeType !== Node.TEXT_NODE) {
    const after = node.childNodes[offset] ?? null;
    const next = pieces.find((piece) => after ? piece === after || after.contains(piece) || follows(after, piece) : follows(node, piece) && !node.contains(piece));
    return next ? Number(next.dataset.at) : end(pieces.at(-1));
  }
  const piece = node.parentElement.closest("[data-at]");
  if (piece) return Number(piece.dataset.at) + count(node.data.slice(0, offset));
  const next = pieces.find((one) => follows(node, one));
  return next ? Number(next.dataset.at) : end(pieces.at(-1));
}
const follows = (node, other) => Boolean(node.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
const end = (piece) => (piece ? Number(piece.dataset.at) + count(piece.textContent) : 0);

function words(text, start, stop) {
  let said = "";
  for (const piece of text.querySelectorAll("[data-at]")) {
    const at = Number(piece.dataset.at);
    const letters = Array.from(piece.textContent);
    const part = letters.slice(Math.max(0, start - at), Math.max(0, stop - at)).join("");
    if (part) said += part;
  }
  return said.trim();
}

function read() {
  const text = document.querySelector("[data-text]");
  const form = document.querySelector("form[data-mark]");
  const selection = getSelection();
  if (!text || !form || !selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(text) || form.contains(selection.anchorNode)) return;
  const start = text.contains(range.startContainer) ? position(text, range.startContainer, range.startOffset) : 0;
  const stop = text.contains(range.endContainer) ? position(text, range.endContainer, range.endOffset) : end([...text.querySelectorAll("[data-at]")].at(-1));
  const said = words(text, start, stop);
  if (!said) return;
  form.elements.start.value = start;
  form.elements.end.value = stop;
  form.elements.first.value = form.elements.last.value = "";
  form.querySelector("[data-chosen]").textContent = said;
  form.dataset.has = "1"; // on a phone the form comes to the foot of the screen now
}

// A form that is new on the page: nothing is chosen yet, and numbers wait behind their heading unless one was written there.
function begin() {
  const form = document.querySelector("form[data-mark]:not([data-begun])");
  if (!form) return;
  form.dataset.begun = "1";
  const chosen = form.querySelector("[data-chosen]");
  const text = document.querySelector("[data-text]");
  const { start, end: stop, first } = form.elements;
  chosen.textContent = (start.value && stop.value && words(text, Number(start.value), Number(stop.value))) || chosen.dataset.empty;
  form.querySelector("[data-by-sentence]").open = Boolean(first.value);
}

let waiting;
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  waiting = setTimeout(read, 150);
});
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-mark]");
  if (!form || !["first", "last"].includes(event.target.name)) return;
  form.elements.start.value = form.elements.end.value = "";
  form.querySelector("[data-chosen]").textContent = "";
  delete form.dataset.has;
});
document.addEventListener("htmx:afterSwap", begin);
document.addEventListener("htmx:load", begin);
begin();
