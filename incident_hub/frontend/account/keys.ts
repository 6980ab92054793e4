/** The buttons of passkeys: signing in with one, and adding one; they appear where this browser offers any. */
import { bare, post, Problem } from "../shared/api";
import { made, passkeys, showed } from "../shared/passkey";
import { t } from "../shared/words";
import { say } from "./forms";

type Asked = { options: Record<string, unknown> };

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
  form.hidden = !passkeys();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void go(form);
  });
}
for (const one of document.querySelectorAll<HTMLElement>("[data-no-passkey]")) one.hidden = passkeys();

async function go(form: HTMLFormElement): Promise<void> {
  say(form, "");
  try {
    await (form.dataset["passkey"] === "add" ? add(form) : enter());
  } catch (fault) {
    say(form, fault instanceof Problem ? fault.detail : t("passkey.failed"));
  }
}

async function add(form: HTMLFormElement): Promise<void> {
  const label = new FormData(form).get("label");
  const { body } = await post<Asked>("/account/passkeys/challenge", {});
  await post("/account/passkeys", { label, credential: await made(body.options) });
  location.reload();
}

async function enter(): Promise<void> {
  const { options } = await bare<Asked>("POST", "/session/passkey/challenge", {});
  await bare("POST", "/session/passkey", { credential: await showed(options) });
  const next = new URLSearchParams(location.search).get("next") ?? "/";
  // Only a path of this house: the address bar is not to be believed.
  const onward = new URL(next, location.origin);
  location.assign(onward.origin === location.origin ? onward.href : "/");
}
