"""Operations: a period under a plan, the agencies that take part, and which of them plays which role of the plan."""
