"""Times as a diagram writes them, as functions of due times: ISO 8601 and cron (10.5.5)."""
