"""The board and the pages that span rooms; its live part keeps every screen true."""
