"""An evaluator reads as another desk: for a recorded reason, for a time, and that desk is told."""
