/** <hub-circle>: who may know of it, as what, since when and by whom; letting another desk know, and ending that. */
import { html, nothing, type TemplateResult } from "lit";
import { get, post } from "../shared/api";
import { when } from "../shared/chips";
import { choice, field, refusal, value } from "../shared/form";
import { confirmed, tell } from "../shared/notices";
import { deskTitle, may, page } from "../shared/page";
import { Sending } from "../shared/part";
import type { Access } from "../shared/shapes";
import { t, word } from "../shared/words";
import { MatterPart } from "./matter";
import { type Audit, type Preview, auditsOf, pastDesks, wouldRead } from "./sharing";

const ORDER = ["lead", "support", "informed"];

export class HubCircle extends MatterPart {
  private readonly sending = new Sending(this);
  private ending = "";
  private past: Access[] = [];
  private audits: Audit[] = [];
  private preview: Preview | null = null;
  private full = true;
  private version = 0;

  protected override updated(): void {
    const held = this.matter?.incident;
    if (!held || this.version === held.version) return;
    this.version = held.version;
    void this.read();
  }

  protected override render(): TemplateResult | typeof nothing {
    const held = this.matter?.incident;
    if (!held) return nothing;
    const circle: Access[] = [...(held.circle ?? held.access)].sort(
      (a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role),
    );
    return html`<p class="second">${t("circle.meaning")}</p>
      <table class="circle">
        <thead>
          <tr>
            <th scope="col">${t("circle.desk")}</th>
            <th scope="col">${t("circle.role")}</th>
            <th scope="col">${t("circle.since")}</th>
            <th scope="col"><span class="sr">${t("circle.withdraw")}</span></th>
          </tr>
        </thead>
        <tbody>
          ${circle.map(
            (one) =>
              html`<tr>
                <td>
                  ${deskTitle(one.desk)}
                  <div class="second ref">${one.desk}</div>
                </td>
                <td>
                  ${word("role", one.role)}${one.history === "from_now" ? html`<div class="second">${t("history.from_now")}</div>` : nothing}
                </td>
                <td>
                  ${when(one.since)}${typeof one.by === "string" ? html`<div class="second">${t("circle.by")} ${deskTitle(one.by)}</div>` : nothing}
                </td>
                <td>${this.button(one)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${this.ending ? this.ender() : nothing} ${pastDesks(this.past)} ${auditsOf(this.audits)}
      ${may("access.grant") && this.matter.leads ? this.form(held.access) : refusal(this.sending.fault)}`;
  }

  private button(one: Access): TemplateResult | typeof nothing {
    if (!may("access.withdraw") || !this.matter.leads || one.role === "lead") return nothing;
    return html`<button
      type="button"
      class="plain"
      aria-label="${t("circle.withdraw")} ${deskTitle(one.desk)}"
      @click=${() => this.begin(one.desk)}
    >
      ${t("circle.withdraw")}
    </button>`;
  }

  private ender(): TemplateResult {
    const fault = this.sending.fault;
    return html`<form class="inset" @submit=${this.withdraw}>
      <h3>${t("circle.withdraw.ask", { desk: deskTitle(this.ending) })}</h3>
      <p>${t("consequence.withdraw")}</p>
      ${field("withdraw-why", t("reason"), html`<textarea id="withdraw-why" name="reason" rows="2" required aria-describedby="withdraw-why-says"></textarea>`, fault?.about("reason"), { required: true, wide: true, hint: t("circle.withdraw.hint") })}
      ${refusal(fault, ["reason"])}
      <div class="buttons small">
        <button class="main" ?disabled=${this.sending.busy}>${t("circle.withdraw")}</button>
        <button type="button" @click=${() => this.begin("")}>${t("cancel")}</button>
      </div>
    </form>`;
  }

  private form(access: Access[]): TemplateResult | typeof nothing {
    const known = new Set(access.map((one) => one.desk));
    const others = (page.desks ?? [])
      .filter((one) => !known.has(one.code))
      .map((one) => [one.code, deskTitle(one.code)] as const);
    if (!others.length) return html`<p class="quiet">${t("circle.everybody")}</p>`;
    const fault = this.sending.fault;
    const roles = (["support", "informed"] as const).map((one) => [one, word("role", one)] as const);
    const histories = (["full", "from_now"] as const).map((one) => [one, t(`history.${one}`)] as const);
    return html`<form class="inset" @submit=${this.grant} @change=${this.chosen}>
      <h3>${t("circle.add")}</h3>
      <div class="fields">
        ${choice("grant-desk", "desk", t("circle.desk"), others, fault?.about("desk"))}
        ${choice("grant-role", "role", t("circle.role"), roles, fault?.about("role"))}
        ${choice("grant-history", "history", t("history"), histories, fault?.about("history"))}
      </div>
      ${this.preview ? wouldRead(this.preview, this.full) : nothing} ${this.ending ? nothing : refusal(fault)}
      <div class="buttons small"><button class="main" ?disabled=${this.sending.busy}>${t("circle.do")}</button></div>
    </form>`;
  }

  private async grant(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const desk = value(form, "desk");
    const body = { desk, role: value(form, "role"), history: value(form, "history") };
    const words = body.history === "full" ? t("consequence.grant.full") : t("consequence.grant.from_now");
    if (!(await confirmed(t("circle.ask", { desk: deskTitle(desk) }), words, t("circle.do")))) return;
    if (!(await this.sending.run(() => post(`${this.matter.path}/access`, body)))) return;
    tell(t("circle.done", { desk: deskTitle(desk) }));
    this.matter.again();
  }

  private begin(desk: string): void {
    this.ending = desk;
    this.sending.clear();
    if (desk) void this.updateComplete.then(() => this.querySelector<HTMLElement>("#withdraw-why")?.focus());
  }

  private async withdraw(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const desk = this.ending;
    const body = { desk, reason: value(event.target as HTMLFormElement, "reason") };
    if (!(await this.sending.run(() => post(`${this.matter.path}/access/withdrawal`, body)))) return;
    this.begin("");
    tell(t("circle.withdrawn", { desk: deskTitle(desk) }));
    this.matter.again();
  }

  private chosen(event: Event): void {
    this.full = value(event.currentTarget as HTMLFormElement, "history") === "full";
    this.requestUpdate();
  }

  /** Who could know before, and what another desk would read now; neither is worth a refusal on the page. */
  private async read(): Promise<void> {
    const path = `${this.matter.path}/access`;
    this.past = await get<{ past: Access[] }>(path).then((one) => one.body.past).catch(() => []);
    this.audits = await this.readers();
    const shares = may("access.grant") && this.matter.leads;
    this.preview = shares ? await get<Preview>(`${path}/preview`).then((one) => one.body).catch(() => null) : null;
    this.requestUpdate();
  }

  /** Evaluators who read as this desk while the matter was here; what is under RED they do not read. */
  private async readers(): Promise<Audit[]> {
    const held = this.matter?.incident;
    if (!held || held.tlp === "RED") return [];
    const door = `/operations/${held.operation}/audits`;
    const all = await get<{ items: Audit[] }>(door).then((one) => one.body.items).catch(() => []);
    return all.filter((one) => one.desk === page.asker?.desk && (one.ended_at ?? one.until) >= held.created_at);
  }
}

customElements.define("hub-circle", HubCircle);
