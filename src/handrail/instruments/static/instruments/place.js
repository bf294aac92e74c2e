// Where one is now, put into a question about a place; without script, or when the device does not say, it is written by hand.
for (const field of document.querySelectorAll("input[data-place='geopoint']")) {
  if (!navigator.geolocation || !isSecureContext) continue;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: field.dataset.placeAct });
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  field.after(button, said);
  button.addEventListener("click", () => {
    said.textContent = "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const rest = [coords.altitude ?? 0, coords.accuracy ?? 0].map((one) => Math.round(one * 10) / 10);
        field.value = [coords.latitude.toFixed(6), coords.longitude.toFixed(6), ...rest].join(" ");
        field.focus();
      },
      () => { said.textContent = field.dataset.placeNo; },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
    );
  });
}
