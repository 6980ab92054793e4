/** Sends answers as they are given, one at a time for each question, and again until they are kept. */
import { post, Problem } from "../shared/api";
import { page } from "../shared/page";
import { serverNow } from "../shared/time";
import { Kept } from "./kept";
import type { Given, Visit } from "./visit";

const AGAIN_MS = 10_000;
const QUIET_MS = 700;

export class Keeper {
  readonly faults = new Map<string, string>();
  private readonly kept: Kept;
  private readonly sending = new Set<string>();
  private readonly timers = new Map<string, number>();

  constructor(
    private readonly ref: string,
    private readonly visit: () => Visit | null,
    private readonly changed: () => void,
  ) {
    this.kept = new Kept(ref);
    addEventListener("online", () => this.all());
    setInterval(() => this.all(), AGAIN_MS);
  }

  /** How many answers are on this device alone. */
  get waiting(): number {
    return this.kept.size;
  }

  /** What is said to a question: what was given here last, else what the Hub has. */
  said(question: string): Given {
    const held = this.kept.of(question);
    if (held) return held;
    const found = this.visit()?.answers.find((one) => `${one.checklist}/${one.item}` === question);
    return { answer: found?.answer ?? null, note: found?.note ?? "" };
  }

  /** Whether what is said to it is on this device alone. */
  waits(question: string): boolean {
    return this.kept.of(question) !== undefined;
  }

  /** Give an answer or a note; a note is sent once the hand rests. */
  give(question: string, part: Partial<Given>): void {
    this.kept.put(question, { ...this.said(question), ...part });
    this.faults.delete(question);
    clearTimeout(this.timers.get(question));
    if (part.answer) void this.send(question);
    else this.timers.set(question, window.setTimeout(() => void this.send(question), QUIET_MS));
    this.changed();
  }

  /** Send what waits, but for what was refused in words: that wants another answer first. */
  all(): void {
    for (const one of this.kept.questions()) if (!this.faults.has(one)) void this.send(one);
  }

  private async send(question: string): Promise<void> {
    const given = this.kept.of(question);
    if (!given?.answer || this.sending.has(question)) return;
    const [checklist = "", item = ""] = question.split("/");
    this.sending.add(question);
    try {
      const body = { checklist, item, answer: given.answer, ...(given.note.trim() ? { note: given.note } : {}) };
      await post(`/inspections/${this.ref}/answers`, body);
      this.taken(checklist, item, given);
      this.kept.sent(question, given);
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      if (fault.status >= 400 && fault.status < 500 && fault.status !== 401) this.faults.set(question, fault.detail);
    } finally {
      this.sending.delete(question);
      this.changed();
    }
    // What was given meanwhile goes after it.
    if (this.kept.of(question) !== given && this.waits(question)) void this.send(question);
  }

  private taken(checklist: string, item: string, given: Given): void {
    const visit = this.visit();
    if (!visit || !given.answer) return;
    const others = visit.answers.filter((one) => one.checklist !== checklist || one.item !== item);
    const at = new Date(serverNow()).toISOString();
    const desk = page.asker?.desk ?? null;
    visit.answers = [...others, { checklist, item, answer: given.answer, note: given.note || null, at, desk }];
  }
}
