"""Reviews: the after-action report, read from the record for one desk and never kept as a second bookkeeping."""
