/** The band over the board when every call was tried, everybody who may know was called, and nobody has answered. */
import { html, nothing, type TemplateResult } from "lit";
import { incidentPath } from "../shared/paths";
import type { Incident } from "../shared/shapes";
import { t } from "../shared/words";

/** The incidents nobody answers, by reference; nothing when there are none. */
export function nobodyAnswers(cards: Iterable<Incident>): TemplateResult {
  const silent = Array.from(cards).filter((card) => card.unanswered);
  const band = html`<p class="band unanswered">
    <b>${t("nobody.band")}${t("colon")}</b>${silent.map(
      (card, i) =>
        html`${i ? t("comma") : ""}<a href=${incidentPath(card.ref)}><span class="ref">${card.ref}</span></a>`,
    )}
    <span class="words">${t("nobody.words")}</span>
  </p>`;
  // The place is always there, so that what comes into it is read out.
  return html`<div role="alert">${silent.length ? band : nothing}</div>`;
}
