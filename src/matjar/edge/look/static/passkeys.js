// Passkeys: a form that carries `data-passkey` asks the person's device before it is sent. No dependencies, no globals.
//
//   <form data-passkey="get" data-options="/sign-in/passkey/options" data-cancelled="…" data-failed="…"
//     data-unsupported="…">  <input type="hidden" name="answer">  <p data-trouble hidden></p>
//
// `get` signs with a passkey, `create` makes one. The options come by POST, with the form's own fields.

for (const form of document.querySelectorAll("[data-passkey]")) {
  form.addEventListener("submit", submitted);
  for (const part of form.querySelectorAll("[data-with-script]")) part.hidden = false;
  if (!window.PublicKeyCredential) tell(form, "unsupported");
}

async function submitted(event) {
  const form = event.currentTarget;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  tell(form, "");
  try {
    const options = await ask(form);
    const made = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: forCreate(options) })
      : await navigator.credentials.get({ publicKey: forGet(options) });
    form.elements.answer.value = JSON.stringify(plain(made));
    form.submit();
  } catch (error) {
    form.ariaBusy = "false";
    if (error.sentence) tellSentence(form, error.sentence);
    else if (error.name === "InvalidStateError") tell(form, "known");
    else tell(form, error.name === "NotAllowedError" || error.name === "AbortError" ? "cancelled" : "failed");
  }
}

async function ask(form) {
  const fields = new URLSearchParams(new FormData(form));
  const headers = { accept: "application/json", "accept-language": document.documentElement.lang };
  const answer = await fetch(form.dataset.options, { method: "POST", body: fields, headers });
  const told = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(told.code), { sentence: told.messages?.[0]?.content });
  return told;
}

function tell(form, what) {
  tellSentence(form, what && (form.dataset[what] || form.dataset.failed || ""));
}

function tellSentence(form, sentence) {
  const place = form.querySelector("[data-trouble]");
  place.textContent = sentence;
  place.hidden = !sentence;
}

// WebAuthn Level 3 has these conversions in the browser; those of 2024 and before have not.
function forGet(options) {
  const allowed = (options.allowCredentials || []).map((each) => ({ ...each, id: bytes(each.id) }));
  return { ...options, challenge: bytes(options.challenge), allowCredentials: allowed };
}

function forCreate(options) {
  const known = (options.excludeCredentials || []).map((each) => ({ ...each, id: bytes(each.id) }));
  const user = { ...options.user, id: bytes(options.user.id) };
  return { ...options, user, challenge: bytes(options.challenge), excludeCredentials: known };
}

function plain(made) {
  const response = { clientDataJSON: text(made.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[part]) response[part] = text(made.response[part]);
  }
  return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} };
}

function bytes(base64url) {
  const binary = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function text(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
