/** <hub-new-incident>: what happened, in under half a minute by keyboard; what is half written survives a reload. */
import { html, nothing, type TemplateResult } from "lit";
import { post, Problem } from "../shared/api";
import { forget, keep, restore } from "../shared/draft";
import { choice, field, options, refusal, sendKey, value } from "../shared/form";
import { operation, page } from "../shared/page";
import { Part, said, Sending } from "../shared/part";
import { boardPath, incidentPath } from "../shared/paths";
import type { Incident } from "../shared/shapes";
import { instantOf, serverNow, wallOf, zoneTitle } from "../shared/time";
import { readVia, viaFields } from "../shared/via";
import { t, word } from "../shared/words";
import { circle } from "./circle";

const ATTENTIONS = ["A", "B", "C"] as const;
const CATEGORIES = ["A", "N", "H", "S", "O"] as const;

const PLACED = ["type", "title", "summary", "site", "place", "occurred_at", "planned_at", "attention"];

export class HubNewIncident extends Part {
  private type = "";
  private site = "";
  private restored = false;
  private readonly sending = new Sending(this);
  private readonly draft = `incident.${operation()}`;

  protected override firstUpdated(): void {
    const form = this.querySelector("form");
    if (!form) return;
    this.restored = restore(form, this.draft);
    [this.type, this.site] = [value(form, "type"), value(form, "site")];
    form.querySelector<HTMLElement>(this.type ? "#new-title" : "#new-type")?.focus();
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<form class="new-incident" @submit=${this.send} @input=${this.typed} @keydown=${sendKey} novalidate>
      ${
        this.restored
          ? html`<p class="note-line" role="status">
              ${t("new.restored")}
              <button type="button" class="plain" @click=${this.discard}>${t("new.discard")}</button>
            </p>`
          : nothing
      }
      <div class="fields">${this.what()}${this.where()}</div>
      ${viaFields("new", this.sending.fault)}
      <section class="panel preview" aria-live="polite">${circle(this.type, this.site)}</section>
      ${refusal(this.sending.fault, PLACED)}
      <div class="buttons">
        <button class="main" ?disabled=${this.sending.busy}>${t("new.do")} <kbd>Ctrl ↵</kbd></button>
        <a class="button" href=${boardPath(operation())}>${t("cancel")}</a>
      </div>
    </form>`;
  }

  private what(): TemplateResult {
    const fault = this.sending.fault;
    return html` ${field(
      "new-type",
      t("field.type"),
      html`<select id="new-type" name="type" required aria-describedby="new-type-says">
        <option value="">${t("new.choose")}</option>
        ${this.types()}
      </select>`,
      fault?.about("type"),
      { required: true, wide: true },
    )}
    ${field(
      "new-title",
      t("field.title"),
      html`<input
        id="new-title"
        name="title"
        required
        maxlength="300"
        autocomplete="off"
        aria-describedby="new-title-says"
      />`,
      fault?.about("title"),
      { required: true, wide: true, hint: t("new.title.hint") },
    )}
    ${field(
      "new-summary",
      t("field.summary"),
      html`<textarea id="new-summary" name="summary" rows="3" aria-describedby="new-summary-says"></textarea>`,
      fault?.about("summary"),
      { wide: true, hint: t("new.summary.hint") },
    )}`;
  }

  private where(): TemplateResult {
    const fault = this.sending.fault;
    const sites = (page.sites ?? []).map((one) => [one.code, one.title] as const);
    const attentions = ATTENTIONS.map((one) => [one, word("attention", one)] as const);
    return html`${
      sites.length ? choice("new-site", "site", t("field.site"), sites, fault?.about("site"), { empty: "—" }) : nothing
    }
    ${field(
      "new-place",
      t("field.place"),
      html`<input id="new-place" name="place" maxlength="300" autocomplete="off" aria-describedby="new-place-says" />`,
      fault?.about("place"),
    )}
    ${field(
      "new-occurred",
      `${t("occurred")} (${zoneTitle()})`,
      html`<span class="pair"
        ><input
          id="new-occurred"
          name="occurred_at"
          type="datetime-local"
          .defaultValue=${wallOf(serverNow())}
          aria-describedby="new-occurred-says"
        />
        <label class="check"><input type="checkbox" name="occurred_about" /> ${t("about")}</label></span
      >`,
      fault?.about("occurred_at"),
    )}
    ${choice("new-attention", "attention", t("field.attention"), attentions, fault?.about("attention"), {
      empty: t("attention.none"),
    })}
    ${field(
      "new-planned",
      `${t("planned")} (${zoneTitle()})`,
      html`<input id="new-planned" name="planned_at" type="datetime-local" aria-describedby="new-planned-says" />`,
      fault?.about("planned_at"),
      { hint: t("new.planned.hint") },
    )}
    <label class="check"><input type="checkbox" name="heard" /> ${t("new.heard")}</label>`;
  }

  private types(): TemplateResult[] {
    const all = page.plan?.types ?? [];
    const groups = CATEGORIES.map((code) => [code, all.filter((one) => one.category === code)] as const);
    return groups
      .filter(([, types]) => types.length)
      .map(
        ([code, types]) =>
          html`<optgroup label=${word("category", code)}>
            ${options(types.map((one) => [one.code, said(one.title)] as const))}
          </optgroup>`,
      );
  }

  private typed(event: Event): void {
    const form = event.currentTarget as HTMLFormElement;
    keep(form, this.draft);
    const [type, site] = [value(form, "type"), value(form, "site")];
    if (type === this.type && site === this.site) return;
    [this.type, this.site] = [type, site];
    this.requestUpdate();
  }

  private discard(): void {
    forget(this.draft);
    this.querySelector("form")?.reset();
    this.restored = false;
    this.type = this.site = "";
    this.requestUpdate();
  }

  private async send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    let made: Incident | null = null;
    const done = await this.sending.run(async () => {
      refuseGaps(form);
      const path = `/operations/${encodeURIComponent(operation())}/incidents`;
      made = (await post<Incident>(path, { ...body(form), ...readVia(form) })).body;
    });
    if (!done || !made) return this.toFault();
    forget(this.draft);
    location.assign(incidentPath((made as Incident).ref));
  }

  // The keyboard goes to the first field at fault, so that nobody hunts for it.
  private toFault(): void {
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>(".faulty input, .faulty select, .faulty textarea")?.focus();
    });
  }
}

// What is missing can be said without asking the server, and in the language of the page.
function refuseGaps(form: HTMLFormElement): void {
  const gaps = (["type", "title"] as const).filter((name) => !value(form, name));
  const errors = gaps.map((name) => ({ pointer: `/${name}`, detail: t(`new.need.${name}`) }));
  if (errors.length) throw new Problem(422, t("new.need"), errors);
}

function body(form: HTMLFormElement): Record<string, unknown> {
  const made: Record<string, unknown> = { type: value(form, "type"), title: value(form, "title") };
  for (const name of ["summary", "site", "attention"]) if (value(form, name)) made[name] = value(form, name);
  if (value(form, "place")) made["place"] = { text: value(form, "place") };
  if (value(form, "occurred_at")) made["occurred_at"] = instantOf(value(form, "occurred_at"));
  if (value(form, "occurred_about")) made["occurred_about"] = true;
  if (value(form, "planned_at")) made["planned_at"] = instantOf(value(form, "planned_at"));
  if (value(form, "heard")) made["status"] = "heard";
  return made;
}

customElements.define("hub-new-incident", HubNewIncident);
