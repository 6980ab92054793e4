/** Entry point of the pages of custody: forms that go to doors. */
import "./custody/parts";
import "./roster/forms";
