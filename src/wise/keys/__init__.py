"""Who can open what: holders of keys, the directory that vouches for them, grants, and a person's keyring."""
