// What the phone says about the list in words, and the lines about which a person decides: what stands beside what is kept here.
const words = document.getElementById("phone-words")?.content;
const state = document.getElementById("phone-state");
const decide = document.getElementById("decide");
const word = (name) => words.querySelector(`[data-word="${name}"]`);

// A sentence of the page, with its number put in.
phone.say = (name, n) => (word(`${name}-${n === 1 ? "one" : "many"}`) ?? word(name)).textContent.replace("{n}", n);

phone.drawState = (list) => {
  const n = list.sealed ? Object.keys(list.sealed.mine).length : phone.changes(list).length;
  const waits = list.sealed || ["gone", "refused", "differ"].includes(list.said);
  const said = waits ? list.said || "waiting" : n ? "draft" : list.said === "sent" ? "sent" : "";
  const kind = said && (["draft", "waiting"].includes(said) ? "wait" : said === "sent" ? "ok" : "alarm");
  const text = said && (said === "refused" ? phone.say(said).replace("{text}", list.text) : phone.say(said, said === "sent" ? list.there : n));
  // Drawn anew only when it says something else: a button must not be replaced under the finger at each attempt.
  if (state.dataset.drawn !== said + text) {
    state.dataset.drawn = said + text;
    const shown = said && word(`alert-${kind}`).firstElementChild.cloneNode(true);
    state.replaceChildren(...(shown ? [shown] : []));
    if (shown) shown.querySelector("[data-text]").textContent = text;
    const way = shown && word(`way-${said}`);
    if (way) shown.querySelector("[data-text]").after(" ", way.firstElementChild.cloneNode(true));
  }
  drawDecisions(list);
};

function mineText(mine) {
  if (!mine?.here) return phone.say("not-here");
  const { planned, unit } = document.querySelector("form.presence").dataset;
  return unit.replace(planned, String(Math.max(0, planned - mine.late - mine.early)));
}

state?.addEventListener("click", ({ target }) => {
  if (target.closest("[data-again]")) phone.change("lists", decide.dataset.list, (now) => Object.assign(now, { said: "waiting" })).then(phone.keepTrying);
});

// One group of two answers for each person; drawn anew only when the lines change, so that nothing typed is lost.
function drawDecisions(list) {
  const open = Object.entries(list.theirs), drawn = open.map(([uid, one]) => uid + one.seen).join();
  decide.hidden = !open.length;
  for (const row of decide.querySelectorAll("[data-uid]")) row.querySelector("[data-mine]").textContent = mineText(list.mine[row.dataset.uid]);
  if (decide.dataset.drawn === drawn) return;
  decide.dataset.drawn = drawn;
  const rows = open.map(([uid, theirs]) => {
    const row = word("decide").firstElementChild.cloneNode(true);
    row.dataset.uid = uid;
    row.querySelector("legend").textContent = theirs.label;
    row.querySelector("[data-theirs]").textContent = theirs.text;
    row.querySelector("[data-mine]").textContent = mineText(list.mine[uid]);
    for (const input of row.querySelectorAll("[type=radio]")) input.name = `decide-${uid}`;
    const reason = row.querySelector("[data-reason]");
    reason.querySelector("input").id = `decide-why-${uid}`;
    reason.querySelector("label").htmlFor = `decide-why-${uid}`;
    reason.querySelector("input").value = list.mine[uid]?.reason ?? "";
    row.addEventListener("change", () => { reason.hidden = !theirs.seen || row.querySelector(":checked")?.value !== "mine"; });
    return row;
  });
  decide.querySelector("[data-rows]").replaceChildren(...rows);
  if (open.length) decide.querySelector("h2").focus();
}

decide?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answers = [...decide.querySelectorAll("[data-uid]")].map((row) => ({
    row, uid: row.dataset.uid, choice: row.querySelector(":checked")?.value, why: row.querySelector("[data-reason] input").value.trim(), wants: !row.querySelector("[data-reason]").hidden,
  }));
  for (const one of answers) {
    const wrong = !one.choice ? "choose" : one.wants && !one.why ? "why" : "";
    const said = one.row.querySelector("[data-wrong]");
    said.hidden = !wrong;
    said.textContent = wrong && phone.say(wrong);
    one.wrong = wrong;
  }
  const first = answers.find((one) => one.wrong);
  if (first) return first.row.querySelector(first.wrong === "why" ? "[data-reason] input" : "input").focus();
  await phone.change("lists", decide.dataset.list, (list) => {
    for (const { uid, choice, why } of answers) {
      list.base[uid] = list.theirs[uid];
      delete list.theirs[uid];
      if (choice === "mine") Object.assign(list.mine[uid] ??= { ...phone.nobody }, { reason: why, force: true });
      else delete list.mine[uid];
    }
    return phone.seal(list);
  });
  phone.keepTrying();
});
