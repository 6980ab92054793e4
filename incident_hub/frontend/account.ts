/** Entry point of the pages at the door and of one's own account. */
import "./account/forms";
import "./account/keys";
