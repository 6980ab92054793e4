/** What may be done about a clock: settle it, find it not applicable, waive it, extend it, say why it was late. */
import { html, nothing, type TemplateResult } from "lit";
import type { Problem } from "../shared/api";
import { choice, field, value } from "../shared/form";
import type { Obligation } from "../shared/shapes";
import { instantOf, wallOf } from "../shared/time";
import { readVia, viaFields } from "../shared/via";
import { t, word } from "../shared/words";

export type Deed = "settlement" | "reason" | "extension" | "waiver" | "not-applicable";

interface Doing {
  /** The server's word for it in `may`. */
  verb: string;
  button: () => string;
  done: () => string;
  label: () => string;
  /** What it leads to, said before it is done. */
  hint: () => string;
}

export const DEEDS: Record<Deed, Doing> = {
  settlement: {
    verb: "settle",
    button: () => t("settle"),
    done: () => t("settle.done"),
    label: () => t("settle.words"),
    hint: () => t("settle.hint"),
  },
  reason: {
    verb: "explain",
    button: () => t("explain"),
    done: () => t("explain.done"),
    label: () => t("explain.words"),
    hint: () => t("explain.hint"),
  },
  extension: {
    verb: "extend",
    button: () => t("extend"),
    done: () => t("extend.done"),
    label: () => t("reason"),
    hint: () => t("extend.hint"),
  },
  waiver: {
    verb: "waive",
    button: () => t("waive"),
    done: () => t("waive.done"),
    label: () => t("reason"),
    hint: () => t("waive.hint"),
  },
  "not-applicable": {
    verb: "not_applicable",
    button: () => t("not_applicable"),
    done: () => t("not_applicable.done"),
    label: () => t("reason"),
    hint: () => t("not_applicable.hint"),
  },
};

const REASONS = [
  "facts_unknown",
  "no_contact",
  "waiting_for_others",
  "workload",
  "technical",
  "unclear_duty",
  "entered_late",
  "other",
] as const;

/** The deeds this asker may do about a clock, the nearest first. */
export function deedsOf(one: Obligation): Deed[] {
  return (Object.keys(DEEDS) as Deed[]).filter((deed) => one.may?.includes(DEEDS[deed].verb));
}

/** The fields of a deed. */
export function deedFields(deed: Deed, one: Obligation, fault: Problem | null): TemplateResult {
  const doing = DEEDS[deed];
  return html`${deed === "reason" ? choice("clock-code", "code", t("explain.code"), codes(), fault?.about("code")) : nothing}
    ${deed === "extension" ? until(one, fault) : nothing}
    ${field(
      "clock-words",
      doing.label(),
      html`<textarea id="clock-words" name="words" rows="2" required aria-describedby="clock-words-says"></textarea>`,
      fault?.about("words") ?? fault?.about("reason"),
      { wide: true, required: true, hint: doing.hint() },
    )}
    ${deed === "settlement" && one.pre_report ? partial(fault) : nothing} ${viaFields("clock", fault)}`;
}

/** What the server is told. */
export function deedBody(deed: Deed, form: HTMLFormElement): Record<string, unknown> {
  const words = value(form, "words");
  const said = readVia(form);
  if (deed === "reason") return { code: value(form, "code"), words, ...said };
  if (deed === "extension") return { until: instantOf(value(form, "until")), reason: words, ...said };
  if (deed !== "settlement") return { reason: words, ...said };
  const missing = value(form, "missing");
  return { words, ...(missing ? { completeness: "pre_report", reason: missing } : {}), ...said };
}

const codes = () => REASONS.map((code) => [code, word("explained", code)] as const);

function until(one: Obligation, fault: Problem | null): TemplateResult {
  const now = wallOf(Date.parse(one.due_at));
  return field(
    "clock-until",
    t("extend.until"),
    html`<input id="clock-until" name="until" type="datetime-local" required .defaultValue=${now} aria-describedby="clock-until-says" />`,
    fault?.about("until"),
    { required: true },
  );
}

// Where the plan lets what is known be sent first, saying what is missing makes it a pre-report.
function partial(fault: Problem | null): TemplateResult {
  return field(
    "clock-missing",
    t("settle.missing"),
    html`<textarea id="clock-missing" name="missing" rows="2" aria-describedby="clock-missing-says"></textarea>`,
    fault?.about("reason"),
    { wide: true, hint: t("settle.missing.hint") },
  );
}
