/** <hub-age>: how old the picture is, always; after fifteen seconds a band across the page says so. */
import { html, nothing, type TemplateResult } from "lit";
import { EverySecond, Part } from "../shared/part";
import { shown, span, zoneTitle } from "../shared/time";
import { t } from "../shared/words";
import { announce } from "../shared/notices";
import { signInPath } from "../shared/paths";
import { live, type State } from "./socket";

const FRESH_S = 12;
const BAND_S = 15;

export class HubAge extends Part {
  private readonly line = live();

  constructor() {
    super();
    new EverySecond(this);
    this.line?.addEventListener("state", (event) => this.turned((event as CustomEvent<State>).detail));
    this.line?.addEventListener("caught", () => this.requestUpdate());
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.line) return nothing;
    const age = this.line.age();
    return html`<span class="age age-${this.mood(age)}"
        ><span class="dot" aria-hidden="true"></span>${this.words(age)}</span
      >
      ${age > BAND_S || this.line.state === "revoked" ? this.band(age) : nothing}`;
  }

  private mood(age: number): string {
    if (this.line?.state === "live" && age <= FRESH_S) return "live";
    return this.line?.state === "connecting" && age <= FRESH_S ? "connecting" : "old";
  }

  private words(age: number): string {
    const line = this.line;
    if (!line) return "";
    if (line.state === "revoked") return t("age.revoked");
    if (line.state === "reconnecting") return t("age.reconnecting", { at: shown(line.since) });
    if (line.state === "connecting") return t("age.connecting");
    return age <= FRESH_S ? t("age.live") : t("age.old", { span: span(age) });
  }

  private band(age: number): TemplateResult {
    if (this.line?.state === "revoked") {
      return html`<p class="band" role="alert">
        ${t("age.revoked.band")} <a href=${signInPath()}>${t("sign_in")}</a>
      </p>`;
    }
    return html`<p class="band">${t("age.band", { span: span(age), zone: zoneTitle() })}</p>`;
  }

  private turned(state: State): void {
    this.requestUpdate();
    if (state === "live") announce(t("age.live"));
    if (state === "reconnecting") announce(t("age.reconnecting", { at: shown(this.line?.since ?? 0) }));
  }
}

customElements.define("hub-age", HubAge);
