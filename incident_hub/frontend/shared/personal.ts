/** What the server found in a text and took for a value of a person: shown to whoever wrote it, who says what becomes of it. */
import { t, word } from "./words";

export interface Suspect {
  pointer: string;
  kind: string;
  start: number;
  end: number;
}

const CHOICES = ["mask", "seal", "keep"] as const;
type Choice = (typeof CHOICES)[number];

/** Ask; null when the text is to be written again. One press sends it as it is. */
export function chosen(body: unknown, suspects: Suspect[]): Promise<Choice | null> {
  const dialog = document.createElement("dialog");
  dialog.className = "choice";
  dialog.setAttribute("aria-labelledby", "found-title");
  const title = Object.assign(document.createElement("h2"), { id: "found-title", textContent: t("personal.found") });
  const list = document.createElement("ul");
  for (const one of suspects.slice(0, 8)) {
    const line = document.createElement("li");
    line.append(`${word("personal", one.kind)}${t("colon")}`);
    line.append(Object.assign(document.createElement("mark"), { textContent: cut(body, one) }));
    list.append(line);
  }
  const buttons = document.createElement("div");
  buttons.className = "choice-buttons";
  dialog.append(title, list, buttons);
  document.body.append(dialog);
  return new Promise((resolve) => {
    const end = (choice: Choice | null): void => {
      dialog.remove();
      resolve(choice);
    };
    for (const choice of CHOICES) {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.append(Object.assign(document.createElement("b"), { textContent: t(`personal.${choice}`) }));
      button.append(Object.assign(document.createElement("span"), { textContent: t(`personal.${choice}.hint`) }));
      button.addEventListener("click", () => end(choice));
      buttons.append(button);
    }
    const back = Object.assign(document.createElement("button"), { type: "button", className: "plain" });
    back.textContent = t("personal.back");
    back.addEventListener("click", () => end(null));
    buttons.append(back);
    dialog.addEventListener("cancel", () => end(null));
    dialog.showModal();
  });
}

/** The words at a place; the server counts characters, and a browser counts some of them twice. */
function cut(body: unknown, one: Suspect): string {
  let held = body;
  for (const part of one.pointer.split("/").slice(1)) held = (held as Record<string, unknown> | undefined)?.[part];
  return typeof held === "string" ? [...held].slice(one.start, one.end).join("") : "";
}
