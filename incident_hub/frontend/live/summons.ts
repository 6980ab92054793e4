/** <hub-summons>: one's post is called: a banner, a tone, and the two answers. */
import { html, nothing, type TemplateResult } from "lit";
import { get, post } from "../shared/api";
import { due } from "../shared/chips";
import { refusal } from "../shared/form";
import { tell } from "../shared/notices";
import { EverySecond, kindOf, pageOf, Part, refOf, said, Sending } from "../shared/part";
import { deskTitle } from "../shared/page";
import { deskPath, incidentPath } from "../shared/paths";
import type { Entry, Obligation, Summons } from "../shared/shapes";
import { t } from "../shared/words";
import { live } from "./socket";
import { armSound, canSound, mute, muted, sound } from "./tone";

const MUTE_MINUTES = 10;
const GATHER_MS = 800;
const AT_ONCE = 3;

interface MyDesk {
  obligations: Obligation[];
  called: string[];
}

export class HubSummons extends Part {
  /** One line for each debt that calls; the newest step replaces the one before. */
  private readonly calls = new Map<string, Summons>();
  private readonly owed = new Map<string, Obligation>();
  private readonly sending = new Sending(this);
  private timer = 0;

  constructor() {
    super();
    new EverySecond(this);
    armSound();
    live()?.addEventListener("summons", (event) => this.called((event as CustomEvent<Summons>).detail));
    live()?.addEventListener("entry", (event) => this.heard((event as CustomEvent<Entry>).detail));
    void this.compare();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.calls.size) return nothing;
    const until = muted();
    const worst = Array.from(this.calls.values()).sort((a, b) => ((a.due_at ?? "") < (b.due_at ?? "") ? -1 : 1));
    const rest = worst.length - AT_ONCE;
    // Only the number is an alert: the countdowns beside it change every second and are not to be read out each time.
    return html`<section class="summons" aria-labelledby="summons-title">
      <div role="alert"><h2 id="summons-title">${t("summons.title", { n: this.calls.size })}</h2></div>
      <ul>
        ${worst.slice(0, AT_ONCE).map((one) => this.call(one))}
      </ul>
      ${rest > 0 ? html`<p><a href=${deskPath()}>${t("summons.more", { n: rest })}</a></p>` : nothing}
      ${refusal(this.sending.fault)}
      <p class="second">
        ${
          until
            ? html`${t("mute.left", { n: Math.ceil((until - Date.now()) / 60_000) })}
                <button type="button" @click=${() => this.hush(0)}>${t("mute.end")}</button>`
            : html`<button type="button" @click=${() => this.hush(MUTE_MINUTES)}>
                ${t("mute", { n: MUTE_MINUTES })}
              </button>`
        }
        ${canSound() ? nothing : html`<span>${t("mute.browser")}</span>`}
      </p>
    </section>`;
  }

  private call(one: Summons): TemplateResult {
    const ref = refOf(one);
    if (!ref)
      return html`<li>
        ${t("summons.elsewhere")} <button type="button" @click=${() => this.drop(one)}>${t("close")}</button>
      </li>`;
    const title = this.titleOf(one);
    const name = nameOf(one, title);
    const page = this.pageOf(one);
    return html`<li>
      ${page ? html`<a href=${page}><span class="ref">${name}</span></a>` : html`<span class="ref">${name}</span>`}
      ${name === title ? nothing : html`<span>${title}</span>`}
      <span class="quiet">${one.desk ? deskTitle(one.desk) : nothing}</span> ${due(one.due_at ?? null)}
      <span class="buttons small"
        ><button type="button" class="main" ?disabled=${this.sending.busy} @click=${() => this.answer(one, "taken")}>
          ${t("ack.taken")}
        </button>
        <button type="button" ?disabled=${this.sending.busy} @click=${() => this.answer(one, "seen")}>
          ${t("ack.seen")}
        </button></span
      >
    </li>`;
  }

  private titleOf(one: Summons): string {
    return said(this.owed.get(one.obligation)?.title) || (one.rule ?? "");
  }

  /** Where the matter is shown; of anything but an incident only the debt itself says that. */
  private pageOf(one: Summons): string {
    const debt = this.owed.get(one.obligation);
    if (debt) return pageOf(debt);
    return kindOf(one) === "incident" ? incidentPath(refOf(one)) : "";
  }

  private called(one: Summons): void {
    this.calls.set(one.obligation, one);
    const rung = Number(String(one.step).match(/\d+/)?.[0] ?? 0);
    // In a flood only what is grave sounds; the banner shows everything. Without its matter a call always sounds.
    if (!live()?.flood || one.grave !== false) sound(rung, one.grave === true);
    this.requestUpdate();
    this.soon();
  }

  private heard(entry: Entry): void {
    if (this.calls.size && Array.from(this.calls.values()).some((one) => refOf(one) === entry.subject.ref)) this.soon();
  }

  private soon(): void {
    this.timer ||= window.setTimeout(() => void this.compare(), GATHER_MS);
  }

  /** Put away what was answered elsewhere, and bring back what was called before this page was opened. */
  private async compare(): Promise<void> {
    this.timer = 0;
    const mine = await get<MyDesk>("/me/desk").then(
      (answer) => answer.body,
      () => null,
    );
    if (!mine) return;
    this.owed.clear();
    for (const one of mine.obligations) this.owed.set(one.id, one);
    for (const id of mine.called) this.restore(this.owed.get(id));
    for (const one of this.calls.values()) {
      const debt = this.owed.get(one.obligation);
      if (refOf(one) && (!debt || debt.acknowledged)) this.calls.delete(one.obligation);
    }
    this.requestUpdate();
  }

  private restore(debt: Obligation | undefined): void {
    if (!debt || debt.acknowledged || this.calls.has(debt.id)) return;
    const { id, subject, rule, due_at } = debt;
    this.calls.set(id, { obligation: id, step: "", kind: "call", subject, rule, due_at, desk: debt.owed_by.desk });
  }

  private async answer(one: Summons, kind: "seen" | "taken"): Promise<void> {
    // Whoever is called answers for the matter, not for one of its clocks: that is what the plan's clock waits for.
    const place = kindOf(one) === "incident" ? `/incidents/${refOf(one)}` : `/obligations/${one.obligation}`;
    if (!(await this.sending.run(() => post(`${place}/acknowledgement`, { kind })))) return;
    tell(t(`ack.${kind}.done`, { ref: nameOf(one, this.titleOf(one)) }));
    this.drop(one);
  }

  private drop(one: Summons): void {
    this.calls.delete(one.obligation);
    this.requestUpdate();
  }

  private hush(minutes: number): void {
    mute(minutes);
    this.requestUpdate();
  }
}

/** A return is known by its title; its reference is nothing that anybody says. */
function nameOf(one: Summons, title: string): string {
  return kindOf(one) === "return" && title ? title : refOf(one);
}

customElements.define("hub-summons", HubSummons);
