"""What WiSe costs, as a table: against a really started server, and beside each figure its floor and its mark."""
