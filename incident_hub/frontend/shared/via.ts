/** What was said by telephone, radio, fax, on paper or face to face before somebody typed it. */
import { html, nothing, type TemplateResult } from "lit";
import type { Problem } from "./api";
import { choice, field, value } from "./form";
import { page } from "./page";
import type { Via } from "./shapes";
import { instantOf, serverNow, wallOf } from "./time";
import { t } from "./words";

const CHANNELS = ["phone", "radio", "fax", "paper", "face"] as const;

/** The block of fields; closed until somebody says that it was told. `prefix` keeps ids apart on a page. */
export function viaFields(prefix: string, fault: Problem | null): TemplateResult {
  const about = fault?.about("via") ?? null;
  const id = (name: string): string => `${prefix}-via-${name}`;
  const channels = CHANNELS.map((one) => [one, t(`via.${one}`)] as const);
  const agencies = (page.agencies ?? []).map((one) => [one.code, one.title] as const);
  return html`<details class="via" ?open=${Boolean(about)}>
    <summary>${t("via.title")}</summary>
    ${about ? html`<p class="fault">${about}</p>` : nothing}
    <div class="fields">
      ${choice(id("channel"), "via_channel", t("via.channel"), channels, null, { empty: t("via.not") })}
      ${choice(id("from"), "via_from", t("via.from"), agencies, null, { chosen: page.asker?.agency })}
      ${field(id("who"), t("via.who"), html`<input id=${id("who")} name="via_who" autocomplete="off" />`, null)}
      ${field(
        id("at"),
        t("via.at"),
        html`<input id=${id("at")} name="via_at" type="datetime-local" .defaultValue=${wallOf(serverNow())} />`,
        null,
      )}
      ${field(
        id("words"),
        t("via.words"),
        html`<textarea id=${id("words")} name="via_words" rows="2"></textarea>`,
        null,
        { wide: true },
      )}
    </div>
  </details>`;
}

/** The block's content; nothing when no channel was chosen. */
export function readVia(form: HTMLFormElement): { via: Via } | Record<string, never> {
  const channel = value(form, "via_channel");
  if (!channel) return {};
  const who = value(form, "via_who");
  const at = value(form, "via_at");
  return {
    via: {
      channel,
      from: { agency: value(form, "via_from"), ...(who ? { words_by: who } : {}) },
      stated_at: at ? instantOf(at) : new Date(serverNow()).toISOString(),
      words: value(form, "via_words"),
    },
  };
}
