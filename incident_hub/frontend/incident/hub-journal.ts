/** <hub-journal>: what people wrote, newest first, with the composer above it. */
import { html, nothing, type TemplateResult } from "lit";
import { post } from "../shared/api";
import { when } from "../shared/chips";
import { field, refusal, value } from "../shared/form";
import { tell } from "../shared/notices";
import { agencyTitle, deskTitle, may, page } from "../shared/page";
import { Sending } from "../shared/part";
import type { By, JournalEntry } from "../shared/shapes";
import { t, word } from "../shared/words";
import { MatterPart } from "./matter";
import "./hub-composer";

const SHOWN_AT_FIRST = 30;

export class HubJournal extends MatterPart {
  private striking = "";
  private shown = SHOWN_AT_FIRST;
  private readonly sending = new Sending(this);

  protected override render(): TemplateResult | typeof nothing {
    if (!this.matter) return nothing;
    const all = this.matter.journal;
    return html`<section class="panel journal" aria-labelledby="journal-title">
      <h2 id="journal-title">${t("journal")} <span class="n">${all.length}</span></h2>
      ${may("journal.write") ? html`<hub-composer .matter=${this.matter}></hub-composer>` : nothing}
      ${all.length ? nothing : html`<p class="quiet">${t("journal.none")}</p>`}
      <ol class="entries">
        ${all.slice(0, this.shown).map((one) => this.entry(one))}
      </ol>
      ${all.length > this.shown ? html`<button type="button" @click=${() => this.more()}>${t("journal.older", { n: all.length - this.shown })}</button>` : nothing}
    </section>`;
  }

  private entry(one: JournalEntry): TemplateResult {
    return html`<li class="entry kind-${one.kind} ${one.struck ? "struck" : ""}">
      <div class="entry-head">
        ${when(one.at)}
        <b class="kind"
          >${word("journal", one.kind)}${
            one.milestone ? html`${t("colon")}${word("milestone", one.milestone)}` : nothing
          }</b
        >
        <span class="by">${who(one.by)}</span>${this.happened(one)}${audience(one)}
      </div>
      <div class="text">${one.struck ? html`<s>${one.text}</s>` : one.text}</div>
      ${decision(one)}${via(one)}
      ${one.struck ? html`<div class="second">${t("struck")} ${when(one.struck.at)}${t("colon")}${one.struck.reason}</div>` : this.striker(one)}
    </li>`;
  }

  private happened(one: JournalEntry): TemplateResult | typeof nothing {
    if (!one.occurred_at || Math.abs(Date.parse(one.at) - Date.parse(one.occurred_at)) < 60_000) return nothing;
    return html`<span class="happened">${t("occurred")} ${when(one.occurred_at)}</span>`;
  }

  private striker(one: JournalEntry): TemplateResult | typeof nothing {
    if (!may("journal.strike") || !(this.matter.leads || one.by.desk === page.asker?.desk)) return nothing;
    if (this.striking !== one.id) {
      return html`<button
        type="button"
        class="plain strike"
        @click=${() => this.begin(one.id)}
        aria-label="${t("strike")} ${one.text.slice(0, 40)}"
      >
        ${t("strike")}
      </button>`;
    }
    return html`<form class="inset" @submit=${(event: SubmitEvent) => this.strike(event, one)}>
      ${field(
        "strike-why",
        t("reason"),
        html`<input id="strike-why" name="reason" required autocomplete="off" aria-describedby="strike-why-says" />`,
        this.sending.fault?.about("reason"),
        { required: true, hint: t("strike.hint"), wide: true },
      )}
      ${refusal(this.sending.fault)}
      <div class="buttons small">
        <button class="main" ?disabled=${this.sending.busy}>${t("strike.do")}</button>
        <button type="button" @click=${() => this.begin("")}>${t("cancel")}</button>
      </div>
    </form>`;
  }

  private begin(id: string): void {
    this.striking = id;
    this.sending.clear();
    if (id) void this.updateComplete.then(() => this.querySelector<HTMLElement>("#strike-why")?.focus());
  }

  private async strike(event: SubmitEvent, one: JournalEntry): Promise<void> {
    event.preventDefault();
    const reason = value(event.target as HTMLFormElement, "reason");
    if (!(await this.sending.run(() => post(`${this.matter.path}/journal/${one.id}/strike`, { reason })))) return;
    tell(t("strike.done"));
    this.striking = "";
    this.matter.again();
  }

  private more(): void {
    this.shown += 100;
    this.requestUpdate();
  }
}

function who(by: By): string {
  const parts = [agencyTitle(by.agency), by.post ? word("post", by.post) : "", by.name ?? ""].filter(Boolean);
  return parts.join(" · ");
}

function audience(one: JournalEntry): TemplateResult | typeof nothing {
  if (one.audience === "all") return nothing;
  if (one.audience === "sealed") {
    const posts = (one.posts ?? []).map((post) => word("post", post)).join(t("comma"));
    return html`<span class="chip narrow">${t("audience.sealed")}${t("colon")}${posts}</span>`;
  }
  const desks = Array.isArray(one.audience) ? one.audience : [one.audience];
  return html`<span class="chip narrow">${t("audience.only")} ${desks.map(deskTitle).join(t("comma"))}</span>`;
}

function decision(one: JournalEntry): TemplateResult | typeof nothing {
  const held = one.decision;
  if (!held) return nothing;
  const options = Array.isArray(held.options) ? held.options.join(" / ") : held.options;
  return html`<dl class="facts">
    ${
      options
        ? html`<dt>${t("decision.options")}</dt>
            <dd>${options}</dd>`
        : nothing
    }
    ${
      held.basis
        ? html`<dt>${t("basis")}</dt>
            <dd>${held.basis}</dd>`
        : nothing
    }
    ${
      held.approver
        ? html`<dt>${t("decision.approver")}</dt>
            <dd>${held.approver}</dd>`
        : nothing
    }
  </dl>`;
}

function via(one: JournalEntry): TemplateResult | typeof nothing {
  if (!one.via) return nothing;
  const from = one.via.from;
  return html`<div class="second">
    ${t("via.told")} ${word("via", one.via.channel ?? "")} · ${agencyTitle(from?.agency)} ${from?.words_by ?? ""}
    ${when(one.via.stated_at)}${one.via.words ? html` “${one.via.words}”` : nothing}
  </div>`;
}

customElements.define("hub-journal", HubJournal);
