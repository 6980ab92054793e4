/** Instants and lengths of time that the server wrote down bare, in the words and the zone of the page. */
import { countdown, precise, shown, span, whole, zoneTitle } from "./time";
import { t } from "./words";

/** Write out what stands bare in a part of the page. */
export function write(part: ParentNode): void {
  for (const one of part.querySelectorAll<HTMLTimeElement>("time[data-local]")) {
    one.textContent = one.dataset["local"] === "full" ? precise(one.dateTime) : shown(one.dateTime);
    one.title = whole(one.dateTime);
  }
  for (const one of part.querySelectorAll("[data-zone-title]")) one.textContent = zoneTitle();
  for (const one of part.querySelectorAll<HTMLElement>("[data-span]")) {
    const seconds = Number(one.dataset["span"]);
    one.textContent = seconds < 0 ? t("slack.over", { span: span(-seconds) }) : span(seconds);
    one.classList.toggle("late", seconds < 0);
  }
  count(part);
}

/** What is left until each instant that something is due. */
export function count(part: ParentNode): void {
  for (const one of part.querySelectorAll<HTMLElement>("[data-due]")) {
    const left = countdown(one.dataset["due"] ?? "");
    one.textContent = left.words;
    one.className = left.late ? "late" : left.soon ? "soon" : "";
  }
}
