/** Entry point of the page of readiness: forms that go to doors, and what is attached. */
import "./roster/forms";
import "./shared/hub-files";
