/** Entry point of the page that logs an incident. */
import "./new/hub-new-incident";
