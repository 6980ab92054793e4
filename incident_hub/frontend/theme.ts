/** Entry point of every page's head, before anything is painted: the chosen colours, and no form is lost. */
import { holdEarlyForms } from "./shared/early";
import { applyTheme } from "./shared/toggle-theme";

applyTheme();
holdEarlyForms();
