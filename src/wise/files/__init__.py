"""What a file betrays beside what it shows: found, named, and left out of a copy. Knows no Django and no database."""
