/** Entry point of the page on which returns are filed: one by one with the thumb, or many from a sheet. */
import "./returns/form";
import "./returns/links";
import "./returns/sheet";
