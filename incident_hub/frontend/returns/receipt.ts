/** What is told once a return is in. */
import { get } from "../shared/api";
import { t } from "../shared/words";
import { count, rows } from "./rows";

export interface Outcome {
  state: string;
  zero_report?: string;
  late: boolean;
  same: boolean;
  questions: string[];
}

interface Version {
  id: string;
  counts: Record<string, number>;
}

/** The receipt; only now is the day before shown, so that nobody copies it. */
export async function tell(form: HTMLFormElement, outcome: Outcome): Promise<void> {
  const panel = document.querySelector<HTMLElement>(".filed");
  const place = panel?.querySelector("[data-filed]");
  if (!panel || !place) return;
  const received = t(outcome.state === "received" ? "return.state.received" : "return.state.assumed");
  const words = [outcome.same ? t("return.same") : received, outcome.late ? t("return.late") : ""];
  const asks = outcome.questions.length ? [paragraph(t("return.asks"), "note-line")] : [];
  // Whoever came by a link is shown that it arrived, and nothing that is behind the door.
  const linked = outcome.zero_report === undefined;
  if (linked) asks.splice(0, 1, ...asks.map(() => paragraph(t("return.asks_later"), "note-line")));
  const link = Object.assign(document.createElement("a"), { textContent: t("return.shown") });
  link.href = `/zero-reports/${outcome.zero_report}`;
  place.replaceChildren(paragraph(words.filter(Boolean).join(" ")), ...asks, ...(linked ? [] : [link]));
  if (linked || !asks.length) form.hidden = true;
  panel.hidden = false;
  panel.focus();
  const before = form.dataset["before"];
  if (!before) return;
  const { body } = await get<{ filing: string; versions: Version[] }>(`/zero-reports/${before}`);
  const counted = body.versions.find((one) => one.id === body.filing)?.counts ?? {};
  place.append(beside(form, counted));
}

function beside(form: HTMLFormElement, counted: Record<string, number>): HTMLElement {
  const table = Object.assign(document.createElement("table"), { className: "tally before-now" });
  const caption = Object.assign(document.createElement("caption"), { textContent: t("return.before") });
  const head = line("th", [t("return.category"), t("return.yesterday"), t("return.today")]);
  const lines = rows(form).map((row) => {
    const then = counted[row.dataset["category"] ?? ""];
    return line("td", [row.dataset["title"] ?? "", then === undefined ? "—" : String(then), count(row).value || "—"]);
  });
  const [top, body] = [document.createElement("thead"), document.createElement("tbody")];
  top.append(head);
  body.append(...lines);
  table.append(caption, top, body);
  return table;
}

function line(tag: "td" | "th", cells: string[]): HTMLElement {
  const row = document.createElement("tr");
  row.append(
    ...cells.map((one, n) => Object.assign(document.createElement(tag), { textContent: one, className: n ? "num" : "" })),
  );
  return row;
}

export function paragraph(words: string, className = ""): HTMLElement {
  return Object.assign(document.createElement("p"), { textContent: words, className });
}
