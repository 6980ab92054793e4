/** <hub-visit ref="…" writes>: the questions of a visit to answer with a thumb, and what was found. */
import { html, nothing, type TemplateResult } from "lit";
import { get } from "../shared/api";
import { deskTitle } from "../shared/page";
import { Part, said } from "../shared/part";
import { shown } from "../shared/time";
import { t } from "../shared/words";
import { found } from "./found";
import { Keeper } from "./keeper";
import { Shots } from "./shots";
import { ANSWERS, named, tally, type Checklist, type Given, type Item, type Visit } from "./visit";

const LOOK_MS = 10_000;

export class HubVisit extends Part {
  declare ref: string;
  declare writes: boolean;
  static override properties = { ref: {}, writes: { type: Boolean } };
  visit: Visit | null = null;
  keeper: Keeper | null = null;
  private shots: Shots | null = null;
  private began = "";

  constructor() {
    super();
    this.ref = "";
    this.writes = false;
  }

  protected override firstUpdated(): void {
    this.keeper = new Keeper(this.ref, () => this.visit, () => this.requestUpdate());
    this.shots = new Shots(this.ref, () => void this.read());
    void this.read().then(() => this.keeper?.all());
    setInterval(() => {
      if (document.visibilityState === "visible") void this.read();
    }, LOOK_MS);
  }

  protected override render(): TemplateResult {
    const { visit } = this;
    if (!visit) return html`<p class="waiting">${t("visit.reading")}</p>`;
    return html`${visit.checklists.map((one) => this.list(visit, one))} ${found(this, visit)} ${this.progress(visit)}`;
  }

  protected override updated(): void {
    // What the server drew for the end of the visit is shown as soon as it may be done.
    for (const one of document.querySelectorAll<HTMLElement>("[data-when]")) {
      one.hidden = !this.visit?.may.includes(one.dataset["when"] ?? "");
    }
    for (const one of document.querySelectorAll<HTMLElement>("[data-while-open]")) {
      one.hidden = !this.visit || this.open === 0;
    }
  }

  /** Read the visit anew; an end that others made is shown at once, unless somebody is typing here. */
  async read(): Promise<void> {
    const answer = await get<Visit>(`/inspections/${this.ref}`).catch(() => null);
    if (!answer) return;
    this.visit = answer.body;
    this.began ||= answer.body.state;
    const typing = this.contains(document.activeElement) && document.activeElement?.matches("textarea, input[type=text]");
    if (this.began !== answer.body.state && !this.keeper?.waiting && !typing) location.reload();
    this.requestUpdate();
  }

  private get open(): number {
    if (!this.visit) return 0;
    const { done, of } = tally(this.visit, (one) => this.given(one));
    return of - done;
  }

  private given(question: string): Given {
    return this.keeper?.said(question) ?? { answer: null, note: "" };
  }

  private progress(visit: Visit): TemplateResult {
    const now = tally(visit, (one) => this.given(one));
    const waiting = this.keeper?.waiting ?? 0;
    return html`<div class="panel visit-progress">
      <p>
        <b>${t("visit.answered", { n: now.done, of: now.of })}</b> · ${t("visit.score")}
        <b class="score">${now.points} / ${now.possible}</b>
        ${now.grave ? html`· <b class="late">${t("visit.grave", { n: now.grave })}</b>` : nothing}
      </p>
      ${this.writes
        ? html`<p role="status" class=${waiting ? "soon" : "quiet"}>
            ${waiting ? t("visit.waiting", { n: waiting }) : t("visit.kept")}
            ${waiting ? html`<button type="button" @click=${() => this.keeper?.all()}>${t("again")}</button>` : nothing}
          </p>`
        : nothing}
    </div>`;
  }

  private list(visit: Visit, list: Checklist): TemplateResult {
    const open = list.items.filter((one) => !this.given(named(list.code, one.code)).answer).length;
    return html`<section class="panel" aria-labelledby="list-${list.code}">
      <h2 id="list-${list.code}">
        ${said(list.title)} ${open ? html`<span class="n">${t("visit.left", { n: open })}</span>` : html`<span class="good">✓</span>`}
      </h2>
      ${list.items.map((one) => this.question(visit, list, one))}
    </section>`;
  }

  private question(visit: Visit, list: Checklist, item: Item): TemplateResult {
    const name = named(list.code, item.code);
    const { answer, note } = this.given(name);
    const kept = visit.answers.find((one) => one.checklist === list.code && one.item === item.code);
    return html`<fieldset class="question ${answer ? `is-${answer}` : ""}" data-question=${name}>
      <legend>
        ${said(item.question)} <span class="second">${t("visit.points", { n: item.points })}</span>
        ${item.grave ? html`<span class="chip life">${t("visit.grave_one")}</span>` : nothing}
      </legend>
      ${this.writes
        ? this.asks(name, { answer, note }, list, item)
        : html`<p class="given">
            <b>${answer ? t(`answer.${answer}`) : t("visit.unanswered")}</b>
            ${note ? html`<span class="text">${note}</span>` : nothing}
            ${kept?.desk ? html`<span class="second">${deskTitle(kept.desk)} ${shown(kept.at)}</span>` : nothing}
          </p>`}
      <div class="shots">${this.shots?.shown(visit, list.code, item.code)}</div>
      ${this.keeper?.faults.has(name) ? html`<div class="refusal" role="alert">${this.keeper.faults.get(name)}</div>` : nothing}
      ${this.keeper?.waits(name)
        ? html`<p class="soon">${answer ? t("visit.here_only") : t("visit.note_waits")}</p>`
        : this.writes && kept?.desk
          ? html`<p class="second">${deskTitle(kept.desk)} ${shown(kept.at)}</p>`
          : nothing}
    </fieldset>`;
  }

  private asks(name: string, { answer, note }: Given, list: Checklist, item: Item): TemplateResult {
    return html`<div class="answers">
        ${ANSWERS.map(
          (one) =>
            html`<label class="answer ${one}">
              <input type="radio" name=${`answer ${name}`} value=${one} .checked=${answer === one}
                @change=${() => this.keeper?.give(name, { answer: one })} />
              <span>${t(`answer.${one}`)}</span></label
            >`,
        )}
      </div>
      <div class="beside">
        <input type="text" aria-label=${t("visit.note", { question: said(item.question) })} placeholder=${t("visit.note_short")}
          maxlength="2000" autocomplete="off" .value=${note}
          @input=${(event: InputEvent) => this.keeper?.give(name, { note: (event.target as HTMLInputElement).value })} />
        ${this.shots?.camera(list.code, item.code, `${said(list.title)}${t("colon")}${said(item.question)}`)}
      </div>`;
  }
}

customElements.define("hub-visit", HubVisit);
