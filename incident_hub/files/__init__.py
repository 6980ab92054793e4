"""Attachments of any subject: photographs, scans and documents, known to whoever may know what they belong to."""
