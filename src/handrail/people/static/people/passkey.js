// Passkeys: asks the browser for one and sends what it answers with the form. The password way needs none of this.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const keys = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

function creation({ publicKey }) {
  return {
    ...publicKey, challenge: bytes(publicKey.challenge), user: { ...publicKey.user, id: bytes(publicKey.user.id) }, excludeCredentials: keys(publicKey.excludeCredentials),
    // A passkey of ours signs in by itself: the device keeps it and checks finger, face or PIN.
    authenticatorSelection: { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
  };
}
const request = ({ publicKey }) => ({ ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: keys(publicKey.allowCredentials) });

function answer(credential) {
  const { id, rawId, type, authenticatorAttachment, response } = credential;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) if (response[name]) parts[name] = text(response[name]);
  if (response.getTransports) parts.transports = response.getTransports();
  return JSON.stringify({ id, rawId: text(rawId), type, authenticatorAttachment, response: parts, clientExtensionResults: credential.getClientExtensionResults() });
}

async function options(form) {
  if (!form.dataset.optionsUrl) return JSON.parse(document.getElementById("passkey-options").textContent);
  const found = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  if (!found.ok) throw new DOMException("", found.status === 429 ? "TooOften" : "NetworkError");
  return (await found.json()).request_options;
}

async function ask(form) {
  if (!window.isSecureContext) throw new DOMException("", "SecurityError");
  if (!window.PublicKeyCredential) throw new DOMException("", "NotSupportedError");
  const asked = await options(form);
  const isNew = form.dataset.passkey === "create";
  const found = await (isNew ? navigator.credentials.create({ publicKey: creation(asked) }) : navigator.credentials.get({ publicKey: request(asked) }));
  form.elements.credential.value = answer(found);
  form.submit();
}

// What went wrong, in the page's own words.
function say(form, name) {
  const words = form.querySelector(`[data-when="${name}"]`) || form.querySelector('[data-when="other"]');
  const place = form.querySelector("[data-problem]");
  place.querySelector("p").textContent = words.textContent;
  place.hidden = false;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = false;
  for (const without of document.querySelectorAll("[data-without-script]")) without.hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.asking) return; // one question at a time
    form.dataset.asking = "1";
    form.querySelector("[data-problem]").hidden = true;
    try {
      await ask(form);
    } catch (fault) {
      say(form, fault.name);
    }
    delete form.dataset.asking;
  });
}
