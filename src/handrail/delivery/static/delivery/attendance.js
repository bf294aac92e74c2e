// The attendance list works without this file. With it: minutes change as one types, everybody is ticked at once,
// and without a connection the marks stay on the phone (ids and minutes, no names) and are sent under the same key later.
const form = document.querySelector("form.presence");
const store = `attendance:${location.pathname}`;
const unsent = document.getElementById("unsent");
const number = (id) => Math.max(0, parseInt(document.getElementById(id)?.value || "0", 10) || 0);

function show(row) {
  const uid = row.querySelector("[name^=seen-]").name.slice(5);
  const lost = number(`late-${uid}`) + number(`early-${uid}`);
  const planned = Number(form.dataset.planned);
  row.querySelector("[data-minutes]").textContent = form.dataset.unit.replace(String(planned), String(Math.max(0, planned - lost)));
  row.querySelector(".toggle").classList.toggle("toggle-part", lost > 0);
}

function count() {
  document.getElementById("marked").textContent = form.querySelectorAll("[name^=present-]:checked").length;
}

function keep(fields) {
  localStorage.setItem(store, JSON.stringify(fields));
  unsent.hidden = false;
}

function restore(fields) {
  for (const tick of form.querySelectorAll("[name^=present-]")) tick.checked = false;
  for (const [name, value] of fields) {
    const field = form.elements[name];
    if (!field || name === "csrfmiddlewaretoken") continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
}

async function flush() {
  const kept = localStorage.getItem(store);
  if (!kept) return;
  unsent.hidden = false;
  restore(JSON.parse(kept));
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    if (answer.status >= 500) throw new Error("later");
    localStorage.removeItem(store);
    // A redirect means stored. Anything else is a page with both versions: ask for it the ordinary way.
    if (answer.type === "opaqueredirect") location.assign(form.dataset.done);
    else form.submit();
  } catch {
    setTimeout(flush, 5000 + Math.random() * 5000);
  }
}

if (form) {
  form.addEventListener("input", (event) => {
    const row = event.target.closest("li");
    if (row) show(row);
    count();
  });
  document.getElementById("everybody").addEventListener("click", (event) => {
    event.preventDefault();
    for (const tick of form.querySelectorAll("[name^=present-]")) tick.checked = true;
    count();
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;  // connected: an ordinary form
    event.preventDefault();
    keep([...new FormData(form)]);
  });
  addEventListener("online", flush);
  flush();
}
