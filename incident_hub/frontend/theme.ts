/** Entry point of every page's head: the chosen colours, before anything is painted. */
import { applyTheme } from "./shared/toggle-theme";

applyTheme();
