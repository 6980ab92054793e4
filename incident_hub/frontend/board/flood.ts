/** Flood mode on the wall: a band that says so, the gravest one by one, the rest grouped by type and site. */
import { html, nothing, type TemplateResult } from "lit";
import { siteTitle, typeTitle } from "../shared/page";
import type { Flood, Incident } from "../shared/shapes";
import { when } from "../shared/chips";
import { t } from "../shared/words";
import { table } from "./rows";

export interface Group {
  key: string;
  cards: Incident[];
}

/** Whether an incident sounds and stands by itself even in a flood. */
export function grave(card: Incident): boolean {
  return card.life_safety || card.attention === "A" || card.grade === "I" || card.grade === "II";
}

/** What is not grave, by type and site, the largest group first; nothing is dropped. */
export function groups(cards: readonly Incident[]): Group[] {
  const found = new Map<string, Incident[]>();
  for (const card of cards) {
    if (grave(card)) continue;
    const key = `${card.type}|${card.site ?? ""}`;
    found.set(key, [...(found.get(key) ?? []), card]);
  }
  return Array.from(found, ([key, held]) => ({ key, cards: held })).sort((a, b) => b.cards.length - a.cards.length);
}

/** The wall in a flood. */
export function flooded(
  flood: Flood,
  cards: Incident[],
  selected: string,
  fresh: ReadonlySet<string>,
): TemplateResult {
  const alone = cards.filter(grave);
  return html`<p class="band" role="status">${t("flood.band", { n: flood.new })} ${when(flood.since)}</p>
    ${alone.length ? table(alone, whole(alone), selected, fresh) : nothing}
    ${groups(cards).map(
      ({ cards: held }) =>
        html`<details class="group" ?open=${held.some((card) => card.ref === selected)}>
          <summary>
            <b>${held.length}</b> ${typeTitle(held[0]?.type ?? "")}${held[0]?.site ? ` · ${siteTitle(held[0].site)}` : ""}
            ${held.some((card) => !card.taken.length) ? html`<span class="untaken">${t("taken.nobody")}</span>` : nothing}
          </summary>
          ${table(held, whole(held), selected, fresh)}
        </details>`,
    )}`;
}

const whole = (cards: readonly Incident[]) => ({ from: 0, to: cards.length, above: 0, below: 0 });
