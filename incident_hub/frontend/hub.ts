/** Entry point of every page: clock, colours, keys, the age of the picture and the summons. */
import { bind, listen, showKeys } from "./shared/keys";
import { page } from "./shared/page";
import { boardPath, deskPath, rosterPath } from "./shared/paths";
import { countdown, precise, serverNow, shown, span, whole, zoneTitle } from "./shared/time";
import { furnishMenus } from "./shared/menus";
import { furnishForms } from "./shared/sending";
import { theme, turnTheme } from "./shared/toggle-theme";
import { t } from "./shared/words";
import { live } from "./live/socket";
import "./live/age";
import "./live/summons";

tick();
setInterval(tick, 1000);
furnish();

// Entry points of pages run before this event; what none of them follows, the page's summons still has to hear of.
document.addEventListener("DOMContentLoaded", () => {
  const line = live();
  if (line && !line.started) void line.start({ load: async () => null, apply: () => undefined });
});

function tick(): void {
  const clock = document.getElementById("clock");
  if (!clock) return;
  const now = serverNow();
  clock.textContent = `${zoneTitle()} ${shown(now)}`;
  clock.title = whole(now);
  for (const one of document.querySelectorAll<HTMLElement>("[data-due]")) {
    const left = countdown(one.dataset["due"] ?? "");
    one.textContent = left.words;
    one.className = left.late ? "late" : left.soon ? "soon" : "";
  }
}

function furnish(): void {
  const button = document.getElementById("theme");
  const say = (): void => void (button && furnishTheme(button));
  button?.addEventListener("click", () => {
    turnTheme();
    say();
  });
  say();
  for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-sends]")) {
    select.addEventListener("change", () => select.form?.requestSubmit());
  }
  for (const one of document.querySelectorAll("[data-prints]")) one.addEventListener("click", () => window.print());
  document.getElementById("keys")?.addEventListener("click", showKeys);
  furnishForms();
  furnishMenus();
  write();
  keys();
}

/** Instants and lengths of time that the server wrote down bare, in the words and the zone of the page. */
function write(): void {
  for (const one of document.querySelectorAll<HTMLTimeElement>("time[data-local]")) {
    one.textContent = one.dataset["local"] === "full" ? precise(one.dateTime) : shown(one.dateTime);
    one.title = whole(one.dateTime);
  }
  for (const one of document.querySelectorAll("[data-zone-title]")) one.textContent = zoneTitle();
  for (const one of document.querySelectorAll<HTMLElement>("[data-span]")) {
    const seconds = Number(one.dataset["span"]);
    one.textContent = seconds < 0 ? t("slack.over", { span: span(-seconds) }) : span(seconds);
    one.classList.toggle("late", seconds < 0);
  }
}

function furnishTheme(button: HTMLElement): void {
  const words = t(`theme.${theme()}`);
  button.textContent = { auto: "◐", light: "○", dark: "●" }[theme()];
  button.title = words;
  button.setAttribute("aria-label", words);
}

function keys(): void {
  bind("?", t("key.help"), showKeys);
  const code = page.operation?.code;
  if (code) bind("g b", t("key.board"), () => location.assign(boardPath(code)));
  if (code) bind("g r", t("key.roster"), () => location.assign(rosterPath(code)));
  if (page.asker) bind("g d", t("key.desk"), () => location.assign(deskPath()));
  listen();
}
