/** Where the pages lie. A member with several desks keeps the tab's desk in every address. */
import { page } from "./page";

export const boardPath = (code: string): string => at(`/operations/${encodeURIComponent(code)}/board`);
export const newIncidentPath = (code: string): string => at(`/operations/${encodeURIComponent(code)}/incidents/new`);
export const rosterPath = (code: string): string => at(`/operations/${encodeURIComponent(code)}/roster`);
export const reviewPath = (code: string): string => at(`/operations/${encodeURIComponent(code)}/review`);
export const incidentPath = (ref: string): string => at(`/incidents/${encodeURIComponent(ref)}`);
export const hazardPath = (ref: string): string => at(`/hazards/${encodeURIComponent(ref)}`);
export const itemPath = (ref: string): string => at(`/items/${encodeURIComponent(ref)}`);
export const deskPath = (): string => at("/desk");
export const signInPath = (): string => "/sign-in";

/** A path at the desk this tab sits at. */
export function at(path: string): string {
  const named = new URLSearchParams(location.search).has("desk");
  return named && page.asker ? `${path}?desk=${page.asker.desk}` : path;
}
