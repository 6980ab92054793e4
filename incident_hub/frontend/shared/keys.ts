/** The keyboard: single letters act unless somebody is typing; `g` waits for a second letter; `?` lists them all. */
import { html, render } from "lit";
import { t } from "./words";

interface Key {
  does: string;
  act: () => void;
}

const OFF = "hub.keys.off";
const keys = new Map<string, Key>();
let leader = 0;

/** Bind a key (`n`) or a pair (`g b`) to a deed with its words for the list. */
export function bind(key: string, does: string, act: () => void): void {
  keys.set(key, { does, act });
}

/** Listen on the whole page. */
export function listen(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (document.querySelector("dialog[open]") || (event.key === "Enter" && pressable(event.target))) return;
    // Who dictates or shakes may turn single keys off; the list of keys stays, so that they can be turned on again.
    if (localStorage.getItem(OFF) && event.key !== "?") return;
    if (event.key === "g") {
      leader = performance.now();
      return;
    }
    const pair = performance.now() - leader < 1500 ? keys.get(`g ${event.key}`) : undefined;
    const found = pair ?? keys.get(event.key);
    leader = 0;
    if (!found) return;
    event.preventDefault();
    found.act();
  });
}

/** The dialog that lists the keys of this page. */
export function showKeys(): void {
  const dialog = document.createElement("dialog");
  dialog.className = "ask keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const rows = Array.from(
    keys,
    ([key, one]) =>
      html`<dt>${key.split(" ").map((k) => html`<kbd>${k}</kbd> `)}</dt>
        <dd>${one.does}</dd>`,
  );
  render(
    html`<form method="dialog">
      <h2 id="keys-title">${t("keys.title")}</h2>
      <dl>${rows}</dl>
      <div class="buttons">
        <button type="button" @click=${turnKeys}>${turnWords()}</button><button autofocus>${t("close")}</button>
      </div>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

// Enter on something that can be pressed presses it.
function pressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("a, button, summary, [role=tab]") !== null;
}

function turnKeys(event: Event): void {
  if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
  (event.currentTarget as HTMLElement).textContent = turnWords();
}

function turnWords(): string {
  return localStorage.getItem(OFF) ? t("keys.on") : t("keys.off");
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
