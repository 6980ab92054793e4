/** What has just come: rows that stay marked for a while, and one quiet announcement for several at once. */
import type { ReactiveControllerHost } from "lit";
import { announce } from "../shared/notices";
import type { Incident } from "../shared/shapes";
import { t } from "../shared/words";

const MARKED_MS = 20_000;
const GATHER_MS = 4000;

/** Keeps the references of the newest rows. */
export class News {
  readonly fresh = new Set<string>();
  private waiting: Incident[] = [];
  private timer = 0;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** A card has come onto the board. */
  arrived(card: Incident): void {
    this.fresh.add(card.ref);
    window.setTimeout(() => {
      this.fresh.delete(card.ref);
      this.host.requestUpdate();
    }, MARKED_MS);
    this.waiting.push(card);
    this.timer ||= window.setTimeout(() => this.speak(), GATHER_MS);
  }

  private speak(): void {
    this.timer = 0;
    const [first] = this.waiting;
    if (this.waiting.length > 1) announce(t("news.many", { n: this.waiting.length }));
    else if (first) announce(t("news.one", { ref: first.ref, title: first.title }));
    this.waiting = [];
  }
}
