// The pages work without this file, but for passkeys (passkeys.js). No dependencies, no globals.

document.documentElement.classList.add("with-script");

for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;

// What was copied says so for a moment.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const codes = [...document.querySelectorAll(button.dataset.copy)].map((each) => each.textContent.trim());
    await navigator.clipboard.writeText(codes.join("\n"));
    const before = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = before; }, 2_000);
  });
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

// A password is shown while its button is pressed in.
for (const button of document.querySelectorAll("[data-reveal]")) {
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.reveal);
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
}

// What cannot be undone is asked for twice.
for (const form of document.querySelectorAll("[data-sure]")) {
  form.addEventListener("submit", (event) => {
    if (!window.confirm(form.dataset.sure)) event.preventDefault();
  });
}

// What is sent is sent once, however often the button is pressed; coming back, it can be sent again.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.dataset.passkey) return;
  if (event.target.ariaBusy === "true") event.preventDefault();
  event.target.ariaBusy = "true";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[aria-busy]")) form.ariaBusy = null;
});

// Where something is to be mended, there one types on.
document.querySelector("[aria-invalid='true']")?.focus();

// Nobody presses a button in order to be handed on.
document.querySelector("[data-hand-over]")?.submit();

// Going back from the surface shows this page as it was, which would hand over what was handed over already.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector("[data-hand-over]")) window.location.reload();
});
