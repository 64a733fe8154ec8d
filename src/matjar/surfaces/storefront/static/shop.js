// The pages work without this file; with it, they do more without a reload. No dependencies, no globals.

const root = document.documentElement;
root.classList.add("with-script");

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);

showCount();
ready(document);
document.addEventListener("submit", submitted);
document.addEventListener("change", changed);
document.addEventListener("click", clicked);
window.addEventListener("pageshow", showCount);

// The number on the cart comes from a cookie, so that pages are the same for everybody.
function showCount() {
  const found = document.cookie.match(/(?:^|; )storefront-count=(\d+)/);
  const count = found ? Number(found[1]) : 0;
  for (const badge of all("[data-count]")) {
    badge.textContent = new Intl.NumberFormat(root.dataset.locale).format(count);
    badge.hidden = count === 0;
  }
}

function ready(within) {
  for (const hidden of all("[data-print]", within)) hidden.hidden = false;
  for (const step of all("[data-step]", within)) step.hidden = false;
  for (const steps of all("[data-steps]", within)) bound(one("input", steps));
  for (const track of all("[data-track]", within)) watch(track);
  for (const form of all("[data-buy]", within)) choose(form, false);
}

function changed(event) {
  const buy = event.target.closest("[data-buy]");
  if (buy) {
    if (event.target.type === "radio") choose(buy, true);
    return;
  }
  if (!event.target.closest("[data-auto]") || !event.target.checkValidity()) return;
  const form = event.target.form;
  if (form.matches("[data-live]")) refresh(form, null);
  else form.requestSubmit();
}

function clicked(event) {
  if (event.target.closest("[data-print]")) window.print();
  const step = event.target.closest("[data-step]");
  const thumb = event.target.closest("[data-thumb]");
  if (step) {
    const input = one("input", step.parentElement);
    input.stepUp(Number(step.dataset.step));
    bound(input);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (thumb) {
    event.preventDefault();
    turnTo(thumb.dataset.thumb, true);
  }
}

function bound(input) {
  for (const step of all("[data-step]", input.parentElement)) {
    const next = Number(input.value) + Number(step.dataset.step);
    step.disabled = next < Number(input.min) || next > Number(input.max);
  }
}

// The gallery: which picture is seen, and turning to another.
function watch(track) {
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) mark(entry.target.dataset.picture);
  }, { root: track, threshold: 0.6 });
  for (const picture of all("[data-picture]", track)) seen.observe(picture);
}

function mark(picture) {
  for (const thumb of all("[data-thumb]")) {
    if (thumb.dataset.thumb === picture) thumb.setAttribute("aria-current", "true");
    else thumb.removeAttribute("aria-current");
  }
}

function turnTo(picture, smoothly) {
  const target = document.getElementById(`picture-${picture}`);
  if (!target) return;
  const track = target.parentElement;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const shift = target.getBoundingClientRect().left - track.getBoundingClientRect().left;
  track.scrollBy({ left: shift, behavior: smoothly && !calm ? "smooth" : "instant" });
}

// A product's variant: its price, its stock, its picture.
function choose(form, byHand) {
  const chosen = all("input[type=radio]:checked", form).map((input) => input.value);
  const variants = JSON.parse(form.dataset.variants);
  const variant = variants.length === 1 ? variants[0] : variants.find((each) => `${each.choices}` === `${chosen}`);
  const button = one("[data-add]", form);
  if (!button) return;
  const there = Boolean(variant && variant.on_sale);
  button.disabled = !there;
  button.textContent = there ? form.dataset.sayAdd : form.dataset.sayOut;
  one("[data-stock]", form).textContent = variant && there ? variant.stock : "";
  one("[data-trouble]", form).hidden = true;
  if (!variant) return;
  const quantity = one("input[type=number]", form);
  quantity.max = variant.most;
  if (Number(quantity.value) > variant.most) quantity.value = variant.most;
  bound(quantity);
  if (byHand) show(variant);
}

function show(variant) {
  const price = one("[data-price]");
  const now = Object.assign(document.createElement(variant.before ? "ins" : "span"), { textContent: variant.price });
  const whole = Object.assign(document.createElement("span"), { className: "price" });
  whole.append(now);
  if (variant.before) whole.append(" ", Object.assign(document.createElement("del"), { textContent: variant.before }));
  price.replaceChildren(whole);
  if (variant.picture) turnTo(variant.picture, true);
  one("[data-unit-price]").textContent = variant.unit_price;
  const sku = one("[data-sku]");
  if (sku) sku.textContent = variant.sku;
}

function submitted(event) {
  const form = event.target;
  const how = form.matches("[data-buy]") ? buy : form.matches("[data-live]") ? refresh : null;
  if (!how || (event.submitter && event.submitter.matches("[data-leave]"))) return;
  event.preventDefault();
  how(form, event.submitter);
}

function send(form, submitter, accept) {
  const fields = new URLSearchParams(new FormData(form, submitter));
  return fetch(form.action, { method: "POST", body: fields, headers: { accept, "accept-language": root.lang } });
}

async function buy(form, submitter) {
  const trouble = one("[data-trouble]", form);
  trouble.hidden = true;
  submitter.setAttribute("aria-disabled", "true");
  try {
    const answer = await send(form, submitter, "application/json");
    const told = await answer.json();
    if (answer.ok) {
      showCount();
      toast(told.title);
    } else {
      trouble.textContent = told.messages[0].content;
      trouble.hidden = false;
    }
  } catch {
    trouble.textContent = one("[data-toast]").dataset.failed;
    trouble.hidden = false;
  }
  submitter.removeAttribute("aria-disabled");
}

// A form whose page is shown anew in place: the answer is the whole page, of which the regions are taken.
let latest = 0;

async function refresh(form, submitter) {
  const turn = ++latest;
  const sent = new FormData(form);
  const regions = all("[data-region]");
  for (const region of regions) region.setAttribute("aria-busy", "true");
  try {
    const answer = await send(form, submitter, "text/html");
    if (answer.redirected && !regions.length) return void location.assign(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== latest) return;
    const focus = document.activeElement;
    for (const region of regions) {
      const fresh = page.getElementById(region.id);
      if (!fresh) return void (answer.redirected ? location.assign(answer.url) : form.submit());
      keepTyped(region, fresh, sent);
      region.replaceWith(fresh);
      ready(fresh);
    }
    refocus(focus);
    showCount();
  } catch {
    if (turn === latest) form.submit();
  }
}

// What somebody typed while the answer was on its way is theirs, and stays.
function keepTyped(region, fresh, sent) {
  for (const field of all("input:not([type=radio], [type=checkbox], [type=hidden]), textarea", region)) {
    const same = field.name && one(`[name="${CSS.escape(field.name)}"]`, fresh);
    if (same && field.value !== (sent.get(field.name) ?? "")) same.value = field.value;
  }
}

function refocus(before) {
  if (document.contains(before) || !before.name) return;
  const same = all(`[name="${CSS.escape(before.name)}"]`);
  const found = same.find((each) => !["radio", "submit"].includes(each.type) || each.value === before.value);
  if (found) found.focus({ preventScroll: true });
}

let hiding = 0;

function toast(title) {
  const box = one("[data-toast]");
  const words = document.createElement("p");
  words.append(`${box.dataset.added} `, Object.assign(document.createElement("bdi"), { textContent: title }));
  const link = Object.assign(document.createElement("a"), { href: box.dataset.href, textContent: box.dataset.view });
  box.replaceChildren(words, link);
  box.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => box.classList.remove("shown"), 6000);
}
