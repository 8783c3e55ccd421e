"""DOOR: the officers' pages. Forms work without scripts; whoever is not signed in is sent to the sign-in page."""
