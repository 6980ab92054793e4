/** <hub-board>: the live wall of one operation. */
import { html, nothing, type TemplateResult } from "lit";
import { get, post, Problem } from "../shared/api";
import { bind } from "../shared/keys";
import { announce, tell } from "../shared/notices";
import { EverySecond, Part } from "../shared/part";
import { may, operation, page } from "../shared/page";
import { incidentPath, newIncidentPath } from "../shared/paths";
import type { Entry, Hazard, Incident, Obligation, OnDuty, Returns } from "../shared/shapes";
import { serverNow } from "../shared/time";
import { t } from "../shared/words";
import { Cards } from "../live/fold";
import { live, type Live } from "../live/socket";
import { bar } from "./bar";
import { type Filters, narrowed, readFilters, sift, writeFilters } from "./filters";
import { sight, table } from "./rows";
import { flooded } from "./flood";
import { nobodyAnswers } from "./nobody";
import { anew, patched, returnsOfTheDay } from "./returns";
import { counts, dueNext, hazardsOverdue, onDuty } from "./side";
import { News } from "./news";

const SIDE_MS = 3000;

export class HubBoard extends Part {
  private readonly line = live() as Live;
  private readonly cards = new Cards(this.line);
  private readonly news = new News(this);
  private filters: Filters = readFilters();
  private shown: Incident[] = [];
  private selected = "";
  private fault = "";
  private loaded = false;
  private owed: Obligation[] = [];
  private duty: OnDuty[] = [];
  private hazards: Hazard[] = [];
  private returns: Returns | null = null;
  private returnsOld = false;
  private sideTimer = 0;
  private top = 0;
  private paper = false;

  constructor() {
    super();
    new EverySecond(this);
    this.cards.addEventListener("loaded", () => this.took());
    this.cards.addEventListener("moved", (event) => this.moved((event as CustomEvent<Entry>).detail));
    for (const name of ["state", "head"]) this.line.addEventListener(name, () => this.requestUpdate());
    this.line.addEventListener("head", () => this.nextDay());
    window.addEventListener("resize", () => this.requestUpdate());
    window.addEventListener("beforeprint", () => this.onPaper(true));
    window.addEventListener("afterprint", () => this.onPaper(false));
    this.bindKeys();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.open();
  }

  private async open(): Promise<void> {
    this.fault = "";
    this.requestUpdate();
    try {
      await this.line.start(this.cards);
    } catch (fault) {
      this.fault = fault instanceof Problem ? fault.detail : String(fault);
      this.requestUpdate();
    }
  }

  protected override render(): TemplateResult {
    if (this.fault) return this.broken();
    if (!this.loaded) return html`<p class="waiting" role="status">${t("board.loading")}</p>`;
    this.shown = sift(this.cards.byRef.values(), this.filters);
    const all = this.cards.byRef;
    return html` ${nobodyAnswers(all.values())} ${bar(this.filters, this.shown.length, all.size, (name, value) => this.filter(name, value))}
      <div class="board">
        <div class="wall" tabindex="-1" @scroll=${this.scrolled} @click=${this.clicked}>${this.wall()}</div>
        <aside class="side">
          ${counts(all.values(), this.filters, (only) => this.filter("only", only))}
          ${returnsOfTheDay(this.returns)}${hazardsOverdue(this.hazards)}${dueNext(this.owed, all)}${onDuty(this.duty)}
        </aside>
      </div>`;
  }

  private wall(): TemplateResult {
    if (this.cards.byRef.size === 0) return this.empty(t("board.empty"), t("board.empty.next"));
    if (this.shown.length === 0) return this.empty(t("board.nothing"), t("board.nothing.next"), true);
    if (this.line.flood) return flooded(this.line.flood, this.shown, this.selected, this.news.fresh);
    const box = this.querySelector<HTMLElement>(".wall");
    const { length } = this.shown;
    const all = { from: 0, to: length, above: 0, below: 0 };
    const inSight = this.paper ? all : sight(length, this.top, box?.clientHeight ?? 900, this.rowHeight());
    return table(this.shown, inSight, this.selected, this.news.fresh);
  }

  private empty(what: string, next: string, filtered = false): TemplateResult {
    return html`<div class="empty">
      <p><b>${what}</b></p>
      <p>${next}</p>
      ${filtered ? html`<button type="button" @click=${() => this.clear()}>${t("board.clear")}</button>` : nothing}
      ${
        !filtered && may("incident.open")
          ? html`<a class="button main" href=${newIncidentPath(operation())}>${t("board.new")}</a>`
          : nothing
      }
    </div>`;
  }

  private broken(): TemplateResult {
    return html`<div class="empty" role="alert">
      <p><b>${t("board.broken")}</b></p>
      <p>${this.fault}</p>
      <button type="button" class="main" @click=${() => this.open()}>${t("again")}</button>
    </div>`;
  }

  private took(): void {
    this.loaded = true;
    this.owed = this.cards.board?.due_next ?? [];
    this.duty = this.cards.board?.on_duty ?? [];
    this.hazards = this.cards.board?.hazards_overdue ?? [];
    this.returns = this.cards.board?.zero_reports ?? null;
    this.requestUpdate();
  }

  private moved(entry: Entry): void {
    if (entry.card && entry.kind.endsWith(".opened")) this.news.arrived(entry.card);
    if (entry.kind === "access.granted" && entry.card?.ref) this.news.arrived(entry.card);
    this.returns = patched(this.returns, entry);
    this.returnsOld ||= anew(this.returns, entry);
    this.requestUpdate();
    this.refreshSoon();
  }

  // A day begins without anything having happened that the record would tell.
  private nextDay(): void {
    if (!this.returns || serverNow() < Date.parse(this.returns.until)) return;
    this.returnsOld = true;
    this.refreshSoon();
  }

  private refreshSoon(): void {
    if (!this.sideTimer) this.sideTimer = window.setTimeout(() => void this.refreshSide(), SIDE_MS);
  }

  private async refreshSide(): Promise<void> {
    this.sideTimer = 0;
    try {
      const root = `/operations/${encodeURIComponent(operation())}`;
      const owed = await get<{ items: Obligation[] }>(`${root}/obligations?state=open&limit=40`);
      const duty = await get<{ items: OnDuty[] } | OnDuty[]>(`${root}/duty`);
      const late = await get<{ items: Hazard[] }>(`${root}/hazards?overdue=true&limit=500`);
      this.owed = owed.body.items;
      this.hazards = late.body.items.sort((a, b) => (a.five.deadline ?? "").localeCompare(b.five.deadline ?? ""));
      await this.returnsAnew(root);
      this.duty = Array.isArray(duty.body) ? duty.body : duty.body.items;
      this.requestUpdate();
    } catch {
      // The side panels stay as old as they are; the age in the head says how old the whole picture is.
    }
  }

  private async returnsAnew(root: string): Promise<void> {
    if (!this.returnsOld) return;
    this.returnsOld = false;
    const told = await get<{ zero_reports: Returns | null }>(`${root}/zero-reports/figure`);
    this.returns = told.body.zero_reports;
  }

  private filter(name: keyof Filters, value: string): void {
    this.filters = { ...this.filters, [name]: value };
    writeFilters(this.filters);
    this.requestUpdate();
  }

  private clear(): void {
    this.filters = { q: "", status: "", grade: "", type: "", only: "", sort: this.filters.sort };
    writeFilters(this.filters);
    this.requestUpdate();
  }

  private scrolled(event: Event): void {
    this.top = (event.currentTarget as HTMLElement).scrollTop;
    if (this.shown.length > 200) this.requestUpdate();
  }

  private clicked(event: Event): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>("tr[data-ref]");
    if (row?.dataset["ref"]) this.select(row.dataset["ref"], false);
  }

  private select(ref: string, focus: boolean): void {
    this.selected = ref;
    this.requestUpdate();
    if (!focus) return;
    const index = this.shown.findIndex((card) => card.ref === ref);
    const box = this.querySelector<HTMLElement>(".wall");
    if (this.shown.length > 200 && box) box.scrollTop = Math.max(0, index * this.rowHeight() - box.clientHeight / 2);
    void this.updateComplete.then(() => {
      const link = this.querySelector<HTMLElement>(`tr[data-ref="${ref}"] a`);
      link?.focus({ preventScroll: true });
      link?.closest("tr")?.scrollIntoView({ block: "nearest" });
    });
  }

  private step(by: number): void {
    if (!this.shown.length) return;
    const now = this.shown.findIndex((card) => card.ref === this.selected);
    const next =
      now < 0 ? (by > 0 ? 0 : this.shown.length - 1) : Math.min(this.shown.length - 1, Math.max(0, now + by));
    this.select(this.shown[next]?.ref ?? "", true);
  }

  private async take(): Promise<void> {
    const ref = this.selected;
    if (!ref) return tell(t("board.pick"));
    try {
      await post(`/incidents/${ref}/acknowledgement`, { kind: "taken" });
      tell(t("ack.taken.done", { ref }));
    } catch (fault) {
      tell(fault instanceof Problem ? fault.detail : String(fault), true);
    }
  }

  // Paper does not scroll: for printing every row is drawn, and at once, because the browser does not wait.
  private onPaper(paper: boolean): void {
    this.paper = paper;
    this.requestUpdate();
    if (this.isUpdatePending) this.performUpdate();
  }

  private rowHeight(): number {
    return matchMedia("(max-width: 760px)").matches ? 132 : 56;
  }

  private bindKeys(): void {
    if (may("incident.open")) bind("n", t("board.new"), () => location.assign(newIncidentPath(operation())));
    bind("/", t("key.search"), () => document.getElementById("board-q")?.focus());
    bind("j", t("key.down"), () => this.step(1));
    bind("k", t("key.up"), () => this.step(-1));
    bind("Enter", t("key.open"), () => this.selected && location.assign(incidentPath(this.selected)));
    if (may("incident.acknowledge")) bind("a", t("key.take"), () => void this.take());
    announce(page.operation?.title ?? "");
    if (narrowed(this.filters)) announce(t("board.filtered"));
  }
}

customElements.define("hub-board", HubBoard);
