/** <hub-links>: the incidents this one belongs together with, as far as the desk may know both; linking and ending it. */
import { html, nothing, type TemplateResult } from "lit";
import { get, post } from "../shared/api";
import { gradeChip, when } from "../shared/chips";
import { choice, field, refusal, value } from "../shared/form";
import { tell } from "../shared/notices";
import { deskTitle, may } from "../shared/page";
import { Sending } from "../shared/part";
import { incidentPath } from "../shared/paths";
import { t, word } from "../shared/words";
import { MatterPart } from "./matter";

interface Link {
  id: string;
  kind: string;
  direction: "out" | "in";
  incident: { ref: string; title: string; status: string; grade: string | null };
  by: string;
  at: string;
  ended: { at: string; by: string; reason: string } | null;
}

const KINDS = ["related", "same_event", "caused_by", "found_by"] as const;

export class HubLinks extends MatterPart {
  private readonly sending = new Sending(this);
  private links: Link[] = [];
  private ending = "";
  private version = 0;

  protected override updated(): void {
    const held = this.matter?.incident;
    if (!held || this.version === held.version) return;
    this.version = held.version;
    void this.read();
  }

  protected override render(): TemplateResult | typeof nothing {
    const writes = may("incident.link") && this.matter?.role !== "informed";
    if (!this.matter?.incident || (!this.links.length && !writes)) return nothing;
    return html`<section class="panel links" aria-labelledby="links-title">
      <h2 id="links-title">${t("links")} <span class="n">${this.links.filter((one) => !one.ended).length}</span></h2>
      ${this.links.length ? nothing : html`<p class="quiet">${t("linked.none")}</p>`}
      <ul class="owed">
        ${this.links.map((one) => this.link(one, writes))}
      </ul>
      ${writes ? this.form() : nothing}
    </section>`;
  }

  private link(one: Link, writes: boolean): TemplateResult {
    const far = one.incident;
    const name = html`<a href=${incidentPath(far.ref)}><span class="ref">${far.ref}</span> ${far.title}</a>`;
    return html`<li>
      <span class="chip">${word(one.direction === "out" ? "link" : "linked", one.kind)}</span>
      ${one.ended ? html`<s>${name}</s>` : name} ${gradeChip(far.grade)} <span class="chip status">${word("status", far.status)}</span>
      <div class="second">
        ${deskTitle(one.by)} ${when(one.at)}
        ${one.ended ? html`· ${t("links.ended")} ${when(one.ended.at)}${t("colon")}${one.ended.reason}` : nothing}
      </div>
      ${one.ended || !writes ? nothing : this.ender(one)}
    </li>`;
  }

  private ender(one: Link): TemplateResult {
    if (this.ending !== one.id) {
      const said = `${t("links.end")} ${one.incident.ref}`;
      return html`<button type="button" class="plain" aria-label=${said} @click=${() => this.begin(one.id)}>${t("links.end")}</button>`;
    }
    return html`<form class="inset" @submit=${this.end}>
      ${field("link-why", t("reason"), html`<input id="link-why" name="reason" required autocomplete="off" aria-describedby="link-why-says" />`, this.sending.fault?.about("reason"), { required: true, wide: true })}
      ${refusal(this.sending.fault, ["reason"])}
      <div class="buttons small">
        <button class="main" ?disabled=${this.sending.busy}>${t("links.end")}</button>
        <button type="button" @click=${() => this.begin("")}>${t("cancel")}</button>
      </div>
    </form>`;
  }

  private form(): TemplateResult {
    const fault = this.ending ? null : this.sending.fault;
    return html`<details>
      <summary>${t("links.add")}</summary>
      <form class="inset" @submit=${this.add}>
        <div class="fields">
          ${choice("link-kind", "kind", t("links.kind"), KINDS.map((one) => [one, word("link", one)] as const), fault?.about("kind"))}
          ${field("link-to", t("links.to"), html`<input id="link-to" name="to" required autocomplete="off" aria-describedby="link-to-says" />`, fault?.about("to"), { required: true, hint: t("links.hint") })}
        </div>
        ${refusal(fault, ["kind", "to"])}
        <div class="buttons small"><button class="main" ?disabled=${this.sending.busy}>${t("links.do")}</button></div>
      </form>
    </details>`;
  }

  private begin(id: string): void {
    this.ending = id;
    this.sending.clear();
    if (id) void this.updateComplete.then(() => this.querySelector<HTMLElement>("#link-why")?.focus());
  }

  private async add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const body = { kind: value(form, "kind"), to: value(form, "to").toUpperCase() };
    if (!(await this.sending.run(() => post(`${this.matter.path}/links`, body)))) return;
    form.reset();
    tell(t("links.done"));
    await this.read();
  }

  private async end(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const path = `${this.matter.path}/links/${this.ending}/ending`;
    const reason = value(event.target as HTMLFormElement, "reason");
    if (!(await this.sending.run(() => post(path, { reason })))) return;
    this.begin("");
    await this.read();
  }

  private async read(): Promise<void> {
    const answer = await get<{ items: Link[] }>(`${this.matter.path}/links`).catch(() => null);
    if (!answer) return;
    this.links = answer.body.items;
    this.requestUpdate();
  }
}

customElements.define("hub-links", HubLinks);
