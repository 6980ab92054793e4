/** Entry point of the page of notices: push to this very browser. */
import { post, Problem } from "./shared/api";
import { tell } from "./shared/notices";
import { t } from "./shared/words";
import { subscribed } from "./notices/push";

const button = document.querySelector<HTMLButtonElement>("[data-push-key]");
button?.addEventListener("click", () => void subscribe(button));

async function subscribe(button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  try {
    const made = await subscribed(button.dataset["pushKey"] ?? "");
    if (typeof made === "string") {
      await post("/addresses", { channel: "web_push", value: made });
      location.reload();
    } else tell(t(made.fault), true);
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
    tell(fault.detail, true);
  } finally {
    button.disabled = false;
  }
}
