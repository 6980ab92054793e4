/** <hub-clocks>: what is owed about this incident, by whom and by when, and how to settle it. */
import { html, nothing, type TemplateResult } from "lit";
import { post } from "../shared/api";
import { due, when } from "../shared/chips";
import { field, refusal, value } from "../shared/form";
import { tell } from "../shared/notices";
import { agencyTitle, may, page } from "../shared/page";
import { EverySecond, said, Sending } from "../shared/part";
import type { Obligation } from "../shared/shapes";
import { span } from "../shared/time";
import { readVia, viaFields } from "../shared/via";
import { t, word } from "../shared/words";
import { MatterPart } from "./matter";

type Deed = "settlement" | "not-applicable";

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
      ${one.entered_late ? html`<div class="second">${t("entered_late")}</div>` : nothing}
      ${one.state === "missed" ? html`<div class="late">${t("state.missed.words")} ${when(one.due_at)}</div>` : nothing}
      ${one.reason ? html`<div class="second">${t("reason")}${t("colon")}${one.reason}</div>` : nothing}
      ${running && one.next_step ? this.next(one) : nothing} ${running && this.ours(one) ? this.buttons(one) : nothing}
      ${this.opened === one.id ? this.form(one) : nothing}
    </li>`;
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

  private buttons(one: Obligation): TemplateResult {
    return html`<div class="buttons small">
      ${
        may("obligation.settle") && one.by_hand !== false
          ? html`<button
              type="button"
              aria-expanded=${this.is(one, "settlement")}
              @click=${() => this.open(one, "settlement")}
            >
              ${t("settle")}
            </button>`
          : nothing
      }
      ${
        may("obligation.not_applicable")
          ? html`<button
              type="button"
              class="plain"
              aria-expanded=${this.is(one, "not-applicable")}
              @click=${() => this.open(one, "not-applicable")}
            >
              ${t("not_applicable")}
            </button>`
          : nothing
      }
    </div>`;
  }

  private form(one: Obligation): TemplateResult {
    const fault = this.sending.fault;
    const settles = this.deed === "settlement";
    return html`<form class="inset" @submit=${(event: SubmitEvent) => this.send(event, one)}>
      ${field(
        "clock-words",
        settles ? t("settle.words") : t("reason"),
        html`<textarea id="clock-words" name="words" rows="2" required aria-describedby="clock-words-says"></textarea>`,
        fault?.about("words") ?? fault?.about("reason"),
        { wide: true, required: true, hint: settles ? t("settle.hint") : t("not_applicable.hint") },
      )}
      ${settles ? viaFields("clock", fault) : nothing}${refusal(fault)}
      <div class="buttons small">
        <button class="main" ?disabled=${this.sending.busy}>${settles ? t("settle.do") : t("not_applicable")}</button>
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
    const form = event.target as HTMLFormElement;
    const words = value(form, "words");
    const body = this.deed === "settlement" ? { words, ...readVia(form) } : { reason: words };
    if (!(await this.sending.run(() => post(`/obligations/${one.id}/${this.deed}`, body)))) return;
    tell(this.deed === "settlement" ? t("settle.done") : t("not_applicable.done"));
    this.opened = "";
    this.matter.again();
  }

  // The debt stays with the agency's posts; another agency's debt is theirs to settle.
  private ours(one: Obligation): boolean {
    return one.owed_by.agency === page.asker?.agency;
  }
}

// A target reads party:post; parties stand for agencies, a few words of the plan for whoever fits.
function target(written: string): string {
  const [party = "", post = ""] = written.split(":");
  const role = page.plan?.parties?.find((one) => one.code === party);
  return `${role ? said(role.title) : word("party", party) === party ? agencyTitle(party) : word("party", party)} ${word("post", post)}`;
}

customElements.define("hub-clocks", HubClocks);
