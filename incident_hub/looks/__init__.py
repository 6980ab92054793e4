"""Who has looked at an incident, and who was refused it: for those who lead it, and for evaluators."""
