/** The table of open incidents: above two hundred rows only those in sight are drawn. */
import { html, nothing, type TemplateResult } from "lit";
import { due, gradeChip, marks, verification, when } from "../shared/chips";
import { agencyTitle, page, typeTitle } from "../shared/page";
import { incidentPath } from "../shared/paths";
import type { Incident } from "../shared/shapes";
import { t, word } from "../shared/words";
import { placeWords } from "./filters";

export interface Sight {
  from: number;
  to: number;
  above: number;
  below: number;
}

const WHOLE_UP_TO = 200;
const MARGIN = 8;

/** Which rows are in sight of a scrolled box, and how much room those above and below take. */
export function sight(count: number, top: number, height: number, row: number): Sight {
  if (count <= WHOLE_UP_TO) return { from: 0, to: count, above: 0, below: 0 };
  const from = Math.max(0, Math.min(count, Math.floor(top / row) - MARGIN));
  const to = Math.min(count, Math.ceil((top + height) / row) + MARGIN);
  return { from, to, above: from * row, below: (count - to) * row };
}

/** The rows as a table; `selected` is a reference, `fresh` those that have just come. */
export function table(cards: Incident[], seen: Sight, selected: string, fresh: ReadonlySet<string>): TemplateResult {
  return html`<table class="incidents" aria-rowcount=${cards.length + 1}>
    <caption class="sr">
      ${t("board.caption")}
    </caption>
    <thead>
      <tr aria-rowindex="1">
        <th scope="col" class="c-grade">${t("col.grade")}</th>
        <th scope="col" class="c-ref">${t("col.ref")}</th>
        <th scope="col" class="c-title">${t("col.title")}</th>
        <th scope="col" class="c-status">${t("col.status")}</th>
        <th scope="col" class="c-lead">${t("col.lead")}</th>
        <th scope="col" class="c-due">${t("col.due")}</th>
        <th scope="col" class="c-updated">${t("col.updated")}</th>
      </tr>
    </thead>
    <tbody>
      ${spacer(seen.above)}
      ${cards.slice(seen.from, seen.to).map((card, i) => row(card, seen.from + i, card.ref === selected, fresh.has(card.ref)))}
      ${spacer(seen.below)}
    </tbody>
  </table>`;
}

function row(card: Incident, index: number, selected: boolean, fresh: boolean): TemplateResult {
  return html`<tr
    data-ref=${card.ref}
    aria-rowindex=${index + 2}
    aria-current=${selected ? "true" : nothing}
    class="${selected ? "selected" : ""} ${fresh ? "fresh" : ""} ${card.obligations.late ? "has-late" : ""}"
  >
    <td class="c-grade">${gradeChip(card.grade)}</td>
    <td class="c-ref"><span class="ref">${card.ref}</span></td>
    <td class="c-title">
      <div class="line"><a href=${incidentPath(card.ref)}>${card.title}</a></div>
      <div class="line second">
        ${marks(card, page.operation?.exercise)}<span class="ellipsis">${typeTitle(card.type)}${place(card)}</span>
      </div>
    </td>
    <td class="c-status">
      <div class="line">${word("status", card.status)}</div>
      <div class="line second">${verification(card.verification)}</div>
    </td>
    <td class="c-lead">
      <div class="line">${agencyTitle(card.lead) || t("lead.none")}</div>
      <div class="line second">${taken(card)}</div>
    </td>
    <td class="c-due">${late(card)}${next(card)}</td>
    <td class="c-updated">${when(card.updated_at)}</td>
  </tr>`;
}

function taken(card: Incident): TemplateResult {
  if (!card.taken.length) return html`<span class="untaken">${t("taken.nobody")}</span>`;
  const names = [...new Set(card.taken.map((one) => agencyTitle(one.agency)))];
  const who =
    names.length > 1
      ? t("taken.more", { first: names[0] ?? "", n: names.length, more: names.length - 1 })
      : (names[0] ?? "");
  return html`<span class="ellipsis" title=${names.join(t("comma"))}>${who}</span>`;
}

function late(card: Incident): TemplateResult | typeof nothing {
  return card.obligations.late
    ? html`<div class="line late"><b>${t("late.n", { n: card.obligations.late })}</b></div>`
    : nothing;
}

// Beside what is late already, the next instant takes one short line, and none at all when nothing else is due.
function next(card: Incident): TemplateResult | typeof nothing {
  const at = card.obligations.next_due_at;
  if (card.obligations.late) return at ? due(at, true) : nothing;
  return due(at);
}

function place(card: Incident): string {
  const words = placeWords(card);
  return words ? ` · ${words}` : "";
}

function spacer(height: number): TemplateResult | typeof nothing {
  return height
    ? html`<tr aria-hidden="true" class="spacer">
        <td colspan="7" .style=${`height:${height}px`}></td>
      </tr>`
    : nothing;
}
