"""Values of persons that an incident cannot do without: locked away, told by their last four, revealed by two."""
