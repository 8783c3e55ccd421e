"""Door: the public pages around the application. They ask nothing and store nothing."""
