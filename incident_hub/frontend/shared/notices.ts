/** Short answers of the page to what one just did, and questions that name a consequence before it happens. */
import { html, render } from "lit";
import { t } from "./words";

/** Say something in passing; faults stay until they are put away. */
export function tell(words: string, fault = false): void {
  const place = document.getElementById("said");
  if (!place) return;
  if (!fault) for (const before of place.querySelectorAll(".note:not(.fault)")) before.remove();
  const note = document.createElement("div");
  note.className = fault ? "note fault" : "note";
  const away = (): void => note.remove();
  render(
    html`<span>${words}</span><button type="button" class="plain" @click=${away} aria-label=${t("close")}>×</button>`,
    note,
  );
  place.append(note);
  if (!fault) setTimeout(away, 6000);
}

/** Announce to those who listen, without showing anything. */
export function announce(words: string): void {
  const place = document.getElementById("announced");
  if (place) place.textContent = words;
}

/** Ask before doing: the sentence names the consequence, the button names the deed. */
export function confirmed(title: string, sentence: string, yes: string): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  dialog.setAttribute("aria-labelledby", "ask-title");
  render(
    html`<form method="dialog">
      <h2 id="ask-title">${title}</h2>
      <p>${sentence}</p>
      <div class="buttons">
        <button value="no" autofocus>${t("cancel")}</button>
        <button value="yes" class="main">${yes}</button>
      </div>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
  });
}
