/** Entry point of the roster and of a hand-over: forms that go to doors, and what the server wrote down bare. */
import "./roster/forms";
import "./roster/instants";
