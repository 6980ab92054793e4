/** Who will know and who will lead, shown before anything is saved. */
import { html, nothing, type TemplateResult } from "lit";
import { agencyTitle, page } from "../shared/page";
import { said } from "../shared/part";
import { t, word } from "../shared/words";

/** The circle that the plan gives an incident of this type. */
export function circle(type: string, site: string): TemplateResult {
  const found = page.plan?.types.find((one) => one.code === type);
  if (!found)
    return html`<h2>${t("preview")}</h2>
      <p class="quiet">${t("preview.none")}</p>`;
  return html`<h2>${t("preview")}</h2>
    <dl class="facts">
      <dt>${t("lead")}</dt>
      <dd>${party(found.lead, site)}</dd>
      <dt>${t("support")}</dt>
      <dd>${found.support.length ? found.support.map((one) => party(one, site)).join(t("comma")) : "—"}</dd>
    </dl>
    ${found.life_safety ? html`<p><span class="chip mark life">${t("life_safety")}</span> ${t("preview.life")}</p>` : nothing}
    <p class="second">${t("preview.clocks", { version: page.plan?.version ?? "" })}</p>`;
}

// A role of the plan is played by agencies; the carrier is whoever owns the site. Where the page does not know who plays
// it, the role itself is named.
function party(code: string, site: string): string {
  const owner = page.sites?.find((one) => one.code === site)?.agency;
  if (code === "carrier" && owner) return agencyTitle(owner);
  const role = page.plan?.parties?.find((one) => one.code === code);
  if (code !== "carrier" && role?.agencies.length) return role.agencies.map(agencyTitle).join(t("comma"));
  return role ? said(role.title) : word("party", code);
}
