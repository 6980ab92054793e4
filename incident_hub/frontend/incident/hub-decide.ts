/** <hub-decide>: what one may do about the incident as a whole; one thing is suggested, the rest lies beside it. */
import { html, nothing, type TemplateResult } from "lit";
import { post } from "../shared/api";
import { bind } from "../shared/keys";
import { confirmed, tell } from "../shared/notices";
import { may, page } from "../shared/page";
import { field, options, refusal, value } from "../shared/form";
import { said, Sending } from "../shared/part";
import type { Incident } from "../shared/shapes";
import { t, word } from "../shared/words";
import { readVia, viaFields } from "../shared/via";
import { MatterPart } from "./matter";

type Deed = "status" | "verification" | "grade";

const SURE = ["unverified", "verified", "doubtful", "false"] as const;
const ENDS = new Set(["lifted", "closed", "false_alarm", "transferred"]);
const BACK: Record<string, string> = {
  lifted: "responding",
  closed: "responding",
  false_alarm: "reported",
  transferred: "reported",
};

export class HubDecide extends MatterPart {
  private deed: Deed | null = null;
  private to = "";
  private readonly sending = new Sending(this);

  constructor() {
    super();
    if (may("incident.acknowledge")) bind("a", t("key.take"), () => void this.acknowledge("taken"));
  }

  protected override render(): TemplateResult | typeof nothing {
    const held = this.matter?.incident;
    if (!held) return nothing;
    return html`<section class="decide" aria-label=${t("decide.title")}>
      <div class="buttons">
        ${may("incident.acknowledge") ? this.acknowledgements() : nothing}
        ${this.opener("status", may("incident.status") && this.matter.leads)}
        ${this.opener("verification", may("incident.verify") && this.matter.role !== "informed")}
        ${this.opener("grade", may("incident.grade") && this.matter.leads && held.category !== "S")}
        ${this.matter.leads || !may("incident.status") ? nothing : html`<span class="quiet">${t("decide.lead_only")}</span>`}
      </div>
      ${this.deed ? this.form(this.deed) : refusal(this.sending.fault)}
    </section>`;
  }

  private acknowledgements(): TemplateResult {
    const ours = this.ours;
    return html` <button
        type="button"
        class=${ours ? "" : "main"}
        ?disabled=${this.sending.busy}
        @click=${() => this.acknowledge("taken")}
      >
        ${ours ? t("ack.taken.again") : t("ack.taken")} <kbd>a</kbd>
      </button>
      ${ours ? nothing : html`<button type="button" ?disabled=${this.sending.busy} @click=${() => this.acknowledge("seen")}>${t("ack.seen")}</button>`}`;
  }

  /** Whether one's own agency acts already; until then that is the one thing suggested. */
  private get ours(): boolean {
    return this.matter.incident?.taken.some((one) => one.agency === page.asker?.agency) ?? false;
  }

  private opener(deed: Deed, allowed: boolean): TemplateResult | typeof nothing {
    if (!allowed) return nothing;
    const next = deed === "status" && this.ours;
    return html`<button
      type="button"
      class=${next ? "main" : ""}
      aria-expanded=${this.deed === deed}
      @click=${() => this.open(deed)}
    >
      ${t(`decide.${deed}`)}
    </button>`;
  }

  private open(deed: Deed): void {
    this.deed = this.deed === deed ? null : deed;
    this.to = "";
    this.sending.clear();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("form select")?.focus());
  }

  private form(deed: Deed): TemplateResult {
    const fault = this.sending.fault;
    const pairs = this.choices(deed);
    const to = this.to || (pairs[0]?.[0] ?? "");
    const must = deed !== "status" || this.mustSayWhy(to);
    return html`<form class="inset" @submit=${(event: SubmitEvent) => this.send(event, deed)}>
      <div class="fields">
        ${field(
          "decide-to",
          t(`decide.${deed}`),
          html`<select id="decide-to" name="to" aria-describedby="decide-to-says" @change=${this.chose}>
            ${options(pairs, to)}
          </select>`,
          fault?.about("to") ?? fault?.about("state") ?? fault?.about("grade"),
          { hint: this.consequence(deed, to) },
        )}
        ${field(
          "decide-why",
          deed === "status" ? t("reason") : t("basis"),
          html`<textarea
            id="decide-why"
            name="why"
            rows="2"
            ?required=${must}
            aria-describedby="decide-why-says"
          ></textarea>`,
          fault?.about("reason") ?? fault?.about("basis"),
          { required: must, wide: true },
        )}
      </div>
      ${viaFields("decide", fault)}${refusal(fault)}
      <div class="buttons">
        <button class="main" ?disabled=${this.sending.busy}>${t(`decide.${deed}.do`)}</button>
        <button type="button" @click=${() => this.open(deed)}>${t("cancel")}</button>
      </div>
    </form>`;
  }

  private choices(deed: Deed): (readonly [string, string])[] {
    const held = this.matter.incident;
    if (deed === "status") return (held?.next_status ?? []).map((one) => [one, word("status", one)] as const);
    if (deed === "verification") {
      return SURE.filter((one) => one !== held?.verification).map((one) => [one, word("sure", one)] as const);
    }
    const known = (page.plan?.grades ?? []).map((one) => [one.code, said(one.title)] as const);
    return [...known, ["none", t("grade.none")] as const].filter(([code]) => code !== (held?.grade ?? "none"));
  }

  private suggestion(): string {
    const found = this.matter.incident?.suggested_grade;
    const title = page.plan?.grades.find((one) => one.code === found?.grade)?.title;
    return found ? t("grade.suggested", { grade: said(title ?? found.grade), criterion: found.criterion }) : "";
  }

  private consequence(deed: Deed, to: string): string {
    if (deed === "grade") return `${this.suggestion()}${t("consequence.grade")}`;
    if (deed === "verification") return t("consequence.verification");
    if (to === "closed" || to === "false_alarm" || to === "transferred") return t("consequence.ends");
    if (this.matter.incident?.status === "heard") return t("consequence.raise");
    return to === "lifted" ? t("consequence.lifted") : t("consequence.status");
  }

  private mustSayWhy(to: string): boolean {
    return to === "false_alarm" || to === "transferred" || BACK[this.matter.incident?.status ?? ""] === to;
  }

  private chose(event: Event): void {
    this.to = (event.target as HTMLSelectElement).value;
    this.requestUpdate();
  }

  private async send(event: SubmitEvent, deed: Deed): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const to = value(form, "to");
    const why = value(form, "why");
    const named = this.choices(deed).find(([code]) => code === to)?.[1] ?? to;
    if (deed === "grade" || (deed === "status" && ENDS.has(to))) {
      const asked = `${t(`decide.${deed}.do`)}${t("colon")}${named}`;
      if (!(await confirmed(asked, this.consequence(deed, to), t(`decide.${deed}.do`)))) return;
    }
    const bodies = {
      status: { to, ...(why ? { reason: why } : {}) },
      verification: { state: to, basis: why },
      grade: { grade: to === "none" ? null : to, basis: why },
    };
    const done = await this.sending.run(async () => {
      this.matter.took(await post<Incident>(`${this.matter.path}/${deed}`, { ...bodies[deed], ...readVia(form) }));
    });
    if (!done) return;
    tell(`${t(`decide.${deed}.done`)}${t("colon")}${named}`);
    this.deed = null;
    this.requestUpdate();
  }

  private async acknowledge(kind: "seen" | "taken"): Promise<void> {
    const done = await this.sending.run(async () => {
      this.matter.took(await post<Incident>(`${this.matter.path}/acknowledgement`, { kind }));
    });
    if (done) tell(t(`ack.${kind}.done`, { ref: this.matter.ref }));
  }
}

customElements.define("hub-decide", HubDecide);
