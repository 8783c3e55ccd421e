"""The answers, by what a reporter comes for: telling, sending, the account, one's own reports, a status."""
