"""Anchors: every minute the head of a record is sealed and handed to others; it cannot be told anew."""
