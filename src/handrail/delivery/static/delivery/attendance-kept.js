// Keeps every mark of the list on this phone as soon as it is made, and sends the list when it is done and there is a line.
const form = document.querySelector("form.presence");
const keeps = form?.hasAttribute("data-keeps") && globalThis.phone && isSecureContext && globalThis.indexedDB;
if (keeps) start().catch(() => {}); // a browser that keeps nothing sends the form the ordinary way

async function start() {
  const { who, path, done, title, planned, at } = form.dataset, id = `${who} ${path}`;
  const uids = [...form.querySelectorAll("[name^=seen-]")].map((seen) => seen.name.slice(5));
  const field = (name, uid) => form.elements[`${name}-${uid}`];
  const number = (name, uid) => Math.max(0, parseInt(field(name, uid).value || "0", 10) || 0);
  const read = (uid) => ({ here: field("present", uid).checked, late: number("late", uid), early: number("early", uid), reason: field("reason", uid).value.trim() });
  const drawn = (name, uid) => Number(field(name, uid).defaultValue);
  const shown = (uid) => ({ seen: field("seen", uid).value, here: field("present", uid).defaultChecked, late: drawn("late", uid), early: drawn("early", uid) });
  let list, leaving = false;

  // What the page shows is what has been seen, unless the phone heard of something newer; where marks wait, what was seen with them.
  function begin(now) {
    const isNewer = Number(at) >= (now.seen ?? 0);
    for (const uid of uids) {
      if (now.mine[uid] && !now.sealed && !now.theirs[uid] && phone.same(now.mine[uid], now.base[uid] ?? phone.nobody) && !now.mine[uid].force) delete now.mine[uid];
      if (isNewer && !now.mine[uid] && !now.theirs[uid]) now.base[uid] = shown(uid);
    }
    if (isNewer) now.seen = Number(at);
    return now;
  }
  function write() {
    for (const uid of uids) {
      const mark = list.mine[uid] ?? list.base[uid] ?? phone.nobody;
      field("present", uid).checked = mark.here;
      for (const name of ["late", "early"]) if (number(name, uid) !== mark[name]) field(name, uid).value = mark[name] || "";
      if (mark.reason) field("reason", uid).value = mark.reason;
      field("reason", uid).closest(".field").hidden = !list.base[uid]?.seen;
      phone.showRow(uid);
    }
    phone.countRows();
  }
  const touch = (some) => phone.change("lists", id, (now) => {
    for (const uid of some) {
      const mark = read(uid);
      if (phone.same(mark, now.base[uid] ?? phone.nobody) && !now.sealed?.mine[uid]) delete now.mine[uid];
      else now.mine[uid] = mark;
    }
    if (["refused", "sent"].includes(now.said)) now.said = "";
    return now;
  });
  function right() {
    let first;
    for (const uid of uids) {
      const mark = read(uid), base = list.base[uid];
      const wrong = mark.here && mark.late + mark.early > planned ? "much" : base?.seen && !phone.same(mark, base) && !mark.reason && !list.theirs[uid] ? "why" : "";
      const row = field("seen", uid).closest("li"), said = row.querySelector("[data-wrong]");
      said.hidden = !wrong;
      said.textContent = wrong && phone.say(wrong);
      if (wrong) { row.querySelector("details").open = true; first ??= field(wrong === "why" ? "reason" : "late", uid); }
    }
    first?.focus();
    return !first;
  }
  async function draw() {
    phone.drawState(list);
    document.getElementById("kept-page").hidden = !await phone.get("pages", path);
    if (list.said !== "sent" || list.sealed || phone.changes(list).length) return;
    if (list.over) await phone.dropPage(path);
    if (leaving) location.assign(done);
  }

  await phone.isMe(who);
  if (!await phone.get("lists", id)) await phone.put("lists", { id, who, path, done, title, base: {}, mine: {}, theirs: {}, sealed: null, said: "", text: "" });
  list = await phone.change("lists", id, begin);
  document.getElementById("decide").dataset.list = id;
  write();
  phone.hear(async (about) => {
    if (about !== id) return;
    const before = list.seen;
    list = await phone.get("lists", id);
    if (list && list.seen !== before) write();
    if (list) draw();
  });
  form.addEventListener("input", async (event) => {
    const uid = event.target.name.replace(/^[a-z]+-/, "");
    if (uids.includes(uid)) { list = await touch([uid]); draw(); }
  });
  form.addEventListener("everybody", async () => { list = await touch(uids); draw(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!right()) return;
    try { list = await touch(uids).then(() => phone.change("lists", id, phone.seal)); }
    catch { return form.submit(); } // the phone is full: the ordinary way
    navigator.storage?.persist?.().catch(() => {}); // asks the browser not to clear this away when space is short
    leaving = true;
    draw();
    phone.keepTrying();
  });
  document.querySelector("[data-drop-page]").addEventListener("click", () => phone.dropPage(path).then(draw));
  addEventListener("online", phone.keepTrying);
  phone.keepTrying();
  draw();
  navigator.serviceWorker?.register("/phone-worker.js").catch(() => {});
  if (form.hasAttribute("data-keeps-page")) phone.keepPage(path, who).then(draw).catch(() => {});
}
