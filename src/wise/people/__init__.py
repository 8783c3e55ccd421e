"""Who is who: offices and their units, officers and their roles, reporters known by a pseudonym alone."""
