// What a phone keeps, for pages and the worker alike (hence a plain script, not a module): lists, codes, pages, the wall's codes.
// Marks are ids and minutes under a mark of the signed-in person, never names; names stand only in kept pages, which go after a day.
(() => {
  const open = () => new Promise((done, failed) => {
    const asked = indexedDB.open("handrail", 1);
    asked.onupgradeneeded = () => {
      for (const name of ["lists", "codes", "pages", "walls", "meta"]) asked.result.createObjectStore(name, { keyPath: "id" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  let opened;

  // One transaction; answers only when it is committed, so that what is said to be kept is kept.
  async function act(name, mode, work) {
    opened ??= open().catch((wrong) => { opened = undefined; throw wrong; });
    const database = await opened;
    return new Promise((done, failed) => {
      const change = database.transaction(name, mode, { durability: "strict" });
      const asked = work(change.objectStore(name));
      change.oncomplete = () => done(asked?.result);
      change.onerror = change.onabort = () => failed(change.error);
    });
  }
  const get = (name, id) => act(name, "readonly", (store) => store.get(id));
  const all = (name) => act(name, "readonly", (store) => store.getAll());
  const drop = (name, id) => act(name, "readwrite", (store) => store.delete(id));
  async function put(name, row) {
    await act(name, "readwrite", (store) => store.put(row));
    if (name === "lists" || name === "codes") tell(row.id);
  }
  // Read, change and write in one transaction: two pages and the worker never overwrite each other.
  async function change(name, id, work) {
    const row = await act(name, "readwrite", (store) => {
      const asked = store.get(id);
      const kept = { result: undefined };
      asked.onsuccess = () => { kept.result = asked.result && work(asked.result); if (kept.result) store.put(kept.result); };
      return kept;
    });
    tell(id);
    return row;
  }

  const news = new BroadcastChannel("handrail-phone");
  const tell = (id) => news.postMessage(id);
  const hear = (heard) => new BroadcastChannel("handrail-phone").addEventListener("message", (event) => heard(event.data));

  // A page is kept with all it needs, under its own headers, so that its rules on scripts hold without a line too.
  async function keepPage(path, who) {
    const answer = await fetch(path, { cache: "no-store", redirect: "error" });
    if (!answer.ok) return;
    const parts = performance.getEntriesByType("resource").map((one) => new URL(one.name)).filter((one) => one.origin === location.origin && one.pathname.startsWith("/static/"));
    await (await caches.open("parts")).addAll([...new Set(parts.map((one) => one.pathname))]);
    await (await caches.open("pages")).put(path, answer);
    await put("pages", { id: path, who, at: Date.now() });
  }
  async function dropPage(path) {
    await (await caches.open("pages")).delete(path);
    await drop("pages", path);
  }
  // A page with names is shown a day at most, and by nobody else than who was signed in last.
  async function keptPage(path, hours) {
    const row = await get("pages", path);
    if (!row) return undefined;
    const age = Date.now() - row.at;
    if (age > hours * 3600e3 || age < -3600e3) { await dropPage(path); return undefined; }
    return (await caches.open("pages")).match(path, { ignoreVary: true });
  }
  async function dropPages(but = () => false) {
    for (const row of await all("pages")) if (!but(row)) await dropPage(row.id);
  }
  // Whoever signs in or out: pages, the wall's codes and who it was go; what was not sent stays with its own person.
  async function forget() {
    await dropPages();
    await act("walls", "readwrite", (store) => store.clear());
    await drop("meta", "who");
  }
  async function tidy(hours) {
    await dropPages((row) => Math.abs(Date.now() - row.at) < hours * 3600e3);
    for (const row of await all("walls")) if (row.at < Date.now() - hours * 3600e3) await drop("walls", row.id);
    for (const row of await all("lists")) if (row.said === "sent" && !row.sealed && row.sent < Date.now() - hours * 3600e3) await drop("lists", row.id);
    for (const row of await all("codes")) if (row.said === "sent" && row.at < Date.now() - hours * 3600e3) await drop("codes", row.id);
  }
  async function isMe(who) {
    const last = (await get("meta", "who"))?.who;
    if (last === who) return;
    if (last) await forget();
    await put("meta", { id: "who", who });
  }

  globalThis.phone = { act, get, all, put, change, drop, hear, keepPage, keptPage, dropPage, forget, tidy, isMe };
})();
