/** Which cards are shown and in which order; kept in the address, so that a view can be sent to a colleague. */
import { agencyTitle, page, siteTitle, typeTitle } from "../shared/page";
import type { Incident } from "../shared/shapes";

export interface Filters {
  q: string;
  status: string;
  grade: string;
  type: string;
  only: string;
  sort: string;
}

const NAMES = ["q", "status", "grade", "type", "only", "sort"] as const;

/** The filters written in the address. */
export function readFilters(): Filters {
  const asked = new URLSearchParams(location.search);
  return Object.fromEntries(NAMES.map((name) => [name, asked.get(name) ?? ""])) as unknown as Filters;
}

/** Write the filters into the address without leaving the page. */
export function writeFilters(filters: Filters): void {
  const asked = new URLSearchParams(location.search);
  for (const name of NAMES) {
    if (filters[name]) asked.set(name, filters[name]);
    else asked.delete(name);
  }
  const text = asked.toString();
  history.replaceState(null, "", text ? `?${text}` : location.pathname);
}

/** Whether anything is filtered away. */
export function narrowed(filters: Filters): boolean {
  return NAMES.some((name) => name !== "sort" && filters[name] !== "");
}

/** The cards that fit, in the order asked for. */
export function sift(cards: Iterable<Incident>, filters: Filters): Incident[] {
  const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean);
  return Array.from(cards)
    .filter((card) => fits(card, filters, words))
    .sort(ORDERS[filters.sort] ?? newestFirst);
}

/** The place of a card in words. */
export function placeWords(card: Incident): string {
  if (typeof card.place === "string") return card.place;
  return card.place?.text ?? (card.site ? siteTitle(card.site) : "");
}

function fits(card: Incident, filters: Filters, words: string[]): boolean {
  if (filters.status && card.status !== filters.status) return false;
  if (filters.grade && (card.grade ?? "none") !== filters.grade) return false;
  if (filters.type && card.type !== filters.type) return false;
  if (filters.only === "untaken" && card.taken.length) return false;
  if (filters.only === "late" && !card.obligations.late) return false;
  if (filters.only === "ours" && card.lead !== page.asker?.agency) return false;
  if (!words.length) return true;
  const text = [card.ref, card.title, card.summary, typeTitle(card.type), agencyTitle(card.lead), placeWords(card)];
  const whole = text.join(" ").toLowerCase();
  return words.every((word) => whole.includes(word));
}

const ORDERS: Record<string, (a: Incident, b: Incident) => number> = { due: soonestDue, grade: gravestFirst };

function newestFirst(a: Incident, b: Incident): number {
  return a.created_at === b.created_at ? (a.ref < b.ref ? -1 : 1) : a.created_at < b.created_at ? 1 : -1;
}

function soonestDue(a: Incident, b: Incident): number {
  const gap = instant(a.obligations.next_due_at) - instant(b.obligations.next_due_at);
  return Number.isNaN(gap) || gap === 0 ? newestFirst(a, b) : gap;
}

// Life safety and class A stand above every grade: such an incident is often not graded and never waits for it.
function gravestFirst(a: Incident, b: Incident): number {
  return gravity(a) - gravity(b) || newestFirst(a, b);
}

function gravity(card: Incident): number {
  if (card.life_safety || card.attention === "A") return 0;
  return { I: 1, II: 2, III: 3, IV: 5 }[card.grade ?? ""] ?? (card.attention === "B" ? 4 : 6);
}

function instant(at: string | null): number {
  return at ? Date.parse(at) : Infinity;
}
