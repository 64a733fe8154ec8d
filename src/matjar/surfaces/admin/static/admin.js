// The back office works without this file; with it, it is quicker. No dependencies, no globals.

const root = document.documentElement;
root.classList.add("with-script");

const PLACE = "matjar-place";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

ready();
stay();
document.addEventListener("htmx:afterSettle", ready);
document.addEventListener("submit", submitted);
document.addEventListener("change", changed);
document.addEventListener("input", typed);
document.addEventListener("click", clicked);
document.addEventListener("keydown", pressed);
window.addEventListener("pageshow", rested);

function ready() {
  for (const hidden of all("[data-all], [data-print]")) hidden.hidden = false;
  for (const trouble of all(".field-error[id]")) mark(trouble);
}

// What is said beside a field while one types marks the field, as it would on a new page.
function mark(trouble) {
  const field = document.querySelector(`[aria-describedby="${trouble.id}"]`);
  if (field) field.setAttribute("aria-invalid", String(trouble.textContent.trim() !== ""));
}

// Whoever saves a row in the middle of a list is in the middle of it afterwards; what is wrong is gone to instead.
function stay() {
  const place = JSON.parse(sessionStorage.getItem(PLACE) || "{}");
  sessionStorage.removeItem(PLACE);
  const same = place.path === location.pathname && Date.now() - place.at < 10_000;
  if (same && !document.querySelector("[aria-invalid=true]")) scrollTo({ top: place.top, behavior: "instant" });
}

// Whoever presses twice has pressed once; the button says that it is at work.
function submitted(event) {
  const form = event.target;
  const button = event.submitter;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[data-passkey]")) return;
  if (form.dataset.sent) return void event.preventDefault();
  form.dataset.sent = "1";
  sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, top: scrollY, at: Date.now() }));
  if (button) button.setAttribute("aria-busy", "true");
}

// Back from another page, by the browser's own memory: who was there may be out by now, and numbers have moved.
function rested(event) {
  if (event.persisted) return void location.reload();
  for (const form of all("[data-sent]")) delete form.dataset.sent;
  for (const button of all("button[aria-busy]")) button.removeAttribute("aria-busy");
}

function changed(event) {
  const box = event.target;
  if (box.matches("[data-all]")) {
    for (const each of all("input[name=order]", box.form)) each.checked = box.checked;
  }
  if (box.matches("[data-all], input[name=order]")) count(box.form);
}

function count(form) {
  const chosen = all("input[name=order]:checked", form).length;
  form.querySelector("[data-chosen]").textContent = new Intl.NumberFormat(root.dataset.locale).format(chosen);
}

// What was changed and is not saved yet has a button that says so.
function typed(event) {
  const form = event.target.form;
  if (!form || !form.matches("[data-dirty]")) return;
  const dirty = [...form.elements].some((each) => each.type === "text" && each.value !== each.defaultValue);
  for (const each of form.elements) if (each.matches("button")) each.classList.toggle("dirty", dirty);
}

function clicked(event) {
  if (event.target.closest("[data-print]")) window.print();
}

// "/" goes to the search, as in many a back office, and Escape leaves it; "j" and "k" walk along the rows.
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target.matches("[data-slash]")) return void event.target.blur();
  if (event.target.closest("input, select, textarea")) return;
  if (event.key === "/") return void seek(event);
  if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
}

function seek(event) {
  const field = document.querySelector("[data-slash]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

function walk(step) {
  const links = all(".row-link");
  const at = links.indexOf(document.activeElement);
  const next = links[Math.min(Math.max(at + step, 0), links.length - 1)];
  if (next) next.focus();
}
