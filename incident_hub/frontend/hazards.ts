/** Entry point of the pages of hazards: forms that go to doors, and what is attached. */
import "./roster/forms";
import "./shared/hub-files";
