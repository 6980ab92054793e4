/** The board's picture: the cards at a position of the feed, kept current by folding entries in. */
import { get } from "../shared/api";
import { digest } from "../shared/canonical";
import { operation } from "../shared/page";
import type { Board, Entry, Incident } from "../shared/shapes";
import { setClock } from "../shared/time";
import type { Live, Picture } from "./socket";

const GONE = new Set(["closed", "false_alarm", "transferred"]);

/** Holds the cards by reference. Events: `loaded` after a whole board, `moved` with the entry after each change. */
export class Cards extends EventTarget implements Picture {
  readonly byRef = new Map<string, Incident>();
  board: Board | null = null;
  private hashing = false;
  private stale = false;

  constructor(private readonly line: Live) {
    super();
    line.addEventListener("caught", () => void this.publish());
  }

  async load(): Promise<number> {
    const { body } = await get<Board>(`/operations/${encodeURIComponent(operation())}/board`);
    setClock(body.now);
    this.board = body;
    this.line.flood = body.flood;
    this.byRef.clear();
    for (const card of body.cards) this.byRef.set(card.ref, card);
    this.dispatchEvent(new CustomEvent("loaded", { detail: body }));
    return body.head;
  }

  apply(entry: Entry): void {
    if (entry.kind === "incident.withdrawn") this.byRef.delete(entry.subject.ref);
    else if (entry.card) this.hang(entry.card);
    this.dispatchEvent(new CustomEvent("moved", { detail: entry }));
  }

  private hang(card: Incident): void {
    if (GONE.has(card.status)) this.byRef.delete(card.ref);
    else this.byRef.set(card.ref, card);
  }

  /** The digest of what is shown; anybody may compare it with a fresh board's. */
  digest(): Promise<string | null> {
    return digest(this.byRef.values());
  }

  /** Write position and digest on the page together, so that a test never reads one of each. */
  private async publish(): Promise<void> {
    if (this.hashing) return void (this.stale = true);
    this.hashing = true;
    do {
      this.stale = false;
      const head = this.line.head;
      const made = await this.digest();
      if (head !== this.line.head) this.stale = true;
      else this.write(head, made);
    } while (this.stale);
    this.hashing = false;
  }

  private write(head: number | null, made: string | null): void {
    const marks = document.documentElement.dataset;
    marks["head"] = String(head ?? "");
    marks["digest"] = made ?? "";
  }
}
