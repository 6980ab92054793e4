/** Links for outlets without an account: made once, shown once, to be copied and sent on. */
import { post, Problem } from "../shared/api";
import { instantOf, shown } from "../shared/time";
import { page } from "../shared/page";
import { t } from "../shared/words";

interface Made {
  items: { unit: string; title: { zh: string; en: string }; path: string; expires_at: string }[];
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-links]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void make(form);
  });
}

async function make(form: HTMLFormElement): Promise<void> {
  const says = form.querySelector<HTMLElement>("[data-made]");
  const button = form.querySelector("button");
  const until = form.querySelector<HTMLInputElement>("[name=expires_at]")?.value ?? "";
  const body: Record<string, unknown> = { date: form.dataset["date"] };
  if (form.dataset["unit"]) body["units"] = [form.dataset["unit"]];
  if (until) body["expires_at"] = instantOf(until);
  if (button) button.disabled = true;
  try {
    const made = (await post<Made>(form.dataset["links"] ?? "", body)).body;
    if (says) show(says, made);
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
    if (says) say(says, fault.detail, "refusal");
  } finally {
    if (button) button.disabled = false;
  }
}

/** One line a link: the unit, its address, until when. Nobody can be shown it again. */
function show(place: HTMLElement, made: Made): void {
  say(place, t(made.items.length ? "links.once" : "links.none", { n: made.items.length }), "note-line");
  if (!made.items.length) return;
  const box = document.createElement("textarea");
  const lines = made.items.map((one) => {
    const until = t("links.until", { at: shown(one.expires_at) });
    return [`${one.unit} ${one.title[page.lang]}`, location.origin + one.path, until].join("\t");
  });
  Object.assign(box, { readOnly: true, value: lines.join("\n"), rows: Math.min(lines.length + 1, 8), wrap: "off" });
  box.setAttribute("aria-label", t("links.label"));
  const copy = Object.assign(document.createElement("button"), { type: "button", textContent: t("links.copy") });
  copy.addEventListener("click", () => {
    box.select();
    void navigator.clipboard?.writeText(box.value).then(() => (copy.textContent = t("links.copied")));
  });
  place.append(box, copy);
  place.focus();
}

function say(place: HTMLElement, words: string, kind: string): void {
  place.replaceChildren(Object.assign(document.createElement("p"), { textContent: words, className: kind }));
  place.hidden = false;
}
