/** <hub-lead>: who leads; offering the lead to a desk that knows, directing it there, and answering an offer. */
import { html, nothing, type TemplateResult } from "lit";
import { post } from "../shared/api";
import { when } from "../shared/chips";
import { choice, field, refusal, value } from "../shared/form";
import { confirmed, tell } from "../shared/notices";
import { agencyTitle, deskTitle, may, page } from "../shared/page";
import { Sending } from "../shared/part";
import type { Incident } from "../shared/shapes";
import { t } from "../shared/words";
import { MatterPart } from "./matter";

const ENDED = new Set(["closed", "false_alarm", "transferred"]);

export class HubLead extends MatterPart {
  private readonly sending = new Sending(this);

  protected override render(): TemplateResult | typeof nothing {
    const held = this.matter?.incident;
    if (!held) return nothing;
    return html`<h3>${t("lead.title")}</h3>
      <p>${agencyTitle(held.lead) || t("lead.none")}</p>
      ${held.lead_offer ? this.offer(held) : nothing} ${this.form(held)}`;
  }

  private offer(held: Incident): TemplateResult {
    const offer = held.lead_offer!;
    const ours = offer.desk === page.asker?.desk && may("lead.answer");
    return html`<div class="inset" role="status">
      <p>${t("lead.offered", { desk: deskTitle(offer.desk) })} ${when(offer.at)}</p>
      ${!ours && this.matter.leads && may("lead.offer") ? this.taker() : nothing}
      ${
        ours
          ? html`<form @submit=${this.answer}>
              ${field("lead-reason", t("reason"), html`<textarea id="lead-reason" name="reason" rows="2" aria-describedby="lead-reason-says"></textarea>`, this.sending.fault?.about("reason"), { wide: true, hint: t("lead.decline.hint") })}
              ${refusal(this.sending.fault, ["reason"])}
              <div class="buttons small">
                <button class="main" value="yes" ?disabled=${this.sending.busy}>${t("lead.accept")}</button>
                <button value="no" ?disabled=${this.sending.busy}>${t("lead.decline")}</button>
              </div>
            </form>`
          : nothing
      }
    </div>`;
  }

  /** Taking an offer back; nobody is left waiting for an answer that is not wanted. */
  private taker(): TemplateResult {
    const fault = this.sending.fault;
    return html`<details>
      <summary>${t("lead.withdraw")}</summary>
      <form @submit=${this.takeBack}>
        ${field("lead-back", t("reason"), html`<textarea id="lead-back" name="reason" rows="2" required aria-describedby="lead-back-says"></textarea>`, fault?.about("reason"), { required: true, wide: true })}
        <div class="buttons small"><button class="main" ?disabled=${this.sending.busy}>${t("lead.withdraw")}</button></div>
      </form>
    </details>`;
  }

  private async takeBack(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const reason = value(event.target as HTMLFormElement, "reason");
    await this.send("lead/withdrawal", { reason }, t("lead.withdrawn"));
  }

  private form(held: Incident): TemplateResult | typeof nothing {
    const modes = (["offer", "direct"] as const).filter((one) => (one === "offer" ? this.matter.leads : true) && may(`lead.${one}`));
    const desks = held.access.filter((one) => one.role !== "lead").map((one) => [one.desk, deskTitle(one.desk)] as const);
    if (!modes.length || !desks.length || ENDED.has(held.status) || held.status === "heard") return nothing;
    const fault = this.sending.fault;
    return html`<form class="inset" @submit=${this.hand}>
      <div class="fields">
        ${choice("lead-to", "to", t("lead.to"), desks, fault?.about("to"))}
        ${choice("lead-mode", "mode", t("lead.mode"), modes.map((one) => [one, t(`lead.${one}`)] as const), fault?.about("mode"))}
        ${field("lead-basis", t("basis"), html`<textarea id="lead-basis" name="basis" rows="2" required aria-describedby="lead-basis-says"></textarea>`, fault?.about("basis"), { required: true, wide: true })}
      </div>
      ${refusal(fault, ["to", "mode", "basis"])}
      <div class="buttons small"><button class="main" ?disabled=${this.sending.busy}>${t("lead.do")}</button></div>
    </form>`;
  }

  private async hand(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const body = { to: value(form, "to"), mode: value(form, "mode"), basis: value(form, "basis") };
    const asked = t("lead.ask", { desk: deskTitle(body.to) });
    const words = body.mode === "direct" ? t("consequence.lead.direct") : t("consequence.lead.offer");
    if (!(await confirmed(asked, words, t("lead.do")))) return;
    await this.send("lead", body, t("lead.done"));
  }

  private async answer(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const accept = (event.submitter as HTMLButtonElement | null)?.value === "yes";
    const reason = value(form, "reason");
    if (accept && !(await confirmed(t("lead.accept.ask"), t("consequence.lead.accept"), t("lead.accept")))) return;
    await this.send("lead/answer", { accept, ...(reason ? { reason } : {}) }, t(accept ? "lead.accepted" : "lead.declined"));
  }

  private async send(path: string, body: object, done: string): Promise<void> {
    const went = await this.sending.run(async () => {
      this.matter.took(await post<Incident>(`${this.matter.path}/${path}`, body));
    });
    if (went) tell(done);
  }
}

customElements.define("hub-lead", HubLead);
