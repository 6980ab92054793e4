/** The form of one unit's return: every category is a number or unknown with a reason; a draft survives a reload. */
import { post, Problem } from "../shared/api";
import { forget, keep, restore } from "../shared/draft";
import { page } from "../shared/page";
import { instantOf } from "../shared/time";
import { t } from "../shared/words";
import { type Outcome, paragraph, tell } from "./receipt";
import { count, rows } from "./rows";

interface Refusal {
  pointer: string;
  words: { zh: string; en: string };
}

const BY = "hub.return.stated_by";
const form = document.querySelector<HTMLFormElement>("form[data-return]");
if (form) furnish(form);

function furnish(form: HTMLFormElement): void {
  const name = `return.${form.dataset["unit"]}.${form.dataset["date"]}`;
  restore(form, name);
  const by = input(form, "stated_by");
  if (by && !by.value) by.value = localStorage.getItem(BY) ?? "";
  const look = (): void => {
    for (const row of rows(form)) show(row);
    gaps(form);
    const said = form.querySelector<HTMLElement>("[data-said]");
    if (said) said.hidden = value(form, "channel") === "hub";
  };
  look();
  form.addEventListener("input", () => {
    look();
    keep(form, name);
  });
  for (const one of form.querySelectorAll<HTMLElement>("[data-takes]")) {
    one.addEventListener("click", () => take(form, one));
  }
  zeros(form, () => form.dispatchEvent(new Event("input", { bubbles: true })));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form, name);
  });
}

/** A number that the Hub counts is written only when somebody takes it over: it is theirs from then on. */
function take(form: HTMLFormElement, offer: HTMLElement): void {
  const row = offer.closest<HTMLElement>("[data-category]");
  if (!row || isUnknown(row)) return;
  count(row).value = offer.dataset["takes"] ?? "";
  form.dispatchEvent(new Event("input", { bubbles: true }));
  count(row).focus();
}

/** What is empty becomes 0 only when somebody says yes to the list of names. */
function zeros(form: HTMLFormElement, changed: () => void): void {
  const asks = form.querySelector<HTMLElement>("[data-confirms]");
  if (!asks) return;
  const empty = (): HTMLElement[] => rows(form).filter((row) => !isUnknown(row) && !count(row).value.trim());
  form.querySelector("[data-zeros]")?.addEventListener("click", () => {
    const names = empty().map((row) => row.dataset["title"] ?? "");
    const words = asks.querySelector("p");
    if (words) words.textContent = names.length ? t("return.zeros", { names: names.join("、") }) : t("return.no_zeros");
    asks.hidden = false;
    asks.querySelector<HTMLElement>("[data-yes]")?.focus();
  });
  asks.querySelector("[data-yes]")?.addEventListener("click", () => {
    for (const row of empty()) count(row).value = "0";
    asks.hidden = true;
    changed();
  });
  asks.querySelector("[data-no]")?.addEventListener("click", () => (asks.hidden = true));
}

function show(row: HTMLElement): void {
  const unknown = isUnknown(row);
  const why = row.querySelector<HTMLElement>(".why");
  if (why) why.hidden = !unknown;
  count(row).disabled = unknown;
  if (row.classList.contains("faulty")) fault(row, judged(row));
}

function gaps(form: HTMLFormElement): void {
  const of = (code: string): HTMLElement | null => form.querySelector(`[data-category="${code}"]`);
  let differ = false;
  for (const asks of form.querySelectorAll<HTMLElement>("[data-check]")) {
    const [one = "", other = ""] = (asks.dataset["check"] ?? "").split("=");
    const [left, right] = [of(one), of(other)];
    const [n, m] = [left ? whole(count(left)) : null, right ? whole(count(right)) : null];
    asks.hidden = n === null || m === null || n === m;
    if (asks.hidden || !left || !right) continue;
    differ = true;
    const [a, b] = [left.dataset["title"] ?? one, right.dataset["title"] ?? other];
    asks.textContent = t("return.differ", { one: a, other: b, n: n ?? "", m: m ?? "" });
  }
  const how = form.querySelector<HTMLElement>("[data-checked]");
  if (how) how.hidden = !differ;
}

async function send(form: HTMLFormElement, name: string): Promise<void> {
  const place = form.querySelector<HTMLElement>("[role=alert]");
  const button = form.querySelector<HTMLButtonElement>("button.main.big");
  place?.replaceChildren();
  const faults = rows(form).filter((row) => fault(row, judged(row)));
  const missing = faults.length ? "" : lacking(form);
  if (faults[0]) return void count(faults[0]).focus();
  if (missing) return say(place, missing);
  if (button) button.disabled = true;
  try {
    const { body } = await post<Outcome>(form.dataset["return"] ?? "", gathered(form));
    forget(name);
    localStorage.setItem(BY, value(form, "stated_by"));
    await tell(form, body);
  } catch (refused) {
    if (!(refused instanceof Problem)) throw refused;
    blame(form, place, refused);
  } finally {
    if (button) button.disabled = false;
  }
}

/** What the server refuses stands at its number; the rest above the button. */
function blame(form: HTMLFormElement, place: HTMLElement | null, problem: Problem): void {
  const refusals = (problem.body["refusals"] ?? []) as Refusal[];
  const rest = refusals.filter((one) => {
    const row = rows(form).find((each) => one.pointer.endsWith(`/${each.dataset["category"]}`));
    return !row || !fault(row, one.words[page.lang]);
  });
  const late = form.querySelector<HTMLElement>("[data-late]");
  if (late && refusals.some((one) => one.pointer === "/late_reason")) late.hidden = false;
  const words = refusals.length ? rest.map((one) => one.words[page.lang]) : [problem.detail];
  if (words.length) say(place, words.join(" "));
}

function gathered(form: HTMLFormElement): Record<string, unknown> {
  const counts: Record<string, number> = {};
  const unknown: Record<string, string>[] = [];
  for (const row of rows(form)) {
    const category = row.dataset["category"] ?? "";
    const n = whole(count(row));
    if (isUnknown(row)) {
      const [reason, expected_by] = [value(form, `w-${category}`), instantOf(value(form, `e-${category}`))];
      unknown.push({ category, reason, expected_by });
    } else if (n !== null) counts[category] = n;
  }
  const body: Record<string, unknown> = { counts, unknown };
  // A link knows by itself for which unit and date it is.
  if (!("linked" in form.dataset)) Object.assign(body, { unit: form.dataset["unit"], date: form.dataset["date"] });
  for (const one of ["explanation", "statement", "stated_by", "channel", "origin", "late_reason"]) {
    if (value(form, one)) body[one] = value(form, one);
  }
  if (!form.querySelector<HTMLElement>("[data-checked]")?.hidden) body["checked_how"] = value(form, "checked_how");
  const said = ["hub", ""].includes(value(form, "channel")) ? "" : value(form, "stated_at");
  if (said) body["stated_at"] = instantOf(said);
  return body;
}

/** Why a row is no answer yet; empty when it is one. */
function judged(row: HTMLElement): string {
  const category = row.dataset["category"] ?? "";
  if (isUnknown(row)) {
    const told = ["w", "e"].every((part) => row.querySelector<HTMLInputElement>(`[name="${part}-${category}"]`)?.value);
    return told ? "" : t("return.why");
  }
  if (!count(row).value.trim()) return t("return.empty");
  return whole(count(row)) === null ? t("return.whole") : "";
}

function fault(row: HTMLElement, words: string): boolean {
  const place = row.querySelector<HTMLElement>(".fault");
  row.classList.toggle("faulty", words !== "");
  count(row).setAttribute("aria-invalid", String(words !== ""));
  if (place) Object.assign(place, { textContent: words, hidden: words === "" });
  return words !== "";
}

function lacking(form: HTMLFormElement): string {
  if (!value(form, "stated_by")) return t("return.by");
  return value(form, "statement") ? "" : t("return.statement");
}

/** A whole number as it was typed, wide digits among them; null for anything else. */
function whole(field: HTMLInputElement): number | null {
  const typed = field.value.trim().replace(/[０-９]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));
  return /^[0-9]{1,9}$/.test(typed) ? Number(typed) : null;
}

function isUnknown(row: HTMLElement): boolean {
  return row.querySelector<HTMLInputElement>(".check input")?.checked ?? false;
}

function input(form: HTMLFormElement, name: string): HTMLInputElement | null {
  return form.querySelector(`[name="${name}"]`);
}

function value(form: HTMLFormElement, name: string): string {
  const held = new FormData(form).get(name);
  return typeof held === "string" ? held.trim() : "";
}

function say(place: HTMLElement | null, words: string): void {
  place?.replaceChildren(paragraph(words, "refusal"));
}
