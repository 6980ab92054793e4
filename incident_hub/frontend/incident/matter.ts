/** One incident as this desk may know it: fields, journal, clocks and figures, read again whenever an entry about it comes. */
import { type Answer, get, Problem } from "../shared/api";
import { operation, page } from "../shared/page";
import { Part } from "../shared/part";
import type { Entry, Figure, Incident, JournalEntry, Obligation } from "../shared/shapes";
import type { Live, Picture } from "../live/socket";

const GATHER_MS = 150;

interface Items<T> {
  items: T[];
}

/** Events: `changed` after each reading, `entry` with each entry about this incident. */
export class Matter extends EventTarget implements Picture {
  incident: Incident | null = null;
  etag = "";
  journal: JournalEntry[] = [];
  obligations: Obligation[] = [];
  figures: Figure[] = [];
  fault: Problem | null = null;
  readonly path: string;
  private timer = 0;

  constructor(
    readonly ref: string,
    private readonly line: Live | null,
  ) {
    super();
    this.path = `/incidents/${encodeURIComponent(ref)}`;
  }

  /** Read everything and follow what comes. */
  async open(): Promise<void> {
    await this.read();
    await this.line?.start(this).catch(() => undefined);
  }

  /** The position is asked for when the line connects; until then nothing can have been missed unread. */
  async load(): Promise<null> {
    await this.read();
    return null;
  }

  apply(entry: Entry): void {
    if (entry.subject.kind !== "incident" || entry.subject.ref !== this.ref) return;
    this.dispatchEvent(new CustomEvent("entry", { detail: entry }));
    this.again();
  }

  /** Read again soon; several reasons at once make one reading. */
  again(): void {
    this.timer ||= window.setTimeout(() => {
      this.timer = 0;
      void this.read();
    }, GATHER_MS);
  }

  /** A change is answered with the incident as it now stands; show that at once and read the rest after. */
  took(answer: Answer<Incident>): void {
    this.incident = answer.body;
    this.etag = answer.etag ?? `"${answer.body.version}"`;
    this.dispatchEvent(new CustomEvent("changed"));
    this.again();
  }

  private async read(): Promise<void> {
    try {
      const owed = `/operations/${encodeURIComponent(operation())}/obligations?subject=${encodeURIComponent(this.ref)}`;
      const [incident, journal, figures, obligations] = await Promise.all([
        get<Incident>(this.path),
        get<Items<JournalEntry>>(`${this.path}/journal`),
        get<Items<Figure>>(`${this.path}/figures`),
        get<Items<Obligation>>(owed),
      ]);
      this.incident = incident.body;
      this.etag = incident.etag ?? `"${incident.body.version}"`;
      this.journal = [...journal.body.items].reverse();
      this.figures = figures.body.items;
      this.obligations = [...obligations.body.items].sort((a, b) => (a.due_at < b.due_at ? -1 : 1));
      this.fault = null;
    } catch (fault) {
      this.fault = fault instanceof Problem ? fault : new Problem(0, String(fault));
    }
    this.dispatchEvent(new CustomEvent("changed"));
  }

  /** Whether this desk leads, which decides what it may state about the incident itself. */
  get leads(): boolean {
    return this.role === "lead";
  }

  /** What this desk is on the incident: lead, support or informed. */
  get role(): string {
    const held = this.incident;
    return held?.my_role ?? held?.access.find((one) => one.desk === page.asker?.desk)?.role ?? "lead";
  }
}

/** A part of the incident's page: shown again whenever the matter changed. */
export abstract class MatterPart extends Part {
  declare matter: Matter;
  static override properties = { matter: { attribute: false } };
  private readonly redraw = (): void => this.requestUpdate();
  private listened: Matter | null = null;

  protected override willUpdate(): void {
    if (this.listened === this.matter) return;
    this.listened?.removeEventListener("changed", this.redraw);
    this.matter?.addEventListener("changed", this.redraw);
    this.listened = this.matter;
  }
}
