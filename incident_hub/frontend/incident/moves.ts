/** What others did to an incident while it lies open here, in one line each. */
import { agencyTitle, deskTitle, page } from "../shared/page";
import type { Entry } from "../shared/shapes";
import { t, word } from "../shared/words";

/** Whether this desk did it; what one did oneself needs no announcement. */
export function mine(entry: Entry): boolean {
  return entry.by.desk === page.asker?.desk && entry.by.agency === page.asker.agency;
}

/** Who did what. */
export function moveWords(entry: Entry): string {
  const who =
    entry.by.assurance === "service" ? t("by.hub") : `${agencyTitle(entry.by.agency)} ${entry.by.name ?? ""}`.trim();
  if (entry.kind === "obligation.step_taken" || entry.kind === "obligation.exhausted") return `${who}${t("by.gap")}${step(entry)}`;
  return `${who}${t("by.gap")}${word("kind", entry.kind)}${what(entry)}`;
}

function what(entry: Entry): string {
  const data = entry.data;
  const to = data["to"] ?? data["state"] ?? data["grade"];
  if (entry.kind === "incident.status_changed" && typeof to === "string") return `${t("colon")}${word("status", to)}`;
  if (entry.kind === "incident.verified" && typeof to === "string") return `${t("colon")}${word("sure", to)}`;
  if (entry.kind === "incident.acknowledged") return `${t("colon")}${word("answer", String(data["kind"] ?? "seen"))}`;
  if (entry.kind === "incident.graded") return `${t("colon")}${typeof to === "string" ? to : t("grade.none")}`;
  if (entry.kind === "journal.added" && typeof data["text"] === "string")
    return `${t("colon")}${data["text"].slice(0, 60)}`;
  return "";
}

// A step of a ladder says whom it reached; one that reached nobody says so, because silence is a fact.
function step(entry: Entry): string {
  const targets = (entry.data["targets"] ?? []) as { desk: string; post: string }[];
  const reached = targets.map((one) => `${deskTitle(one.desk)} ${word("post", one.post)}`);
  const deed = word("stepped", String(entry.data["kind"] ?? "call"));
  return `${deed}${t("colon")}${reached.join(t("comma")) || t("step.nobody")}`;
}
