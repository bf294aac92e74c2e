// The attendance list works without this file: minutes change as one types, everybody is ticked at once.
const form = document.querySelector("form.presence");
const field = (name, uid) => form.elements[`${name}-${uid}`];
const number = (name, uid) => Math.max(0, parseInt(field(name, uid)?.value || "0", 10) || 0);

function show(uid) {
  const { planned, unit } = form.dataset, lost = number("late", uid) + number("early", uid);
  const row = field("seen", uid).closest("li");
  row.querySelector("[data-minutes]").textContent = unit.replace(planned, String(Math.max(0, planned - lost)));
  row.querySelector(".toggle").classList.toggle("toggle-part", lost > 0);
}
function count() {
  document.getElementById("marked").textContent = form.querySelectorAll("[name^=present-]:checked").length;
}

if (form) {
  form.addEventListener("input", (event) => {
    const uid = event.target.name.replace(/^[a-z]+-/, "");
    if (field("seen", uid)) show(uid);
    count();
  });
  document.getElementById("everybody").addEventListener("click", (event) => {
    event.preventDefault();
    for (const tick of form.querySelectorAll("[name^=present-]")) tick.checked = true;
    form.dispatchEvent(new CustomEvent("everybody"));
    count();
  });
  Object.assign(globalThis.phone ?? {}, { showRow: show, countRows: count });
}
