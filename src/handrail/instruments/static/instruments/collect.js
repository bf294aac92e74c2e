// Comforts; the pages work without this file.
// The quick exit takes the place of this page in the history, so that "back" does not lead here.
document.addEventListener("click", (event) => {
  const exit = event.target.closest("[data-exit]");
  if (!exit) return;
  event.preventDefault();
  document.body.hidden = true;
  location.replace(exit.href);
});
// One press is one press, however often the finger comes down; the key in the form makes it so on the server too.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
document.querySelector("[data-focus]")?.focus();
