/** Parts of a page that the server drew and draws again when something they show has moved.
 * `data-living="noun"` names whose entries move a part; with `data-beat` it moves with every beat of the line, for those
 * who are told how things stand and not each thing that happens. What is being typed in is never drawn over. */
import { live } from "../live/socket";
import type { Entry } from "./shapes";
import { write } from "./written";

const GATHER_MS = 200;
let timer = 0;

/** Follow the line of this page, and draw its living parts again when it says so. */
export function follow(): void {
  const line = live();
  const parts = living(document);
  if (!line || !parts.length) return;
  const nouns = new Set(parts.flatMap((one) => (one.dataset["living"] ?? "").split(" ")));
  const beats = parts.some((one) => "beat" in one.dataset);
  line.addEventListener("head", () => beats && soon());
  void line.start({
    // Whatever came while there was no line is on the page that is read now.
    load: async () => {
      soon();
      return null;
    },
    apply: (entry: Entry) => void (nouns.has(entry.kind.split(".")[0] ?? "") && soon()),
  });
}

function soon(): void {
  timer ||= window.setTimeout(() => {
    timer = 0;
    void again();
  }, GATHER_MS);
}

async function again(): Promise<void> {
  const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  // What cannot be read now is read with the next that moves.
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of living(document)) {
    const now = fresh.getElementById(part.id);
    if (!now || part.dataset["drawn"] === now.innerHTML) continue;
    if (busy(part)) {
      part.addEventListener("focusout", soon, { once: true });
      continue;
    }
    part.dataset["drawn"] = now.innerHTML;
    const held = place(part);
    part.replaceChildren(...now.childNodes);
    write(part);
    held?.(part);
  }
}

/** Where the caret of the keyboard is, to be put there again when the same thing is still in its place. */
function place(part: HTMLElement): ((after: HTMLElement) => void) | null {
  const stops = (of: HTMLElement): HTMLElement[] => [...of.querySelectorAll<HTMLElement>("a, button, summary")];
  const at = stops(part).findIndex((one) => one === document.activeElement);
  const words = stops(part)[at]?.textContent;
  if (at < 0) return null;
  return (after) => {
    const same = stops(after)[at];
    if (same?.textContent === words) same?.focus();
  };
}

function living(of: ParentNode): HTMLElement[] {
  return [...of.querySelectorAll<HTMLElement>("[data-living]")];
}

/** Whether somebody is writing in it, has opened a part of it to write in, or has just sent something. */
function busy(part: HTMLElement): boolean {
  const held = document.activeElement;
  const typing = held instanceof HTMLElement && part.contains(held) && held.matches("input, textarea, select");
  const written = [...part.querySelectorAll("textarea")].some((one) => one.value !== one.defaultValue);
  return typing || written || part.querySelector("button:disabled") !== null;
}
