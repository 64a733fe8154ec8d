// Suggestions while typing: a combobox with a list (WAI-ARIA Authoring Practices, "Combobox Pattern"). Without this
// file the field is a plain search.

for (const form of all("[data-find]")) suggestTo(form);

function suggestTo(form) {
  const input = one("input[type=search]", form);
  const list = one("[role=listbox]", form);
  let waiting = 0;
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value);
  }
  close(form);
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 120, form);
  });
  input.addEventListener("keydown", (event) => pressed(event, form));
  input.addEventListener("blur", () => close(form));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => follow(form, event.target.closest("[role=option]")));
}

async function suggest(form) {
  const input = one("input[type=search]", form);
  const typed = input.value.trim();
  if (!typed) return close(form);
  try {
    const address = `/search/suggestions.json?${new URLSearchParams({ q: typed })}`;
    const answer = await fetch(address, { headers: { "accept-language": root.lang } });
    const told = await answer.json();
    if (answer.ok && typed === input.value.trim() && document.activeElement === input) open(form, told.suggestions);
  } catch {
    close(form);
  }
}

function open(form, suggestions) {
  const list = one("[role=listbox]", form);
  const product = (each) => option(each.title, form.dataset.find + encodeURIComponent(each.handle), each.image);
  const options = suggestions.map(product);
  if (options.length) options.push(option(form.dataset.sayAll, "", ""));
  options.forEach((each, at) => { each.id = `${list.id}-${at}`; });
  list.replaceChildren(...options);
  list.hidden = !options.length;
  const input = one("input[type=search]", form);
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
  const count = new Intl.NumberFormat(root.dataset.locale).format(suggestions.length);
  const heard = one("[data-heard]", form);
  heard.textContent = suggestions.length ? `${form.dataset.saySome} ${count}` : form.dataset.sayNone;
}

function option(title, address, image) {
  const made = Object.assign(document.createElement("li"), { className: "suggestion" });
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.dataset.address = address;
  if (image) made.append(Object.assign(document.createElement("img"), { src: image, alt: "", width: 40, height: 40 }));
  made.append(Object.assign(document.createElement("bdi"), { textContent: title }));
  return made;
}

function close(form) {
  const input = one("input[type=search]", form);
  one("[role=listbox]", form).hidden = true;
  one("[data-heard]", form).textContent = "";
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function pressed(event, form) {
  const list = one("[role=listbox]", form);
  if (event.isComposing) return;
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) {
    event.preventDefault();
    if (list.hidden) suggest(form);
    else walk(form, steps[event.key]);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close(form);
  } else if (event.key === "Enter" && !list.hidden) {
    const chosen = one("[aria-selected=true]", list);
    if (chosen) event.preventDefault();
    follow(form, chosen);
  }
}

// Round and round, with the field itself between the last and the first.
function walk(form, step) {
  const options = all("[role=option]", form);
  const before = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const places = options.length + 1;
  const now = ((before + 1 + step + places) % places) - 1;
  options.forEach((each, at) => each.setAttribute("aria-selected", String(at === now)));
  const input = one("input[type=search]", form);
  if (now < 0) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", options[now].id);
  options[now].scrollIntoView({ block: "nearest" });
}

function follow(form, chosen) {
  if (!chosen) return;
  if (chosen.dataset.address) location.assign(chosen.dataset.address);
  else form.requestSubmit();
}
