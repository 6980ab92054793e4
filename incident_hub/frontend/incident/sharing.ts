/** What of an incident's circle is only read: who could know before, and what a desk let in now would read. */
import { html, nothing, type TemplateResult } from "lit";
import { when } from "../shared/chips";
import { deskTitle } from "../shared/page";
import { said } from "../shared/part";
import type { Access } from "../shared/shapes";
import { t, word } from "../shared/words";

interface Line {
  kind: string;
  title: { zh: string; en: string };
  at: string;
}

export interface Preview {
  now: Line[];
  past: Line[];
  closed: number;
}

const AT_FIRST = 12;

/** The desks that may know no longer, until when, and why. */
export function pastDesks(past: Access[]): TemplateResult | typeof nothing {
  if (!past.length) return nothing;
  return html`<h3>${t("circle.past")}</h3>
    <ul class="past-desks">
      ${past.map(
        (one) =>
          html`<li>
            <b>${deskTitle(one.desk)}</b> ${word("role", one.role)} · ${when(one.since)} – ${when(one.until)}
            ${one.ended_by ? html`<span class="second">${t("circle.by")} ${deskTitle(one.ended_by)}</span>` : nothing}
            ${one.reason ? html`<div class="second">${one.reason}</div>` : nothing}
          </li>`,
      )}
    </ul>`;
}

/** In plain words and by title what the desk will read, before it is shared. */
export function wouldRead(preview: Preview, full: boolean): TemplateResult {
  const lines = full ? [...preview.now, ...preview.past] : preview.now;
  const shut = full ? 0 : preview.past.length;
  return html`<section class="would-read" aria-labelledby="would-read">
    <h4 id="would-read">${t("preview.title", { n: lines.length })}</h4>
    <ul>
      ${lines.slice(0, AT_FIRST).map((one) => html`<li><span class="chip">${word("read", one.kind)}</span> ${name(one)}</li>`)}
    </ul>
    ${lines.length > AT_FIRST ? html`<p class="quiet">${t("preview.more", { n: lines.length - AT_FIRST })}</p>` : nothing}
    ${shut ? html`<p>${t("preview.shut", { n: shut })}</p>` : nothing}
    ${preview.closed ? html`<p>${t("preview.closed", { n: preview.closed })}</p>` : nothing}
    <p class="quiet">${t("preview.after")}</p>
  </section>`;
}

function name(one: Line): string {
  return one.kind === "figure" ? word("figure", said(one.title)) : said(one.title);
}

/** An evaluator who reads, or has read, as a desk. */
export interface Audit {
  by: string;
  desk: string;
  reason: string;
  since: string;
  until: string;
  ended_at: string | null;
  runs: boolean;
}

/** Who has read as this desk, why and until when; told to that desk alone. */
export function auditsOf(audits: Audit[]): TemplateResult | typeof nothing {
  if (!audits.length) return nothing;
  return html`<h3>${t("circle.audits")}</h3>
    <p class="second">${t("circle.audits.meaning")}</p>
    <ul class="past-desks">
      ${audits.map(
        (one) =>
          html`<li>
            <b>${deskTitle(one.by)}</b> <span class="second ref">${one.by}</span>
            <div class="second">
              ${when(one.since)} – ${when(one.ended_at ?? one.until)}${one.runs ? html` · <b>${t("circle.audits.runs")}</b>` : nothing}
            </div>
            <div>${one.reason}</div>
          </li>`,
      )}
    </ul>`;
}
