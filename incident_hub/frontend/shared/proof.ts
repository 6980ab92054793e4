/** Before what only a person may do: the page asks who sits here to prove it, and then goes on with what was typed. */
import { html, nothing, render } from "lit";
import { page } from "./page";
import { passkeys, showed } from "./passkey";
import { t } from "./words";

export type Bare = <T>(method: string, path: string, sends?: unknown) => Promise<T>;
type Mean = "passkey" | "code" | "password";

let asking: Promise<boolean> | null = null;

/** Whether a refusal asks for a proof. */
export function wantsProof(body: unknown): boolean {
  return (body as Record<string, unknown> | null)?.["type"] === "urn:incident-hub:step-up-required";
}

/** Ask for the proof in a dialog; false when whoever sits here does not give it. Several doors at once ask once. */
export function proved(bare: Bare): Promise<boolean> {
  asking ??= ask(bare).finally(() => (asking = null));
  return asking;
}

async function ask(bare: Bare): Promise<boolean> {
  const { means } = await bare<{ means: Mean[] }>("GET", "/session/proof");
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  dialog.setAttribute("aria-labelledby", "proof-title");
  let done = false;
  const give = async (proof: () => Promise<Record<string, unknown>>): Promise<void> => {
    try {
      await bare("POST", "/session/proof", await proof());
      done = true;
      dialog.close();
    } catch (fault) {
      draw(dialog, means, bare, give, refused(fault));
    }
  };
  draw(dialog, means, bare, give, "");
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(done);
    });
  });
}

function draw(
  dialog: HTMLDialogElement,
  means: Mean[],
  bare: Bare,
  give: (proof: () => Promise<Record<string, unknown>>) => Promise<void>,
  fault: string,
): void {
  const typed = means.includes("password") ? "password" : "code";
  const byHand = means.some((one) => one !== "passkey") || !passkeys();
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = new FormData(event.target as HTMLFormElement).get("proof");
    void give(async () => ({ [typed]: field }));
  };
  const byKey = (): void =>
    void give(async () => {
      const { options } = await bare<{ options: Record<string, unknown> }>("POST", "/session/proof/challenge", {});
      return { credential: await showed(options) };
    });
  const key = html`<button type="button" class=${byHand ? "" : "main"} @click=${byKey}>${t("proof.passkey")}</button>`;
  render(
    html`<form @submit=${send}>
      <h2 id="proof-title">${t("proof.title")}</h2>
      <p>${t("proof.why")}</p>
      ${page.asker ? html`<p><b>${t("proof.who", { name: page.asker.name })}</b></p>` : nothing}
      <div role="alert">${fault ? html`<div class="refusal">${fault}</div>` : nothing}</div>
      ${byHand ? hand(typed) : nothing}
      <div class="buttons">
        <button type="button" @click=${() => dialog.close()}>${t("cancel")}</button>
        ${means.includes("passkey") && passkeys() ? key : nothing}
        ${byHand ? html`<button class="main">${t("proof.do")}</button>` : nothing}
      </div>
    </form>`,
    dialog,
  );
}

function hand(typed: "password" | "code"): ReturnType<typeof html> {
  const secret = typed === "password";
  return html`<div class="field">
    <label for="proof">${t(secret ? "proof.password" : "proof.code")}</label>
    <input
      id="proof"
      name="proof"
      type=${secret ? "password" : "text"}
      autocomplete=${secret ? "current-password" : "one-time-code"}
      required
      autofocus
    />
  </div>`;
}

function refused(fault: unknown): string {
  const status = (fault as { status?: number }).status;
  if (status === undefined) return t("passkey.failed");
  return status === 403 ? t("proof.wrong") : (fault as Error).message;
}
