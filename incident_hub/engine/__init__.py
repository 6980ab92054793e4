"""Engine: asks what is due and does it. The loop's duties, the lease of the one engine, the heart, the watchdog."""
