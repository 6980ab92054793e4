/** The draft of a report keeps itself: every change goes to the server at once, and nothing being typed is overwritten. */
import { patch, Problem } from "../shared/api";
import { page } from "../shared/page";
import { serverNow, shown } from "../shared/time";
import { t } from "../shared/words";

type Said = { value: string } | { unknown: string } | null;
interface Clock {
  rule: string;
  title: { zh: string; en: string } | null;
  due_at: string;
}
interface Line {
  code: string;
  title: { zh: string; en: string };
  value: { zh: string; en: string } | null;
}
interface Report {
  version: number;
  sha256: string;
  content: Line[];
  unknown: Record<string, string>;
  blank: { pointer: string; detail: string }[];
  to: { desk: string; title: Record<string, string>; settles: Clock[] }[];
}

const QUIET_MS = 600;
function follow(draft: HTMLFormElement): void {
  const keeper = new Keeper(draft);
  for (const row of draft.querySelectorAll<HTMLElement>("[data-line]")) {
    row.addEventListener("input", () => {
      turn(row);
      keeper.soon(row);
    });
    row.querySelector("[data-back]")?.addEventListener("click", () => keeper.back(row));
  }
  draft.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("pagehide", () => keeper.now());
  document.querySelector("#sign")?.addEventListener("focusin", () => keeper.now());
}

/** A line that is unknown asks why, and takes no words. */
function turn(row: HTMLElement): void {
  const unknown = part<HTMLInputElement>(row, "[data-unknown]")?.checked ?? false;
  const reason = row.querySelector<HTMLElement>(".reason");
  if (reason) reason.hidden = !unknown;
  const words = part<HTMLTextAreaElement>(row, "[data-value]");
  if (words) words.disabled = unknown;
}

/** What a row says now; null where it says what is known anyway. */
function saidBy(row: HTMLElement): Said {
  if (part<HTMLInputElement>(row, "[data-unknown]")?.checked) {
    const reason = part<HTMLInputElement>(row, "[data-reason]")?.value.trim() ?? "";
    return reason ? { unknown: reason } : null;
  }
  const words = part<HTMLTextAreaElement>(row, "[data-value]");
  const text = words?.value.trim() ?? "";
  return !words || !text || text === row.dataset["known"] ? null : { value: text };
}

class Keeper {
  private waiting = new Set<HTMLElement>();
  private version: number;
  private timer = 0;
  private sending = false;

  constructor(private readonly draft: HTMLFormElement) {
    this.version = Number(draft.dataset["version"]);
    for (const row of draft.querySelectorAll<HTMLElement>("[data-line]")) {
      const typed = row.querySelector<HTMLElement>("[data-back]")?.hidden === false;
      if (!typed) row.dataset["known"] = part<HTMLTextAreaElement>(row, "[data-value]")?.defaultValue.trim() ?? "";
    }
  }

  /** Send once the hand rests. */
  soon(row: HTMLElement): void {
    this.waiting.add(row);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.now(), QUIET_MS);
  }

  /** Give a line back to what is known. */
  back(row: HTMLElement): void {
    const unknown = part<HTMLInputElement>(row, "[data-unknown]");
    const words = part<HTMLTextAreaElement>(row, "[data-value]");
    if (unknown) unknown.checked = false;
    if (words) words.value = row.dataset["known"] ?? "";
    turn(row);
    this.soon(row);
    this.now(true);
  }

  now(fills = false): void {
    if (!this.waiting.size || this.sending) return;
    clearTimeout(this.timer);
    void this.keep([...this.waiting], fills);
  }

  private async keep(rows: HTMLElement[], fills: boolean): Promise<void> {
    this.sending = true;
    this.waiting.clear();
    const content = Object.fromEntries(rows.map((row) => [row.dataset["line"] ?? "", saidBy(row)]));
    say(t("report.keeping"));
    try {
      const { body } = await patch<Report>(`/reports/${this.draft.dataset["report"]}`, { content }, `"${this.version}"`);
      this.version = body.version;
      say(t("report.kept", { at: `${shown(serverNow())}:${seconds()}` }));
      for (const row of rows) settle(row, body, content[row.dataset["line"] ?? ""] ?? null, fills);
      tellAll(body);
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      this.refused(fault, rows);
    } finally {
      this.sending = false;
      if (this.waiting.size) this.soon([...this.waiting][0] as HTMLElement);
    }
  }

  private refused(fault: Problem, rows: HTMLElement[]): void {
    say(fault.detail, true);
    const both = fault.body["fields"] as Record<string, { theirs: Said }> | undefined;
    if (fault.status !== 412 || !both) {
      for (const row of fault.status === 0 || fault.status >= 500 ? rows : []) this.waiting.add(row);
      return;
    }
    for (const row of rows) {
      const clash = both[row.dataset["line"] ?? ""];
      // A line that nobody else wrote on was held up by one that somebody did; it goes again.
      if (!clash) this.waiting.add(row);
      else this.choose(row, clash.theirs);
    }
    void this.reread();
  }

  /** Both versions stand on the page until somebody chooses. */
  private choose(row: HTMLElement, theirs: Said): void {
    const place = row.querySelector<HTMLElement>("[data-theirs]");
    if (!place) return;
    const words = theirs ? ("value" in theirs ? theirs.value : theirs.unknown) : t("report.as_known");
    const said = Object.assign(document.createElement("span"), { textContent: `${t("report.theirs")} ${words}` });
    const mine = button(t("report.keep_mine"), () => this.soon(row));
    const take = button(t("report.take_theirs"), () => location.reload());
    mine.addEventListener("click", () => (place.hidden = true));
    place.replaceChildren(said, mine, take);
    place.hidden = false;
  }

  // Nothing is changed by this; the answer says at which version the draft stands.
  private async reread(): Promise<void> {
    try {
      const { body } = await patch<Report>(`/reports/${this.draft.dataset["report"]}`, { content: {} }, '"0"');
      this.version = body.version;
      tellAll(body);
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      say(fault.detail, true);
    }
  }
}

/** The marks of a line after it was kept; its words only where they were asked for. */
function settle(row: HTMLElement, body: Report, said: Said, fills: boolean): void {
  const back = row.querySelector<HTMLElement>("[data-back]");
  if (back) back.hidden = said === null;
  const from = row.querySelector<HTMLElement>("[data-from]");
  if (from && said) from.textContent = t("report.typed");
  const known = body.content.find((one) => one.code === row.dataset["line"])?.value?.[page.lang] ?? "";
  if (said) return;
  row.dataset["known"] = known;
  const words = part<HTMLTextAreaElement>(row, "[data-value]");
  if (from) from.textContent = known ? t("report.as_known") : t(row.closest("[data-form=follow_up]") ? "report.unmoved" : "report.nothing");
  if (words && fills && document.activeElement !== words) words.value = known;
}

/** What it says as a whole: what is seen when it is signed, what is blank, and what sending it will settle. */
function tellAll(body: Report): void {
  const seen = document.querySelector<HTMLInputElement>("#seen");
  if (seen) seen.value = body.sha256;
  const pre = document.getElementById("pre-report");
  if (pre) pre.hidden = !Object.keys(body.unknown).length;
  const titles = new Map(body.content.map((one) => [one.code, one.title[page.lang]]));
  const blanks = body.blank.map((one) => {
    const code = one.pointer.split("/").pop() ?? "";
    const link = Object.assign(document.createElement("a"), { href: `#line-${code}` });
    link.textContent = titles.get(code) ?? one.detail;
    return item(link);
  });
  const head = Object.assign(document.createElement("p"), { className: "soon", textContent: t("report.before") });
  document.getElementById("blank")?.replaceChildren(...(blanks.length ? [head, list(blanks)] : []));
  const places = body.to.filter((one) => one.settles.length);
  const rows = places.map((one) => item(...named(one)));
  document.getElementById("settled")?.replaceChildren(...rows);
  const none = document.getElementById("unsettled");
  if (none) none.hidden = rows.length > 0;
}

function named(one: Report["to"][number]): HTMLElement[] {
  const place = Object.assign(document.createElement("b"), { textContent: one.title[page.lang] ?? one.desk });
  const chips = one.settles.map((clock) => {
    const chip = Object.assign(document.createElement("span"), { className: "chip" });
    chip.textContent = `${clock.title?.[page.lang] ?? clock.rule} ${shown(clock.due_at)}`;
    return chip;
  });
  return [place, ...chips];
}

function item(...parts: HTMLElement[]): HTMLLIElement {
  const row = document.createElement("li");
  row.append(...parts.flatMap((one) => [one, " "]));
  return row;
}

function list(rows: HTMLElement[]): HTMLUListElement {
  const made = document.createElement("ul");
  made.append(...rows);
  return made;
}

function button(words: string, does: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: words });
  made.addEventListener("click", does);
  return made;
}

function say(words: string, fault = false): void {
  const place = document.getElementById("kept");
  if (!place) return;
  place.textContent = words;
  place.classList.toggle("late", fault);
}

function seconds(): string {
  return String(new Date(serverNow()).getUTCSeconds()).padStart(2, "0");
}

function part<T extends HTMLElement>(row: HTMLElement, what: string): T | null {
  return row.querySelector<T>(what);
}

// The class above is there only from here on.
const form = document.querySelector<HTMLFormElement>("#draft");
if (form) follow(form);
