// Sends what a phone keeps, each list under one key made here: however often it goes out, it is stored once.
// Marks stay until the whole answer has come back and its digest is that of what was sent. Used by pages and by the worker.
(() => {
  const same = (a, b) => a && b && a.here === b.here && (!a.here || (a.late === b.late && a.early === b.early));
  const nobody = { seen: "", here: false, late: 0, early: 0 };

  // What differs from the lines that were seen, and is not waiting for a decision.
  function changes(list) {
    return Object.entries(list.mine).filter(([uid, mine]) => !list.theirs[uid] && (mine.force || !same(mine, list.base[uid] ?? nobody)));
  }
  function marks(list) {
    return changes(list).map(([uid, mine]) => ({
      person: uid, minutes: mine.here ? null : 0, late_minutes: mine.here ? mine.late : 0, left_early_minutes: mine.here ? mine.early : 0,
      reason: mine.reason ?? "", seen: (list.base[uid] ?? nobody).seen,
    }));
  }
  // Content gets its key. Once it may have reached the other end it is never changed: later marks wait for its answer (`again`).
  function seal(list) {
    list.said = "waiting";
    list.text = "";
    if (list.sealed?.posted) { list.again = true; return list; }
    const sending = marks(list), key = crypto.randomUUID();
    const mine = Object.fromEntries(sending.map((one) => [one.person, list.mine[one.person]]));
    const body = JSON.stringify({ key, who: list.who, list_version: null, device_at: new Date().toISOString(), marks: sending });
    return Object.assign(list, { sealed: { key, body, mine, posted: false }, again: false });
  }
  async function digest(text) {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");
  }
  const ask = (path, more = {}) => fetch(path, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(20_000), ...more });
  const json = (path, token, body) => ask(path, { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": token } });

  function stored(list, answer) {
    const { mine } = list.sealed;
    Object.assign(list, { base: answer.stands, seen: answer.at, over: answer.over, sealed: null, sent: Date.now(), said: "sent" });
    for (const [uid, sent] of Object.entries(mine)) if (JSON.stringify(list.mine[uid]) === JSON.stringify(sent)) delete list.mine[uid];
    list.there = Object.values(answer.stands).filter((one) => one.here).length;
    // What was marked after that: lines that are stored by now want a reason, which a person gives.
    for (const [uid, now] of changes(list)) if (list.base[uid]?.seen && !now.reason) list.theirs[uid] = { ...list.base[uid], own: true };
    if (Object.keys(list.theirs).length) list.said = "differ";
    return list.again ? seal(list) : list;
  }
  function disputed(list, answer) {
    Object.assign(list.theirs, answer.differ);
    list.sealed = null;
    seal(list);
    return list;
  }
  const say = (said, text = "") => (list) => Object.assign(list, { said, text });

  // One try. Answers whether another may follow at once.
  async function send(id) {
    let list = await phone.get("lists", id);
    if (!list?.sealed || list.said === "gone") return false;
    const key = list.sealed.key;
    const mine = (work) => phone.change("lists", id, (now) => (now.sealed?.key === key ? work(now) : now));
    try {
      const before = await ask("/phone/now/");
      if (!before.ok) throw new Error("later");
      const { who, token } = await before.json();
      if (who !== list.who) { await mine(say(who ? "other" : "signed-out")); return false; }
      list = await mine((now) => { now.sealed.posted = true; return now; });
      if (list?.sealed?.key !== key) return true;
      const answer = await json(list.path, token, list.sealed.body);
      if (answer.type === "opaqueredirect") { await mine(say("signed-out")); return false; }
      if (answer.status >= 500 || [403, 408, 429].includes(answer.status)) throw new Error("later");
      if (answer.status === 404) { await mine(say("gone")); return false; }
      const told = await answer.json();
      if (answer.ok) {
        if (told.key !== key || told.body !== await digest(list.sealed.body)) throw new Error("later");
        await mine((now) => stored(now, told));
      } else if (answer.status === 409 && told.state === "other") { await mine(say("other")); return false; }
      else if (answer.status === 409 && Object.keys(told.differ ?? {}).length) await mine((now) => disputed(now, told));
      else if (answer.status === 422) await mine((now) => { now.sealed = null; return seal(now); });
      else { await mine((now) => Object.assign(now, { sealed: null, again: false, said: "refused", text: told.error })); return false; }
      return true;
    } catch {
      await mine(say("waiting"));
      throw new Error("later");
    }
  }

  Object.assign(phone, { seal, same, changes, send, ask, json, nobody });
})();
