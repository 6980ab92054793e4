/** Every sentence of the live components in the language of the page, and the words behind codes. */
import { account } from "../words/account";
import { board } from "../words/board";
import { bulletins } from "../words/bulletins";
import { codes } from "../words/codes";
import { common } from "../words/common";
import { incident } from "../words/incident";
import { inspections } from "../words/inspections";
import { personal } from "../words/personal";
import { reports } from "../words/reports";
import { returns } from "../words/returns";
import { roster } from "../words/roster";
import { writing } from "../words/writing";

const sentences = {
  ...common,
  ...account,
  ...board,
  ...bulletins,
  ...incident,
  ...inspections,
  ...personal,
  ...reports,
  ...returns,
  ...roster,
  ...writing,
};

export type Key = keyof typeof sentences;

const side = document.documentElement.lang.startsWith("zh") ? 0 : 1;

/** A sentence, with its `{names}` filled in. */
export function t(key: Key, filled: Record<string, string | number> = {}): string {
  return sentences[key][side].replace(/\{(\w+)\}/g, (whole, name: string) => String(filled[name] ?? whole));
}

/** The word for a code, such as a status or a post; a code nobody gave a word stands for itself. */
export function word(list: keyof typeof codes, code: string): string {
  const known = codes[list] as Record<string, readonly [string, string]>;
  return known[code]?.[side] ?? code;
}
