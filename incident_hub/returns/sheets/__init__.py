"""Sheets: many returns at once as people keep them in a spreadsheet, read row by row. A sheet is a heading and rows."""
