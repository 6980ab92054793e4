/** Entry point of the pages of bulletins and tasks: forms that go to doors, and parts that move while one watches. */
import "./roster/forms";
import "./shared/hub-files";
import "./bulletins/choosing";
import { follow } from "./shared/living";

follow();
