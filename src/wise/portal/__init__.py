"""The door for reporters: tell, check, send, keep the receipt, come back. No page here needs a script."""
