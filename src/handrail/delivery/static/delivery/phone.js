// What this phone keeps, and the page that opens without a line: a code that was scanned is kept here and sent later.
const words = document.getElementById("phone-words").content;
const say = (name, n) => (words.querySelector(`[data-word="${name}-${n === 1 ? "one" : "many"}"]`) ?? words.querySelector(`[data-word="${name}"]`))?.textContent.replace("{n}", n) ?? "";
const time = (at) => new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", hour: "2-digit", minute: "2-digit" }).format(at).replace(":", "."); // as the product writes times
const scanned = location.pathname.match(/^\/q\/([0-9A-Za-z]{6,12})\/$/)?.[1];

async function keepCode() {
  const who = (await phone.get("meta", "who"))?.who ?? "";
  const links = (await phone.all("pages")).filter((one) => one.id.startsWith("/s/"));
  const path = !who && links.length === 1 ? links[0].id : location.pathname;
  const codes = await phone.all("codes");
  if (!codes.some((one) => one.code === scanned && one.path === path)) {
    await phone.put("codes", { id: crypto.randomUUID(), code: scanned, at: Date.now(), who: path === location.pathname ? who : "", path, said: "waiting", text: "" });
  }
}

function row(title, text, buttons) {
  const one = words.querySelector("[data-word=row]").firstElementChild.cloneNode(true);
  one.querySelector("h2").textContent = title;
  one.querySelector("p").textContent = text;
  for (const [name, act] of buttons) {
    const button = words.querySelector(`[data-word="${name}"]`).firstElementChild.cloneNode(true);
    if (typeof act === "string") button.href = act;
    else button.addEventListener("click", act);
    one.querySelector(".end").append(button);
  }
  return one;
}
async function confirmCode(code) {
  const { who } = await (await phone.ask("/phone/now/")).json();
  if (!who) return location.assign(`/sign-in/?next=${encodeURIComponent("/phone/")}`);
  await phone.change("codes", code.id, (now) => Object.assign(now, { who, said: "waiting" }));
  phone.keepTrying();
}

async function draw() {
  const who = (await phone.get("meta", "who"))?.who ?? "";
  const lists = (await phone.all("lists")).filter((one) => one.who === who);
  const waits = lists.filter((one) => one.sealed || phone.changes(one).length || Object.keys(one.theirs).length);
  const strangers = (await phone.all("lists")).filter((one) => one.who !== who && (one.sealed || phone.changes(one).length)).length;
  const codes = (await phone.all("codes")).filter((one) => !one.who || one.who === who);
  const pages = (await phone.all("pages")).filter((one) => one.who === who || !one.who);
  const drop = (name, id) => () => phone.drop(name, id).then(draw);
  document.getElementById("rows").replaceChildren(
    ...codes.map((one) => row(say("code"), `${time(one.at)}. ${one.said === "whose" ? say("whose") : ["other", "signed-out"].includes(one.text) ? say(one.text) : one.text || say(`code-${one.said}`)}`,
      [...(one.said === "whose" ? [["confirm", () => confirmCode(one)]] : []), ["drop", drop("codes", one.id)]])),
    ...waits.map((one) => row(one.title, say("marks", one.sealed ? Object.keys(one.sealed.mine).length : phone.changes(one).length + Object.keys(one.theirs).length), [["open", one.path], ["drop", drop("lists", one.id)]])),
    ...pages.map((one) => row(say(one.id.startsWith("/s") && !one.id.startsWith("/sessions/") ? "seat" : one.id.endsWith("/qr/") ? "wall" : "page"), `${time(one.at)}.`, [["open", one.id], ["drop", () => phone.dropPage(one.id).then(draw)]])),
  );
  document.getElementById("nothing").hidden = Boolean(codes.length + waits.length + pages.length);
  document.getElementById("strangers").hidden = !strangers;
}

if (globalThis.indexedDB) {
  const isShell = !location.pathname.startsWith("/phone/");
  document.getElementById("no-line").hidden = !isShell || Boolean(scanned);
  document.getElementById("code-kept").hidden = !scanned;
  if (scanned) await keepCode();
  phone.hear(draw);
  addEventListener("online", phone.keepTrying);
  await draw();
  phone.keepTrying();
}
