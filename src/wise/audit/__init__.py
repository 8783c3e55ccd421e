"""The tamper-evident record of deeds: who did what, in an order that nobody can change unseen."""
