/** Fields of forms: label, control, hint and the server's sentence about what is wrong, tied together for every reader. */
import { html, nothing, type TemplateResult } from "lit";
import type { Problem } from "./api";
import { t } from "./words";

type Pairs = readonly (readonly [string, string])[];

interface FieldOptions {
  hint?: string | TemplateResult;
  required?: boolean;
  wide?: boolean;
}

/** A labelled field. The control carries the id `id` and `aria-describedby` `id-says`. */
export function field(
  id: string,
  label: string,
  control: TemplateResult,
  fault: string | null | undefined,
  options: FieldOptions = {},
): TemplateResult {
  return html`<div class="field ${options.wide ? "wide" : ""} ${fault ? "faulty" : ""}">
    <label for=${id}
      >${label}${options.required ? html` <span class="must">${t("form.required")}</span>` : nothing}</label
    >
    ${control}
    <div id="${id}-says" class="says">
      ${fault ? html`<span class="fault">${fault}</span>` : nothing}
      ${options.hint ? html`<span class="hint">${options.hint}</span>` : nothing}
    </div>
  </div>`;
}

interface ChoiceOptions extends FieldOptions {
  /** What stands first and means nothing; left out where something must be chosen. */
  empty?: string;
  chosen?: string | undefined;
}

/** A labelled choice between codes. */
export function choice(
  id: string,
  name: string,
  label: string,
  pairs: Pairs,
  fault: string | null | undefined,
  more: ChoiceOptions = {},
): TemplateResult {
  const control = html`<select id=${id} name=${name} aria-describedby="${id}-says">
    ${more.empty === undefined ? nothing : html`<option value="">${more.empty}</option>`}${options(pairs, more.chosen)}
  </select>`;
  return field(id, label, control, fault, more);
}

/** The refusal of a whole form, in the server's sentence, with the faults of fields that are not `placed` on the form. */
export function refusal(fault: Problem | null, placed: readonly string[] = []): TemplateResult {
  const words = fault ? html`<div class="refusal">${fault.detail}${unplaced(fault, placed)}</div>` : nothing;
  // The place is always there, so that what comes into it is read out.
  return html`<div role="alert">${words}</div>`;
}

/** A choice of codes with their titles. */
export function options(pairs: Pairs, chosen = ""): TemplateResult[] {
  return pairs.map(([code, title]) => html`<option value=${code} ?selected=${code === chosen}>${title}</option>`);
}

/** The value of a form's field, trimmed; empty when absent. */
export function value(form: HTMLFormElement, name: string): string {
  const held = new FormData(form).get(name);
  return typeof held === "string" ? held.trim() : "";
}

/** Send the form by Ctrl+Enter from any of its fields. */
export function sendKey(event: KeyboardEvent): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  (event.currentTarget as HTMLFormElement).requestSubmit();
}

function unplaced(fault: Problem, placed: readonly string[]): TemplateResult | typeof nothing {
  const rest = fault.errors.filter((one) => !placed.includes(one.pointer.split("/")[1] ?? ""));
  if (rest.length === 0) return nothing;
  return html`<ul>
    ${rest.map((one) => html`<li><code>${one.pointer}</code> ${one.detail}</li>`)}
  </ul>`;
}
