/** Above the table: search and filters, how many are shown, and the way to a new incident. */
import { html, nothing, type TemplateResult } from "lit";
import { said } from "../shared/part";
import { options } from "../shared/form";
import { may, operation, page } from "../shared/page";
import { newIncidentPath } from "../shared/paths";
import { t, word } from "../shared/words";
import { type Filters, narrowed } from "./filters";

const STATUSES = ["heard", "reported", "responding", "contained", "lifted"] as const;

/** The bar; `change` is told which filter became what. */
export function bar(
  filters: Filters,
  shown: number,
  all: number,
  change: (name: keyof Filters, value: string) => void,
): TemplateResult {
  const set = (name: keyof Filters) => (event: Event) => change(name, (event.target as HTMLInputElement).value);
  const statuses = STATUSES.map((one) => [one, word("status", one)] as const);
  const types = (page.plan?.types ?? []).map((one) => [one.code, said(one.title)] as const);
  const orders = (["due", "grade"] as const).map((one) => [one, t(`sort.${one}`)] as const);
  return html`<form class="bar" role="search" @submit=${(event: Event) => event.preventDefault()}>
    <label class="search"
      ><span class="sr">${t("board.search")}</span>
      <input
        id="board-q"
        type="search"
        .value=${filters.q}
        placeholder=${t("board.search")}
        autocomplete="off"
        @input=${set("q")}
        @keydown=${leave}
    /></label>
    ${choice("status", t("filter.status"), statuses, filters, set)}
    ${choice("grade", t("filter.grade"), grades(), filters, set)}
    ${choice("type", t("filter.type"), types, filters, set)} ${choice("sort", t("sort.new"), orders, filters, set)}
    <span class="shown" role="status"
      >${narrowed(filters) ? t("board.shown", { n: shown, all }) : t("board.all", { n: all })}</span
    >
    ${may("incident.open") ? html`<a class="button main" href=${newIncidentPath(operation())}>${t("board.new")} <kbd>n</kbd></a>` : nothing}
  </form>`;
}

function choice(
  name: keyof Filters,
  empty: string,
  pairs: (readonly [string, string])[],
  filters: Filters,
  set: (name: keyof Filters) => (event: Event) => void,
): TemplateResult {
  const label = name === "sort" ? t("sort.label") : empty;
  return html`<label
    ><span class="sr">${label}</span
    ><select name=${name} class=${filters[name] ? "set" : ""} @change=${set(name)}>
      <option value="">${empty}</option>
      ${options(pairs, filters[name])}
    </select></label
  >`;
}

function grades(): (readonly [string, string])[] {
  const known = (page.plan?.grades ?? []).map((one) => [one.code, said(one.title)] as const);
  return [...known, ["none", t("grade.none")] as const];
}

function leave(event: KeyboardEvent): void {
  if (event.key === "Escape" || event.key === "Enter") (event.target as HTMLInputElement).blur();
}
