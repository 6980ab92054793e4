/** <hub-incident>: what it is, who has it, what is due next, and everything that was written about it. */
import { html, nothing, type TemplateResult } from "lit";
import { due, gradeChip, marks, tlp, verification, when } from "../shared/chips";
import { bind } from "../shared/keys";
import { announce } from "../shared/notices";
import { EverySecond, Part } from "../shared/part";
import { agencyTitle, deskTitle, operation, page, siteTitle, typeTitle } from "../shared/page";
import { boardPath } from "../shared/paths";
import type { Entry, Incident } from "../shared/shapes";
import { t, word } from "../shared/words";
import { live } from "../live/socket";
import { placeWords } from "../board/filters";
import { Matter } from "./matter";
import { mine, moveWords } from "./moves";
import "../shared/hub-files";
import "./hub-decide";
import "./hub-hazards";
import "./hub-items";
import "./hub-journal";
import "./hub-clocks";
import "./hub-figures";
import "./hub-circle";
import "./hub-lead";
import "./hub-links";
import "./hub-mark";
import "./hub-personal";
import "./hub-fields";
import "./hub-reports";
import "./hub-tasks";

const TABS = ["clocks", "figures", "circle", "fields"] as const;
type Tab = (typeof TABS)[number];

export class HubIncident extends Part {
  private readonly matter = new Matter(page.ref ?? page.incident?.ref ?? "", live());
  private tab: Tab = "clocks";
  private moves: Entry[] = [];

  constructor() {
    super();
    new EverySecond(this);
    this.matter.incident = page.incident ?? null;
    this.matter.addEventListener("changed", () => this.requestUpdate());
    this.matter.addEventListener("entry", (event) => this.moved((event as CustomEvent<Entry>).detail));
    for (const [i, tab] of TABS.entries()) bind(String(i + 1), t(`tab.${tab}`), () => this.show(tab));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.matter.open();
  }

  protected override render(): TemplateResult {
    const held = this.matter.incident;
    if (this.matter.fault && (!held || this.matter.fault.status === 404)) return this.broken();
    if (!held) return html`<p class="waiting" role="status">${t("incident.loading")}</p>`;
    return html`<article class="incident">
      ${this.head(held)}
      ${this.matter.fault ? html`<p class="band" role="alert">${this.matter.fault.detail}</p>` : nothing}
      ${this.strip(held)}
      <hub-decide .matter=${this.matter}></hub-decide>
      ${this.news()}
      <div class="columns">
        <div class="main-column">${this.account(held)}<hub-tasks .matter=${this.matter}></hub-tasks
          ><hub-journal .matter=${this.matter}></hub-journal
          ><hub-files door="${this.matter.path}/attachments" .news=${held.version}></hub-files
          ><hub-hazards ref=${held.ref} .news=${held.version}></hub-hazards
          ><hub-links .matter=${this.matter}></hub-links
          ><hub-items .matter=${this.matter}></hub-items
          ><hub-personal .matter=${this.matter}></hub-personal></div>
        <div class="side-column">${this.tabs()}${this.panels()}<hub-reports .matter=${this.matter}></hub-reports></div>
      </div>
    </article>`;
  }

  private head(held: Incident): TemplateResult {
    return html`<header class="incident-head">
      <p class="over">
        <a href=${boardPath(operation())}>${t("nav.board")}</a>
        <span class="ref">${held.ref}</span> ${typeTitle(held.type)}
      </p>
      <h1>${held.title}</h1>
      <div class="chips">
        ${gradeChip(held.grade)}<span class="chip status">${word("status", held.status)}</span>
        ${verification(held.verification)} ${marks(held)} ${tlp(held.tlp)}
      </div>
    </header>`;
  }

  /** Four answers at one look: who leads, who has it, what is due next, who may know. */
  private strip(held: Incident): TemplateResult {
    const takers = held.taken.map(
      (one) => html`<span>${agencyTitle(one.agency)} ${one.post ? word("post", one.post) : ""} ${when(one.at)}</span>`,
    );
    return html`<dl class="strip">
      <div>
        <dt>${t("lead")}</dt>
        <dd>
          ${agencyTitle(held.lead) || t("lead.none")}
          ${held.lead_offer ? html`<span class="untaken">${t("lead.offered", { desk: deskTitle(held.lead_offer.desk) })}</span>` : nothing}
        </dd>
      </div>
      <div>
        <dt>${t("taken.title")}</dt>
        <dd>${takers.length ? takers : html`<b class="untaken">${t("taken.nobody")}</b>`}</dd>
      </div>
      <div>
        <dt>${t("due.next")}</dt>
        <dd>
          ${due(held.obligations.next_due_at)}
          ${held.obligations.late ? html`<span class="late">${t("late.n", { n: held.obligations.late })}</span>` : nothing}
        </dd>
      </div>
      <div>
        <dt>${t("circle.short")}</dt>
        <dd>${t("circle.n", { n: held.access.length })} · ${t("circle.you")} ${word("role", this.matter.role)}</dd>
      </div>
    </dl>`;
  }

  private account(held: Incident): TemplateResult {
    const site = held.site ? siteTitle(held.site) : "";
    return html`<section class="panel account" aria-labelledby="account-title">
      <h2 id="account-title">${t("account")}</h2>
      <p class="summary">${held.summary || html`<span class="quiet">${t("account.none")}</span>`}</p>
      <dl class="facts">
        <dt>${t("place")}</dt>
        <dd>${[placeWords(held), site].filter((one, i, all) => one && all.indexOf(one) === i).join(" · ") || "—"}</dd>
        <dt>${t("occurred")}</dt>
        <dd>${held.occurred_about ? t("about") : nothing} ${when(held.occurred_at)}</dd>
        ${held.planned_at ? html`<dt>${t("planned")}</dt><dd>${when(held.planned_at)}</dd>` : nothing}
        <dt>${t("known")}</dt>
        <dd>${when(held.known_at)}</dd>
        <dt>${t("entered")}</dt>
        <dd>${when(held.created_at)}</dd>
        <dt>${t("updated")}</dt>
        <dd>${when(held.updated_at)}</dd>
      </dl>
    </section>`;
  }

  private tabs(): TemplateResult {
    return html`<div class="tabs" role="tablist" @keydown=${this.arrows}>
      ${TABS.map(
        (tab) =>
          html`<button
            type="button"
            role="tab"
            id="tab-${tab}"
            aria-selected=${this.tab === tab}
            aria-controls="panel-${tab}"
            tabindex=${this.tab === tab ? 0 : -1}
            @click=${() => this.show(tab)}
          >
            ${t(`tab.${tab}`)}${this.count(tab)}
          </button>`,
      )}
    </div>`;
  }

  private count(tab: Tab): TemplateResult | typeof nothing {
    const open = this.matter.obligations.filter((one) => one.state === "open" || one.state === "missed").length;
    const n = {
      clocks: open,
      figures: this.matter.figures.length,
      circle: this.matter.incident?.access.length ?? 0,
      fields: 0,
    }[tab];
    return n ? html` <span class="n">${n}</span>` : nothing;
  }

  // All panels stay in the page, so that what is half typed in one survives a look at another.
  private panels(): TemplateResult {
    const bodies: Record<Tab, TemplateResult> = {
      clocks: html`<hub-clocks .matter=${this.matter}></hub-clocks>`,
      figures: html`<hub-figures .matter=${this.matter}></hub-figures>`,
      circle: html`<hub-circle .matter=${this.matter}></hub-circle><hub-mark .matter=${this.matter}></hub-mark
        ><hub-lead .matter=${this.matter}></hub-lead>`,
      fields: html`<hub-fields .matter=${this.matter}></hub-fields>`,
    };
    return html`${TABS.map(
      (tab) =>
        html`<div
          class="panel"
          role="tabpanel"
          id="panel-${tab}"
          aria-labelledby="tab-${tab}"
          ?hidden=${this.tab !== tab}
        >
          ${bodies[tab]}
        </div>`,
    )}`;
  }

  private news(): TemplateResult {
    return html`<div class="moves" role="status">
      ${
        this.moves.length
          ? html`<h2>${t("moves.title")}</h2>
              <ul>
                ${this.moves.map((one) => html`<li>${when(one.at)} ${moveWords(one)}</li>`)}
              </ul>`
          : nothing
      }
    </div>`;
  }

  private moved(entry: Entry): void {
    if (mine(entry)) return;
    this.moves = [entry, ...this.moves].slice(0, 3);
    announce(moveWords(entry));
    this.requestUpdate();
  }

  private show(tab: Tab): void {
    this.tab = tab;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#tab-${tab}`)?.focus());
  }

  private arrows(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.show(TABS[(TABS.indexOf(this.tab) + by + TABS.length) % TABS.length] ?? "clocks");
  }

  private broken(): TemplateResult {
    const gone = this.matter.fault?.status === 404;
    return html`<div class="empty" role="alert">
      <p><b>${gone ? t("incident.gone") : t("incident.broken")}</b></p>
      <p>${this.matter.fault?.detail}</p>
      <a class="button" href=${boardPath(operation())}>${t("nav.board")}</a>
      <button type="button" class="main" @click=${() => this.matter.again()}>${t("again")}</button>
    </div>`;
  }
}

customElements.define("hub-incident", HubIncident);
