/** Forms with `data-door` go to that door as JSON; the page is read anew, or what came back is shown.
 * With `data-goes` the page of what was made is opened; with `data-ask` its consequence is asked about first. */
import { post, Problem } from "../shared/api";
import { sendKey } from "../shared/form";
import { bind } from "../shared/keys";
import { confirmed } from "../shared/notices";
import { at } from "../shared/paths";
import { instantOf } from "../shared/time";
import { t } from "../shared/words";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

// A part of a page may be drawn again, with new forms in it; what they send is heard here.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("door" in form.dataset)) return;
  event.preventDefault();
  void send(form);
});

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-door]")) form.addEventListener("keydown", sendKey);

for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-same-post]")) {
  const other = document.getElementById(select.dataset["samePost"] ?? "");
  if (!(other instanceof HTMLSelectElement)) continue;
  const narrow = (): void => samePost(other, select);
  other.addEventListener("change", narrow);
  narrow();
}

for (const one of document.querySelectorAll<HTMLAnchorElement>("a[data-key]")) {
  bind(one.dataset["key"] ?? "", one.textContent.trim(), () => one.click());
}

async function send(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector("button");
  const { ask, consequence = "", yes = "" } = form.dataset;
  if (ask && !(await confirmed(ask, consequence, yes))) return;
  if (button) button.disabled = true;
  say(form, null);
  try {
    const body = gathered(form);
    const answer = await post<Record<string, unknown>>(door(form, body), body);
    const shows = form.dataset["shows"];
    const goes = form.dataset["goes"];
    if (goes) location.assign(at(`${goes}${String(answer.body["ref"] ?? answer.body["id"])}`));
    else if (shows) show(form, String(answer.body[shows] ?? ""));
    else location.reload();
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
    say(form, fault.detail);
  } finally {
    if (button) button.disabled = false;
  }
}

/** What the form holds: instants in the zone of the operation, JSON as it is, lists by their rows, empty fields left out.
 * A dot in a name makes what lies inside: `via.channel`. */
function gathered(form: HTMLFormElement): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const one of form.elements) {
    if (!isField(one) || !one.name || one.value === "") continue;
    const kind = one.dataset["kind"];
    if (kind === "instant") put(body, one.name, instantOf(one.value));
    else if (kind === "json") body[one.name] = JSON.parse(one.value);
    else if (kind === "list") listed(body, one);
    else if (kind === "spread") Object.assign(body, JSON.parse(one.value));
    else put(body, one.name, one.value);
  }
  return body;
}

/** One of several of that name; a box that is not ticked is none. */
function listed(body: Record<string, unknown>, one: Field): void {
  if (one instanceof HTMLInputElement && one.type === "checkbox" && !one.checked) return;
  body[one.name] = [...((body[one.name] as unknown[] | undefined) ?? []), JSON.parse(one.value)];
}

function put(body: Record<string, unknown>, name: string, value: string): void {
  const [first = "", ...rest] = name.split(".");
  if (!rest.length) body[first] = value;
  else put((body[first] ??= {}) as Record<string, unknown>, rest.join("."), value);
}

/** The door of a form; another one where a field was left empty, as `data-without="field=door"` says. */
function door(form: HTMLFormElement, body: Record<string, unknown>): string {
  const [field = "", other = ""] = (form.dataset["without"] ?? "").split("=");
  return field && !(field in body) ? other : (form.dataset["door"] ?? "");
}

function show(form: HTMLFormElement, path: string): void {
  const place = form.querySelector("[role=alert]");
  if (!place) return;
  const field = document.createElement("input");
  field.readOnly = true;
  field.value = `${location.origin}${path}`;
  field.setAttribute("aria-label", t("roster.address"));
  place.replaceChildren(t("roster.once"), field);
  field.select();
}

function say(form: HTMLFormElement, words: string | null): void {
  const place = form.querySelector("[role=alert]");
  if (!place) return;
  const said = document.createElement("div");
  said.className = "refusal";
  said.textContent = words;
  place.replaceChildren(...(words ? [said] : []));
}

function samePost(mine: HTMLSelectElement, theirs: HTMLSelectElement): void {
  const wanted = mine.selectedOptions[0]?.dataset["post"];
  let first: HTMLOptionElement | undefined;
  for (const one of theirs.options) {
    one.hidden = one.disabled = one.dataset["post"] !== wanted;
    if (!one.hidden) first ??= one;
  }
  if (theirs.selectedOptions[0]?.hidden && first) first.selected = true;
}

function isField(one: Element): one is Field {
  return one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement;
}
