/** Light, dark, or as the device says; kept on this device. */

export type Theme = "auto" | "light" | "dark";

const KEY = "hub.theme";
const ORDER: Theme[] = ["auto", "light", "dark"];

/** What was chosen on this device. */
export function theme(): Theme {
  const kept = localStorage.getItem(KEY) as Theme | null;
  return kept && ORDER.includes(kept) ? kept : "auto";
}

/** Put the choice on the page. */
export function applyTheme(): void {
  document.documentElement.dataset["theme"] = theme();
}

/** The next of the three. */
export function turnTheme(): Theme {
  const next = ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length] ?? "auto";
  localStorage.setItem(KEY, next);
  applyTheme();
  return next;
}
