/** The daily returns beside the table: received n of m, and to whom it is told, who is missing. */
import { html, nothing, type TemplateResult } from "lit";
import { agencyTitle, operation, page } from "../shared/page";
import { at } from "../shared/paths";
import type { Entry, Returns } from "../shared/shapes";
import { t } from "../shared/words";

const NAMED = 8;
// After these, names or what is owed are others; everything else says in its entry how its day stands.
const ANEW = new Set(["return.missed", "return.exempted", "unit.registered", "unit.ended"]);

interface Standing {
  date: string;
  received: number;
  owed: number;
}

/** Whether an entry changes what only the Hub can tell anew. */
export function anew(figure: Returns | null, entry: Entry): boolean {
  return ANEW.has(entry.kind) || (!figure && about(entry));
}

// An entry that is withheld by now is about nothing.
const about = (entry: Entry): boolean => !entry.withheld && entry.subject.kind === "return";

/** The figure after an entry: the desk it is about stands as the entry says. */
export function patched(figure: Returns | null, entry: Entry): Returns | null {
  if (!figure || !about(entry)) return figure;
  const standing = ((entry.data["standing"] ?? []) as Standing[]).find((one) => one.date === figure.date);
  if (!standing) return figure;
  const each = { ...figure.each, [entry.subject.ref]: { received: standing.received, owed: standing.owed } };
  const sum = (name: "received" | "owed"): number => Object.values(each).reduce((n, one) => n + one[name], 0);
  const there = new Set<string>();
  if (entry.kind === "return.filed")
    for (const one of entry.data["units"] as { unit: string; date: string; state: string }[])
      if (one.date === figure.date && one.state === "received") there.add(one.unit);
  const missing = figure.missing.filter((one) => !there.has(one.unit));
  return { ...figure, each, missing, received: sum("received"), owed: sum("owed") };
}

/** How the returns of the day stand; who is missing is never left out of the count, nor counted as a nought. */
export function returnsOfTheDay(figure: Returns | null): TemplateResult | typeof nothing {
  if (!figure) return nothing;
  const { received, owed, missing } = figure;
  return html`<section class="panel returns-figure" aria-label=${t("side.returns")}>
    <h2>${t("side.returns")} <span class="quiet">${figure.date}</span></h2>
    <p>
      <a href=${at(`/operations/${encodeURIComponent(operation())}/zero-reports`)}>
        ${t("side.returns.n", { received, owed })}</a
      >
    </p>
    ${
      missing.length
        ? html`<h3 class="late">${t("side.returns.missing", { n: missing.length })}</h3>
            <ol class="owed">
              ${missing.slice(0, NAMED).map(
                (one) =>
                  html`<li>
                    <div>${one.title[page.lang] || one.unit} <span class="ref quiet">${one.unit}</span></div>
                    <div class="second">${agencyTitle(one.agency)}</div>
                  </li>`,
              )}
            </ol>
            ${
              missing.length > NAMED
                ? html`<p class="quiet">${t("side.returns.more", { n: missing.length - NAMED })}</p>`
                : nothing
            }`
        : nothing
    }
  </section>`;
}
