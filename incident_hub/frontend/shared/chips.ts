/** The small marks that say how grave, how far and how sure: always word and shape, never colour alone. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { page } from "./page";
import type { Incident } from "./shapes";
import { countdown, shown, whole, zoneTitle } from "./time";
import { said } from "./part";
import { t, word } from "./words";

const NUMERALS: Record<string, string> = { I: "Ⅰ", II: "Ⅱ", III: "Ⅲ", IV: "Ⅳ" };

const SHAPES: Record<string, TemplateResult> = {
  I: svg`<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"/>`,
  II: svg`<path d="M8 1.5 15.5 15H.5z"/>`,
  III: svg`<path d="M8 .5 15.5 8 8 15.5.5 8z"/>`,
  IV: svg`<circle cx="8" cy="8" r="7"/>`,
};

/** An incident's grade: numeral, word and shape; without one it says so. */
export function gradeChip(grade: string | null, short = false): TemplateResult {
  if (!grade) return html`<span class="chip grade-none">${t("grade.none")}</span>`;
  const title = gradeTitle(grade);
  return html`<span class="chip grade-${grade}" title=${title}>
    <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">${SHAPES[grade] ?? nothing}</svg>
    <b>${NUMERALS[grade] ?? grade}</b>${short ? html`<span class="sr">${title}</span>` : html`<span>${title}</span>`}
  </span>`;
}

/** The word of a grade in the plan, without the numeral it may already carry. */
export function gradeTitle(grade: string): string {
  const title = said(page.plan?.grades.find((one) => one.code === grade)?.title);
  return title.replace(/^(Grade\s+)?[ⅠⅡⅢⅣIV]+\s*级?(事件)?\s*[·:：,，–-]?\s*/u, "").trim() || title || t("grade.word");
}

/** Silence, attention, life safety and exercise as a row of marks; a page that says “exercise” for all need not repeat it. */
export function marks(card: Incident, exerciseSaid = false): TemplateResult {
  return html`${card.unanswered ? html`<span class="chip mark silent">${t("unanswered")}</span>` : nothing}
  ${card.attention ? html`<span class="chip mark">${t("attention")} ${card.attention}</span>` : nothing}
  ${card.life_safety ? html`<span class="chip mark life">${t("life_safety")}</span>` : nothing}
  ${card.exercise && !exerciseSaid ? html`<span class="chip exercise">${t("exercise")}</span>` : nothing}`;
}

/** How sure it is, with a sign in front so that it is read without colour. */
export function verification(state: string): TemplateResult {
  const signs: Record<string, string> = { verified: "✓", doubtful: "?", false: "✗", unverified: "·" };
  return html`<span class="sure sure-${state}"
    ><span aria-hidden="true">${signs[state] ?? ""}</span> ${word("sure", state)}</span
  >`;
}

/** Traffic light of sharing; on black, because its red on white is too faint to read. */
export function tlp(mark: string): TemplateResult {
  return html`<span class="chip tlp tlp-${mark.split("+")[0]}">TLP:${mark}</span>`;
}

/** When something is due: what is left or how late, and the instant itself. */
export function due(instant: string | null, coarse = false): TemplateResult {
  if (!instant) return html`<span class="quiet">${t("due.none")}</span>`;
  const left = countdown(instant, coarse);
  return html`<span
    class="due ${left.late ? "late" : left.soon ? "soon" : ""} ${shown(instant).length > 5 ? "dated" : ""}"
    title=${whole(instant)}
  >
    <b>${left.words}</b>
    <time datetime=${instant}><span class="zone">${zoneTitle()}</span> ${shown(instant)}</time></span
  >`;
}

/** An instant with its full form behind it. */
export function when(instant: string | null | undefined): TemplateResult {
  if (!instant) return html`<span class="quiet">—</span>`;
  return html`<time datetime=${instant} title=${whole(instant)}>${shown(instant)}</time>`;
}
