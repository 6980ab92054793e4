/** <hub-clocks>: what is owed about this incident, by whom and by when, and how to settle it. */
import { html, nothing, type TemplateResult } from "lit";
import { post } from "../shared/api";
import { due, when } from "../shared/chips";
import { refusal } from "../shared/form";
import { tell } from "../shared/notices";
import { agencyTitle, page } from "../shared/page";
import { EverySecond, said, Sending } from "../shared/part";
import type { Obligation } from "../shared/shapes";
import { span } from "../shared/time";
import { t, word } from "../shared/words";
import { type Deed, deedBody, deedFields, DEEDS, deedsOf } from "./deeds";
import { MatterPart } from "./matter";

const RUNNING = new Set(["open", "missed"]);

export class HubClocks extends MatterPart {
  private opened = "";
  private deed: Deed = "settlement";
  private readonly sending = new Sending(this);

  constructor() {
    super();
    new EverySecond(this);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.matter) return nothing;
    const running = this.matter.obligations.filter((one) => RUNNING.has(one.state));
    const done = this.matter.obligations.filter((one) => !RUNNING.has(one.state));
    return html` ${running.length ? nothing : html`<p class="quiet">${t("clocks.none")}</p>`}
      <ol class="clocks">
        ${running.map((one) => this.row(one))}
      </ol>
      ${
        done.length
          ? html`<details>
              <summary>${t("clocks.done", { n: done.length })}</summary>
              <ol class="clocks">
                ${done.map((one) => this.row(one))}
              </ol>
            </details>`
          : nothing
      }`;
  }

  private row(one: Obligation): TemplateResult {
    const running = RUNNING.has(one.state);
    return html`<li class="clock state-${one.state}">
      <div class="clock-head">
        <b>${said(one.title) || one.rule}</b> <span class="chip force">${word("force", one.force)}</span>
      </div>
      <div class="second">${agencyTitle(one.owed_by.agency)} · ${word("post", one.owed_by.post)}</div>
      ${
        running && one.acknowledged
          ? html`<div class="second">
              ${word("acknowledged", one.acknowledged.kind)} ${agencyTitle(one.acknowledged.agency)}
              ${when(one.acknowledged.at)}
            </div>`
          : nothing
      }
      ${running && !one.by_hand && said(one.what) ? html`<div class="second">${said(one.what)}</div>` : nothing}
      <div>${running ? due(one.due_at) : html`<b>${word("state", one.state)}</b> ${this.slack(one)}`}</div>
      ${one.target ? html`<div class="second">${t("clock.target", { span: measure(one) })}</div>` : nothing}
      ${one.state === "missed" ? html`<div class="late">${t("state.missed.words")} ${when(one.due_at)}</div>` : nothing}
      ${running && one.exhausted_at ? html`<div class="late"><b>${t("clock.exhausted")}</b> ${when(one.exhausted_at)}</div>` : nothing}
      ${this.background(one)} ${running && one.next_step ? this.next(one) : nothing} ${this.buttons(one)}
      ${this.opened === one.id ? this.form(one) : nothing}
    </li>`;
  }

  // How it came to be what it is: late at entry, from another desk, extended, under an older plan, and why it ended.
  private background(one: Obligation): TemplateResult {
    const lines = [
      one.entered_late ? t("entered_late") : nothing,
      one.moved_from ? t("clock.moved", { from: agencyTitle(one.moved_from.agency) }) : nothing,
      one.original_due_at ? html`${t("clock.extended")} ${when(one.original_due_at)}` : nothing,
      one.completeness === "pre_report" ? t("clock.pre_report") : nothing,
      one.confirmed === false ? t("clock.unconfirmed") : nothing,
      one.plan_in_force === false ? t("clock.plan", { version: one.plan_version ?? "" }) : nothing,
      one.reason ? `${t("reason")}${t("colon")}${one.reason}` : nothing,
      one.explanation ? `${word("explained", one.explanation.code)}${t("colon")}${one.explanation.words}` : nothing,
    ];
    return html`${lines.filter((line) => line !== nothing).map((line) => html`<div class="second">${line}</div>`)}
    ${one.reason_wanted ? html`<div class="soon">${t("explain.wanted")}</div>` : nothing}`;
  }

  private slack(one: Obligation): TemplateResult {
    const s = one.slack_s;
    const words = s === null ? "" : s >= 0 ? t("slack.spare", { span: span(s) }) : t("slack.over", { span: span(-s) });
    return html`${when(one.met_at)}
      <span class=${s !== null && s < 0 ? "late" : "quiet"}>${words}</span>
      ${one.proof ? html`<span class="quiet">· ${word("proof", one.proof)}</span>` : nothing}`;
  }

  private next(one: Obligation): TemplateResult {
    const step = one.next_step;
    const to = [step?.to ?? []].flat().map(target).join(t("comma"));
    return html`<div class="second">
      ${t("step.next")} ${when(step?.at)} · ${word("step", step?.kind ?? "")} ${to}
    </div>`;
  }

  private buttons(one: Obligation): TemplateResult | typeof nothing {
    const deeds = deedsOf(one);
    if (!deeds.length) return nothing;
    return html`<div class="buttons small">
      ${deeds.map(
        (deed) =>
          html`<button
            type="button"
            class=${deed === "settlement" || deed === "reason" ? "" : "plain"}
            aria-expanded=${this.is(one, deed)}
            @click=${() => this.open(one, deed)}
          >
            ${DEEDS[deed].button()}
          </button>`,
      )}
    </div>`;
  }

  private form(one: Obligation): TemplateResult {
    const fault = this.sending.fault;
    return html`<form class="inset" @submit=${(event: SubmitEvent) => this.send(event, one)}>
      ${deedFields(this.deed, one, fault)} ${refusal(fault, ["words", "reason", "until", "code"])}
      <div class="buttons small">
        <button class="main" ?disabled=${this.sending.busy}>${DEEDS[this.deed].button()}</button>
        <button type="button" @click=${() => this.open(one, this.deed)}>${t("cancel")}</button>
      </div>
    </form>`;
  }

  private is(one: Obligation, deed: Deed): boolean {
    return this.opened === one.id && this.deed === deed;
  }

  private open(one: Obligation, deed: Deed): void {
    const shut = this.is(one, deed);
    this.opened = shut ? "" : one.id;
    this.deed = deed;
    this.sending.clear();
    if (!shut) void this.updateComplete.then(() => this.querySelector<HTMLElement>("#clock-words")?.focus());
  }

  private async send(event: SubmitEvent, one: Obligation): Promise<void> {
    event.preventDefault();
    const body = deedBody(this.deed, event.target as HTMLFormElement);
    if (!(await this.sending.run(() => post(`/obligations/${one.id}/${this.deed}`, body)))) return;
    tell(DEEDS[this.deed].done());
    this.opened = "";
    this.matter.again();
  }
}

// How long the plan gives where the law says at once.
function measure(one: Obligation): string {
  return span((Date.parse(one.original_due_at ?? one.due_at) - Date.parse(one.starts_at)) / 1000);
}

// A target reads party:post; parties stand for agencies, a few words of the plan for whoever fits.
function target(written: string): string {
  const [party = "", post = ""] = written.split(":");
  const role = page.plan?.parties?.find((one) => one.code === party);
  return `${role ? said(role.title) : word("party", party) === party ? agencyTitle(party) : word("party", party)} ${word("post", post)}`;
}

customElements.define("hub-clocks", HubClocks);
