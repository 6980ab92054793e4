/** Forms of one's account: sent to their door as JSON; what is shown once is shown here, otherwise the page is read anew. */
import { html, render } from "lit";
import { bare, post, Problem, remove } from "../shared/api";
import { confirmed } from "../shared/notices";
import { instantOf, wallOf } from "../shared/time";
import { t } from "../shared/words";

for (const field of document.querySelectorAll<HTMLInputElement>("input[data-holds]")) {
  field.value = wallOf(field.dataset["holds"] ?? "");
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-account]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form);
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  const { account = "", method, shows, ask, consequence = "", yes = "" } = form.dataset;
  if (ask && !(await confirmed(ask, consequence, yes))) return;
  say(form, "");
  try {
    const { body } = await (method === "DELETE" ? remove(account) : post(account, gathered(form)));
    if (shows === "codes") showCodes((body as { codes: string[] }).codes);
    else if (shows === "location") location.assign((body as { location: string }).location);
    else if (shows === "totp") showSecret((body as { secret: string }).secret);
    else location.reload();
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
    say(form, fault.detail);
  }
}

function gathered(form: HTMLFormElement): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const one of form.elements) {
    if (!(one instanceof HTMLInputElement) || !one.name) continue;
    const kind = one.dataset["kind"];
    if (kind === "list") body[one.name] = [...((body[one.name] as string[]) ?? []), ...(one.checked ? [one.value] : [])];
    else if (one.value === "") continue;
    else body[one.name] = kind === "instant" ? instantOf(one.value) : kind === "number" ? Number(one.value) : one.value;
  }
  return body;
}

function showSecret(secret: string): void {
  const place = shown();
  if (!place) return;
  const confirm = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    say(form, "");
    try {
      const code = new FormData(form).get("code");
      showCodes((await bare<{ codes: string[] }>("POST", "/account/totp/confirmation", { code })).codes);
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      say(form, fault.detail);
    }
  };
  render(
    html`<p>${t("account.scan")}</p>
      <p><img class="qr" src="/api/v1/account/totp.svg" width="225" height="225" alt=${t("account.picture")} /></p>
      <p class="quiet">${t("account.secret")} <code class="secret">${secret}</code></p>
      <form @submit=${confirm}>
        <div class="field">
          <label for="totp-code">${t("account.code")}</label>
          <input id="totp-code" name="code" inputmode="numeric" autocomplete="one-time-code" required />
        </div>
        <button class="main">${t("account.confirm")}</button>
        <div role="alert"></div>
      </form>`,
    place,
  );
  place.querySelector("input")?.focus();
}

function showCodes(codes: string[]): void {
  const place = shown();
  if (!place) return;
  const away = (): void => location.reload();
  render(
    html`<p>${t("account.codes")}</p>
      <ul class="codes">
        ${codes.map((one) => html`<li><code>${one}</code></li>`)}
      </ul>
      <button type="button" class="main" @click=${away}>${t("account.kept")}</button>`,
    place,
  );
  place.focus();
}

function shown(): HTMLElement | null {
  const place = document.querySelector<HTMLElement>("[data-shown]");
  if (place) place.hidden = false;
  return place;
}

export function say(form: HTMLFormElement, words: string): void {
  const place = form.querySelector("[role=alert]");
  if (!place) return;
  const said = Object.assign(document.createElement("div"), { className: "refusal", textContent: words });
  place.replaceChildren(...(words ? [said] : []));
}
