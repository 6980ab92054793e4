/** Entry point of the pages of incident reports: the draft that keeps itself, and the forms that go to doors. */
import "./shared/hub-files";
import "./reports/doors";
import "./reports/draft";
