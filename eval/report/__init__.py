"""The report of a run: one HTML page that a head of office can read, with nothing fetched from anywhere."""
