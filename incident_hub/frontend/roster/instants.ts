/** Wall times of shifts in the operation's zone; the end of a day reads 24:00. */
import { wallOf } from "../shared/time";

for (const one of document.querySelectorAll<HTMLElement>("[data-wall]")) {
  const clock = wallOf(one.dataset["wall"] ?? "").slice(11);
  one.textContent = "end" in one.dataset && clock === "00:00" ? "24:00" : clock;
}

for (const one of document.querySelectorAll<HTMLOptionElement>("option[data-when]")) {
  const from = wallOf(one.dataset["when"] ?? "");
  const to = wallOf(one.dataset["until"] ?? "");
  one.textContent = `${from.slice(5, 10)} ${from.slice(11)}–${to.slice(11)} · ${one.textContent.trim()}`;
}

// A month is wider than the screen: today is brought into sight, without moving the page.
const scroll = document.querySelector<HTMLElement>(".roster-scroll");
const today = scroll?.querySelector<HTMLElement>("th.today");
if (scroll && today) scroll.scrollLeft = Math.max(0, today.offsetLeft - scroll.clientWidth / 2);
