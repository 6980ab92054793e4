/** <hub-figures>: counts with source, instant and basis; nothing is overwritten, one of each is the official one. */
import { html, nothing, type TemplateResult } from "lit";
import { post } from "../shared/api";
import { when } from "../shared/chips";
import { field, options, refusal, value } from "../shared/form";
import { confirmed, tell } from "../shared/notices";
import { may } from "../shared/page";
import { Sending } from "../shared/part";
import type { Figure } from "../shared/shapes";
import { instantOf, serverNow, wallOf } from "../shared/time";
import { t, word } from "../shared/words";
import { MatterPart } from "./matter";

const CATEGORIES = ["deaths", "injured", "missing", "items", "loss", "hours", "records"] as const;

export class HubFigures extends MatterPart {
  private readonly sending = new Sending(this);

  protected override render(): TemplateResult | typeof nothing {
    if (!this.matter) return nothing;
    const groups = new Map<string, Figure[]>();
    for (const one of this.matter.figures) groups.set(one.category, [...(groups.get(one.category) ?? []), one]);
    return html` ${groups.size ? nothing : html`<p class="quiet">${t("figures.none")}</p>`}
    ${Array.from(groups, ([category, stated]) => this.group(category, stated))}
    ${may("figure.state") && this.matter.role !== "informed" ? this.form() : nothing}`;
  }

  private group(category: string, stated: Figure[]): TemplateResult {
    const differs = this.matter.incident?.figures[category]?.differs;
    return html`<table class="figures">
      <caption>
        ${word("figure", category)} ${differs ? html`<span class="late">${t("figures.differ")}</span>` : nothing}
      </caption>
      <thead class="sr">
        <tr>
          <th>${t("figures.n")}</th>
          <th>${t("figures.as_of")}</th>
          <th>${t("figures.source")}</th>
          <th></th>
        </tr>
      </thead>
      <tbody>
        ${[...stated].reverse().map(
          (one) =>
            html`<tr class=${one.official ? "official" : ""}>
              <td class="num">${one.n ?? t("figures.unknown")}</td>
              <td>${when(one.as_of)}</td>
              <td>${one.source}${one.basis ? html`<div class="second">${one.basis}</div>` : nothing}</td>
              <td>
                ${one.official ? html`<span class="chip status">${t("figures.official")}</span>` : this.makeOfficial(one)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private makeOfficial(one: Figure): TemplateResult | typeof nothing {
    if (!may("figure.official") && !may("figure.state")) return nothing;
    if (!this.matter.leads || !one.id) return nothing;
    return html`<button type="button" class="plain" @click=${() => this.official(one)}>
      ${t("figures.make_official")}
    </button>`;
  }

  private form(): TemplateResult {
    const fault = this.sending.fault;
    const unit = (id: string, name: string, label: string): TemplateResult =>
      field(
        id,
        label,
        html`<input id=${id} name=${name} autocomplete="off" aria-describedby="${id}-says" />`,
        fault?.about(name),
      );
    return html`<form class="inset" @submit=${this.send}>
      <h3>${t("figures.add")}</h3>
      <div class="fields">
        ${field(
          "figure-category",
          t("figures.category"),
          html`<select id="figure-category" name="category">
            ${options(CATEGORIES.map((one) => [one, word("figure", one)] as const))}
          </select>`,
          fault?.about("category"),
        )}
        ${field(
          "figure-n",
          t("figures.n"),
          html`<input id="figure-n" name="n" inputmode="numeric" pattern="[0-9]*" aria-describedby="figure-n-says" />`,
          fault?.about("n"),
          { hint: t("figures.n.hint") },
        )}
        ${field(
          "figure-at",
          t("figures.as_of"),
          html`<input id="figure-at" name="as_of" type="datetime-local" .defaultValue=${wallOf(serverNow())} />`,
          fault?.about("as_of"),
        )}
        ${unit("figure-source", "source", t("figures.source"))}${unit("figure-basis", "basis", t("basis"))}
      </div>
      ${refusal(fault)}
      <div class="buttons small"><button class="main" ?disabled=${this.sending.busy}>${t("figures.do")}</button></div>
    </form>`;
  }

  private async send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const n = value(form, "n");
    const at = value(form, "as_of");
    const body = {
      category: value(form, "category"),
      ...(n === "" ? { unknown: true } : { n: Number(n) }),
      as_of: at ? instantOf(at) : new Date(serverNow()).toISOString(),
      source: value(form, "source"),
      basis: value(form, "basis"),
    };
    if (!(await this.sending.run(() => post(`${this.matter.path}/figures`, body)))) return;
    form.reset();
    tell(t("figures.done"));
    this.matter.again();
  }

  private async official(one: Figure): Promise<void> {
    const asked = `${word("figure", one.category)}${t("colon")}${one.n ?? t("figures.unknown")}`;
    if (!(await confirmed(asked, t("consequence.official"), t("figures.make_official")))) return;
    if (!(await this.sending.run(() => post(`${this.matter.path}/figures/${one.id}/official`, {})))) return;
    this.matter.again();
  }
}

customElements.define("hub-figures", HubFigures);
