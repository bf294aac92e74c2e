// The code on the wall turns on without a line: the codes until the session ends are fetched beforehand and drawn here.
const page = document.querySelector("[data-wall]");
if (page && globalThis.phone && globalThis.indexedDB) start().catch(() => {});

async function start() {
  const { who, path, codes: address } = page.dataset, id = `${who} ${path}`;
  const words = document.getElementById("wall-words").content;
  await phone.isMe(who);
  let kept = await phone.get("walls", id) ?? { id, at: Date.now(), ahead: 0, seconds: 60, codes: {} };
  let fresh = Date.now();

  async function fetchCodes() {
    const known = Object.keys(kept.codes).map(Number);
    for (let from = known.length && kept.codes[turn()] ? Math.max(...known) + 1 : 0; ;) {
      const answer = await (await fetch(`${address}?from=${from}`, { cache: "no-store", redirect: "error" })).json();
      Object.assign(kept, { ahead: answer.now * 1000 - Date.now(), seconds: answer.seconds, at: Date.now() });
      for (const one of answer.codes) kept.codes[one.turn] = one;
      await phone.put("walls", kept);
      if (!answer.codes.length) return;
      from = answer.next;
    }
  }
  const seconds = () => (Date.now() + kept.ahead) / 1000;
  const turn = () => Math.floor(seconds() / kept.seconds);

  function picture({ size, dark }) {
    const bits = Uint8Array.from(atob(dark), (one) => one.charCodeAt(0));
    let path = "";
    for (let at = 0; at < size * size; at++) if (bits[at >> 3] & (128 >> (at & 7))) path += `M${at % size + 3} ${Math.floor(at / size) + 3}h1v1h-1z`;
    const make = (name, facts) => {
      const one = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(facts)) one.setAttribute(key, value);
      return one;
    };
    const drawn = make("svg", { class: "qr", viewBox: `0 0 ${size + 6} ${size + 6}`, "aria-hidden": "true" });
    drawn.append(make("path", { fill: "#ffffff", d: `M0 0h${size + 6}v${size + 6}h-${size + 6}z` }), make("path", { fill: "#14282a", d: path }));
    return drawn;
  }
  function draw() {
    const wall = document.getElementById("wall"), alone = Date.now() - fresh > 9000, note = document.getElementById("wall-alone");
    note.hidden = !alone;
    if (!alone) return;
    const one = kept.codes[turn()], left = kept.seconds - Math.floor(seconds() % kept.seconds);
    wall.querySelector(".came").hidden = true;
    note.textContent = words.querySelector(one ? "[data-word=alone]" : "[data-word=ended]").textContent;
    for (const part of wall.querySelectorAll(".qr, .code, progress, #turns")) part.toggleAttribute("hidden", !one);
    if (!one) return;
    if (wall.dataset.turn !== String(one.turn)) {
      wall.dataset.turn = one.turn;
      wall.querySelector(".qr").replaceWith(picture(one));
      wall.querySelector(".code").textContent = one.code;
    }
    wall.querySelector("#turns").textContent = words.querySelector(left === 1 ? "[data-word=turns-one]" : "[data-word=turns-many]").textContent.replace("{n}", left);
    wall.querySelector("progress").value = left;
  }
  document.body.addEventListener("htmx:afterSwap", () => { fresh = Date.now(); draw(); });
  setInterval(draw, 1000);
  navigator.serviceWorker?.register("/phone-worker.js").catch(() => {});
  phone.keepPage(path, who).catch(() => {});
  const again = () => fetchCodes().catch(() => setTimeout(again, 15_000));
  again();
}
