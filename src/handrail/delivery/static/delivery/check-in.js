// One's own seat, taken along on purpose: it opens without a line, and a code typed there is kept and sent later.
const section = document.querySelector("[data-check-in]");
const form = section?.querySelector("form");
if (form && globalThis.phone && isSecureContext && globalThis.indexedDB) start().catch(() => {});

async function start() {
  const { who, checkIn: path } = section.dataset;
  const take = section.querySelector("[data-take]"), kept = section.querySelector("[data-taken]"), state = section.querySelector("[data-state]");
  if (who) await phone.isMe(who);

  async function draw() {
    const taken = await phone.get("pages", path);
    take.hidden = Boolean(taken);
    kept.hidden = !taken;
    const code = (await phone.all("codes")).filter((one) => one.path === path && one.who === who).sort((a, b) => b.at - a.at)[0];
    state.hidden = !code;
    if (code) state.textContent = code.text && !["other", "signed-out"].includes(code.text) ? code.text : section.querySelector("template").content.querySelector(`[data-word="${code.text || code.said}"]`)?.textContent ?? "";
  }
  take.querySelector("button").addEventListener("click", async () => {
    await navigator.serviceWorker?.register("/phone-worker.js");
    await phone.keepPage(path, who);
    draw();
  });
  kept.querySelector("button").addEventListener("click", () => phone.dropPage(path).then(draw));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const line = await phone.ask("/phone/now/").then((answer) => answer.ok, () => false);
    if (line) return form.submit();
    const code = form.elements.code.value.toUpperCase().replace(/[^0-9A-Z]/g, "");
    if (code) await phone.put("codes", { id: crypto.randomUUID(), code, at: Date.now(), who, path, said: "waiting", text: "" });
    form.reset();
    draw();
    phone.keepTrying();
  });
  phone.hear(draw);
  addEventListener("online", phone.keepTrying);
  draw();
  phone.keepTrying();
}
