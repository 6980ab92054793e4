/** <hub-reports>: which reports on this incident went where, and the way to write one. */
import { html, nothing, type TemplateResult } from "lit";
import { get } from "../shared/api";
import { when } from "../shared/chips";
import { agencyTitle, may, page } from "../shared/page";
import { said } from "../shared/part";
import { at } from "../shared/paths";
import { t } from "../shared/words";
import { MatterPart } from "./matter";

interface Way {
  desk: string;
  to: string;
  sent_at: string;
  received_at: string | null;
}

interface Report {
  id: string;
  form: string;
  agency: string;
  state: string;
  readable: boolean;
  title: { zh: string; en: string };
  sendings: Way[];
}

export class HubReports extends MatterPart {
  private reports: Report[] = [];
  private seen = -1;

  protected override render(): TemplateResult | typeof nothing {
    const held = this.matter?.incident;
    if (!held) return nothing;
    if (held.version !== this.seen) {
      this.seen = held.version;
      void this.read();
    }
    const all = at(`${this.matter.path}/reports`);
    const mine = this.reports.some((one) => one.form === "first" && one.agency === page.asker?.agency);
    return html`<section class="panel" aria-labelledby="reports-title">
      <h2 id="reports-title">${t("reports")} <span class="n">${this.reports.length}</span></h2>
      ${this.reports.length ? nothing : html`<p class="quiet">${t("report.none")}</p>`}
      <ul class="report-rows">
        ${this.reports.map((one) => this.row(one))}
      </ul>
      <div class="buttons">
        <a class="button ${mine || !may("report.write") ? "" : "main"}" href=${all}>${mine || !may("report.write") ? t("report.all") : t("report.begin")}</a>
      </div>
    </section>`;
  }

  private row(one: Report): TemplateResult {
    const title = html`<b>${said(one.title)}</b> ${agencyTitle(one.agency)}`;
    return html`<li>
      ${one.readable ? html`<a href=${at(`/reports/${encodeURIComponent(one.id)}`)}>${title}</a>` : title}
      ${one.sendings.map(
        (way) =>
          html`<div class="second">
            → ${agencyTitle(way.to.split("/")[0])} ${when(way.sent_at)} ·
            ${way.received_at ? html`${t("report.received")} ${when(way.received_at)}` : t("report.waiting")}
          </div>`,
      )}
    </li>`;
  }

  private async read(): Promise<void> {
    this.reports = await get<{ items: Report[] }>(`${this.matter.path}/reports`).then(
      ({ body }) => body.items,
      () => this.reports,
    );
    this.requestUpdate();
  }
}

customElements.define("hub-reports", HubReports);
