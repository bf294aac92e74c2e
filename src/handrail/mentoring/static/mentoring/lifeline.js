// Comforts on a phone; the page works without this file.
// The quick exit takes the place of this page in the history, so that "back" does not lead here.
document.addEventListener("click", (event) => {
  const exit = event.target.closest("[data-exit]");
  if (!exit) return;
  event.preventDefault();
  document.body.hidden = true;
  location.replace(exit.href);
});
// One tap is one tap, however often the finger comes down; the key in the form makes it so on the server too.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
// While one waits, the page looks by itself whether there is something new.
if ("waits" in document.body.dataset) {
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok && found.body.dataset.mark !== document.body.dataset.mark) location.reload();
    } catch {
      // no line just now: the next look may have one
    }
  };
  setInterval(look, 8000);
  document.addEventListener("visibilitychange", look);
}
