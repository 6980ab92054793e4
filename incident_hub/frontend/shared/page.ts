/** What the server said about this page, read once from its JSON block. */
import type { Page } from "./shapes";

const block = document.getElementById("page");

export const page: Page = {
  lang: document.documentElement.lang.startsWith("zh") ? "zh" : "en",
  csrf: "",
  now: new Date().toISOString(),
  ...(block?.textContent ? (JSON.parse(block.textContent) as Partial<Page>) : {}),
};

/** The operation's code; only pages of an operation may ask. */
export function operation(): string {
  if (!page.operation) throw new Error("This page belongs to no operation.");
  return page.operation.code;
}

/** Whether the asker's role has a verb; an unknown list leaves the judgement to the server. */
export function may(verb: string): boolean {
  const verbs = page.asker?.may;
  return !verbs || verbs.length === 0 || verbs.includes(verb);
}

/** The title of an agency, or its code when the page does not know it. */
export function agencyTitle(code: string | null | undefined): string {
  if (!code) return "";
  return page.agencies?.find((one) => one.code === code)?.title ?? code;
}

/** The title of a desk written `agency/desk`; the duty desk speaks for its agency and bears its name. */
export function deskTitle(code: string): string {
  const [owner = "", desk = ""] = code.split("/");
  const agency = agencyTitle(owner);
  const title = page.desks?.find((one) => one.code === code)?.title ?? desk;
  if (desk === "duty" || !title) return agency;
  return title.includes(agency) ? title : `${agency} · ${title}`;
}

/** The title of an incident type in the plan. */
export function typeTitle(code: string): string {
  return page.plan?.types.find((one) => one.code === code)?.title ?? code;
}

/** The title of a site, or its code. */
export function siteTitle(code: string): string {
  return page.sites?.find((one) => one.code === code)?.title ?? code;
}
