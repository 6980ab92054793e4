/** Entry point of the pages of inspections: forms that go to doors, the visit itself, and what is attached. */
import "./inspections/beginning";
import "./inspections/hub-visit";
import "./roster/forms";
import "./shared/hub-files";
