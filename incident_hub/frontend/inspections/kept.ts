/** What was answered and has not reached the Hub: it stays on this device through errors, reloads and signing out. */
import type { Given } from "./visit";

const PREFIX = "hub.visit.";

export class Kept {
  private readonly held: Map<string, Given>;

  constructor(private readonly ref: string) {
    this.held = new Map(Object.entries(read(ref)));
  }

  get size(): number {
    return this.held.size;
  }

  of(question: string): Given | undefined {
    return this.held.get(question);
  }

  questions(): string[] {
    return [...this.held.keys()];
  }

  put(question: string, given: Given): void {
    this.held.set(question, given);
    this.write();
  }

  /** Let go of it, if it is still the same that was sent. */
  sent(question: string, given: Given): void {
    if (this.held.get(question) !== given) return;
    this.held.delete(question);
    this.write();
  }

  private write(): void {
    try {
      if (this.held.size) localStorage.setItem(PREFIX + this.ref, JSON.stringify(Object.fromEntries(this.held)));
      else localStorage.removeItem(PREFIX + this.ref);
    } catch {
      // A full or forbidden store loses it on reload, never what is on the screen.
    }
  }
}

function read(ref: string): Record<string, Given> {
  try {
    const text = localStorage.getItem(PREFIX + ref);
    return text ? (JSON.parse(text) as Record<string, Given>) : {};
  } catch {
    return {};
  }
}
