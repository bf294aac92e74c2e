// Codes that were read without a line, and the trying again of everything that waits. Used by pages and by the worker.
(() => {
  const { ask, json } = phone;

  async function sendCode(id) {
    const code = await phone.get("codes", id);
    if (!code || code.said !== "waiting") return;
    const before = await ask("/phone/now/");
    if (!before.ok) throw new Error("later");
    const { who, token } = await before.json();
    const say = (said, text = "") => phone.change("codes", id, (now) => Object.assign(now, { said, text }));
    if (code.who && code.who !== who) return say("waiting", who ? "other" : "signed-out");
    if (!code.who && !code.path.startsWith("/s/")) return say("whose");
    const body = JSON.stringify({ code: code.code, device_at: new Date(code.at).toISOString(), who: code.who });
    const answer = await json(code.path, token, body);
    if (answer.type === "opaqueredirect") return say("waiting", "signed-out");
    if (answer.status >= 500 || [403, 408, 429].includes(answer.status)) throw new Error("later");
    if (answer.status === 404) return say("refused");
    const told = await answer.json();
    return answer.ok ? say("sent", told.text) : say("refused", told.error);
  }

  // Everything that waits; only one of several pages (and the worker) does it at a time.
  async function flush() {
    const work = async () => {
      let later = false;
      for (const list of await phone.all("lists")) {
        try { while (await phone.send(list.id)); } catch { later = true; }
      }
      for (const code of await phone.all("codes")) {
        try { await sendCode(code.id); } catch { later = true; }
      }
      if (later) throw new Error("later");
    };
    return navigator.locks ? navigator.locks.request("handrail-send", work) : work();
  }

  // Again and again with growing pauses, at once when the line is back, and through the browser's own way where it has one.
  let pause = 0, timer;
  async function keepTrying() {
    clearTimeout(timer);
    try {
      await flush();
      pause = 0;
    } catch {
      pause = Math.min(pause ? pause * 2 : 3000, 120_000);
      timer = setTimeout(keepTrying, pause * (0.75 + Math.random() / 2));
      navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("send")).catch(() => {});
    }
  }

  Object.assign(phone, { flush, keepTrying });
})();
