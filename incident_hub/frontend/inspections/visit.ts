/** A visit as its door tells it, and what its answers come to. */

export type Words = { zh: string; en: string };

export interface Item {
  code: string;
  question: Words;
  points: number;
  grave: boolean;
}

export interface Checklist {
  code: string;
  title: Words;
  items: Item[];
}

export const ANSWERS = ["yes", "no", "not_applicable", "not_looked"] as const;

export type Answer = (typeof ANSWERS)[number];

export interface Answered {
  checklist: string;
  item: string;
  answer: Answer;
  note: string | null;
  at: string;
  desk: string | null;
}

export interface Finding {
  id: string;
  words: string;
  checklist: string | null;
  item: string | null;
  at: string;
  hazard: { ref: string; title: string; state: string; overdue: boolean } | null;
}

export interface Visit {
  ref: string;
  state: string;
  checklists: Checklist[];
  answers: Answered[];
  findings: Finding[];
  photographs: { file: string; checklist: string; item: string }[];
  may: string[];
}

/** What is said to one question; without an answer it is not kept yet. */
export interface Given {
  answer: Answer | null;
  note: string;
}

/** A question as it is named: its check-list and its own code. */
export const named = (checklist: string, item: string): string => `${checklist}/${item}`;

/** How far it is, by the same rule as the Hub's own: only yes and no count, and grave ones are told apart. */
export function tally(visit: Visit, said: (question: string) => Given): Record<"done" | "of" | "points" | "possible" | "grave", number> {
  const made = { done: 0, of: 0, points: 0, possible: 0, grave: 0 };
  for (const list of visit.checklists) {
    for (const item of list.items) {
      const { answer } = said(named(list.code, item.code));
      made.of += 1;
      if (answer) made.done += 1;
      if (answer === "yes" || answer === "no") made.possible += item.points;
      if (answer === "yes") made.points += item.points;
      if (answer === "no" && item.grave) made.grave += 1;
    }
  }
  return made;
}
