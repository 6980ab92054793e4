/** Entry point of the board's page. */
import "./board/hub-board";
