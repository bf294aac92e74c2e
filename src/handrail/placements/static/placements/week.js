// A day is kept on the phone until it has arrived, under a key made here: however often it goes out, it is stored once.
// The page works without this file. What is kept is a day and minutes under a mark of the page's address, never the address, and only until it is sent.
document.addEventListener("click", (event) => {
  const exit = event.target.closest("[data-exit]");
  if (!exit) return;
  event.preventDefault();
  document.body.hidden = true;
  location.replace(exit.href); // takes the place of this page in the history, so that "back" does not lead here
});

const make = (tag, facts) => Object.assign(document.createElement(tag), facts);
const main = document.getElementById("main"), said = document.getElementById("said"), words = main.dataset;
const digest = async (text) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))), (byte) => byte.toString(16).padStart(2, "0")).join("");
if (globalThis.isSecureContext && globalThis.localStorage) start().catch(() => {});

async function start() {
  const mark = (await digest(location.pathname)).slice(0, 24);
  const all = () => JSON.parse(localStorage.getItem("days") ?? "[]");
  const write = (days) => (days.length ? localStorage.setItem("days", JSON.stringify(days)) : localStorage.removeItem("days"));
  const mine = () => all().filter((one) => one.mark === mark);
  const drop = (key) => write(all().filter((one) => one.key !== key));
  let sending = false;

  function told(one) {
    if (one.absence) return words.away;
    const hours = Math.floor(one.minutes / 60), rest = one.minutes % 60;
    return [hours && words.hours.replace("{n}", hours), rest && words.minutes.replace("{n}", rest)].filter(Boolean).join(" ");
  }
  function draw() {
    const days = mine();
    if (!days.length) return;
    const box = make("div", { className: "alert alert-wait", id: "waits" }), list = make("ul", { className: "week-waits" });
    list.append(...days.map((one) => make("li", { textContent: `${one.name}: ${told(one)}` })));
    box.append(make("p", { textContent: words.waits }), list);
    said.replaceChildren(box);
  }
  function say(text) {
    said.replaceChildren(make("p", { className: "alert alert-wait", textContent: text }));
    said.scrollIntoView({ block: "nearest" });
  }
  // The minutes of a form, or why there are none.
  function minutes(form, act) {
    if (act === "away") return 0;
    if (act === "there") return Number(form.elements.minutes.value);
    const [start, end] = ["start", "end"].map((name) => form.elements[name].value), hours = parseFloat(form.elements.hours.value.replace(",", "."));
    const of = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
    if (start && end) return of(end) > of(start) ? of(end) - of(start) : words.wrongOrder;
    return start || end || !(hours > 0 && hours <= 24) ? words.wrongTime : Math.round(hours * 60);
  }
  document.addEventListener("submit", (event) => {
    const form = event.target, act = event.submitter?.value;
    if (!form.matches("[data-day]") || !act) return;
    const found = minutes(form, act);
    event.preventDefault();
    if (typeof found === "string") return say(found);
    const day = form.elements.day.value, option = form.elements.day.selectedOptions?.[0], absence = act === "away" ? "away" : "";
    // Said again before it went out, it is the same day said better; once it may have arrived, other minutes are a line of their own.
    const waits = mine().filter((one) => one.day === day).at(-1), isSame = waits && waits.minutes === found && waits.absence === absence;
    const others = all().filter((one) => one.mark !== mark || one.day !== day || one.posted);
    try {
      if (!isSame) write([...others, { key: crypto.randomUUID(), mark, day, minutes: found, absence, name: option?.textContent ?? document.querySelector("#today small").textContent, posted: false, at: Date.now() }]);
    } catch {
      return form.submit(); // the phone is full: the ordinary way
    }
    draw();
    flush();
  });

  async function flush() {
    if (sending) return;
    sending = true;
    let last = "";
    try {
      for (const one of mine()) {
        write(all().map((other) => (other.key === one.key ? { ...other, posted: true } : other)));
        const body = new URLSearchParams({ key: one.key, act: one.absence ? "away" : "there", day: one.day, minutes: one.absence ? "" : String(one.minutes) });
        const answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" }, cache: "no-store" });
        if (answer.status === 404 || answer.status === 410) { mine().forEach(({ key }) => drop(key)); return location.reload(); } // the card has ended: nothing stays
        if (answer.status === 429) return say(words.tooMany);
        if (answer.status >= 500) return;
        const back = await answer.json();
        const sent = await digest(JSON.stringify({ absence: one.absence, day: one.day, minutes: String(one.minutes) }));
        if (!back.fault && (back.key !== one.key || back.sha256 !== sent)) return;
        last = back.fault || { new: "saved", again: "saved", aside: "aside" }[back.state];
        drop(one.key);
      }
      if (last) location.assign(`${location.pathname}?${new URLSearchParams({ language: document.documentElement.lang, said: last })}`);
    } catch {
      // no line just now: the next try may have one
    } finally {
      sending = false;
    }
  }
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  setInterval(flush, 12_000 + Math.random() * 6_000);
  write(all().filter((one) => one.at > Date.now() - 15 * 86_400_000)); // of a card that has ended, or too old to be taken
  draw();
  flush();
}
