// A form that works without a line: what is filled in is kept on this phone under a key made here until it has arrived, and then no longer.
const form = document.getElementById("kept"), said = document.getElementById("said"), words = form.dataset, path = form.dataset.path;
const boxes = [...form.querySelectorAll("[data-name]")], rules = new Map(boxes.map((box) => [box, JSON.parse(box.dataset.rules)]));
const answers = {};

// What a condition comes to; texts, numbers and truths as the form's own server reads them.
const bool = (v) => (typeof v === "number" ? Boolean(v) && !Number.isNaN(v) : Boolean(v));
const num = (v) => (typeof v === "boolean" ? Number(v) : typeof v === "number" ? v : /^\s*-?(\d+(\.\d*)?|\.\d+)\s*$/.test(v) ? Number(v) : /^\d{4}-\d{2}-\d{2}/.test(v) ? Date.parse(v.slice(0, 10)) / 864e5 : NaN);
const text = (v) => (typeof v === "string" ? v : String(v));
const list = (v) => text(v).split(" ").filter(Boolean);
const same = (a, b) => (typeof a === "boolean" || typeof b === "boolean" ? bool(a) === bool(b) : typeof a === "number" || typeof b === "number" ? num(a) === num(b) : a === b);
const acts = {
  or: (a, b) => bool(a) || bool(b), and: (a, b) => bool(a) && bool(b), "=": same, "!=": (a, b) => !same(a, b),
  "<": (a, b) => num(a) < num(b), "<=": (a, b) => num(a) <= num(b), ">": (a, b) => num(a) > num(b), ">=": (a, b) => num(a) >= num(b),
  "+": (a, b) => num(a) + num(b), "-": (a, b) => num(a) - num(b), "*": (a, b) => num(a) * num(b), div: (a, b) => num(a) / num(b), mod: (a, b) => num(a) % num(b),
  selected: (a, b) => list(a).includes(text(b)), not: (a) => !bool(a), "count-selected": (a) => list(a).length, "string-length": (a = "") => [...text(a)].length,
  true: () => true, false: () => false, number: num, string: text, regex: (a, b) => new RegExp(`^(?:${text(b)})$`, "u").test(text(a)),
  if: (a, b, c) => (bool(a) ? b : c), coalesce: (a, b) => text(a) || b,
};
function value(tree, own) {
  if (!Array.isArray(tree)) return tree;
  if (tree[0] === "ref") return [answers[tree[1]] ?? ""].flat().join(" ");
  return tree[0] === "self" ? own : acts[tree[0]](...tree.slice(1).map((one) => value(one, own)));
}

// Questions that are not asked are hidden, and what stood there does not count.
function work() {
  for (const box of boxes) {
    const { relevant } = rules.get(box), name = box.dataset.name;
    box.hidden = !relevant.every((one) => bool(value(one, "")));
    const ticked = [...box.querySelectorAll("input:checked")].map((one) => one.value), field = box.querySelector("input:not([type=radio]):not([type=checkbox]), textarea");
    const given = box.dataset.many !== undefined ? ticked : ticked[0] ?? field?.value.trim() ?? "";
    if (box.hidden || !given.length) delete answers[name];
    else answers[name] = given;
  }
}
function wrong(box) {
  if (box.hidden) return "";
  const { required, constraint, message } = rules.get(box), own = [answers[box.dataset.name] ?? ""].flat().join(" ");
  if (!own) return bool(value(required, "")) ? words.mend : "";
  return (!box.dataset.number || /^[+-]?\d+([.,]\d+)?$/.test(own)) && bool(value(constraint, own)) ? "" : message || words.mend;
}
function mend() {
  const faults = boxes.map((box) => [box, wrong(box)]);
  for (const [box, fault] of faults) {
    const line = box.querySelector(".error");
    if (line) Object.assign(line, { textContent: fault, hidden: !fault });
  }
  return faults.find(([, fault]) => fault)?.[0];
}

const all = () => JSON.parse(localStorage.getItem("collect") ?? "[]");
const write = (rows) => (rows.length ? localStorage.setItem("collect", JSON.stringify(rows)) : localStorage.removeItem("collect"));
const mine = () => all().filter((one) => one.path === path);
const digest = async (what) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(what))), (byte) => byte.toString(16).padStart(2, "0")).join("");
function say(what) {
  const waits = mine().length;
  said.textContent = [what, waits ? words.waiting.replace("{n}", waits) : ""].filter(Boolean).join(" ");
}
let sending = false;
async function flush() {
  if (sending || !mine().length) return;
  sending = true;
  let last = words.allSent;
  try {
    for (const one of mine()) {
      const answer = await fetch(path, { method: "POST", body: one.body, headers: { Accept: "application/json", "Content-Type": "application/json" }, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(20_000) });
      if (answer.status === 410) last = words.lost;
      else if (answer.status === 400) last = words.mendFirst;
      else if (answer.status !== 422 && !answer.ok) return;
      else if ((await answer.json()).body !== await digest(one.body)) return;
      if (answer.status !== 400) write(all().filter((other) => other.key !== one.key));
    }
    say(last);
  } catch {
    say(); // no line just now: the next try may have one
  } finally { sending = false; }
}
form.addEventListener("input", work);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  work();
  const first = mend();
  if (first) return first.querySelector("input, textarea").focus();
  const key = crypto.randomUUID();
  write([...all(), { key, path, body: JSON.stringify({ key, answers, language: form.dataset.language }) }]);
  form.reset();
  work();
  say(words.thanks);
  scrollTo(0, 0);
  flush();
});
addEventListener("online", flush);
setInterval(flush, 12_000 + Math.random() * 6_000);
for (const begin of [work, say, flush]) begin();
navigator.serviceWorker?.register("/c/worker.js").then(() => navigator.serviceWorker.ready).then(() => caches.open("collect")).then(async (cache) => {
  await cache.addAll([location.pathname + location.search, ...performance.getEntriesByType("resource").map((one) => new URL(one.name)).filter((one) => one.pathname.startsWith("/static/")).map((one) => one.pathname)]);
  document.getElementById("ready").hidden = false;
}).catch(() => {});
document.getElementById("drop").addEventListener("click", () => (mine().length ? say() : caches.delete("collect").then(() => location.replace(path))));
