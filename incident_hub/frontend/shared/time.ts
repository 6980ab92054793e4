/** The server's clock, and instants in the operation's zone; the device's own clock and zone are never shown. */
import { page } from "./page";
import { t } from "./words";

let offset = Date.parse(page.now) - Date.now();

/** Set the clock by what the server just said. */
export function setClock(now: string): void {
  const read = Date.parse(now);
  if (!Number.isNaN(read)) offset = read - Date.now();
}

/** Milliseconds since the epoch by the server's clock. */
export function serverNow(): number {
  return Date.now() + offset;
}

export const zone = page.operation?.zone ?? document.documentElement.dataset["zone"] ?? "Asia/Shanghai";

/** The zone as people say it; other zones by their usual letters, which also tell summer from winter. */
export function zoneTitle(): string {
  if (zone === "Asia/Shanghai") return t("zone.shanghai");
  return letters.formatToParts(serverNow()).find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** Hours and minutes today, with the date before it on any other day. */
export function shown(instant: string | number | null | undefined): string {
  if (instant === null || instant === undefined || instant === "") return "—";
  const at = parts(new Date(instant));
  const today = parts(new Date(serverNow()));
  const clock = `${at.hour}:${at.minute}`;
  if (at.year === today.year && at.month === today.month && at.day === today.day) return clock;
  const date = `${at.month}-${at.day}`;
  return at.year === today.year ? `${date} ${clock}` : `${at.year}-${date} ${clock}`;
}

/** Date and clock to the second, for pages that are read afterwards. */
export function precise(instant: string): string {
  const at = parts(new Date(instant));
  return `${at.year}-${at.month}-${at.day} ${at.hour}:${at.minute}:${at.second}`;
}

/** The whole instant to the second with its zone, for titles and the record. */
export function whole(instant: string | number): string {
  const at = parts(new Date(instant));
  return `${at.year}-${at.month}-${at.day} ${at.hour}:${at.minute}:${at.second} ${zoneTitle()}`;
}

/** A length of time in words: the two largest units that matter; `coarse` leaves the seconds out of minutes. */
export function span(seconds: number, coarse = false): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s}${t("unit.s")}`;
  if (s < 3600)
    return `${Math.floor(s / 60)}${t("unit.min")}${s < 600 && s % 60 && !coarse ? ` ${s % 60}${t("unit.s")}` : ""}`;
  if (s < 86400) return `${Math.floor(s / 3600)}${t("unit.h")}${tail(Math.floor((s % 3600) / 60), "unit.min")}`;
  return `${Math.floor(s / 86400)}${t("unit.d")}${tail(Math.floor((s % 86400) / 3600), "unit.h")}`;
}

/** What a countdown says: how long is left, or in words how late it is. */
export function countdown(due: string, coarse = false): { words: string; late: boolean; soon: boolean } {
  const left = (Date.parse(due) - serverNow()) / 1000;
  if (left < 0) return { words: t("due.late", { span: span(-left, coarse) }), late: true, soon: false };
  return { words: t("due.left", { span: span(left, coarse) }), late: false, soon: left < 300 };
}

/** A wall-clock value of a form (`2026-11-23T03:10`) in the operation's zone, as an instant with offset. */
export function instantOf(wall: string): string {
  const guess = Date.parse(`${wall}Z`);
  const first = guess - zoneOffset(guess);
  return new Date(guess - zoneOffset(first)).toISOString();
}

/** An instant as the value of a datetime-local field in the operation's zone. */
export function wallOf(instant: string | number): string {
  const at = parts(new Date(instant));
  return `${at.year}-${at.month}-${at.day}T${at.hour}:${at.minute}`;
}

const format = new Intl.DateTimeFormat("en-CA", {
  timeZone: zone,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

const letters = new Intl.DateTimeFormat(page.lang === "zh" ? "zh-CN" : "en-US", {
  timeZone: zone,
  timeZoneName: "short",
});

function parts(at: Date): Record<string, string> {
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

function zoneOffset(ms: number): number {
  const at = parts(new Date(ms));
  const wall = Date.parse(`${at.year}-${at.month}-${at.day}T${at.hour}:${at.minute}:${at.second}Z`);
  return wall - Math.floor(ms / 1000) * 1000;
}

function tail(n: number, unit: "unit.min" | "unit.h"): string {
  return n ? ` ${n}${t(unit)}` : "";
}
