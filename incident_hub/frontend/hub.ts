/** Entry point of every page: clock, colours, keys, the age of the picture and the summons. */
import { bind, listen, showKeys } from "./shared/keys";
import { page } from "./shared/page";
import { boardPath, deskPath, rosterPath } from "./shared/paths";
import { serverNow, shown, whole, zoneTitle } from "./shared/time";
import { furnishMenus } from "./shared/menus";
import { furnishForms } from "./shared/sending";
import { theme, turnTheme } from "./shared/toggle-theme";
import { t } from "./shared/words";
import { count, write } from "./shared/written";
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
  count(document);
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
  write(document);
  keys();
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
