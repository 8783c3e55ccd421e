"""Door: the public pages around the application. They store nothing."""
