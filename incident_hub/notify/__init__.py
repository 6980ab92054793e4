"""Notices: one message to one person on one channel, in three beats: claim, send, settle. Imports lower floors."""
