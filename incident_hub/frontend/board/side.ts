/** Beside the table: what is missing, what is due next, and who is on duty now. */
import { html, nothing, type TemplateResult } from "lit";
import { due } from "../shared/chips";
import { labelOf, pageOf, refOf, said } from "../shared/part";
import { agencyTitle, deskTitle, page } from "../shared/page";
import { hazardPath } from "../shared/paths";
import type { Hazard, Incident, Obligation, OnDuty } from "../shared/shapes";
import { t, word } from "../shared/words";
import type { Filters } from "./filters";

/** Counts over everything on the board; each is a filter. */
export function counts(cards: Iterable<Incident>, filters: Filters, pick: (only: string) => void): TemplateResult {
  const all = Array.from(cards);
  const rows: [string, string, number][] = [
    ["", t("count.open"), all.length],
    ["untaken", t("count.untaken"), all.filter((card) => !card.taken.length).length],
    ["late", t("count.late"), all.filter((card) => card.obligations.late).length],
    ["ours", t("count.ours"), all.filter((card) => card.lead === page.asker?.agency).length],
  ];
  return html`<section class="panel counts" aria-label=${t("count.title")}>
    ${rows.map(
      ([only, title, n]) =>
        html`<button
          type="button"
          class="count ${only && n ? only : ""}"
          aria-pressed=${filters.only === only}
          @click=${() => pick(only)}
        >
          <b>${n}</b><span>${title}</span>
        </button>`,
    )}
  </section>`;
}

/** What falls due next, soonest first. */
export function dueNext(owed: Obligation[], titles: ReadonlyMap<string, Incident>): TemplateResult {
  return html`<section class="panel">
    <h2>${t("side.due")}</h2>
    ${owed.length === 0 ? html`<p class="quiet">${t("side.due.none")}</p>` : nothing}
    <ol class="owed">
      ${together(owed)
        .slice(0, 8)
        .map(
          ([one, posts]) =>
            html`<li>
              <div>${due(one.due_at)}</div>
              <div>
                <a href=${pageOf(one)}
                  ><span class="ref">${labelOf(one)}</span> ${titles.get(refOf(one))?.title ?? ""}</a
                >
              </div>
              <div class="second">${said(one.title) || one.rule}${t("colon")}${posts.join(t("comma"))}</div>
            </li>`,
        )}
    </ol>
  </section>`;
}

/** What was found wrong and should have been put right by now, by name. */
export function hazardsOverdue(late: Hazard[]): TemplateResult | typeof nothing {
  if (late.length === 0) return nothing;
  return html`<section class="panel hazards-overdue" aria-label=${t("side.hazards")}>
    <h2>${t("side.hazards")} <span class="n">${late.length}</span></h2>
    <ol class="owed">
      ${late.slice(0, 8).map(
        (one) =>
          html`<li>
            <div>${one.five.deadline ? due(one.five.deadline) : nothing}</div>
            <div><a href=${hazardPath(one.ref)}>${one.title}</a></div>
            <div class="second">${agencyTitle(one.agency)}</div>
          </li>`,
      )}
    </ol>
  </section>`;
}

// The same clock of one incident often runs for several agencies at once; one line names them all.
function together(owed: Obligation[]): [Obligation, string[]][] {
  const found = new Map<string, [Obligation, string[]]>();
  for (const one of owed) {
    const key = `${refOf(one)} ${one.rule} ${one.due_at}`;
    const posts = found.get(key)?.[1] ?? [];
    found.set(key, [one, [...posts, agencyTitle(one.owed_by.agency)]]);
  }
  return Array.from(found.values());
}

/** Who holds which post now; a vacant post says so. */
export function onDuty(held: OnDuty[]): TemplateResult {
  return html`<section class="panel">
    <h2>${t("side.duty")}</h2>
    ${held.length === 0 ? html`<p class="quiet">${t("side.duty.none")}</p>` : nothing}
    <dl class="duty">
      ${byDesk(held).map(
        ([desk, posts]) =>
          html`<dt>${deskTitle(desk)}</dt>
            <dd>${desk ? filled(posts) : nothing}</dd>`,
      )}
    </dl>
  </section>`;
}

// Who is there comes first; the empty posts of a desk share one line, loud only when nobody answers the telephone.
function filled(posts: OnDuty[]): TemplateResult {
  const vacant = posts.filter((one) => one.members.length === 0);
  const loud = vacant.some((one) => one.post === "duty_officer");
  return html`${posts
    .filter((one) => one.members.length)
    .map(
      (one) =>
        html`<span
          ><span class="quiet">${word("post", one.post)}</span>
          <b>${one.members.map((member) => member.name).join(t("comma"))}</b></span
        >`,
    )}
  ${
    vacant.length
      ? html`<span class=${loud ? "late" : "quiet"}
          >${t("side.duty.vacant")}${t("colon")}${vacant.map((one) => word("post", one.post)).join(t("comma"))}</span
        >`
      : nothing
  }`;
}

function byDesk(held: OnDuty[]): [string, OnDuty[]][] {
  const found = new Map<string, OnDuty[]>();
  for (const one of held) {
    found.set(one.desk, [...(found.get(one.desk) ?? []), one]);
  }
  return Array.from(found);
}
