/** What every component shares: light DOM, so that one stylesheet and one policy hold for the whole page. */
import { LitElement, type ReactiveController, type ReactiveControllerHost } from "lit";
import { Problem } from "./api";
import { at, incidentPath } from "./paths";
import { t } from "./words";

export abstract class Part extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    // What the server wrote here was for browsers that never get this far.
    this.replaceChildren();
    return this;
  }
}

/** Redraws its host once a second, for everything that counts down. */
export class EverySecond implements ReactiveController {
  private timer = 0;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.timer = window.setInterval(() => this.host.requestUpdate(), 1000);
  }

  hostDisconnected(): void {
    window.clearInterval(this.timer);
  }
}

/** One request at a time for a form: whether it is under way, and the refusal of the last one. */
export class Sending {
  busy = false;
  fault: Problem | null = null;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Send; true when it was done. A refusal stays on show until the next try. */
  async run(request: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.set(true, null);
    try {
      await request();
      this.set(false, null);
      return true;
    } catch (fault) {
      this.set(false, fault instanceof Problem ? fault : new Problem(0, `${t("fault.unexpected")} ${String(fault)}`));
      return false;
    }
  }

  /** Forget the last refusal. */
  clear(): void {
    this.set(false, null);
  }

  private set(busy: boolean, fault: Problem | null): void {
    this.busy = busy;
    this.fault = fault;
    this.host.requestUpdate();
  }
}

/** Plan titles come as words of one language or of both. */
export function said(words: unknown): string {
  if (typeof words === "string") return words;
  const held = (words ?? {}) as Record<string, string>;
  const zh = document.documentElement.lang.startsWith("zh");
  return (zh ? held["zh"] : held["en"]) ?? held["en"] ?? held["zh"] ?? "";
}

/** What people call it: an incident by its reference. */
export function labelOf(one: {
  subject?: { kind: string; ref: string; label?: { zh: string; en: string } } | string;
}): string {
  return (typeof one.subject === "object" && said(one.subject.label)) || refOf(one);
}

/** The reference of whatever an obligation or a summons is about; subjects come as an object or as `noun/ref`. */
export function refOf(about: { subject?: { kind: string; ref: string } | string }): string {
  const subject = about.subject;
  return typeof subject === "string" ? (subject.split("/")[1] ?? subject) : (subject?.ref ?? "");
}

/** What kind of thing something is about: an incident, a hazard, a return. */
export function kindOf(about: { subject?: { kind: string } | string }): string {
  const subject = about.subject;
  return typeof subject === "string" ? (subject.split("/")[0] ?? "") : (subject?.kind ?? "");
}

/** The page of what is owed on: an incident's, or the one that the server names for anything else. */
export function pageOf(debt: { subject: { kind: string; ref: string; page?: string | null } | string }): string {
  const page = typeof debt.subject === "string" ? undefined : debt.subject.page;
  return page ? at(page) : incidentPath(refOf(debt));
}
