/** Entry point of the incident's page. */
import "./incident/hub-incident";
