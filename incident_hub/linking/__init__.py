"""How incidents belong together: seen by those alone who may know of both."""
